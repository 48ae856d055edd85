// SPDX-License-Identifier: Apache-2.0
#pragma once

// The band of Whalley and Wilmott (1997): H = (3/2 e^{-r tau} kappa S Gamma^2 / a)^{1/3}, for small
// costs the best of those who weigh costs against variance.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/targets/greeks.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Half-width [underlying], from g = gamma S and log2(S/S_0): (g^2 S_0/S)^{1/3} as a power of two.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R whalley_wilmott(const WidthStep<T>& step, R relative_gamma, R log2_spot) {
    const R log2_g = log2_magnitude(relative_gamma);
    const R cube = log2_g + log2_g - log2_spot;
    return math::exp2_bounded(cube * T(1.0 / 3.0)) * step.band;
}

}  // namespace hedgestorm::path
