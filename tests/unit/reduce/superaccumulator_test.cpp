// SPDX-License-Identifier: Apache-2.0
//
// Sums of doubles that are exact before one rounding: any order, any mix of sizes. Compared with
// integers of 128 bits, in which the doubles used here are exact.

#include "kernels/reduce/superaccumulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "host/run/tally_store.hpp"

namespace hedgestorm::reduce {
namespace {

using Limbs = std::array<std::int64_t, superaccumulator_limbs>;

Limbs sum_of(const std::vector<double>& values) {
    Limbs limbs{};
    for (const double v : values)
        accumulate(v, [&](std::uint32_t limb, std::int64_t amount) { limbs[limb] += amount; });
    return limbs;
}

double total(const std::vector<double>& values) {
    return run::rounded(sum_of(values).data());
}

__extension__ using Wide = __int128;

/// Nearest double to sum 2^-60.
double nearest(Wide sum) {
    const bool negative = sum < 0;
    Wide size = negative ? -sum : sum;
    int shift = 0;
    bool rest = false;
    while (size >> 54 != 0) {
        rest = rest || (size & 1) != 0;
        size >>= 1;
        ++shift;
    }
    // 54 bits and what was cut off: to nearest, ties to even.
    auto mantissa = static_cast<std::int64_t>(size);
    if ((mantissa >> 53) != 0) {
        const bool half = (mantissa & 1) != 0;
        mantissa >>= 1;
        ++shift;
        if (half && (rest || (mantissa & 1) != 0)) ++mantissa;
    }
    const double value = std::ldexp(static_cast<double>(mantissa), shift - 60);
    return negative ? -value : value;
}

TEST(Superaccumulator, SumsRandomDoublesToTheNearestOfTheExactSum) {
    std::mt19937_64 bits(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<double> values;
        Wide exact = 0;
        for (int i = 0; i < 200; ++i) {
            // 50 random bits, scaled by 2^-60 ... 2^-1: exact in units of 2^-60.
            const auto mantissa = static_cast<std::int64_t>(bits() >> 14);
            const int scale = static_cast<int>(bits() % 60);
            const std::int64_t signed_mantissa = (bits() & 1) != 0 ? mantissa : -mantissa;
            values.push_back(std::ldexp(static_cast<double>(signed_mantissa), scale - 60));
            exact += static_cast<Wide>(signed_mantissa) << scale;
        }
        EXPECT_EQ(total(values), nearest(exact)) << round;
    }
}

TEST(Superaccumulator, GivesTheSameLimbsInAnyOrder) {
    std::mt19937_64 bits(2);
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        const int exponent = static_cast<int>(bits() % 600) - 300;
        const double sign = (bits() & 1) != 0 ? 1.0 : -1.0;
        values.push_back(std::ldexp(sign * static_cast<double>(bits()), exponent));
    }
    const Limbs first = sum_of(values);
    for (int round = 0; round < 10; ++round) {
        std::shuffle(values.begin(), values.end(), bits);
        EXPECT_EQ(sum_of(values), first);
    }
}

TEST(Superaccumulator, LosesNothingOfTheSmallBesideTheHuge) {
    EXPECT_EQ(total({1e300, 1e-300, -1e300}), 1e-300);
    EXPECT_EQ(total({1e16, 1.0, -1e16}), 1.0);
    EXPECT_EQ(total({-1e300, 3.0, 1e300, -4.0}), -1.0);
    EXPECT_EQ(total(std::vector<double>(100'000, 0.1)), 10000.000000000000555);
}

TEST(Superaccumulator, RoundsATieToEvenAndAHairBesideItToTheNearest) {
    for (const double unit : {1.0, -1.0, 0x1p40, 0x1p-300, -0x1p900}) {
        const double next = unit * (1.0 + 0x1p-52);
        const double after = unit * (1.0 + 0x1p-51);
        EXPECT_EQ(total({unit, unit * 0x1p-53}), unit);
        EXPECT_EQ(total({next, unit * 0x1p-53}), after);
        for (const double hair : {0x1p-63, 0x1p-64, 0x1p-65, 0x1p-96, 0x1p-120, 0x1p-700}) {
            EXPECT_EQ(total({unit, unit * 0x1p-53, unit * hair}), next) << hair;
            EXPECT_EQ(total({next, unit * 0x1p-53, -unit * hair}), next) << hair;
        }
    }
}

TEST(Superaccumulator, TakesEveryFiniteDouble) {
    using Limits = std::numeric_limits<double>;
    for (const double value :
         {Limits::max(), Limits::min(), Limits::denorm_min(), 1.0, 0x1.fffffffffffffp-1022, 0.1}) {
        EXPECT_EQ(total({value}), value);
        EXPECT_EQ(total({-value}), -value);
        EXPECT_EQ(total({value, -value}), 0.0);
    }
    EXPECT_EQ(total({0.0, -0.0}), 0.0);
    EXPECT_EQ(total({}), 0.0);
    EXPECT_EQ(total({Limits::max(), Limits::max(), -Limits::max()}), Limits::max());
}

}  // namespace
}  // namespace hedgestorm::reduce
