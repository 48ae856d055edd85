// SPDX-License-Identifier: Apache-2.0
#pragma once

// AVX2 + FMA: eight floats or four doubles per native vector. Gives the operations of lanes.hpp in
// namespace lanes::avx2, and FloatLanes, DoubleLanes, the pairs that the engine runs. Included only
// by objects compiled for AVX2. Random words stay in 64-bit lanes, where one vpmuludq gives both
// halves.

#include <immintrin.h>

#include <cstdint>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/lanes/pair.hpp"

namespace hedgestorm::lanes::avx2 {

struct Float;
struct Double;

/// 64-bit lanes all equal to value.
HS_FN __m256i broadcast(std::uint64_t value) {
    return _mm256_set1_epi64x(static_cast<long long>(value));
}

// Shifts and conversions are written with the compiler's vector types where others are intrinsics:
// g++ 12 keeps an intrinsic call where the source has it but moves an expression to its use, and
// here that is the difference between registers and spills (measured 12 % of Philox on AVX2).
using Words32 = std::uint32_t __attribute__((vector_size(32)));
using Words64 = std::uint64_t __attribute__((vector_size(32)));
using Integers32 = std::int32_t __attribute__((vector_size(32)));
using Floats = float __attribute__((vector_size(32)));

/// The upper half of each 64-bit lane.
HS_FN __m256i upper_halves(__m256i a) {
    return reinterpret_cast<__m256i>(reinterpret_cast<Words64>(a) >> 32);
}

/// Signed 32-bit integers as floats, rounded to nearest.
HS_FN __m256 floats_of(Words32 a) {
    return __builtin_convertvector(reinterpret_cast<Integers32>(a), Floats);
}

struct FloatMask {
    __m256 v;
};
HS_FN FloatMask operator&(FloatMask a, FloatMask b) {
    return {_mm256_and_ps(a.v, b.v)};
}
HS_FN FloatMask operator|(FloatMask a, FloatMask b) {
    return {_mm256_or_ps(a.v, b.v)};
}
HS_FN FloatMask operator!(FloatMask a) {
    return {_mm256_xor_ps(a.v, _mm256_castsi256_ps(_mm256_set1_epi32(-1)))};
}
HS_FN bool any(FloatMask a) {
    return _mm256_movemask_ps(a.v) != 0;
}
HS_FN bool all(FloatMask a) {
    return _mm256_movemask_ps(a.v) == 0xff;
}

struct DoubleMask {
    __m256d v;
};
HS_FN DoubleMask operator&(DoubleMask a, DoubleMask b) {
    return {_mm256_and_pd(a.v, b.v)};
}
HS_FN DoubleMask operator|(DoubleMask a, DoubleMask b) {
    return {_mm256_or_pd(a.v, b.v)};
}
HS_FN DoubleMask operator!(DoubleMask a) {
    return {_mm256_xor_pd(a.v, _mm256_castsi256_pd(_mm256_set1_epi32(-1)))};
}
HS_FN bool any(DoubleMask a) {
    return _mm256_movemask_pd(a.v) != 0;
}
HS_FN bool all(DoubleMask a) {
    return _mm256_movemask_pd(a.v) == 0xf;
}

struct FloatBits {
    using Scalar = std::uint32_t;
    using Real = Float;
    using Mask = FloatMask;
    __m256i v;

    FloatBits() = default;
    HS_FN FloatBits(std::uint32_t value) : v(_mm256_set1_epi32(static_cast<int>(value))) {}
    HS_FN FloatBits(__m256i value) : v(value) {}
};
HS_FN FloatBits operator+(FloatBits a, FloatBits b) {
    return _mm256_add_epi32(a.v, b.v);
}
HS_FN FloatBits operator-(FloatBits a, FloatBits b) {
    return _mm256_sub_epi32(a.v, b.v);
}
HS_FN FloatBits operator&(FloatBits a, FloatBits b) {
    return _mm256_and_si256(a.v, b.v);
}
HS_FN FloatBits operator^(FloatBits a, FloatBits b) {
    return _mm256_xor_si256(a.v, b.v);
}
template <int n>
HS_FN FloatBits shift_left(FloatBits a) {
    return reinterpret_cast<__m256i>(reinterpret_cast<Words32>(a.v) << n);
}
template <int n>
HS_FN FloatBits shift_right(FloatBits a) {
    return reinterpret_cast<__m256i>(reinterpret_cast<Words32>(a.v) >> n);
}

struct DoubleBits {
    using Scalar = std::uint64_t;
    using Real = Double;
    using Mask = DoubleMask;
    __m256i v;

