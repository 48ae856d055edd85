// SPDX-License-Identifier: Apache-2.0
#pragma once

// One path per number: float and double as lane types, on the host and in a CUDA thread. Gives the
// operations of lanes.hpp for the built-in types. The compiler builtins stand in for libm because
// they mean the IEEE operation itself: one instruction where the machine has it, else libm's exact
// one.

#include <cstdint>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::lanes {

template <>
struct LaneTraits<float> {
    using Scalar = float;
    using Word = std::uint32_t;
    using Bits = std::uint32_t;
    using Mask = bool;
    static constexpr std::uint32_t width = 1;

    HS_FN static float load(const float* from) { return *from; }
    HS_FN static float load_floats(const float* from) { return *from; }
    HS_FN static std::uint32_t word_bits(std::uint32_t word) { return word; }
};

template <>
struct LaneTraits<double> {
    using Scalar = double;
    using Word = std::uint32_t;
    using Bits = std::uint64_t;
    using Mask = bool;
    static constexpr std::uint32_t width = 1;

    HS_FN static double load(const double* from) { return *from; }
    HS_FN static double load_floats(const float* from) { return *from; }
    HS_FN static std::uint64_t word_bits(std::uint32_t word) { return word; }
};

HS_FN float fused(float a, float b, float c) {
    return __builtin_fmaf(a, b, c);
}
HS_FN double fused(double a, double b, double c) {
    return __builtin_fma(a, b, c);
}
HS_FN float fused_negated(float a, float b, float c) {
    return __builtin_fmaf(-a, b, c);
}
HS_FN double fused_negated(double a, double b, double c) {
    return __builtin_fma(-a, b, c);
}
HS_FN float square_root(float a) {
    return __builtin_sqrtf(a);
}
HS_FN double square_root(double a) {
    return __builtin_sqrt(a);
}
HS_FN float magnitude(float a) {
    return __builtin_fabsf(a);
}
HS_FN double magnitude(double a) {
    return __builtin_fabs(a);
}
HS_FN float smaller(float a, float b) {
    return a < b ? a : b;
}
HS_FN double smaller(double a, double b) {
    return a < b ? a : b;
}
HS_FN float larger(float a, float b) {
    return a > b ? a : b;
}
HS_FN double larger(double a, double b) {
    return a > b ? a : b;
}

HS_FN bool any(bool mask) {
    return mask;
}
HS_FN bool all(bool mask) {
    return mask;
}
HS_FN float select(bool mask, float a, float b) {
    return mask ? a : b;
}
HS_FN double select(bool mask, double a, double b) {
    return mask ? a : b;
}

HS_FN void store(float* to, float a) {
    *to = a;
}
HS_FN void store(double* to, double a) {
    *to = a;
}
HS_FN void store_float(float* to, float a) {
    *to = a;
}
HS_FN void store_float(float* to, double a) {
    *to = static_cast<float>(a);
}

HS_FN float look_up(const float* from, float index) {
    return from[static_cast<std::int32_t>(index)];
}
HS_FN double look_up(const double* from, double index) {
    return from[static_cast<std::int32_t>(index)];
}

HS_FN std::uint32_t bits(float a) {
    return __builtin_bit_cast(std::uint32_t, a);
}
HS_FN std::uint64_t bits(double a) {
    return __builtin_bit_cast(std::uint64_t, a);
}
HS_FN float from_bits(std::uint32_t a) {
    return __builtin_bit_cast(float, a);
}
HS_FN double from_bits(std::uint64_t a) {
    return __builtin_bit_cast(double, a);
}

template <int n>
HS_FN std::uint32_t shift_left(std::uint32_t a) {
    return a << n;
}
template <int n>
HS_FN std::uint64_t shift_left(std::uint64_t a) {
    return a << n;
}
template <int n>
HS_FN std::uint32_t shift_right(std::uint32_t a) {
    return a >> n;
}
template <int n>
HS_FN std::uint64_t shift_right(std::uint64_t a) {
    return a >> n;
}

HS_FN float exponent_as_real(std::uint32_t a) {
    return static_cast<float>(static_cast<std::int32_t>(a) >> 23);
}
/// The upper half holds the whole field, and 32-bit conversions are the cheap ones on a GPU.
HS_FN double exponent_as_real(std::uint64_t a) {
    return static_cast<double>(static_cast<std::int32_t>(a >> 32) >> 20);
}

HS_FN void wide_multiply(std::uint32_t factor, std::uint32_t word, std::uint32_t& high,
                         std::uint32_t& low) {
    const std::uint64_t product = static_cast<std::uint64_t>(factor) * word;
    high = static_cast<std::uint32_t>(product >> 32);
    low = static_cast<std::uint32_t>(product);
}
HS_FN std::uint32_t xor3(std::uint32_t a, std::uint32_t b, std::uint32_t key) {
    return a ^ b ^ key;
}

HS_FN float high_31_bits(std::uint32_t word) {
    return static_cast<float>(static_cast<std::int32_t>(word >> 1));
}
HS_FN double high_31_bits(std::uint64_t word) {
    return static_cast<double>(static_cast<std::int32_t>(static_cast<std::uint32_t>(word) >> 1));
}
HS_FN float low_30_bits(std::uint32_t word) {
    return static_cast<float>(static_cast<std::int32_t>(word << 2));
}
HS_FN double low_30_bits(std::uint64_t word) {
    return static_cast<double>(static_cast<std::int32_t>(static_cast<std::uint32_t>(word) << 2));
}
HS_FN bool bit_30(std::uint32_t word) {
    return ((word >> 30) & 1u) != 0;
}
HS_FN bool bit_30(std::uint64_t word) {
    return ((word >> 30) & 1u) != 0;
}
HS_FN float flip_sign_by_bit_31(float a, std::uint32_t word) {
    return from_bits(bits(a) ^ (word & 0x80000000u));
}
HS_FN double flip_sign_by_bit_31(double a, std::uint64_t word) {
    return from_bits(bits(a) ^ ((word << 32) & 0x8000000000000000u));
}

namespace scalar {

using FloatLanes = float;    ///< 1 path
using DoubleLanes = double;  ///< 1 path

}  // namespace scalar

}  // namespace hedgestorm::lanes
