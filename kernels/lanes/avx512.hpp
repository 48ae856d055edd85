// SPDX-License-Identifier: Apache-2.0
#pragma once

// AVX-512 (F, DQ, BW, VL): sixteen floats or eight doubles per native vector. Gives the operations
// of lanes.hpp in namespace lanes::avx512, and FloatLanes, DoubleLanes, the pairs that the engine
// runs. Included only by objects compiled for AVX-512. Masks are mask registers; three-operand
// logic is one instruction (vpternlog, whose table 0x96 is a ^ b ^ c and 0x6a is (a & b) ^ c).

#include <immintrin.h>

#include <cstdint>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/lanes/pair.hpp"

namespace hedgestorm::lanes::avx512 {

struct Float;
struct Double;

/// 64-bit lanes all equal to value.
HS_FN __m512i broadcast(std::uint64_t value) {
    return _mm512_set1_epi64(static_cast<long long>(value));
}

// Shifts and conversions are written with the compiler's vector types where others are intrinsics:
// g++ 12 keeps an intrinsic call where the source has it but moves an expression to its use, and
// here that is the difference between registers and spills (measured 12 % of Philox on AVX2).
using Words32 = std::uint32_t __attribute__((vector_size(64)));
using Words64 = std::uint64_t __attribute__((vector_size(64)));
using Integers32 = std::int32_t __attribute__((vector_size(64)));
using Floats = float __attribute__((vector_size(64)));

/// The upper half of each 64-bit lane.
HS_FN __m512i upper_halves(__m512i a) {
    return reinterpret_cast<__m512i>(reinterpret_cast<Words64>(a) >> 32);
}

/// Signed 32-bit integers as floats, rounded to nearest.
HS_FN __m512 floats_of(Words32 a) {
    return __builtin_convertvector(reinterpret_cast<Integers32>(a), Floats);
}

struct FloatMask {
    __mmask16 v;
};
HS_FN FloatMask operator&(FloatMask a, FloatMask b) {
    return {_kand_mask16(a.v, b.v)};
}
HS_FN FloatMask operator|(FloatMask a, FloatMask b) {
    return {_kor_mask16(a.v, b.v)};
}
HS_FN FloatMask operator!(FloatMask a) {
    return {_knot_mask16(a.v)};
}
HS_FN bool any(FloatMask a) {
    return a.v != 0;
}
HS_FN bool all(FloatMask a) {
    return a.v == 0xffff;
}

struct DoubleMask {
    __mmask8 v;
};
HS_FN DoubleMask operator&(DoubleMask a, DoubleMask b) {
    return {_kand_mask8(a.v, b.v)};
}
HS_FN DoubleMask operator|(DoubleMask a, DoubleMask b) {
    return {_kor_mask8(a.v, b.v)};
}
HS_FN DoubleMask operator!(DoubleMask a) {
    return {_knot_mask8(a.v)};
}
HS_FN bool any(DoubleMask a) {
    return a.v != 0;
}
HS_FN bool all(DoubleMask a) {
    return a.v == 0xff;
}

struct FloatBits {
    using Scalar = std::uint32_t;
    using Real = Float;
    using Mask = FloatMask;
    __m512i v;

    FloatBits() = default;
    HS_FN FloatBits(std::uint32_t value) : v(_mm512_set1_epi32(static_cast<int>(value))) {}
    HS_FN FloatBits(__m512i value) : v(value) {}
};
HS_FN FloatBits operator+(FloatBits a, FloatBits b) {
    return _mm512_add_epi32(a.v, b.v);
}
HS_FN FloatBits operator-(FloatBits a, FloatBits b) {
    return _mm512_sub_epi32(a.v, b.v);
}
HS_FN FloatBits operator&(FloatBits a, FloatBits b) {
    return _mm512_and_si512(a.v, b.v);
}
HS_FN FloatBits operator^(FloatBits a, FloatBits b) {
    return _mm512_xor_si512(a.v, b.v);
}
template <int n>
HS_FN FloatBits shift_left(FloatBits a) {
    return reinterpret_cast<__m512i>(reinterpret_cast<Words32>(a.v) << n);
}
template <int n>
HS_FN FloatBits shift_right(FloatBits a) {
    return reinterpret_cast<__m512i>(reinterpret_cast<Words32>(a.v) >> n);
}

struct DoubleBits {
    using Scalar = std::uint64_t;
    using Real = Double;
    using Mask = DoubleMask;
    __m512i v;

