// SPDX-License-Identifier: Apache-2.0
#include "host/risk/tail.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/draws.hpp"
#include "tests/support/histogram_of.hpp"

namespace hedgestorm::risk {
namespace {

Distribution losses_of(const std::vector<float>& losses) {
    return Distribution::of_losses(test::histogram_of(Column::drawdown, losses));
}

void expect_var_and_es(const Distribution& losses, Fraction level, double var, double es) {
    const QuantileRanks ranks = quantile_ranks(losses.count(), level);
    const Estimate quantile = estimate_quantile(losses, ranks).estimate;
    const Estimate shortfall = estimate_shortfall(losses, ranks);
    EXPECT_NEAR(quantile.value, var, 4.0 * quantile.se);
    EXPECT_NEAR(shortfall.value, es, 4.0 * shortfall.se);
    EXPECT_LT(quantile.se, 0.01 * var);  // an error that is small enough to test anything
    EXPECT_LT(shortfall.se, 0.02 * es);
}

TEST(TailFigures, OfANormalSampleAreTheClosedForms) {
    test::Draws draws(5);
    std::vector<float> losses(1'000'000);
    for (float& x : losses) x = static_cast<float>(draws.normal());
    const Distribution d = losses_of(losses);
    expect_var_and_es(d, {95, 100}, 1.6448536270, 2.0627128075);
    expect_var_and_es(d, {975, 1000}, 1.9599639845, 2.3378027922);
    expect_var_and_es(d, {99, 100}, 2.3263478740, 2.6652142203);
    expect_var_and_es(d, {999, 1000}, 3.0902323062, 3.3670900771);
}

TEST(TailFigures, OfAT3SampleAreTheClosedForms) {
    test::Draws draws(6);
    std::vector<float> losses(1'000'000);
    for (float& x : losses) x = static_cast<float>(draws.normal() / draws.t3_divisor());
    const Distribution d = losses_of(losses);
    expect_var_and_es(d, {99, 100}, 4.540702859, 7.003082036);
}

TEST(TailFigures, SplitTheBoundaryOutcomeAsAcerbiAndTascheDo) {
    const Distribution d = losses_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    // alpha = 0.85: j = 9, sum beyond = 10, plus (9 - 8.5) * 9, over 10 * 0.15.
    const QuantileRanks ranks = quantile_ranks(10, {85, 100});
    EXPECT_EQ(estimate_quantile(d, ranks).estimate.value, 9.0);
    EXPECT_DOUBLE_EQ(estimate_shortfall(d, ranks).value, (10.0 + 0.5 * 9.0) / 1.5);
}

TEST(TailFigures, TreatTheLevelAsTheDecimalItIs) {
    // n alpha = 57 exactly, in double 56.99999999999999: the 57th outcome, and ES without it.
    std::vector<float> losses;
    for (int i = 1; i <= 100; ++i) losses.push_back(static_cast<float>(i));
    const Distribution d = losses_of(losses);
    const QuantileRanks ranks = quantile_ranks(100, {57, 100});
    EXPECT_EQ(estimate_quantile(d, ranks).estimate.value, 57.0);
    EXPECT_DOUBLE_EQ(estimate_shortfall(d, ranks).value, (58.0 + 100.0) / 2.0);
}

TEST(TailFigures, AreRightWithTiesAndAtoms) {
    // 92 zeros, 6 fives, 2 tens. alpha 0.95: j = 95, VaR 5, ES = (3*5 + 2*10) / 5.
    std::vector<float> losses(92, 0.0F);
    losses.insert(losses.end(), 6, 5.0F);
    losses.insert(losses.end(), 2, 10.0F);
    const Distribution d = losses_of(losses);
    const QuantileRanks ranks = quantile_ranks(100, {95, 100});
    EXPECT_EQ(estimate_quantile(d, ranks).estimate.value, 5.0);
    EXPECT_DOUBLE_EQ(estimate_shortfall(d, ranks).value, 7.0);
    const QuantileRanks median = quantile_ranks(100, {1, 2});
    EXPECT_EQ(estimate_quantile(d, median).estimate.value, 0.0);
    EXPECT_EQ(estimate_quantile(d, median).estimate.se, 0.0);
    EXPECT_DOUBLE_EQ(estimate_shortfall(d, median).value, 1.0);
}

TEST(TailFigures, OfAConstantColumnAreThatConstantWithoutError) {
    for (const float constant : {5.0F, -0.3F, 1e-9F, 0.0F}) {
        const Distribution d = losses_of(std::vector<float>(500, constant));
        for (const Fraction level : {Fraction{1, 1000}, Fraction{1, 2}, Fraction{999, 1000}}) {
            const QuantileRanks ranks = quantile_ranks(500, level);
            const Estimate quantile = estimate_quantile(d, ranks).estimate;
            EXPECT_EQ(quantile.value, constant);
            EXPECT_EQ(quantile.low, constant);
            EXPECT_EQ(quantile.high, constant);
            EXPECT_EQ(quantile.se, 0.0);
            EXPECT_EQ(estimate_shortfall(d, ranks).value, constant);
            EXPECT_EQ(estimate_shortfall(d, ranks).se, 0.0);
        }
    }
}

TEST(TailFigures, OfTwoOutcomesAreTheWorse) {
    const Distribution d = losses_of({1, 2});
    const QuantileRanks ranks = quantile_ranks(2, {99, 100});
    EXPECT_EQ(estimate_quantile(d, ranks).estimate.value, 2.0);
    EXPECT_DOUBLE_EQ(estimate_shortfall(d, ranks).value, 2.0);
}

TEST(TailFigures, MoveAndScaleWithTheLosses) {
    test::Draws draws(7);
    std::vector<float> losses(20'000);
    for (float& x : losses) x = static_cast<float>(draws.normal());
    std::vector<float> doubled = losses;
    for (float& x : doubled) x *= 2.0F;  // exact, and the bins scale with it
    const QuantileRanks ranks = quantile_ranks(20'000, {99, 100});
    const Estimate a = estimate_shortfall(losses_of(losses), ranks);
    const Estimate b = estimate_shortfall(losses_of(doubled), ranks);
    EXPECT_NEAR(b.value, 2.0 * a.value, 1e-12);
    EXPECT_NEAR(b.se, 2.0 * a.se, 1e-12);
    EXPECT_NEAR(b.high, 2.0 * a.high, 1e-9);
}

}  // namespace
}  // namespace hedgestorm::risk
