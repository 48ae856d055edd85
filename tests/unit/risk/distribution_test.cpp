// SPDX-License-Identifier: Apache-2.0
#include "host/risk/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/risk/tail.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/histogram_of.hpp"

namespace hedgestorm::risk {
namespace {

ColumnSample pnl(std::vector<float> values, int bits = test::fine_bits) {
    return test::histogram_of(Column::pnl, std::move(values), 0, bits);
}

TEST(Distribution, GivesBackOutcomesThatHaveABinOfTheirOwn) {
    const Distribution d = Distribution::of_values(pnl({-3.25F, -1, 0, 0, 2.7182817F, 5}));
    EXPECT_EQ(d.count(), 6U);
    EXPECT_EQ(d.value(1), -3.25);
    EXPECT_EQ(d.value(2), -1.0);
    EXPECT_EQ(d.value(3), 0.0);
    EXPECT_EQ(d.value(4), 0.0);
    EXPECT_EQ(d.value(5), double{2.7182817F});
    EXPECT_EQ(d.value(6), 5.0);
}

TEST(Distribution, KnowsAtomsOnBinEdgesExactly) {
    std::vector<float> trades(300, 3.0F);
    trades.insert(trades.end(), 300, 200.0F);
    trades.insert(trades.end(), 300, 7.0F);
    const Distribution d =
        Distribution::of_values(test::histogram_of(Column::trades, trades, 0, test::coarse_bits));
    EXPECT_EQ(d.low_edge(500), 7.0);
    EXPECT_EQ(d.high_edge(500), 7.0);
    EXPECT_EQ(d.value(500), 7.0);
}

TEST(Distribution, SeenFromTheAdverseSideIsMirrored) {
    const ColumnSample column = pnl({-9, -2, 1, 4});
    const Distribution losses = Distribution::of_losses(column);
    EXPECT_EQ(losses.value(4), 9.0);
    EXPECT_EQ(losses.value(1), -4.0);
    ColumnSample costs = column;
    costs.column = Column::total_cost;
    EXPECT_EQ(Distribution::of_losses(costs).value(4), 4.0);
    EXPECT_FALSE(std::signbit(Distribution::of_losses(pnl({0, 0})).value(1)));  // nothing, not -0
}

TEST(Distribution, KeepsValuesWithinTheResolutionOfItsBins) {
    test::Draws draws(3);
    std::vector<float> values(50'000);
    for (float& x : values) x = static_cast<float>(draws.normal());
    std::vector<float> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const Distribution d = Distribution::of_values(pnl(values));
    for (std::uint64_t rank = 1; rank <= d.count(); rank += 37) {
        const double exact = sorted[rank - 1];
        EXPECT_NEAR(d.value(rank), exact, std::abs(exact) * 0x1p-11 + 0x1p-20) << rank;
        EXPECT_LE(d.low_edge(rank), exact);
        EXPECT_GE(d.high_edge(rank), exact);
        EXPECT_NEAR(d.spread_value(rank), exact, std::abs(exact) * 0x1p-11 + 0x1p-20) << rank;
    }
}

TEST(Distribution, CountsBeyondALimitWithTheDoubtOfItsBin) {
    std::vector<float> values;
    for (int i = 0; i < 1'000; ++i) values.push_back(-1.0F - static_cast<float>(i) * 0x1p-10F);
    const Distribution losses = Distribution::of_losses(pnl(values, test::coarse_bits));
    const Distribution::Beyond beyond = losses.beyond(1.5);
    const double exact = 1'000 - 513;  // 1 + i / 1024 > 1.5
    EXPECT_LE(static_cast<double>(beyond.certain), exact);
    EXPECT_GE(static_cast<double>(beyond.certain + beyond.doubtful), exact);
    EXPECT_EQ(losses.beyond(0.5).certain, 1'000U);
    EXPECT_EQ(losses.beyond(5.0).certain, 0U);
    EXPECT_EQ(losses.beyond(5.0).doubtful, 0U);
}

TEST(Distribution, DoesNotCountAnAtomAtTheLimitAsBeyondIt) {
    std::vector<float> values(500, -5.0F);
    values.insert(values.end(), 500, 1.0F);
    const Distribution losses = Distribution::of_losses(pnl(values));
    EXPECT_EQ(losses.beyond(5.0).certain + losses.beyond(5.0).doubtful, 0U);
    EXPECT_EQ(losses.beyond(4.999).certain, 500U);
}

TEST(Distribution, FindsTheTailIndexOfAParetoTail) {
    test::Draws draws(4);
    std::vector<float> values(200'000);
    for (float& x : values) x = -static_cast<float>(std::pow(draws.uniform(), -1.0 / 2.5));
    const double index = Distribution::of_losses(pnl(values)).hill_index(2'000);
    EXPECT_NEAR(index, 2.5, 4.0 * 2.5 / std::sqrt(2'000.0));  // 4 sigma
}

TEST(Distribution, HasNoTailIndexWithoutLosses) {
    const Distribution losses = Distribution::of_losses(pnl(std::vector<float>(1'000, 3.0F)));
    EXPECT_TRUE(std::isnan(losses.hill_index(100)));
}

}  // namespace
}  // namespace hedgestorm::risk