    DoubleBits() = default;
    HS_FN DoubleBits(std::uint64_t value) : v(broadcast(value)) {}
    HS_FN DoubleBits(__m512i value) : v(value) {}
};
HS_FN DoubleBits operator+(DoubleBits a, DoubleBits b) {
    return _mm512_add_epi64(a.v, b.v);
}
HS_FN DoubleBits operator-(DoubleBits a, DoubleBits b) {
    return _mm512_sub_epi64(a.v, b.v);
}
HS_FN DoubleBits operator&(DoubleBits a, DoubleBits b) {
    return _mm512_and_si512(a.v, b.v);
}
HS_FN DoubleBits operator^(DoubleBits a, DoubleBits b) {
    return _mm512_xor_si512(a.v, b.v);
}
template <int n>
HS_FN DoubleBits shift_left(DoubleBits a) {
    return reinterpret_cast<__m512i>(reinterpret_cast<Words64>(a.v) << n);
}
template <int n>
HS_FN DoubleBits shift_right(DoubleBits a) {
    return reinterpret_cast<__m512i>(reinterpret_cast<Words64>(a.v) >> n);
}

/// (a & b) ^ c
HS_FN __m512i masked_xor(__m512i a, std::uint64_t b, __m512i c) {
    return _mm512_ternarylogic_epi64(a, broadcast(b), c, 0x6a);
}

/// Words of even and odd paths, each in the low half of a 64-bit lane; the high halves hold
/// anything.
struct FloatWord {
    using Bits = FloatBits;
    static constexpr std::uint32_t width = 16;
    __m512i even, odd;

    FloatWord() = default;
    HS_FN FloatWord(std::uint32_t value) : even(broadcast(value)), odd(broadcast(value)) {}
    HS_FN FloatWord(__m512i a, __m512i b) : even(a), odd(b) {}

    HS_FN static FloatWord consecutive(std::uint32_t start) {
        const __m512i even =
            _mm512_add_epi64(broadcast(start), _mm512_set_epi64(14, 12, 10, 8, 6, 4, 2, 0));
        return {even, _mm512_add_epi64(even, broadcast(1))};
    }
    /// Copies the low half of each odd lane over the high half of the even one.
    HS_FN FloatBits bits() const {
        return _mm512_mask_shuffle_epi32(even, 0xaaaa, odd, _MM_PERM_CCAA);
    }
};
HS_FN FloatWord operator^(FloatWord a, FloatWord b) {
    return {_mm512_xor_si512(a.even, b.even), _mm512_xor_si512(a.odd, b.odd)};
}
HS_FN FloatWord xor3(FloatWord a, FloatWord b, std::uint32_t key) {
    const __m512i keys = broadcast(key);
    return {_mm512_ternarylogic_epi64(a.even, b.even, keys, 0x96),
            _mm512_ternarylogic_epi64(a.odd, b.odd, keys, 0x96)};
}
HS_FN void wide_multiply(std::uint32_t factor, FloatWord word, FloatWord& high, FloatWord& low) {
    const __m512i by = broadcast(factor);
    low = {_mm512_mul_epu32(word.even, by), _mm512_mul_epu32(word.odd, by)};
    high = {upper_halves(low.even), upper_halves(low.odd)};
}

/// Words in the low halves of 64-bit lanes; the high halves hold anything.
struct DoubleWord {
    using Bits = DoubleBits;
    static constexpr std::uint32_t width = 8;
    __m512i v;

    DoubleWord() = default;
    HS_FN DoubleWord(std::uint32_t value) : v(broadcast(value)) {}
    HS_FN DoubleWord(__m512i value) : v(value) {}

