// SPDX-License-Identifier: Apache-2.0
#include "kernels/lanes/scalar.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hedgestorm::lanes {
namespace {

constexpr float nan_float = std::numeric_limits<float>::quiet_NaN();
constexpr double nan_double = std::numeric_limits<double>::quiet_NaN();

TEST(ScalarLanes, FusedRoundsOnce) {
    const float a = 1.0f + 0x1p-12f;  // a * a = 1 + 2^-11 + 2^-24: the last term is half an ulp
    EXPECT_EQ(fused(a, a, -1.0f), 0x1p-11f + 0x1p-24f);
    EXPECT_EQ(fused_negated(a, a, 1.0f), -(0x1p-11f + 0x1p-24f));
    const double b = 1.0 + 0x1p-27;
    EXPECT_EQ(fused(b, b, -1.0), 0x1p-26 + 0x1p-54);
    EXPECT_EQ(fused_negated(b, b, 1.0), -(0x1p-26 + 0x1p-54));
}

TEST(ScalarLanes, SmallerAndLargerTakeTheSecondWhenUndecided) {
    EXPECT_EQ(smaller(1.0f, 2.0f), 1.0f);
    EXPECT_EQ(larger(1.0f, 2.0f), 2.0f);
    EXPECT_EQ(smaller(nan_float, 2.0f), 2.0f);
    EXPECT_EQ(larger(nan_float, 2.0f), 2.0f);
    EXPECT_TRUE(std::isnan(smaller(2.0, nan_double)));
    EXPECT_TRUE(std::isnan(larger(2.0, nan_double)));
    EXPECT_TRUE(std::signbit(smaller(0.0, -0.0)));
    EXPECT_FALSE(std::signbit(larger(-0.0, 0.0)));
}

TEST(ScalarLanes, MasksSelectAndSummarise) {
    EXPECT_EQ(select(true, 1.0f, 2.0f), 1.0f);
    EXPECT_EQ(select(false, 1.0, 2.0), 2.0);
    EXPECT_TRUE(any(true) && all(true));
    EXPECT_FALSE(any(false) || all(false));
}

TEST(ScalarLanes, ExponentIsTheSignedTopField) {
    EXPECT_EQ(exponent_as_real(bits(8.0f)), 130.0f);
    EXPECT_EQ(exponent_as_real(bits(8.0f) - bits(1.0f)), 3.0f);
    EXPECT_EQ(exponent_as_real(bits(0.125f) - bits(1.0f)), -3.0f);
    EXPECT_EQ(exponent_as_real(bits(8.0) - bits(1.0)), 3.0);
    EXPECT_EQ(exponent_as_real(bits(0x1p-1000) - bits(1.0)), -1000.0);
}

TEST(ScalarLanes, BitsSurviveTheRoundTrip) {
    EXPECT_EQ(bits(1.0f), 0x3f800000u);
    EXPECT_EQ(bits(1.0), 0x3ff0000000000000u);
    EXPECT_EQ(from_bits(bits(-3.5f)), -3.5f);
    EXPECT_EQ(from_bits(bits(-3.5)), -3.5);
    EXPECT_EQ(shift_left<4>(0x80000001u), 0x10u);
    EXPECT_EQ(shift_right<4>(0x80000001u), 0x08000000u);
    EXPECT_EQ(shift_left<4>(std::uint64_t{0x8000000000000001u}), 0x10u);
    EXPECT_EQ(shift_right<4>(std::uint64_t{0x8000000000000001u}), 0x0800000000000000u);
}

TEST(ScalarLanes, WideMultiplyGivesBothHalves) {
    std::uint32_t high = 0, low = 0;
    wide_multiply(0xffffffffu, 0xffffffffu, high, low);
    EXPECT_EQ(high, 0xfffffffeu);
    EXPECT_EQ(low, 1u);
    EXPECT_EQ(xor3(0xf0f0u, 0xff00u, 0x1u), 0x0ff1u);
}

TEST(ScalarLanes, WordsReadAsTheNumbersTheNormalsNeed) {
    EXPECT_EQ(high_31_bits(std::uint64_t{0xffffffffu}), 2147483647.0);
    EXPECT_EQ(high_31_bits(0xffffffffu), 2147483648.0f);  // rounded to float
    EXPECT_EQ(high_31_bits(1u), 0.0f);
    EXPECT_EQ(low_30_bits(0x20000000u), -0x1p31f);
    EXPECT_EQ(low_30_bits(std::uint64_t{0xc0000001u}), 4.0);
    EXPECT_EQ(low_30_bits(std::uint64_t{0x3fffffffu}), -4.0);
    EXPECT_TRUE(bit_30(0x40000000u) && bit_30(std::uint64_t{0x40000000u}));
    EXPECT_FALSE(bit_30(0xbfffffffu) || bit_30(std::uint64_t{0xbfffffffu}));
    EXPECT_EQ(flip_sign_by_bit_31(1.5f, 0x80000000u), -1.5f);
    EXPECT_EQ(flip_sign_by_bit_31(-1.5, std::uint64_t{0x80000000u}), 1.5);
    EXPECT_EQ(flip_sign_by_bit_31(-1.5, std::uint64_t{0x7fffffffu}), -1.5);
}

TEST(ScalarLanes, LookUpTakesTheElementOfItsIndex) {
    const float narrow[] = {1.5f, -2.0f, 3.0f};
    const double wide[] = {0.1, 0.2, 0.3};
    EXPECT_EQ(look_up(narrow, 0.0f), 1.5f);
    EXPECT_EQ(look_up(narrow, 2.0f), 3.0f);
    EXPECT_EQ(look_up(wide, 1.0), 0.2);
}

TEST(ScalarLanes, MemoryHoldsWhatWasStored) {
    float narrow = 0;
    double wide = 0;
    store(&narrow, 0.1f);
    EXPECT_EQ(load<float>(&narrow), 0.1f);
    store(&wide, 0.1);
    EXPECT_EQ(load<double>(&wide), 0.1);
    store_float(&narrow, 0.1);
    EXPECT_EQ(narrow, 0.1f);
    EXPECT_EQ(splat<float>(2), 2.0f);
    EXPECT_EQ(path_words<std::uint32_t>(41), 41u);
}

}  // namespace
}  // namespace hedgestorm::lanes
