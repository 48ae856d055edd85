// SPDX-License-Identifier: Apache-2.0
#include "host/plot/axis.hpp"

#include <gtest/gtest.h>

#include <random>

namespace hedgestorm::plot {
namespace {

using Values = std::vector<double>;

void expect_near(const Values& found, const Values& wanted) {
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(found[i], wanted[i], 1e-12);
}

TEST(Ticks, StandAtRoundNumbers) {
    expect_near(round_values(0.0, 10.0, 5), {0, 2, 4, 6, 8, 10});
    expect_near(round_values(4312.0, 5400.0, 6), {4400, 4600, 4800, 5000, 5200, 5400});
    expect_near(round_values(-0.3, 0.3, 3), {-0.2, 0.0, 0.2});
    expect_near(round_values(0.95, 1.05, 2), {0.95, 1.0, 1.05});
}

TEST(Ticks, AreTwoToTwiceTheWantedInsideTheAxisWhereverItIs) {
    std::mt19937_64 random(20200312);
    std::uniform_real_distribution<double> size(-12.0, 12.0), share(-3.0, 3.0);
    for (int i = 0; i < 2000; ++i) {
        const double width = std::pow(10.0, size(random));
        const double low = share(random) * width;
        for (const int wanted : {3, 6}) {
            const Values found = round_values(low, low + width, wanted);
            ASSERT_GE(found.size(), 2u) << low << " " << width;
            ASSERT_LE(found.size(), 2u * static_cast<unsigned>(wanted) + 1u);
            ASSERT_GE(found.front(), low - 1e-8 * width);
            ASSERT_LE(found.back(), low + 1.00000001 * width);
        }
    }
}

TEST(Ticks, OfTimeAreMultiplesOfItsSteps) {
    expect_near(multiples(0.0, 7.0, {1, 2, 5}, 14), {0, 1, 2, 3, 4, 5, 6, 7});
    expect_near(multiples(0.0, 24.0, {1, 2, 3, 6}, 10), {0, 3, 6, 9, 12, 15, 18, 21, 24});
    EXPECT_LE(multiples(0.0, 1e6, {1, 2}, 10).size(), 12u);
}

TEST(Ticks, OfALogarithmicAxisAreEnough) {
    expect_near(round_values_of_log(2000.0, 11000.0), {2000, 3000, 4000, 5000, 6000, 8000, 10000});
    expect_near(round_values_of_log(1.0, 100.0), {1, 2, 5, 10, 20, 50, 100});
    expect_near(round_values_of_log(0.5, 1e6), {1, 10, 100, 1e3, 1e4, 1e5, 1e6});
    EXPECT_GE(round_values_of_log(98.0, 103.0).size(), 2u);
}

TEST(Axis, PlacesLogarithmsEvenly) {
    const Axis axis = {10.0, 1000.0, Scale::logarithmic, {}};
    EXPECT_NEAR(axis.share(10.0), 0.0, 1e-15);
    EXPECT_NEAR(axis.share(100.0), 0.5, 1e-15);
    EXPECT_NEAR(axis.share(1000.0), 1.0, 1e-15);
    EXPECT_NEAR((Axis{-1.0, 3.0, Scale::linear, {}}.share(0.0)), 0.25, 1e-15);
}

}  // namespace
}  // namespace hedgestorm::plot
