// SPDX-License-Identifier: Apache-2.0
//
// Choosing among many: fronts, corrections for many comparisons, ties that are ties.

#include "host/tune/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/draws.hpp"

namespace hedgestorm::tune {
namespace {

constexpr double root_batches = 8.0;

/// A figure of value about `value`, whose difference to another such has a standard error near 1.
Figure noisy(double value, test::Draws& draws) {
    Figure figure;
    for (double& batch : figure.batch) {
        batch = value + root_batches / std::sqrt(2.0) * draws.normal();
        figure.value += batch / risk::batches;
    }
    return figure;
}

std::size_t least(const std::vector<Figure>& figures) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < figures.size(); ++c) {
        if (figures[c].value < figures[best].value) best = c;
    }
    return best;
}

TEST(Holm, IsThatOfATableByHand) {
    const auto adjusted = holm({0.01, 0.04, 0.03, 0.005});
    EXPECT_DOUBLE_EQ(adjusted[3], 0.02);  // 4 x
    EXPECT_DOUBLE_EQ(adjusted[0], 0.03);  // 3 x
    EXPECT_DOUBLE_EQ(adjusted[2], 0.06);  // 2 x
    EXPECT_DOUBLE_EQ(adjusted[1], 0.06);  // not below the one before
    EXPECT_DOUBLE_EQ(holm({0.9, 0.8})[0], 1.0);
    EXPECT_TRUE(holm({}).empty());
}

TEST(Front, KeepsWhatNothingBeats) {
    const std::vector<std::vector<double>> values = {{1, 5}, {2, 3}, {3, 3}, {4, 1}, {0, 9}};
    EXPECT_EQ(front_of(values, {0, 1, 2, 3, 4}), (std::vector<std::size_t>{4, 0, 1, 3}));
    EXPECT_EQ(front_of(values, {0, 2, 3}), (std::vector<std::size_t>{0, 2, 3}));
    EXPECT_EQ(front_of({{1}, {2}}, {0, 1}), (std::vector<std::size_t>{0}));
    // Two that are the same are both on it.
    EXPECT_EQ(front_of({{1, 1}, {1, 1}}, {0, 1}).size(), 2u);
}

TEST(Front, KneeIsTheMemberFurthestBelowTheChord) {
    const std::vector<std::vector<double>> values = {{0, 10}, {1, 4}, {2, 3}, {10, 0}};
    std::vector<std::vector<Figure>> figures;
    for (const auto& pair : values) {
        auto& of = figures.emplace_back();
        for (const double x : pair) {
            of.emplace_back().value = x;
            of.back().batch.fill(x);
        }
    }
    const auto sums = scalarised(figures, {0, 1, 2, 3});
    EXPECT_NEAR(sums[0].value, 1.0, 1e-12);
    EXPECT_NEAR(sums[1].value, 0.5, 1e-12);
    EXPECT_NEAR(sums[2].value, 0.5, 1e-12);
    EXPECT_NEAR(sums[3].value, 1.0, 1e-12);
    EXPECT_NEAR(sums[1].batch[7], 0.5, 1e-12);
}

TEST(Front, ProbabilityIsOneFarAwayAndAHalfBetweenTwins) {
    test::Draws draws(11);
    // Two members far apart, and a pair that differs by noise alone in the second objective.
    std::vector<std::vector<Figure>> figures;
    figures.push_back({noisy(0.0, draws), noisy(100.0, draws)});
    figures.push_back({noisy(100.0, draws), noisy(0.0, draws)});
    Figure same;
    same.value = 50.0;
    same.batch.fill(50.0);
    figures.push_back({same, noisy(50.0, draws)});
    figures.push_back({same, noisy(50.0, draws)});
    const auto share = probability_on_front(figures, {0, 1, 2, 3}, {0, 1, 2, 3});
    EXPECT_EQ(std::lround(100.0 * share[0]), 100);
    EXPECT_EQ(std::lround(100.0 * share[1]), 100);
    EXPECT_NEAR(share[2] + share[3], 1.0, 1e-9);
    EXPECT_GT(std::min(share[2], share[3]), 0.02);
}

TEST(Region, ReportsAPlantedTieAsATie) {
    // Two candidates of the same value: the better one in the sample is significantly better in 5 %
    // of samples, sigma 2.2.
    int ties = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        test::Draws draws(seed);
        const std::vector<Figure> figures = {noisy(0.0, draws), noisy(0.0, draws)};
        const std::size_t best = least(figures);
        ties += against_best(figures, best)[1 - best].is_worse() ? 0 : 1;
    }
    EXPECT_GE(ties, 90);
}

TEST(Region, FindsAPlantedDifferenceOfFourErrorsInASingleComparison) {
    int found = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        test::Draws draws(200 + seed);
        const std::vector<Figure> figures = {noisy(0.0, draws), noisy(4.0, draws)};
        found += against_best(figures, least(figures))[1].is_worse() ? 1 : 0;
    }
    EXPECT_GE(found, 93);
}

TEST(Region, FindsAPlantedDifferenceOfSixAndAHalfErrorsAmong1024Candidates) {
    // One candidate is worse, 1023 are as good as each other: those must stay in the region.
    int found = 0;
    std::size_t wrongly_out = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        test::Draws draws(500 + seed);
        std::vector<Figure> figures = {noisy(6.5, draws)};
        while (figures.size() < 1024) figures.push_back(noisy(0.0, draws));
        const auto against = against_best(figures, least(figures));
        found += against[0].is_worse() ? 1 : 0;
        for (std::size_t c = 1; c < figures.size(); ++c)
            wrongly_out += against[c].is_worse() ? 1 : 0;
    }
    EXPECT_GE(found, 95);
    // Any of them may be the truly best one, and may be left out in 5 % of samples. The luck of the
    // sample's best moves every difference; Holm's correction more than makes up for it.
    EXPECT_LT(wrongly_out, 100u * 1023u / 20u);
}

TEST(Region, WhatIsTheSameOnEveryPathIsATie) {
    Figure figure;
    figure.value = 3.0;
    figure.batch.fill(3.0);
    const auto against = against_best({figure, figure}, 0);
    EXPECT_FALSE(against[1].is_worse());
    EXPECT_EQ(against[1].difference.value, 0.0);
}

}  // namespace
}  // namespace hedgestorm::tune
