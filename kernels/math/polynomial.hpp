// SPDX-License-Identifier: Apache-2.0
#pragma once

// Polynomials in Horner's form, every step one fused multiply-add. Plain Horner: on pairs of
// vectors it measured no slower than forms with shorter chains, and its order of operations is
// plain to see.

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::math {

using namespace lanes;

/// c0 + x (c1 + x (c2 + ...)), the coefficients scalars of R.
template <class R, class... Scalars>
HS_FN R horner(R x, typename LaneTraits<R>::Scalar c0, Scalars... higher) {
    if constexpr (sizeof...(higher) == 0) {
        return splat<R>(c0);
    } else {
        return fused(horner(x, higher...), x, splat<R>(c0));
    }
}

}  // namespace hedgestorm::math
