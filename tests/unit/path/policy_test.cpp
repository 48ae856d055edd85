// SPDX-License-Identifier: Apache-2.0
//
// What each rule decides at, above and below its boundary; what a wish is clamped to. Exact.

#include "kernels/path/policy.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/lanes/scalar.hpp"
#include "kernels/path/targets.hpp"

namespace hedgestorm::path {
namespace {

AccountParams<float> account(float threshold, std::uint32_t every = 1) {
    AccountParams<float> a{};
    a.threshold = threshold;
    a.every = every;
    return a;
}

/// What a rule decides where the hedge held is `held` and the one wished for `target`.
template <Rule rule>
Decision<float> decided(const AccountParams<float>& how, float held, float target, float spot,
                        float last_trade = 0.0f, float log2_spot = 0.0f) {
    return decide<rule>(how, Sight<float>{held, last_trade, target, 0.0f, log2_spot, spot, 1});
}

/// Numbers with few bits, so that gaps are exact.
TEST(Band, TradesOnlyBeyondItsHalfWidthAndToTheTarget) {
    const auto band = account(0.125f);
    const auto at = [&](float target, float held) {
        return decided<Rule::band>(band, held, target, 100.0f);
    };
    EXPECT_FALSE(at(0.5f, 0.375f).trade);  // exactly the half-width: strict
    EXPECT_FALSE(at(0.375f, 0.5f).trade);
    EXPECT_TRUE(at(0.5f, 0.3749f).trade);
    EXPECT_TRUE(at(0.3749f, 0.5f).trade);
    EXPECT_EQ(at(0.75f, 0.25f).hedge, 0.75f);
    EXPECT_EQ(at(-0.75f, 0.25f).hedge, -0.75f);
}

TEST(Band, OfNoWidthTradesWheneverTheTargetMoved) {
    EXPECT_FALSE(decided<Rule::band>(account(0.0f), 0.5f, 0.5f, 100.0f).trade);
    EXPECT_TRUE(decided<Rule::band>(account(0.0f), 0.5f, 0.50001f, 100.0f).trade);
}

TEST(Band, ToTheEdgeStopsAHalfWidthShortOfTheTargetOnTheSideItCameFrom) {
    const auto band = account(0.125f);
    const auto at = [&](float target, float held) {
        return decided<Rule::band_to_edge>(band, held, target, 100.0f);
    };
    EXPECT_FALSE(at(0.5f, 0.375f).trade);
    EXPECT_TRUE(at(0.75f, 0.25f).trade);
    EXPECT_EQ(at(0.75f, 0.25f).hedge, 0.625f);
    EXPECT_EQ(at(0.25f, 0.75f).hedge, 0.375f);
}

TEST(DollarBand, MeasuresTheGapAtThePriceOfTheDay) {
    const auto band = account(8.0f);
    const auto trades = [&](float target, float spot) {
        return decided<Rule::dollar_band>(band, 0.25f, target, spot).trade;
    };
    EXPECT_FALSE(trades(0.375f, 64.0f));  // 0.125 x 64 = 8 exactly
    EXPECT_TRUE(trades(0.375f, 64.1f));
    EXPECT_TRUE(trades(0.125f, 64.1f));
    EXPECT_EQ(decided<Rule::dollar_band>(band, 0.25f, 0.75f, 64.0f).hedge, 0.75f);
    const auto edge = [&](float target) {
        return decided<Rule::dollar_band_to_edge>(band, 0.25f, target, 64.0f);
    };
    EXPECT_FALSE(edge(0.375f).trade);
    EXPECT_EQ(edge(0.75f).hedge, 0.625f);
    EXPECT_EQ(edge(-0.75f).hedge, -0.625f);
}

TEST(PriceMove, TradesAtItsThresholdAndBeyondFromTheLastTrade) {
    const auto rule = account(0.25f);
    const auto trades = [&](float log2_spot, float last) {
        return decided<Rule::price_move>(rule, 0.1f, 0.5f, 100.0f, last, log2_spot).trade;
    };
    EXPECT_TRUE(trades(0.25f, 0.0f));  // exactly b: not strict
    EXPECT_TRUE(trades(-0.25f, 0.0f));
    EXPECT_FALSE(trades(0.2499f, 0.0f));
    EXPECT_FALSE(trades(1.0f, 1.125f));
    EXPECT_TRUE(trades(0.5f, 0.75f));
}

TEST(Interval, ActsAtEveryNthRebalancePoint) {
    const auto third = account(0.0f, 3);
    for (std::uint32_t point = 1; point < 20; ++point)
        EXPECT_EQ(may_act<Rule::interval>(third, point), point % 3 == 0) << point;
    EXPECT_FALSE(may_act<Rule::interval>(third, 0));
    EXPECT_FALSE(decided<Rule::interval>(third, 0.5f, 0.5f, 1.0f).trade);
    EXPECT_TRUE(decided<Rule::interval>(third, 0.5f, 0.25f, 1.0f).trade);
}

/// A band of 0.125 around the target, that has waited since rebalance point `last` at point 9.
Decision<float> moving(const AccountParams<float>& how, float held, float target, float last) {
    return decide<Rule::moving_band>(how, Sight<float>{held, last, target, 0.125f, 0.0f, 1.0f, 9});
}

TEST(MovingBand, TradesOnlyBeyondTheWidthOfTheMomentToTargetOrEdge) {
    auto how = account(0.0f, never);
    EXPECT_FALSE(moving(how, 0.375f, 0.5f, 0.0f).trade);  // exactly the half-width: strict
    EXPECT_FALSE(moving(how, 0.5f, 0.375f, 0.0f).trade);
    EXPECT_TRUE(moving(how, 0.3749f, 0.5f, 0.0f).trade);
    EXPECT_EQ(moving(how, 0.25f, 0.75f, 0.0f).hedge, 0.75f);
    how.to_edge = 1.0f;
    EXPECT_EQ(moving(how, 0.25f, 0.75f, 0.0f).hedge, 0.625f);
    EXPECT_EQ(moving(how, 0.75f, 0.25f, 0.0f).hedge, 0.375f);
}

TEST(MovingBand, GoesToItsTargetWhenItHasWaitedLongEnough) {
    auto how = account(0.0f, 4);
    how.to_edge = 1.0f;
    EXPECT_FALSE(moving(how, 0.5f, 0.5625f, 6.0f).trade);
    EXPECT_TRUE(moving(how, 0.5f, 0.5625f, 5.0f).trade);
    EXPECT_EQ(moving(how, 0.5f, 0.5625f, 5.0f).hedge, 0.5625f);
    EXPECT_EQ(moving(how, 0.25f, 0.75f, 5.0f).hedge, 0.75f);  // beyond the band, and due
    EXPECT_EQ(moving(how, 0.25f, 0.75f, 6.0f).hedge, 0.625f);
}

TEST(EveryRule, ActsAtRebalancePointsOnlyAndHoldingNever) {
    EXPECT_FALSE(may_act<Rule::band>(account(0.0f), 0));
    EXPECT_TRUE(may_act<Rule::band>(account(0.0f), 7));
    EXPECT_FALSE(may_act<Rule::price_move>(account(0.0f), 0));
    EXPECT_FALSE(may_act<Rule::hold>(account(0.0f), 7));
}

TEST(Wish, IsMinusTheDeltaTimesTheRatioWithinTheLimits) {
    const TargetParams<float> half = {0, -0.5f, -0.25f, 0.375f, {}};
    EXPECT_EQ(wish(half, -0.5f), 0.25f);
    EXPECT_EQ(wish(half, -2.0f), 0.375f);
    EXPECT_EQ(wish(half, 0.25f), -0.125f);
    EXPECT_EQ(wish(half, 2.0f), -0.25f);
}

TEST(RealisedVariance, IsTheWeightedMeanOfSquaredReturnsAndNeverBelowItsFloor) {
    const float keep[] = {0.5f, 0.5f};
    const float gain[] = {4.0f, 4.0f};
    ValuationParams<float> valuation{};
    valuation.keep = {keep, 2};
    valuation.gain = {gain, 2};
    valuation.initial_variance = 0.08f;
    valuation.floor_variance = 0.0225f;
    RealisedVariance<float> realised;
    realised.open(valuation);
    EXPECT_FLOAT_EQ(realised.update(valuation, 0, 0.125f), std::sqrt(0.04f + 4.0f / 64.0f));
    realised.open(valuation);
    realised.update(valuation, 0, 0.0f);
    EXPECT_FLOAT_EQ(realised.update(valuation, 1, 0.0f), 0.15f);  // 0.02 is below the floor
}

}  // namespace
}  // namespace hedgestorm::path
