// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which bin a float falls in: its own upper bits choose, its lower bits are summed in the bin.
//
// Above the floor a bin is 1/2^m of an octave wide (m mantissa bits); below it one linear page of
// the same number of bins, as if the floor's octave went on down to 0. A bin's count and low bits
// give its mean exactly, so tail means carry no binning error.

#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

/// Where an outcome is counted.
struct BinPlace {
    std::uint32_t bin;  ///< from the cell's first bin
    std::uint32_t low;  ///< the bits that did not choose the bin
    bool clipped;       ///< beyond the last bin, or of the wrong sign: counted at the edge
};

/// The place of a finite float in a cell.
HS_FN BinPlace place_of(float x, float floor, std::uint32_t floor_bits, std::uint32_t mantissa_bits,
                        std::uint32_t side, bool two_sided) {
    const std::uint32_t bits = __builtin_bit_cast(std::uint32_t, x);
    const bool negative = (bits >> 31) != 0;
    const std::uint32_t magnitude_bits = bits & 0x7fffffffu;
    const float size = __builtin_bit_cast(float, magnitude_bits);
    const std::uint32_t octave = 1u << 23;
    // Below the floor, size + floor lies in the floor's octave: its mantissa is size in units of
    // the floor.
    const std::uint32_t linear = __builtin_bit_cast(std::uint32_t, size + floor) - octave;
    const std::uint32_t key =
        (magnitude_bits < floor_bits ? linear : magnitude_bits) - (floor_bits - octave);
    const std::uint32_t width = 23u - mantissa_bits;
    const std::uint32_t index = key >> width;
    const std::uint32_t low = key & ((1u << width) - 1u);
    const bool wrong_side = negative && !two_sided;
    const bool beyond = index >= side;
    const std::uint32_t inside = beyond ? side - 1u : index;
    const std::uint32_t bin = wrong_side ? 0u : (negative ? side + inside : inside);
    return {bin, beyond || wrong_side ? 0u : low, beyond || wrong_side};
}

/// What one outcome adds to its packed bin.
HS_FN std::uint64_t packed_outcome(std::uint32_t low, std::uint32_t mantissa_bits) {
    return (std::uint64_t{1} << count_shift(mantissa_bits)) + low;
}

/// 2^exponent as a float; the exponent must be that of a normal number.
HS_FN float power_of_two(int exponent) {
    return __builtin_bit_cast(float, static_cast<std::uint32_t>(exponent + 127) << 23);
}

}  // namespace hedgestorm::reduce
