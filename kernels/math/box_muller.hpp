// SPDX-License-Identifier: Apache-2.0
#pragma once

// Uniform words into standard normals (Box and Muller, A Note on the Generation of Random Normal
// Deviates, 1958). Two words give two independent normals: the first the radius, the second the
// angle. The angle's two top bits choose the octant and its other bits a position within +-45
// degrees, so sine and cosine are short polynomials without range reduction and z -> -z is an exact
// symmetry.

#include <cstdint>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/polynomial.hpp"
#include "kernels/math/real_format.hpp"

namespace hedgestorm::math {

using namespace lanes;

namespace detail {

/// cos(pi t / 4), |t| <= 1, from t^2; fit error 6.7e-9 (float), 5.2e-17 (double).
template <class R>
HS_FN R cosine_of_eighth_turn(R t_squared) {
    if constexpr (is_single<R>) {
        return horner(t_squared, 1.0f, -0.308425135f, 0.0158543252f, -0.000325938586f,
                      3.52979713e-06f);
    } else {
        return horner(t_squared, 1.0, -0.30842513753403927, 0.015854344243753395,
                      -0.00032599188652495379, 3.5908592496883825e-6, -2.4609563390970695e-8,
                      1.1367210316453071e-10);
    }
}

/// sin(pi t / 4) / t, |t| <= 1, from t^2; fit error 2.4e-8 (float), 2.5e-18 (double).
template <class R>
HS_FN R sine_of_eighth_turn(R t_squared) {
    if constexpr (is_single<R>) {
        return horner(t_squared, 0.785398161f, -0.0807454347f, 0.0024900068f, -3.59542907e-05f);
    } else {
        return horner(t_squared, 0.78539816339744828, -0.080745512188280535, 0.0024903945701888462,
                      -3.6576204158923921e-5, 3.1336162256271268e-7, -1.7571500919163455e-9,
                      6.8773663122678515e-12);
    }
}

}  // namespace detail

/// A uniform in (0, 1] from a word: (word >> 1) / 2^31 + 1 / 2^32, rounded once the integer is an
/// R.
template <class R>
HS_FN R uniform(typename LaneTraits<R>::Bits word) {
    using Scalar = typename LaneTraits<R>::Scalar;
    return fused(high_31_bits(word), splat<R>(Scalar(0x1p-31)), splat<R>(Scalar(0x1p-32)));
}

/// Two independent standard normals from two words, at most 6.66 in size. Against the same formula
/// in long double: absolute error 2e-15 (double); 3e-6 (float), but up to 2.5e-4 for |z| < 0.01,
/// where the radius comes from a uniform next to 1 that float has rounded.
template <class R>
HS_FN void box_muller(typename LaneTraits<R>::Bits radius_word,
                      typename LaneTraits<R>::Bits angle_word, R& z0, R& z1) {
    using Scalar = typename LaneTraits<R>::Scalar;
    const R radius = square_root(log(uniform<R>(radius_word)) * splat<R>(Scalar(-2)));
    const R signed_radius = flip_sign_by_bit_31(radius, angle_word);
    const R t = low_30_bits(angle_word) * splat<R>(Scalar(0x1p-31));
    const R t_squared = t * t;
    const R cosine = detail::cosine_of_eighth_turn(t_squared);
    const R sine = detail::sine_of_eighth_turn(t_squared) * t;
    const auto swapped = bit_30(angle_word);
    z0 = select(swapped, sine, cosine) * signed_radius;
    z1 = select(swapped, cosine, sine) * signed_radius;
}

/// The four normals of a block's four words.
template <class R>
HS_FN void normals_from_words(const typename LaneTraits<R>::Word words[4], R z[4]) {
    box_muller(word_bits<R>(words[0]), word_bits<R>(words[1]), z[0], z[1]);
    box_muller(word_bits<R>(words[2]), word_bits<R>(words[3]), z[2], z[3]);
}

/// Normals 4 * block ... 4 * block + 3 of a stream of words, such as math::Philox.
template <class R, class Random>
HS_FN void normals4(const Random& random, std::uint32_t block, R z[4]) {
    typename LaneTraits<R>::Word words[4];
    random.block(block, words);
    normals_from_words(words, z);
}

}  // namespace hedgestorm::math
