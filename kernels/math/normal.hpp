// SPDX-License-Identifier: Apache-2.0
#pragma once

// The standard normal distribution function and density: Black-Scholes values and deltas of every
// book. N(-a) = 2^p(a), a >= 0, p a polynomial for log2 N(-a): no division, tails that are positive
// and fall with a, N(d) + N(-d) = 1, and one exp2 shared with the path. Fits: weighted Remez
// exchange in 50 digits, weight N(-a)^(3/4), between absolute and relative accuracy of the tail.

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/polynomial.hpp"
#include "kernels/math/real_format.hpp"

namespace hedgestorm::math {

using namespace lanes;

namespace detail {

/// log2 N(-a) for a in [0, 6] (float; N within 2.1e-8) or [0, 8.3] (double; N within 1.3e-16).
template <class R>
HS_FN R log2_normal_tail(R a) {
    if constexpr (is_single<R>) {
        return horner(a, -0.99999994f, -1.15110671f, -0.459196006f, -0.052532687f, 0.00711156473f,
                      -0.000163631595f, -0.000184883658f, 4.3997594e-05f, -4.55210881e-06f,
                      1.86452758e-07f);
    } else {
        return horner(a, -1.0, -1.1511040990721852, -0.45922409426303, -0.052421193322425154,
                      0.0068991287743416455, 5.3353010997880133e-5, -0.00030589347026731875,
                      7.5266044491369797e-5, -2.3647580674846645e-6, -4.0628126694473431e-6,
                      1.281501801281854e-6, -5.4264514149907303e-8, -1.0375530506279158e-7,
                      5.1094182014605474e-8, -1.4791365073222707e-8, 3.0993531298953767e-9,
                      -4.9494683883121211e-10, 6.0801375918278735e-11, -5.6758695996068609e-12,
                      3.902592163283144e-13, -1.864672023315753e-14, 5.5285176453367659e-16,
                      -7.6553474946065105e-18);
    }
}

}  // namespace detail

/// N(d). Absolute error 9.3e-8 (float), 7e-16 (double); relative error of the tail 5e-5, 3e-4.
/// Beyond the fit's range the tail stays at its last value, 9.9e-10 or 5.2e-17. NaN is read as a
/// far negative d.
///
/// Rises with d but for rounding: between neighbouring floats it may fall by 2^-24, between any
/// others it never does (all floats swept); neighbouring doubles fall by 2^-53 at most (sampled).
template <class R>
HS_FN R normal_cdf(R d) {
    using Scalar = typename LaneTraits<R>::Scalar;
    constexpr Scalar farthest = is_single<R> ? Scalar(6) : Scalar(8.3);
    const R a = smaller(magnitude(d), splat<R>(farthest));
    const R tail = exp2_bounded(detail::log2_normal_tail(a));
    return select(d > splat<R>(Scalar(0)), splat<R>(Scalar(1)) - tail, tail);
}

/// exp(-d^2 / 2) / sqrt(2 pi), as a power of two. Absolute error 4.2e-8 (float), 9e-17 (double);
/// never below 2^-126 or 2^-1022, so that no tail is subnormal.
template <class R>
HS_FN R normal_pdf(R d) {
    using Scalar = typename LaneTraits<R>::Scalar;
    constexpr Scalar half_log2_e = Scalar(0.72134752044448170);
    constexpr Scalar log2_root_two_pi = Scalar(1.3257480647361595);
    constexpr Scalar lowest = is_single<R> ? Scalar(-126) : Scalar(-1022);
    const R exponent = fused_negated(d * d, splat<R>(half_log2_e), splat<R>(-log2_root_two_pi));
    return exp2_bounded(larger(exponent, splat<R>(lowest)));
}

}  // namespace hedgestorm::math
