// SPDX-License-Identifier: Apache-2.0
#pragma once

// ln(1 + x) - x, which a logarithm loses to cancellation when x is small.

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/polynomial.hpp"
#include "kernels/math/real_format.hpp"

namespace hedgestorm::math {

using namespace lanes;

/// ln(1 + x) - x for x > -1; other x: any number. Relative error 3e-7 (float), 2e-15 (double) for
/// |x| <= 1/16, where the power series is cut once its next term is below rounding; beyond,
/// what rounding 1 + x and its logarithm cost, 8 ulp of ln(1 + x) at most.
template <class R>
HS_FN R log1p_less_x(R x) {
    using Scalar = typename LaneTraits<R>::Scalar;
    R tail;
    if constexpr (is_single<R>) {
        tail = horner(x, -0.5f, 0.333333333f, -0.25f, 0.2f, -0.166666667f, 0.142857143f, -0.125f);
    } else {
        tail = horner(x, -1.0 / 2, 1.0 / 3, -1.0 / 4, 1.0 / 5, -1.0 / 6, 1.0 / 7, -1.0 / 8, 1.0 / 9,
                      -1.0 / 10, 1.0 / 11, -1.0 / 12, 1.0 / 13, -1.0 / 14, 1.0 / 15);
    }
    const R small = x * x * tail;
    const auto large = magnitude(x) > splat<R>(Scalar(0.0625));
    if (!any(large)) return small;
    return select(large, log(x + splat<R>(Scalar(1))) - x, small);
}

}  // namespace hedgestorm::math