    DoubleBits() = default;
    HS_FN DoubleBits(std::uint64_t value) : v(broadcast(value)) {}
    HS_FN DoubleBits(__m256i value) : v(value) {}
};
HS_FN DoubleBits operator+(DoubleBits a, DoubleBits b) {
    return _mm256_add_epi64(a.v, b.v);
}
HS_FN DoubleBits operator-(DoubleBits a, DoubleBits b) {
    return _mm256_sub_epi64(a.v, b.v);
}
HS_FN DoubleBits operator&(DoubleBits a, DoubleBits b) {
    return _mm256_and_si256(a.v, b.v);
}
HS_FN DoubleBits operator^(DoubleBits a, DoubleBits b) {
    return _mm256_xor_si256(a.v, b.v);
}
template <int n>
HS_FN DoubleBits shift_left(DoubleBits a) {
    return reinterpret_cast<__m256i>(reinterpret_cast<Words64>(a.v) << n);
}
template <int n>
HS_FN DoubleBits shift_right(DoubleBits a) {
    return reinterpret_cast<__m256i>(reinterpret_cast<Words64>(a.v) >> n);
}

/// Words of even and odd paths, each in the low half of a 64-bit lane; the high halves hold
/// anything.
struct FloatWord {
    using Bits = FloatBits;
    static constexpr std::uint32_t width = 8;
    __m256i even, odd;

    FloatWord() = default;
    HS_FN FloatWord(std::uint32_t value) : even(broadcast(value)), odd(broadcast(value)) {}
    HS_FN FloatWord(__m256i a, __m256i b) : even(a), odd(b) {}

    HS_FN static FloatWord consecutive(std::uint32_t start) {
        const __m256i even = _mm256_add_epi64(broadcast(start), _mm256_set_epi64x(6, 4, 2, 0));
        return {even, _mm256_add_epi64(even, broadcast(1))};
    }
    HS_FN FloatBits bits() const {
        return _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
    }
};
HS_FN FloatWord operator^(FloatWord a, FloatWord b) {
    return {_mm256_xor_si256(a.even, b.even), _mm256_xor_si256(a.odd, b.odd)};
}
HS_FN FloatWord xor3(FloatWord a, FloatWord b, std::uint32_t key) {
    return a ^ b ^ FloatWord(key);
}
HS_FN void wide_multiply(std::uint32_t factor, FloatWord word, FloatWord& high, FloatWord& low) {
    const __m256i by = broadcast(factor);
    low = {_mm256_mul_epu32(word.even, by), _mm256_mul_epu32(word.odd, by)};
    high = {upper_halves(low.even), upper_halves(low.odd)};
}

/// Words in the low halves of 64-bit lanes; the high halves hold anything.
struct DoubleWord {
    using Bits = DoubleBits;
    static constexpr std::uint32_t width = 4;
    __m256i v;

    DoubleWord() = default;
    HS_FN DoubleWord(std::uint32_t value) : v(broadcast(value)) {}
    HS_FN DoubleWord(__m256i value) : v(value) {}

    HS_FN static DoubleWord consecutive(std::uint32_t start) {
        return _mm256_add_epi64(broadcast(start), _mm256_set_epi64x(3, 2, 1, 0));
    }
    HS_FN DoubleBits bits() const { return v; }
};
HS_FN DoubleWord operator^(DoubleWord a, DoubleWord b) {
    return _mm256_xor_si256(a.v, b.v);
}
HS_FN DoubleWord xor3(DoubleWord a, DoubleWord b, std::uint32_t key) {
    return a ^ b ^ DoubleWord(key);
}
HS_FN void wide_multiply(std::uint32_t factor, DoubleWord word, DoubleWord& high, DoubleWord& low) {
    low = _mm256_mul_epu32(word.v, broadcast(factor));
    high = upper_halves(low.v);
}

/// Eight paths in single precision.
struct Float {
    using Scalar = float;
    using Word = FloatWord;
    using Bits = FloatBits;
    using Mask = FloatMask;
    static constexpr std::uint32_t width = 8;
    __m256 v;

