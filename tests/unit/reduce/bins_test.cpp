// SPDX-License-Identifier: Apache-2.0
//
// Which bin a float falls in, at every edge. Exact.

#include "kernels/reduce/bins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace hedgestorm::reduce {
namespace {

constexpr std::uint8_t bits = 7;
constexpr std::uint32_t per_octave = 1u << bits;

/// Floor at 2^-3: octaves from 1/8 on, 32 of them.
CellSpec cell(bool two_sided) {
    CellSpec c{};
    c.mantissa_bits = bits;
    c.two_sided = two_sided;
    c.floor_exponent = -3;
    return c;
}

BinPlace place(float x, bool two_sided = true) {
    return place_of(x, cut_of(cell(two_sided)));
}

TEST(Bins, ZeroIsTheFirstOfTheLinearPage) {
    EXPECT_EQ(place(0.0f).bin, 0u);
    EXPECT_EQ(place(0.0f).low, 0u);
    EXPECT_EQ(place(0.0f).clipped, 0u);
}

TEST(Bins, TheFloorStartsTheFirstOctave) {
    EXPECT_EQ(place(0.125f).bin, per_octave);
    EXPECT_EQ(place(0.125f).low, 0u);
    // Just below it is the last linear bin; one float below rounds up to the floor itself.
    EXPECT_EQ(place(0.125f * (1.0f - 0x1p-10f)).bin, per_octave - 1);
    EXPECT_LE(place(std::nextafter(0.125f, 0.0f)).bin, per_octave);
    EXPECT_GE(place(std::nextafter(0.125f, 0.0f)).bin, per_octave - 1);
    EXPECT_EQ(place(0.0625f).bin, per_octave / 2);
    EXPECT_EQ(place(0.125f / per_octave).bin, 1u);
    EXPECT_EQ(place(std::numeric_limits<float>::denorm_min()).bin, 0u);
}

TEST(Bins, AnOctaveIsCutEvenly) {
    EXPECT_EQ(place(1.0f).bin, 4 * per_octave);
    EXPECT_EQ(place(1.5f).bin, 4 * per_octave + per_octave / 2);
    EXPECT_EQ(place(std::nextafter(1.0f + 1.0f / per_octave, 0.0f)).bin, 4 * per_octave);
    EXPECT_EQ(place(1.0f + 1.0f / per_octave).bin, 4 * per_octave + 1);
    EXPECT_EQ(place(1.0f + 0x1p-23f).low, 1u);
}

TEST(Bins, NegativeValuesMirrorThePositiveOnes) {
    const std::uint32_t side = side_bins(cell(true));
    EXPECT_EQ(side, 33 * per_octave);
    std::mt19937 draw(3);
    for (int i = 0; i < 10'000; ++i) {
        const float x = std::ldexp(static_cast<float>(draw() % 1000 + 1), int(draw() % 40) - 20);
        EXPECT_EQ(place(-x).bin, place(x).bin + side);
        EXPECT_EQ(place(-x).low, place(x).low);
        EXPECT_EQ(place(-x).clipped, place(x).clipped);
    }
}

TEST(Bins, AreMonotoneInTheValue) {
    std::uint32_t last = 0;
    for (float x = 0.0f; x < 1e9f; x = x * 1.003f + 1e-4f) {
        const std::uint32_t bin = place(x).bin;
        ASSERT_GE(bin, last) << x;
        last = bin;
    }
}

TEST(Bins, WhatIsBeyondTheLastIsClippedThere) {
    const std::uint32_t side = side_bins(cell(true));
    const float end = 0x1p29f;  // 32 octaves above the floor
    EXPECT_EQ(place(std::nextafter(end, 0.0f)).bin, side - 1);
    EXPECT_EQ(place(std::nextafter(end, 0.0f)).clipped, 0u);
    for (const float x : {end, 1e30f, std::numeric_limits<float>::max()}) {
        EXPECT_EQ(place(x).bin, side - 1);
        EXPECT_EQ(place(x).clipped, 1u);
        EXPECT_EQ(place(-x).bin, 2 * side - 1);
        EXPECT_EQ(place(-x).clipped, 1u);
    }
}

TEST(Bins, AOneSidedCellClipsTheWrongSignAtItsFirstBin) {
    EXPECT_EQ(place(-1.0f, false).bin, 0u);
    EXPECT_EQ(place(-1.0f, false).clipped, 1u);
    EXPECT_EQ(place(-1e30f, false).bin, 0u);
    EXPECT_EQ(place(-1e30f, false).low, 0u);
    EXPECT_EQ(place(1.0f, false).bin, 4 * per_octave);
    EXPECT_EQ(place(1.0f, false).clipped, 0u);
}

TEST(Bins, LowBitsAndTheBinGiveTheValueBack) {
    std::mt19937 draw(4);
    for (int i = 0; i < 10'000; ++i) {
        const float x = std::ldexp(1.0f + static_cast<float>(draw() >> 9) * 0x1p-23f,
                                   static_cast<int>(draw() % 30) - 3);
        const BinPlace at = place(x);
        const int octave = static_cast<int>(at.bin / per_octave) - 1;
        const double start = std::ldexp(1.0 + at.bin % per_octave / double(per_octave), octave - 3);
        EXPECT_EQ(start + std::ldexp(double(at.low), octave - 3 - 23), double(x));
    }
}

TEST(PackedBin, HoldsAllPathsOfTwoDrainsAtTheirLargestLowBits) {
    for (const std::uint32_t m : {7u, 11u}) {
        const std::uint32_t shift = count_shift(m);
        const std::uint64_t most = paths_between_drains + paths_between_drains / 2;
        const std::uint64_t low = (std::uint64_t{1} << (23u - m)) - 1;
        EXPECT_LT(most * low, std::uint64_t{1} << shift) << m;
        EXPECT_LT(most, std::uint64_t{1} << (64u - shift)) << m;
        EXPECT_EQ(packed_outcome(5, m), (std::uint64_t{1} << shift) + 5);
    }
}

}  // namespace
}  // namespace hedgestorm::reduce
