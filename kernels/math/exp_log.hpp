// SPDX-License-Identifier: Apache-2.0
#pragma once

// exp2, exp and log, one formula each for float and double and for any lane type: the same bits
// everywhere, which no libm promises. Coefficients are minimax fits by Remez exchange (Remez 1934)
// in 50 decimal digits, rounded once. Errors below were swept against long double; the tests repeat
// that.

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/polynomial.hpp"
#include "kernels/math/real_format.hpp"

namespace hedgestorm::math {

using namespace lanes;

namespace detail {

/// 2^f for |f| <= 1/2; fit error 1.9e-8 relative (float), 3.4e-18 (double).
template <class R>
HS_FN R exp2_fraction(R f) {
    if constexpr (is_single<R>) {
        return horner(f, 1.0f, 0.693147207f, 0.240226509f, 0.0555032723f, 0.00961805668f,
                      0.00134004282f, 0.000154614447f);
    } else {
        return horner(f, 1.0, 0.69314718055994529, 0.2402265069591013, 0.055504108664820084,
                      0.0096181291075941207, 0.001333355814677467, 0.00015403530457112145,
                      1.525273349308472e-5, 1.3215435282290708e-6, 1.0178199588427401e-7,
                      7.0737832500238234e-9, 4.434768934932725e-10);
    }
}

/// e^r for |r| <= ln(2) / 2; fit error 1.1e-8 relative (float), 3.7e-18 (double).
template <class R>
HS_FN R exp_fraction(R r) {
    if constexpr (is_single<R>) {
        return horner(r, 1.0f, 1.0f, 0.5f, 0.16666577f, 0.0416665547f, 0.00836317307f,
                      0.00139261761f);
    } else {
        return horner(r, 1.0, 1.0, 0.50000000000000111, 0.1666666666666641, 0.041666666666530391,
                      0.0083333333334961318, 0.0013888888943584523, 0.00019841269503237209,
                      2.4801493134136714e-5, 2.755758910246762e-6, 2.7630238998296743e-7,
                      2.4999272622169213e-8);
    }
}

/// value * 2^n, where `shifted` is n + round_to_integer: n stands in its last places.
template <class R>
HS_FN R scale_by_power(R value, R shifted) {
    using Format = RealFormat<typename LaneTraits<R>::Scalar>;
    return from_bits(bits(value) + shift_left<Format::mantissa_bits>(bits(shifted)));
}

}  // namespace detail

/// 2^y, without a clamp: y must stay in [-126, 127] (float) or [-1022, 1023] (double). Outside it
/// the exponent runs over and the result is any bit pattern. Error 0.993 ulp (float), 0.95 ulp
/// (double).
template <class R>
HS_FN R exp2_bounded(R y) {
    const R round = splat<R>(RealFormat<typename LaneTraits<R>::Scalar>::round_to_integer);
    const R shifted = y + round;
    return detail::scale_by_power(detail::exp2_fraction(y - (shifted - round)), shifted);
}

/// e^x, x clamped to where the result is a normal number: [-87, 88] (float), [-708, 709] (double).
/// Error 0.98 ulp (float), 0.92 ulp (double). NaN is read as the lower clamp.
///
/// x = n ln 2 + r, ln 2 in two parts whose first has trailing zeros, so that n times it is exact
/// (Cody and Waite, Software Manual for the Elementary Functions, 1980, ch. 6).
template <class R>
HS_FN R exp(R x) {
    using Scalar = typename LaneTraits<R>::Scalar;
    constexpr bool single = is_single<R>;
    constexpr Scalar lowest = single ? Scalar(-87) : Scalar(-708);
    constexpr Scalar highest = single ? Scalar(88) : Scalar(709);
    constexpr Scalar log2_e = Scalar(1.4426950408889634);
    constexpr Scalar ln2_high = single ? Scalar(0.693145752f) : Scalar(6.93147180369123816490e-01);
    constexpr Scalar ln2_low = single ? Scalar(1.42860677e-6f) : Scalar(1.90821492927058770002e-10);

    const R round = splat<R>(RealFormat<Scalar>::round_to_integer);
    const R inside = smaller(larger(x, splat<R>(lowest)), splat<R>(highest));
    const R shifted = fused(inside, splat<R>(log2_e), round);
    const R n = shifted - round;
    const R r = fused_negated(n, splat<R>(ln2_low), fused_negated(n, splat<R>(ln2_high), inside));
    return detail::scale_by_power(detail::exp_fraction(r), shifted);
}

/// ln x for positive normal x. Error 0.96 ulp (float), 0.82 ulp (double). Other x: any number.
///
/// x = 2^n (1 + f) with 1 + f between sqrt(1/2) and sqrt(2). Float: f + f^2 P(f), fit error 2e-8.
/// Double: with s = f / (2 + f), ln(1 + f) = 2 atanh s = f - (h - s (h + R(s^2))), h = f^2 / 2, as
/// fdlibm's e_log.c arranges it; the fit error is 1.3e-18.
template <class R>
HS_FN R log(R x) {
    using Scalar = typename LaneTraits<R>::Scalar;
    using Format = RealFormat<Scalar>;
    using Bits = typename LaneTraits<R>::Bits;

    const Bits root_half = Bits(Format::root_half);
    const Bits offset = bits(x) - root_half;
    const R n = exponent_as_real(offset);
    const R one_plus_f = from_bits((offset & Bits(Format::mantissa_mask)) + root_half);
    const R f = one_plus_f - splat<R>(Scalar(1));
    if constexpr (is_single<R>) {
        const R p = horner(f, -0.5f, 0.333333307f, -0.250003064f, 0.200010451f, -0.166412815f,
                           0.142144959f, -0.129981838f, 0.126223198f, -0.0790274377f);
        return fused(n, splat<R>(0.693147182f), fused(p, f * f, f));
    } else {
        const R s = f / (f + splat<R>(2.0));
        const R z = s * s;
        const R p = horner(z, 0.6666666666666734, 0.3999999999941512, 0.28571428742320248,
                           0.2222219857624507, 0.18183564378911701, 0.15314043871385127,
                           0.14796067069806695);
        const R h = f * f * splat<R>(0.5);
        const R tail = fused(s, fused(z, p, h), n * splat<R>(1.90821492927058770002e-10));
        return fused(n, splat<R>(6.93147180369123816490e-01), f - (h - tail));
    }
}

}  // namespace hedgestorm::math