    Float() = default;
    HS_FN Float(float value) : v(_mm256_set1_ps(value)) {}
    HS_FN Float(__m256 value) : v(value) {}

    HS_FN static Float load(const float* from) { return _mm256_loadu_ps(from); }
    HS_FN static Float load_floats(const float* from) { return load(from); }
};
HS_FN Float operator+(Float a, Float b) {
    return _mm256_add_ps(a.v, b.v);
}
HS_FN Float operator-(Float a, Float b) {
    return _mm256_sub_ps(a.v, b.v);
}
HS_FN Float operator*(Float a, Float b) {
    return _mm256_mul_ps(a.v, b.v);
}
HS_FN Float operator/(Float a, Float b) {
    return _mm256_div_ps(a.v, b.v);
}
HS_FN Float operator-(Float a) {
    return _mm256_xor_ps(a.v, _mm256_set1_ps(-0.0f));
}
HS_FN FloatMask operator>(Float a, Float b) {
    return {_mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ)};
}
HS_FN FloatMask operator<(Float a, Float b) {
    return {_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ)};
}
HS_FN FloatMask operator>=(Float a, Float b) {
    return {_mm256_cmp_ps(a.v, b.v, _CMP_GE_OQ)};
}
HS_FN FloatMask operator<=(Float a, Float b) {
    return {_mm256_cmp_ps(a.v, b.v, _CMP_LE_OQ)};
}
HS_FN Float fused(Float a, Float b, Float c) {
    return _mm256_fmadd_ps(a.v, b.v, c.v);
}
HS_FN Float fused_negated(Float a, Float b, Float c) {
    return _mm256_fnmadd_ps(a.v, b.v, c.v);
}
HS_FN Float square_root(Float a) {
    return _mm256_sqrt_ps(a.v);
}
HS_FN Float magnitude(Float a) {
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a.v);
}
HS_FN Float smaller(Float a, Float b) {
    return _mm256_min_ps(a.v, b.v);
}
HS_FN Float larger(Float a, Float b) {
    return _mm256_max_ps(a.v, b.v);
}
HS_FN Float select(FloatMask mask, Float a, Float b) {
    return _mm256_blendv_ps(b.v, a.v, mask.v);
}
HS_FN void store(float* to, Float a) {
    _mm256_storeu_ps(to, a.v);
}
HS_FN void store_float(float* to, Float a) {
    _mm256_storeu_ps(to, a.v);
}
HS_FN Float look_up(const float* from, Float index) {
    return _mm256_i32gather_ps(from, _mm256_cvttps_epi32(index.v), 4);
}
HS_FN FloatBits bits(Float a) {
    return _mm256_castps_si256(a.v);
}
HS_FN Float from_bits(FloatBits a) {
    return _mm256_castsi256_ps(a.v);
}
HS_FN Float exponent_as_real(FloatBits a) {
    return __builtin_convertvector(reinterpret_cast<Integers32>(a.v) >> 23, Floats);
}
HS_FN Float high_31_bits(FloatBits word) {
    return floats_of(reinterpret_cast<Words32>(word.v) >> 1);
}
HS_FN Float low_30_bits(FloatBits word) {
    return floats_of(reinterpret_cast<Words32>(word.v) << 2);
}
HS_FN FloatMask bit_30(FloatBits word) {
    const __m256i upper = _mm256_slli_epi32(word.v, 1);
    return {_mm256_castsi256_ps(_mm256_cmpgt_epi32(_mm256_setzero_si256(), upper))};
}
HS_FN Float flip_sign_by_bit_31(Float a, FloatBits word) {
    return from_bits(bits(a) ^ (word & FloatBits(0x80000000u)));
}

/// Four paths in double precision.
struct Double {
    using Scalar = double;
    using Word = DoubleWord;
    using Bits = DoubleBits;
    using Mask = DoubleMask;
    static constexpr std::uint32_t width = 4;
    __m256d v;

    Double() = default;
    HS_FN Double(double value) : v(_mm256_set1_pd(value)) {}
    HS_FN Double(__m256d value) : v(value) {}

