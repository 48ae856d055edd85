// SPDX-License-Identifier: Apache-2.0
#include "host/risk/intervals.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hedgestorm::risk {
namespace {

TEST(WilsonInterval, HasKnownValues) {
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    struct {
        std::uint64_t hits, n;
        double low, high;
    } const known[] = {{81, 263, 0.2553, 0.3662},
                       {15, 148, 0.0624, 0.1605},
                       {0, 20, 0.0, 0.1611},
                       {1, 29, 0.0061, 0.1718}};
    for (const auto& row : known) {
        const Estimate p = wilson_estimate(row.hits, 0, 0.0, row.n);
        EXPECT_NEAR(p.low, row.low, 5e-5) << row.hits;
        EXPECT_NEAR(p.high, row.high, 5e-5) << row.hits;
        EXPECT_DOUBLE_EQ(p.value, static_cast<double>(row.hits) / static_cast<double>(row.n));
    }
}

TEST(WilsonInterval, IsNeverWithoutErrorAndNeverLeavesTheUnitInterval) {
    const Estimate none = wilson_estimate(0, 0, 0.0, 1'000);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_GT(none.se, 0.0);
    const Estimate all = wilson_estimate(1'000, 0, 0.0, 1'000);
    EXPECT_EQ(all.high, 1.0);
    EXPECT_LT(all.low, 1.0);
}

TEST(WilsonInterval, WidensByTheHitsInDoubt) {
    const Estimate sharp = wilson_estimate(100, 0, 0.0, 10'000);
    const Estimate doubtful = wilson_estimate(90, 20, 0.5, 10'000);
    EXPECT_DOUBLE_EQ(doubtful.value, sharp.value);
    EXPECT_DOUBLE_EQ(doubtful.low, wilson_estimate(90, 0, 0.0, 10'000).low);
    EXPECT_DOUBLE_EQ(doubtful.high, wilson_estimate(110, 0, 0.0, 10'000).high);
}

TEST(HallInterval, IsNormalWithoutSkewnessAndContinuousThere) {
    const Ends normal = hall_interval(5.0, 2.0, 0.0);
    EXPECT_DOUBLE_EQ(normal.low, 5.0 - 2.0 * normal_975);
    const Ends slight = hall_interval(5.0, 2.0, 2e-7);
    EXPECT_NEAR(slight.low, normal.low, 1e-6);
    EXPECT_NEAR(slight.high, normal.high, 1e-6);
}

TEST(HallInterval, InvertsHallsTransformation) {
    // g(t) = t + s t^2 / 3 + s^2 t^3 / 27 + s / 6 must be +-z at the ends, t = (value - end) / se.
    const double skewness = 0.3;
    const Ends ends = hall_interval(5.0, 2.0, skewness);
    const auto g = [&](double end) {
        const double t = (5.0 - end) / 2.0;
        return t + skewness * t * t / 3.0 + skewness * skewness * t * t * t / 27.0 + skewness / 6.0;
    };
    EXPECT_NEAR(g(ends.low), normal_975, 1e-12);
    EXPECT_NEAR(g(ends.high), -normal_975, 1e-12);
    EXPECT_GT(ends.high - 5.0, 5.0 - ends.low);  // the long tail hides above
}

TEST(LogInterval, StaysPositive) {
    const Estimate e = log_estimate(1.0, 0.9);
    EXPECT_GT(e.low, 0.0);
    EXPECT_DOUBLE_EQ(e.low * e.high, 1.0);
}

TEST(Shortfall, OfATailOfOneOutcomeIsExact) {
    const Estimate es = shortfall_estimate(5.0, {1'000, 0.0, 0.0, 0.0}, 0.01);
    EXPECT_EQ(es.value, 5.0);
    EXPECT_EQ(es.se, 0.0);
    EXPECT_EQ(es.low, 5.0);
    EXPECT_EQ(es.high, 5.0);
}

TEST(Shortfall, StaysFiniteWithASinglePointInTheTail) {
    const double n = 1'000.0;
    const Estimate es = shortfall_estimate(5.0, {1'000, 2.0 / n, 4.0 / n, 8.0 / n}, 0.001);
    EXPECT_DOUBLE_EQ(es.value, 7.0);
    EXPECT_GT(es.low, 4.0);
    EXPECT_TRUE(std::isfinite(es.high));
}

}  // namespace
}  // namespace hedgestorm::risk
