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

/// 2^exponent as a float; the exponent must be that of a normal number.
HS_FN float power_of_two(int exponent) {
    return __builtin_bit_cast(float, static_cast<std::uint32_t>(exponent + 127) << 23);
}

/// How a cell's bins are cut. Keys are the bits of a magnitude, counted from the start of the
/// linear page.
struct BinCut {
    float floor;
    std::uint32_t floor_bits;
    std::uint32_t width;      ///< low bits of a key that do not choose the bin
    std::uint32_t top;        ///< key of the last bin
    std::uint32_t end;        ///< first key beyond the last bin
    std::uint32_t negative;   ///< bins from a positive value's to its negative's; 0 if one-sided
    std::uint32_t one_sided;  ///< 1 if negative values are clipped to the first bin
};

HS_FN BinCut cut_of(const CellSpec& cell) {
    BinCut cut;
    cut.floor = power_of_two(cell.floor_exponent);
    cut.floor_bits = __builtin_bit_cast(std::uint32_t, cut.floor);
    cut.width = 23u - cell.mantissa_bits;
    cut.end = side_bins(cell) << cut.width;
    cut.top = cut.end - (1u << cut.width);
    cut.negative = cell.two_sided ? side_bins(cell) : 0u;
    cut.one_sided = cell.two_sided ? 0u : 1u;
    return cut;
}

/// Where an outcome is counted.
struct BinPlace {
    std::uint32_t bin;      ///< from the cell's first bin
    std::uint32_t low;      ///< the bits that did not choose the bin
    std::uint32_t clipped;  ///< 1 beyond the last bin, or of the wrong sign: counted at the edge
};

/// The place of a finite float in a cell. Without a branch, so that compilers vectorise it.
HS_FN BinPlace place_of(float x, const BinCut& cut) {
    const std::uint32_t octave = 1u << 23;
    const std::uint32_t bits = __builtin_bit_cast(std::uint32_t, x);
    const std::uint32_t sign = bits >> 31;
    const std::uint32_t magnitude = bits & 0x7fffffffu;
    const float size = __builtin_bit_cast(float, magnitude);
    // Below the floor, size + floor lies in the floor's octave: its mantissa is size in units of
    // the floor.
    const std::uint32_t linear = __builtin_bit_cast(std::uint32_t, size + cut.floor);
    const std::uint32_t key = magnitude < cut.floor_bits ? linear - cut.floor_bits
                                                         : magnitude - (cut.floor_bits - octave);
    const std::uint32_t beyond = key >= cut.end ? 1u : 0u;
    const std::uint32_t wrong_sign = sign & cut.one_sided;
    const std::uint32_t inside = (beyond != 0u ? cut.top : key) & (wrong_sign - 1u);
    const std::uint32_t bin = (inside >> cut.width) + ((0u - sign) & cut.negative);
    return {bin, inside & ((1u << cut.width) - 1u), beyond | wrong_sign};
}

/// What one outcome adds to its packed bin.
HS_FN std::uint64_t packed_outcome(std::uint32_t low, std::uint32_t mantissa_bits) {
    return (std::uint64_t{1} << count_shift(mantissa_bits)) + low;
}

}  // namespace hedgestorm::reduce
