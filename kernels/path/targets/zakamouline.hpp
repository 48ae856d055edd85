// SPDX-License-Identifier: Apache-2.0
#pragma once

// The band of Zakamouline (2006): the delta at a volatility that is corrected for costs, plus or
// minus H0 + H1. A fit to the exact strategy of exponential utility, also where costs are not
// small.
//
//   H0 = kappa / (a S sigma^2 tau)
//   H1 = 1.12 kappa^0.31 tau^0.05 (e^{-r tau}/sigma)^0.25 (|Gamma|/a)^0.5
//   K  = 4.76 kappa^0.78 tau^-0.02 (e^{-r tau}/sigma)^0.25 (a S^2 |Gamma|)^0.15
//   sigma_m^2 = sigma^2 (1 + K) short of gamma, sigma^2 (1 - K) long of it

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/targets/greeks.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// H0 + H1 [underlying], from g = gamma S.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R zakamouline(const WidthStep<T>& step, R relative_gamma, R spot) {
    const R gamma = magnitude(relative_gamma) / spot;
    return fused(square_root(gamma), splat<R>(step.band), splat<R>(step.base) / spot);
}

/// sigma_m / sigma, at least a tenth: a fit has no say where K comes near 1.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R zakamouline_scale(const WidthStep<T>& step, R relative_gamma, R log2_spot) {
    constexpr T least_square = T(0.01);
    const R power = math::exp2_bounded((log2_magnitude(relative_gamma) + log2_spot) * T(0.15));
    const R k = power * step.shift;
    const R square = select(relative_gamma > splat<R>(T(0)), splat<R>(T(1)) - k, k + T(1));
    return square_root(larger(square, splat<R>(least_square)));
}

}  // namespace hedgestorm::path
