// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a "number" is. Takes nothing, gives the vocabulary in which every path is written once: R is
// one path (float, double: the scalar engine, a CUDA thread) or W paths side by side (vector types,
// one per instruction set). Every operation here is correctly rounded or exact, so R never changes
// a bit.
//
// Templates above this layer say `using namespace lanes;` (float and double have no namespace for
// argument-dependent lookup to find) and use only what this list names. R is a real lane type, s
// its scalar; wherever a vector R is expected beside another one, a constant of type Scalar may
// stand.
//
//   reals    a + b  a - b  a * b  a / b  -a      IEEE, round to nearest
//            fused(a, b, c)                       a * b + c, rounded once
//            fused_negated(a, b, c)               c - a * b, rounded once
//            square_root(a)  magnitude(a)         IEEE square root; |a|
//            smaller(a, b)  larger(a, b)          a < b ? a : b;  a > b ? a : b  (b if unordered)
//   masks    a > b  a < b  a >= b  a <= b         Mask; false if unordered
//            m & n  m | n  !m  any(m)  all(m)     any and all give bool
//            select(m, a, b)                      m ? a : b in each lane
//   memory   splat<R>(s)  load<R>(p)  store(p, a) p points to width scalars, of any alignment
//            load_floats<R>(p)  store_float(p, a) widen, round to float (identity for float)
//            look_up(p, i)                         p[i] in each lane, i whole numbers >= 0 as R
//   parts    part<n>(a)                           native vector n of the LaneParts<R>::count that R
//                                                 is made of
//   bits     bits(a)  from_bits(i)                the IEEE encoding as integer lanes, and back
//            i + j  i - j  i & j  i ^ j  shift_left<n>(i)  shift_right<n>(i)   modulo, logical
//            exponent_as_real(i)                  sign and exponent field of i, a two's complement
//                                                 number, as R: i as integer >> 23 (float), 52
//                                                 (double)
//   words    path_words<Word>(first)              first, first + 1, ... one 32-bit word per path
//            wide_multiply(k, w, high, low)       the two halves of the 64-bit product k * w
//            v ^ w  xor3(v, w, k)                 k a uint32_t, the same for all paths
//            word_bits<R>(w)                      the words as Bits, to be read by the four below;
//                                                 above bit 31 of a 64-bit lane anything may stand
//            high_31_bits(i)                      word >> 1 as R, in [0, 2^31)
//            low_30_bits(i)                       word << 2 as a signed 32-bit number, as R
//            bit_30(i)                            Mask
//            flip_sign_by_bit_31(a, i)            -a where bit 31 is set
//
// Path code has no data-dependent branch except `if (any(mask))` around costly work that is then
// applied with select.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/macros.hpp"

namespace hedgestorm::lanes {

/// The types that go with a lane type R. A vector type carries them; scalar.hpp specialises the
/// rest.
template <class R>
struct LaneTraits {
    using Scalar = typename R::Scalar;  ///< float or double
    using Word = typename R::Word;      ///< 32-bit random words, one per path, as Philox wants them
    using Bits = typename R::Bits;      ///< integer lanes as wide as Scalar
    using Mask = typename R::Mask;      ///< a truth value per path
    static constexpr std::uint32_t width = R::width;  ///< paths in one R

    HS_FN static R load(const Scalar* from) { return R::load(from); }
    HS_FN static R load_floats(const float* from) { return R::load_floats(from); }
    HS_FN static Bits word_bits(Word word) { return word.bits(); }
};

/// The native vectors that R is made of: one, unless its header says otherwise.
template <class R>
struct LaneParts {
    using Part = R;
    static constexpr int count = 1;
};

/// Native vector n of a.
template <int n, class R>
HS_FN const R& part(const R& a) {
    static_assert(n == 0);
    return a;
}

/// One constant in every lane.
template <class R>
HS_FN R splat(typename LaneTraits<R>::Scalar value) {
    return R(value);
}

/// The next width scalars from memory.
template <class R>
HS_FN R load(const typename LaneTraits<R>::Scalar* from) {
    return LaneTraits<R>::load(from);
}

/// The next width floats from memory.
template <class R>
HS_FN R load_floats(const float* from) {
    return LaneTraits<R>::load_floats(from);
}

/// Random words as integer lanes of R; above bit 31 of a 64-bit lane anything may stand.
template <class R>
HS_FN typename LaneTraits<R>::Bits word_bits(typename LaneTraits<R>::Word word) {
    return LaneTraits<R>::word_bits(word);
}

/// The low words of consecutive path numbers: first, first + 1, ...
template <class Word>
HS_FN Word path_words(std::uint32_t first) {
    if constexpr (std::is_same_v<Word, std::uint32_t>) {
        return first;
    } else {
        return Word::consecutive(first);
    }
}

}  // namespace hedgestorm::lanes

// Templates find the operations on float and double only if these are declared before them.
#include "kernels/lanes/scalar.hpp"
