// SPDX-License-Identifier: Apache-2.0
#include "host/risk/paired.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/risk/risk.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/sample_of.hpp"

namespace hedgestorm::risk {
namespace {

std::vector<float> normal_pnl(std::uint64_t seed, std::size_t n) {
    test::Draws draws(seed);
    std::vector<float> values(n);
    for (float& x : values) x = static_cast<float>(draws.normal());
    return values;
}

Risk risk_of(const std::vector<std::vector<float>>& pnl, bool joint = true) {
    Sample sample = test::sample_of(pnl);
    if (joint) test::tally_tails(sample, pnl, std::vector<double>(pnl.size(), 1.6448536));
    return assess(sample, test::scenario_with(pnl.size(), {test::level(95, 100)}));
}

TEST(PairedDifference, OfAPolicyAndItselfIsZeroWithoutError) {
    const std::vector<float> pnl = normal_pnl(1, 10'000);
    const PairedRisk paired = risk_of({pnl, pnl}).paired.at(0);
    EXPECT_EQ(paired.es[0].value, 0.0);
    EXPECT_LT(paired.es[0].se, 1e-6);
    EXPECT_EQ(paired.mean_pnl.value, 0.0);
    EXPECT_EQ(paired.mean_pnl.se, 0.0);
    EXPECT_LT(paired.var[0].se, 1e-3);  // the width of a bin is left
}

TEST(PairedDifference, OfAShiftedPolicyIsTheShift) {
    const std::vector<float> pnl = normal_pnl(2, 10'000);
    std::vector<float> shifted = pnl;
    for (float& x : shifted) x -= 0.5F;
    Sample sample = test::sample_of({pnl, shifted});
    test::tally_tails(sample, {pnl, shifted}, {1.6448536, 2.1448536});
    const Risk risk = assess(sample, test::scenario_with(2, {test::level(95, 100)}));
    const PairedRisk& paired = risk.paired.at(0);
    EXPECT_EQ(paired.policy, "policy 1");
    EXPECT_EQ(paired.against, "policy 0");
    EXPECT_NEAR(paired.mean_pnl.value, -0.5, 1e-6);
    EXPECT_NEAR(paired.es[0].value, 0.5, 2e-3);
    EXPECT_NEAR(paired.var[0].value, 0.5, 2e-3);
    EXPECT_LT(paired.es[0].se, 0.1 * risk.accounts[0].columns[0].es[0].se);
}

TEST(PairedDifference, OfIndependentPoliciesHasTheErrorOfBoth) {
    const Risk risk = risk_of({normal_pnl(3, 50'000), normal_pnl(4, 50'000)});
    const ColumnRisk& a = risk.accounts[0].columns[0];
    const ColumnRisk& b = risk.accounts[1].columns[0];
    EXPECT_NEAR(risk.paired[0].es[0].se / std::hypot(a.es[0].se, b.es[0].se), 1.0, 0.015);
    EXPECT_NEAR(risk.paired[0].var[0].se / std::hypot(a.var[0].se, b.var[0].se), 1.0, 0.015);
}

TEST(PairedDifference, HasTheErrorOfTheInfluenceDifference) {
    // se = sd(I_a - I_b) / (sqrt(n) (1 - alpha)), computed path by path.
    const std::vector<float> first = normal_pnl(5, 50'000);
    std::vector<float> second = normal_pnl(6, 50'000);
    double sum = 0.0;
    double square = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        second[i] = 0.8F * first[i] + 0.6F * second[i];
        const double difference = std::max(-double{first[i]} - 1.6448536, 0.0) -
                                  std::max(-double{second[i]} - 1.6448536, 0.0);
        sum += difference;
        square += difference * difference;
    }
    const auto n = static_cast<double>(first.size());
    const double sd = std::sqrt(square / n - sum / n * sum / n);
    const Risk risk = risk_of({first, second});
    EXPECT_NEAR(risk.paired[0].es[0].se / (sd / std::sqrt(n) / 0.05), 1.0, 0.03);
}

TEST(PairedDifference, TakesTheSumOfBothErrorsWhenTheTailsWereNotTalliedTogether) {
    const Risk risk = risk_of({normal_pnl(7, 5'000), normal_pnl(8, 5'000)}, false);
    EXPECT_DOUBLE_EQ(risk.paired[0].es[0].se,
                     risk.accounts[0].columns[0].es[0].se + risk.accounts[1].columns[0].es[0].se);
    bool said = false;
    for (const std::string& note : risk.notes)
        said = said || note.find("upper bounds") != std::string::npos;
    EXPECT_TRUE(said);
}

TEST(PairedDifference, IsMirroredWhenThePoliciesChangePlaces) {
    const Estimate a = {3.0, 0.5, 2.0, 4.0};
    const Estimate b = {1.0, 0.25, 0.5, 1.5};
    const Estimate forth = shortfall_difference(a, b, {true, 0.5, 0.5, 0.2});
    const Estimate back = shortfall_difference(b, a, {true, 0.5, 0.5, -0.2});
    EXPECT_DOUBLE_EQ(forth.low, -back.high);
    EXPECT_DOUBLE_EQ(forth.high, -back.low);
    EXPECT_GT(forth.high - forth.value, 1.1 * (forth.value - forth.low));  // the skewed side
}

TEST(PairedDifference, SaysThatAnUnkeptProductIsUnknown) {
    const std::vector<std::vector<float>> pnl = {normal_pnl(9, 1'000), normal_pnl(10, 1'000)};
    Sample sample = test::sample_of(pnl);
    test::tally_tails(sample, pnl, {1.6, 1.6});
    EXPECT_TRUE(tail_dependence(sample, 1, 0, 0).known);
    sample.joint[2].excess_product = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(tail_dependence(sample, 1, 0, 0).known);
}

}  // namespace
}  // namespace hedgestorm::risk