    HS_FN static DoubleWord consecutive(std::uint32_t start) {
        return _mm512_add_epi64(broadcast(start), _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0));
    }
    HS_FN DoubleBits bits() const { return v; }
};
HS_FN DoubleWord operator^(DoubleWord a, DoubleWord b) {
    return _mm512_xor_si512(a.v, b.v);
}
HS_FN DoubleWord xor3(DoubleWord a, DoubleWord b, std::uint32_t key) {
    return _mm512_ternarylogic_epi64(a.v, b.v, broadcast(key), 0x96);
}
HS_FN void wide_multiply(std::uint32_t factor, DoubleWord word, DoubleWord& high, DoubleWord& low) {
    low = _mm512_mul_epu32(word.v, broadcast(factor));
    high = upper_halves(low.v);
}

/// Sixteen paths in single precision.
struct Float {
    using Scalar = float;
    using Word = FloatWord;
    using Bits = FloatBits;
    using Mask = FloatMask;
    static constexpr std::uint32_t width = 16;
    __m512 v;

    Float() = default;
    HS_FN Float(float value) : v(_mm512_set1_ps(value)) {}
    HS_FN Float(__m512 value) : v(value) {}

    HS_FN static Float load(const float* from) { return _mm512_loadu_ps(from); }
    HS_FN static Float load_floats(const float* from) { return load(from); }
};
HS_FN Float operator+(Float a, Float b) {
    return _mm512_add_ps(a.v, b.v);
}
HS_FN Float operator-(Float a, Float b) {
    return _mm512_sub_ps(a.v, b.v);
}
HS_FN Float operator*(Float a, Float b) {
    return _mm512_mul_ps(a.v, b.v);
}
HS_FN Float operator/(Float a, Float b) {
    return _mm512_div_ps(a.v, b.v);
}
HS_FN Float operator-(Float a) {
    return _mm512_xor_ps(a.v, _mm512_set1_ps(-0.0f));
}
HS_FN FloatMask operator>(Float a, Float b) {
    return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)};
}
HS_FN FloatMask operator<(Float a, Float b) {
    return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)};
}
HS_FN FloatMask operator>=(Float a, Float b) {
    return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GE_OQ)};
}
HS_FN FloatMask operator<=(Float a, Float b) {
    return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)};
}
HS_FN Float fused(Float a, Float b, Float c) {
    return _mm512_fmadd_ps(a.v, b.v, c.v);
}
HS_FN Float fused_negated(Float a, Float b, Float c) {
    return _mm512_fnmadd_ps(a.v, b.v, c.v);
}
HS_FN Float square_root(Float a) {
    return _mm512_sqrt_ps(a.v);
}
HS_FN Float magnitude(Float a) {
    return _mm512_andnot_ps(_mm512_set1_ps(-0.0f), a.v);
}
HS_FN Float smaller(Float a, Float b) {
    return _mm512_min_ps(a.v, b.v);
}
HS_FN Float larger(Float a, Float b) {
    return _mm512_max_ps(a.v, b.v);
}
HS_FN Float select(FloatMask mask, Float a, Float b) {
    return _mm512_mask_blend_ps(mask.v, b.v, a.v);
}
HS_FN void store(float* to, Float a) {
    _mm512_storeu_ps(to, a.v);
}
HS_FN void store_float(float* to, Float a) {
    _mm512_storeu_ps(to, a.v);
}
HS_FN Float look_up(const float* from, Float index) {
    return _mm512_i32gather_ps(_mm512_cvttps_epi32(index.v), from, 4);
}
HS_FN FloatBits bits(Float a) {
    return _mm512_castps_si512(a.v);
}
HS_FN Float from_bits(FloatBits a) {
    return _mm512_castsi512_ps(a.v);
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
    return {_mm512_test_epi32_mask(word.v, _mm512_set1_epi32(0x40000000))};
}
HS_FN Float flip_sign_by_bit_31(Float a, FloatBits word) {
    return from_bits(FloatBits(masked_xor(word.v, 0x8000000080000000u, bits(a).v)));
}

/// Eight paths in double precision.
struct Double {
    using Scalar = double;
    using Word = DoubleWord;
    using Bits = DoubleBits;
    using Mask = DoubleMask;
    static constexpr std::uint32_t width = 8;
    __m512d v;

    Double() = default;
    HS_FN Double(double value) : v(_mm512_set1_pd(value)) {}
    HS_FN Double(__m512d value) : v(value) {}

