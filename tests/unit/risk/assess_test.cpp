// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/risk/risk.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/sample_of.hpp"

namespace hedgestorm::risk {
namespace {

const scenario::Scenario one_policy =
    test::scenario_with(1, {test::level(95, 100), test::level(99, 100)});

std::vector<float> normal_pnl(std::size_t n, double sd = 1.0) {
    test::Draws draws(11);
    std::vector<float> values(n);
    for (float& x : values) x = static_cast<float>(sd * draws.normal());
    return values;
}

bool says(const Risk& risk, const std::string& words) {
    for (const std::string& note : risk.notes)
        if (note.find(words) != std::string::npos) return true;
    return false;
}

TEST(Assess, OfNoPathHasNoFigureAndSaysSo) {
    const Risk risk = assess(test::sample_of({std::vector<float>{}}), one_policy);
    EXPECT_TRUE(risk.figures_missing);
    EXPECT_TRUE(says(risk, "no path has finite outcomes"));
    EXPECT_TRUE(std::isnan(risk.accounts.at(0).columns.at(0).mean.value));
    EXPECT_EQ(risk.accounts[0].columns[0].var.size(), 2U);
    EXPECT_EQ(risk.accounts[0].account.es.size(), 2U);
}

TEST(Assess, OfOnePathGivesItsOutcomesAndNothingElse) {
    const Risk risk = assess(test::sample_of({{-3.0F}}), one_policy);
    EXPECT_TRUE(risk.figures_missing);
    const ColumnRisk& pnl = risk.accounts.at(0).columns.at(0);
    EXPECT_EQ(pnl.min, -3.0);
    EXPECT_EQ(pnl.max, -3.0);
    EXPECT_EQ(pnl.mean.value, -3.0);
    for (const double unknown : {pnl.mean.se, pnl.mean.low, pnl.mean.high, pnl.sd.value,
                                 pnl.quantiles[7].value, pnl.var[0].value, pnl.es[1].value})
        EXPECT_TRUE(std::isnan(unknown));
    EXPECT_TRUE(says(risk, "single path"));
}

TEST(Assess, OfTwoPathsWarnsOfTooFew) {
    const Risk risk = assess(test::sample_of({{-3.0F, 1.0F}}), one_policy);
    const ColumnRisk& pnl = risk.accounts.at(0).columns.at(0);
    EXPECT_FALSE(risk.figures_missing);
    EXPECT_EQ(pnl.mean.value, -1.0);
    EXPECT_EQ(pnl.var[1].value, 3.0);
    EXPECT_DOUBLE_EQ(pnl.es[1].value, 3.0);
    EXPECT_TRUE(says(risk, "too few paths for level 99/100"));
}

TEST(Assess, WarnsOfTooFewPathsOnlyWhereTheyAre) {
    const Risk risk = assess(test::sample_of({normal_pnl(10'000)}), one_policy);
    EXPECT_FALSE(says(risk, "too few paths for level 95/100"));
    EXPECT_TRUE(says(risk, "too few paths for level 99/100: 100 lie beyond it"));
}

TEST(Assess, OfAColumnThatIsNeverComputedIsZeroWithoutError) {
    Sample sample = test::sample_of({normal_pnl(1'000)});
    ColumnSample zero;
    zero.account = 0;
    zero.column = Column::fixed_cost;
    zero.identically_zero = true;
    sample.columns.push_back(zero);
    const ColumnRisk risk = assess(sample, one_policy).accounts.at(0).columns.at(1);
    for (const Estimate& e : {risk.mean, risk.sd, risk.skewness, risk.excess_kurtosis,
                              risk.quantiles[7], risk.var[1], risk.es[0]}) {
        EXPECT_EQ(e.value, 0.0);
        EXPECT_EQ(e.se, 0.0);
        EXPECT_EQ(e.low, 0.0);
        EXPECT_EQ(e.high, 0.0);
    }
}

TEST(Assess, WithholdsALevelWhoseTailTheFlaggedPathsCouldFill) {
    // 5 % / 20 and 1 % / 20 of 10 000 paths are 25 and 5.
    for (const std::uint64_t flagged : {5U, 6U, 25U, 26U}) {
        Sample sample = test::sample_of({normal_pnl(10'000 - flagged)});
        sample.paths = 10'000;
        sample.flagged = flagged;
        const Risk risk = assess(sample, one_policy);
        const ColumnRisk& pnl = risk.accounts.at(0).columns.at(0);
        EXPECT_EQ(std::isnan(pnl.es[0].value), flagged > 25) << flagged;
        EXPECT_EQ(std::isnan(pnl.var[1].value), flagged > 5) << flagged;
        EXPECT_EQ(risk.figures_missing, flagged > 5) << flagged;
        EXPECT_EQ(says(risk, "figures at level 99/100 are not available"), flagged > 5);
        EXPECT_TRUE(says(risk, "left out of every figure"));
        EXPECT_FALSE(std::isnan(pnl.mean.value));
        EXPECT_FALSE(std::isnan(pnl.quantiles[7].value));
        EXPECT_TRUE(std::isnan(pnl.quantiles[0].value));
    }
}

TEST(Assess, CallsATailWithoutVarianceUnreliable) {
    for (const double index : {1.5, 4.0}) {
        test::Draws draws(12);
        std::vector<float> pnl(50'000);
        for (float& x : pnl) x = -static_cast<float>(std::pow(draws.uniform(), -1.0 / index));
        const Risk risk = assess(test::sample_of({pnl}), one_policy);
        EXPECT_EQ(says(risk, "unreliable"), index < 2.0);
        EXPECT_NEAR(risk.accounts.at(0).columns.at(0).tail_index, index, 0.3 * index);
    }
}

TEST(Assess, DoesNotTakeAGapInTheLossesForAHeavyTail) {
    // Losses of a millionth but for one path in 200, which loses about 5.
    std::vector<float> pnl = normal_pnl(50'000, 0.1);
    for (std::size_t i = 0; i < pnl.size(); ++i) pnl[i] = i % 200 == 0 ? pnl[i] - 5.0F : -1e-6F;
    const Risk risk = assess(test::sample_of({pnl}), one_policy);
    EXPECT_LT(risk.accounts.at(0).columns.at(0).tail_index, 2.0);
    EXPECT_FALSE(says(risk, "unreliable"));
}

TEST(Assess, GivesProbabilitiesOfLossLimits) {
    scenario::Scenario scenario = one_policy;
    scenario.risk.loss_limits = {0.0, 1.6448536, 100.0};
    const Risk risk = assess(test::sample_of({normal_pnl(100'000)}), scenario);
    const std::vector<Estimate>& p = risk.accounts.at(0).loss_limits;
    EXPECT_NEAR(p[0].value, 0.5, 4.0 * p[0].se);
    EXPECT_NEAR(p[1].value, 0.05, 4.0 * p[1].se);
    EXPECT_LT(p[1].se, 1.2 * std::sqrt(0.05 * 0.95 / 1e5));
    EXPECT_EQ(p[2].value, 0.0);
    EXPECT_GT(p[2].high, 3e-5);  // Wilson: 3.84 / n
}

TEST(Assess, WithholdsAProbabilityTheFlaggedPathsCouldDecide) {
    scenario::Scenario scenario = one_policy;
    scenario.risk.loss_limits = {0.0, 100.0};
    Sample sample = test::sample_of({normal_pnl(9'999)});
    sample.paths = 10'000;
    sample.flagged = 1;
    const Risk risk = assess(sample, scenario);
    EXPECT_FALSE(std::isnan(risk.accounts.at(0).loss_limits[0].value));
    EXPECT_TRUE(std::isnan(risk.accounts[0].loss_limits[1].value));
    EXPECT_TRUE(risk.figures_missing);
}

Risk with_benchmark(const std::vector<float>& pnl, const std::vector<float>& unhedged) {
    Sample sample = test::sample_of({pnl});
    sample.columns.push_back(test::histogram_of(Column::unhedged_pnl, unhedged, -1));
    return assess(sample, one_policy);
}

TEST(Effectiveness, IsTheShareOfRiskTakenAway) {
    const Risk risk = with_benchmark(normal_pnl(50'000, 0.5), normal_pnl(50'000, 1.0));
    const Effectiveness& e = risk.accounts.at(0).account;
    EXPECT_NEAR(e.variance.value, 0.75, 1e-6);
    EXPECT_NEAR(e.es[0].value, 0.5, 1e-3);
    // Both relative variance errors are sqrt(2 / n), added; the ratio is 1/4.
    EXPECT_NEAR(e.variance.se / (0.25 * 2.0 * std::sqrt(2.0 / 50'000.0)), 1.0, 0.05);
    EXPECT_LT(e.variance.low, e.variance.value);
    EXPECT_GT(e.variance.high, e.variance.value);
    EXPECT_LT(e.variance.high, 1.0);
    EXPECT_LT(e.es[0].low, 0.5);
    EXPECT_EQ(risk.path.size(), 1U);
    EXPECT_TRUE(std::isnan(risk.accounts[0].twin.variance.value));  // ideal_pnl was not tallied
}

TEST(Effectiveness, IsNotAvailableWithoutABenchmarkOrAgainstAConstant) {
    const Risk alone = assess(test::sample_of({normal_pnl(1'000)}), one_policy);
    EXPECT_TRUE(std::isnan(alone.accounts.at(0).account.variance.value));
    EXPECT_TRUE(says(alone, "the unhedged P&L is not among the outcomes"));
    const Risk flat = with_benchmark(normal_pnl(1'000), std::vector<float>(1'000, 2.0F));
    EXPECT_TRUE(std::isnan(flat.accounts.at(0).account.variance.value));
    EXPECT_TRUE(says(flat, "the same on every path"));
}

TEST(Effectiveness, ByShortfallNeedsAnUnhedgedLoss) {
    std::vector<float> winning = normal_pnl(10'000);
    for (float& x : winning) x += 100.0F;
    const Risk risk = with_benchmark(normal_pnl(10'000), winning);
    EXPECT_TRUE(std::isnan(risk.accounts.at(0).account.es[0].value));
    EXPECT_TRUE(says(risk, "not clearly a loss"));
    EXPECT_NEAR(risk.accounts[0].account.variance.value, 0.0, 1e-4);
}

TEST(Clipped, OutcomesSpoilOnlyTheShortfallTheyCouldChange) {
    for (const bool adverse : {true, false}) {
        Sample sample = test::sample_of({normal_pnl(10'000)});
        ColumnSample& pnl = sample.columns[0];
        pnl.clipped = 1;
        if (adverse)
            pnl.sums.min = -1e6;
        else
            pnl.sums.max = 1e6;
        const Risk risk = assess(sample, one_policy);
        EXPECT_EQ(std::isnan(risk.accounts.at(0).columns.at(0).es[0].value), adverse);
        EXPECT_FALSE(std::isnan(risk.accounts[0].columns[0].var[1].value));
        EXPECT_EQ(risk.figures_missing, adverse);
        EXPECT_TRUE(says(risk, "beyond the last bin"));
    }
}

TEST(Clipped, OutcomesWithTheRankOfALevelLeaveItWithoutFigures) {
    const auto unhedged = [](std::uint64_t clipped) {
        Sample sample = test::sample_of({normal_pnl(10'000, 0.5)});
        sample.columns.push_back(test::histogram_of(Column::unhedged_pnl, normal_pnl(10'000),
                                                    ColumnSample::path_account));
        sample.columns[1].clipped = clipped;
        sample.columns[1].sums.min = sample.columns[1].bins.front().low - 1e-6;
        return assess(sample, one_policy);
    };
    // Of the levels 95 and 99 % the ranks from above are 500 and 100.
    for (const std::uint64_t clipped : {100u, 101u}) {
        const Risk risk = unhedged(clipped);
        const bool lost = clipped > 100;
        EXPECT_FALSE(std::isnan(risk.path.at(0).var[0].value));
        EXPECT_EQ(std::isnan(risk.path[0].var[1].value), lost);
        EXPECT_EQ(std::isnan(risk.path[0].es[1].value), lost);
        EXPECT_EQ(risk.figures_missing, lost);
        EXPECT_EQ(says(risk, "level 99/100 are not available: 101 outcomes lie beyond"), lost);
        // Nor can a hedge be compared with it.
        EXPECT_FALSE(std::isnan(risk.accounts.at(0).account.es[0].value));
        EXPECT_EQ(std::isnan(risk.accounts[0].account.es[1].value), lost);
        EXPECT_EQ(says(risk, "no hedge effectiveness by expected shortfall at level 99/100"), lost);
    }
}

TEST(Assess, RefusesATallyThatContradictsItself) {
    Sample sample = test::sample_of({normal_pnl(100)});
    sample.columns[0].bins.back().count += 1;
    EXPECT_THROW(assess(sample, one_policy), std::logic_error);
}

}  // namespace
}  // namespace hedgestorm::risk