    HS_FN static Double load(const double* from) { return _mm256_loadu_pd(from); }
    HS_FN static Double load_floats(const float* from) {
        return _mm256_cvtps_pd(_mm_loadu_ps(from));
    }
};
HS_FN Double operator+(Double a, Double b) {
    return _mm256_add_pd(a.v, b.v);
}
HS_FN Double operator-(Double a, Double b) {
    return _mm256_sub_pd(a.v, b.v);
}
HS_FN Double operator*(Double a, Double b) {
    return _mm256_mul_pd(a.v, b.v);
}
HS_FN Double operator/(Double a, Double b) {
    return _mm256_div_pd(a.v, b.v);
}
HS_FN Double operator-(Double a) {
    return _mm256_xor_pd(a.v, _mm256_set1_pd(-0.0));
}
HS_FN DoubleMask operator>(Double a, Double b) {
    return {_mm256_cmp_pd(a.v, b.v, _CMP_GT_OQ)};
}
HS_FN DoubleMask operator<(Double a, Double b) {
    return {_mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)};
}
HS_FN DoubleMask operator>=(Double a, Double b) {
    return {_mm256_cmp_pd(a.v, b.v, _CMP_GE_OQ)};
}
HS_FN DoubleMask operator<=(Double a, Double b) {
    return {_mm256_cmp_pd(a.v, b.v, _CMP_LE_OQ)};
}
HS_FN Double fused(Double a, Double b, Double c) {
    return _mm256_fmadd_pd(a.v, b.v, c.v);
}
HS_FN Double fused_negated(Double a, Double b, Double c) {
    return _mm256_fnmadd_pd(a.v, b.v, c.v);
}
HS_FN Double square_root(Double a) {
    return _mm256_sqrt_pd(a.v);
}
HS_FN Double magnitude(Double a) {
    return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v);
}
HS_FN Double smaller(Double a, Double b) {
    return _mm256_min_pd(a.v, b.v);
}
HS_FN Double larger(Double a, Double b) {
    return _mm256_max_pd(a.v, b.v);
}
HS_FN Double select(DoubleMask mask, Double a, Double b) {
    return _mm256_blendv_pd(b.v, a.v, mask.v);
}
HS_FN void store(double* to, Double a) {
    _mm256_storeu_pd(to, a.v);
}
HS_FN void store_float(float* to, Double a) {
    _mm_storeu_ps(to, _mm256_cvtpd_ps(a.v));
}
HS_FN Double look_up(const double* from, Double index) {
    return _mm256_i32gather_pd(from, _mm256_cvttpd_epi32(index.v), 8);
}
HS_FN DoubleBits bits(Double a) {
    return _mm256_castpd_si256(a.v);
}
HS_FN Double from_bits(DoubleBits a) {
    return _mm256_castsi256_pd(a.v);
}

// AVX2 converts no 64-bit integers. A number n below 2^52 put into the mantissa of 2^52 reads 2^52
// + n, and taking 2^52 away again is exact; flipping n's sign bit first adds half its range. With
// 2^51 or 2^54 in place of 2^52 the last place is worth a half or four, which does the shift as
// well.
HS_FN Double exponent_as_real(DoubleBits a) {
    const DoubleBits biased = shift_right<52>(a) ^ DoubleBits(0x4330000000000800u);
    return from_bits(biased) - Double(0x1p52 + 0x1p11);
}
HS_FN Double high_31_bits(DoubleBits word) {
    const DoubleBits half = (word & DoubleBits(0xfffffffeu)) ^ DoubleBits(0x4320000000000000u);
    return from_bits(half) - Double(0x1p51);
}
HS_FN Double low_30_bits(DoubleBits word) {
    const DoubleBits biased = (word & DoubleBits(0x3fffffffu)) ^ DoubleBits(0x4350000020000000u);
    return from_bits(biased) - Double(0x1p54 + 0x1p31);
}
/// The blend that reads this mask looks at the sign bit alone, but & | ! and all lanes need all
/// bits.
HS_FN DoubleMask bit_30(DoubleBits word) {
    const __m256i upper = _mm256_slli_epi64(word.v, 33);
    return {_mm256_castsi256_pd(_mm256_cmpgt_epi64(_mm256_setzero_si256(), upper))};
}
HS_FN Double flip_sign_by_bit_31(Double a, DoubleBits word) {
    return from_bits(bits(a) ^ (shift_left<32>(word) & DoubleBits(0x8000000000000000u)));
}

using FloatLanes = Pair<Float>;    ///< 16 paths
using DoubleLanes = Pair<Double>;  ///< 8 paths

}  // namespace hedgestorm::lanes::avx2
