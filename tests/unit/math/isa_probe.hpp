// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operations of kernels/lanes and kernels/math by number, so that a test can run the same ones
// on every instruction set. isa_probe.cpp is compiled once for each, into a namespace of its name;
// it takes plain arrays and gives plain arrays, because nothing inlined may cross between the sets.

#include <cstdint>

namespace hedgestorm::test {

/// What evaluate() does to each element; a, b, c are its three inputs, p its path number.
enum class Probe : std::uint32_t {
    add,                 ///< a + b
    subtract,            ///< a - b
    multiply,            ///< a * b
    divide,              ///< a / b
    negate,              ///< -a
    fused,               ///< a * b + c
    fused_negated,       ///< c - a * b
    square_root,         ///< of |a|
    smaller,             ///< of a and b
    larger,              ///< of a and b
    select_greater,      ///< a > b ? a : c
    select_less,         ///< a < b ? a : c
    select_not_less,     ///< a >= b ? a : c
    select_not_greater,  ///< a <= b ? a : c
    both,                ///< a > b and b > c ? 1 : 0
    either,              ///< a > b or b > c ? 1 : 0
    neither,             ///< not a > b ? 1 : 0
    any_and_all,         ///< 1 if any(a > b) and all(a > b) say what the lanes say one by one
    constants,           ///< scalars beside lanes: (2 a - 1) / 4 and the like
    integers,            ///< + - & ^ on the bits of a and b
    shifts,              ///< left and right on the bits of a
    exponent,            ///< exponent_as_real of the bits of a
    round_to_float,      ///< store_float, read back
    word_high_31,        ///< the four readings of a random word of path p
    word_low_30,
    word_bit_30,
    word_flip_sign,
    exp2,  ///< a clamped to [-100, 100]
    exp,
    log,  ///< of |a|
    normal_cdf,
    normal_pdf,
    uniform,   ///< from a random word of path p
    normal_0,  ///< normals of Philox block 9 of path p
    normal_1,
    normal_2,
    normal_3,
    look_up,  ///< an element of a small table, chosen by a random word of path p
    count
};

/// Inputs and outputs are padded to a whole number of this many elements, the widest lanes.
inline constexpr std::uint32_t probe_multiple = 32;

namespace scalar {
void evaluate(Probe probe, const float* const in[3], float* out, std::uint32_t count);
void evaluate(Probe probe, const double* const in[3], double* out, std::uint32_t count);
}  // namespace scalar
namespace avx2 {
void evaluate(Probe probe, const float* const in[3], float* out, std::uint32_t count);
void evaluate(Probe probe, const double* const in[3], double* out, std::uint32_t count);
}  // namespace avx2
namespace avx512 {
void evaluate(Probe probe, const float* const in[3], float* out, std::uint32_t count);
void evaluate(Probe probe, const double* const in[3], double* out, std::uint32_t count);
}  // namespace avx512

}  // namespace hedgestorm::test