    HS_FN static Double load(const double* from) { return _mm512_loadu_pd(from); }
    HS_FN static Double load_floats(const float* from) {
        return _mm512_cvtps_pd(_mm256_loadu_ps(from));
    }
};
HS_FN Double operator+(Double a, Double b) {
    return _mm512_add_pd(a.v, b.v);
}
HS_FN Double operator-(Double a, Double b) {
    return _mm512_sub_pd(a.v, b.v);
}
HS_FN Double operator*(Double a, Double b) {
    return _mm512_mul_pd(a.v, b.v);
}
HS_FN Double operator/(Double a, Double b) {
    return _mm512_div_pd(a.v, b.v);
}
HS_FN Double operator-(Double a) {
    return _mm512_xor_pd(a.v, _mm512_set1_pd(-0.0));
}
HS_FN DoubleMask operator>(Double a, Double b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ)};
}
HS_FN DoubleMask operator<(Double a, Double b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)};
}
HS_FN DoubleMask operator>=(Double a, Double b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GE_OQ)};
}
HS_FN DoubleMask operator<=(Double a, Double b) {
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)};
}
HS_FN Double fused(Double a, Double b, Double c) {
    return _mm512_fmadd_pd(a.v, b.v, c.v);
}
HS_FN Double fused_negated(Double a, Double b, Double c) {
    return _mm512_fnmadd_pd(a.v, b.v, c.v);
}
HS_FN Double square_root(Double a) {
    return _mm512_sqrt_pd(a.v);
}
HS_FN Double magnitude(Double a) {
    return _mm512_andnot_pd(_mm512_set1_pd(-0.0), a.v);
}
HS_FN Double smaller(Double a, Double b) {
    return _mm512_min_pd(a.v, b.v);
}
HS_FN Double larger(Double a, Double b) {
    return _mm512_max_pd(a.v, b.v);
}
HS_FN Double select(DoubleMask mask, Double a, Double b) {
    return _mm512_mask_blend_pd(mask.v, b.v, a.v);
}
HS_FN void store(double* to, Double a) {
    _mm512_storeu_pd(to, a.v);
}
HS_FN void store_float(float* to, Double a) {
    _mm256_storeu_ps(to, _mm512_cvtpd_ps(a.v));
}
HS_FN Double look_up(const double* from, Double index) {
    return _mm512_i32gather_pd(_mm512_cvttpd_epi32(index.v), from, 8);
}
HS_FN DoubleBits bits(Double a) {
    return _mm512_castpd_si512(a.v);
}
HS_FN Double from_bits(DoubleBits a) {
    return _mm512_castsi512_pd(a.v);
}

// The conversions are exact, so any way gives the same bits; avx2.hpp explains this one, which
// costs two operations where vcvtqq2pd with its mask and shift costs three.
HS_FN Double exponent_as_real(DoubleBits a) {
    const DoubleBits biased = shift_right<52>(a) ^ DoubleBits(0x4330000000000800u);
    return from_bits(biased) - Double(0x1p52 + 0x1p11);
}
HS_FN Double high_31_bits(DoubleBits word) {
    const DoubleBits half = masked_xor(word.v, 0xfffffffeu, broadcast(0x4320000000000000u));
    return from_bits(half) - Double(0x1p51);
}
HS_FN Double low_30_bits(DoubleBits word) {
    const DoubleBits biased = masked_xor(word.v, 0x3fffffffu, broadcast(0x4350000020000000u));
    return from_bits(biased) - Double(0x1p54 + 0x1p31);
}
HS_FN DoubleMask bit_30(DoubleBits word) {
    return {_mm512_test_epi64_mask(word.v, broadcast(0x40000000u))};
}
HS_FN Double flip_sign_by_bit_31(Double a, DoubleBits word) {
    const DoubleBits sign = shift_left<32>(word);
    return from_bits(DoubleBits(masked_xor(sign.v, 0x8000000000000000u, bits(a).v)));
}

using FloatLanes = Pair<Float>;    ///< 32 paths
using DoubleLanes = Pair<Double>;  ///< 16 paths

}  // namespace hedgestorm::lanes::avx512
