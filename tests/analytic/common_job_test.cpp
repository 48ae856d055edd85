// SPDX-License-Identifier: Apache-2.0
//
// The two common jobs through the whole program, as `hedgestorm run` does it: one short call, 63
// dates, 10 bp; H1 in the plain market with a band of 0.05, H2 in Heston's by full-truncation
// Euler, hedged at every date at the instantaneous volatility. Reference figures come from 10^8
// paths of an independent program; each must lie within 4 sqrt(se^2 + se_reference^2), with our own
// standard errors.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "host/run/run.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm {
namespace {

constexpr const char* paths = "6_000_000";

scenario::Scenario textbook(const std::vector<std::string>& overrides) {
    return scenario::load(
        std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "scenarios/textbook-short-call.toml",
        overrides);
}

const risk::ColumnRisk& find(const risk::AccountRisk& account, Column column) {
    for (const auto& c : account.columns)
        if (c.column == column) return c;
    throw std::runtime_error("no such column");
}

void expect_reference(const std::string& what, const risk::Estimate& ours, double reference,
                      double reference_se) {
    test::expect_within_sigma(ours.value, std::hypot(ours.se, reference_se), reference, 4.0, what);
    ::testing::Test::RecordProperty(
        what, std::to_string((ours.value - reference) / std::hypot(ours.se, reference_se)));
}

TEST(CommonJob, BandOfFiveHundredthsMeetsEveryFigureOfTheReference) {
    const auto scenario =
        textbook({std::string("simulation.paths=") + paths, "risk.outcomes='standard'"});
    const result::Result result = run::run(scenario, {});
    ASSERT_EQ(result.risk.accounts.size(), 2u);
    ASSERT_EQ(result.risk.flagged, 0u);
    const risk::AccountRisk& band = result.risk.accounts[1];
    const risk::ColumnRisk& pnl = find(band, Column::pnl);
    expect_reference("mean", pnl.mean, -0.29660, 0.00005);
    expect_reference("sd", pnl.sd, 0.50864, 0.00004);
    expect_reference("skewness", pnl.skewness, -0.37111, 0.00042);
    expect_reference("excess kurtosis", pnl.excess_kurtosis, 1.10136, 0.00172);
    ASSERT_EQ(scenario.risk.levels[2].text, "0.99");
    ASSERT_EQ(scenario.risk.levels[3].text, "0.999");
    expect_reference("VaR 99 %", pnl.var[2], 1.68240, 0.00030);
    expect_reference("ES 99 %", pnl.es[2], 1.99386, 0.00043);
    expect_reference("ES 99.9 %", pnl.es[3], 2.70480, 0.00129);
    expect_reference("trades", find(band, Column::trades).mean, 22.06290, 0.00074);
    expect_reference("turnover", find(band, Column::turnover).mean, 296.595, 0.010);

    // An error of 1 % in a figure cannot hide behind its own error bar (the shape figures and the
    // farthest tail have theirs at a few per cent).
    for (const auto* e : {&pnl.mean, &pnl.sd, &pnl.var[2], &pnl.es[2]})
        EXPECT_LT(4.0 * e->se, 0.01 * std::abs(e->value));

    // Without costs, hedging at every date leaves the exact standard deviation.
    const risk::Estimate& twin = find(result.risk.accounts[0], Column::ideal_pnl).sd;
    expect_reference("sd of the ideal twin", twin, 0.4348553524, 0.0);
}

TEST(CommonJob, InHestonsMarketMeetsEveryFigureOfTheReferenceButTheNumberOfTrades) {
    auto text = test::over(test::heston({2.0, 0.04, 0.5, -0.7, 0.04}, "scheme = 'full_truncation'"),
                           0.25, 63);
    text.set("book.premium", "3.9877611676744933").set("option.quantity", "-1");
    text.set("simulation.paths", "4_000_000").set("risk.outcomes", "'standard'");
    text.set("costs.half_spread_bps", "5").set("costs.fee_bps", "5");
    text.policy({{"name", "'p'"},
                 {"rule", "'band'"},
                 {"half_width", "0"},
                 {"valuation", "'instantaneous'"}});
    const result::Result result = run::run(text.load(), {});
    ASSERT_EQ(result.risk.flagged, 0u);
    const risk::AccountRisk& account = result.risk.accounts[0];
    const risk::ColumnRisk& pnl = find(account, Column::pnl);
    expect_reference("mean", pnl.mean, -0.14589, 0.00010);
    expect_reference("sd", pnl.sd, 1.10487, 0.00008);
    expect_reference("skewness", pnl.skewness, -0.43972, 0.00026);
    expect_reference("excess kurtosis", pnl.excess_kurtosis, 0.07520, 0.00108);
    expect_reference("VaR 99 %", pnl.var[2], 2.98357, 0.00047);
    expect_reference("ES 99 %", pnl.es[2], 3.48890, 0.00069);
    expect_reference("ES 99.9 %", pnl.es[3], 4.65764, 0.00243);
    expect_reference("turnover", find(account, Column::turnover).mean, 355.971, 0.012);
    // The number of trades is no reference here. Where the variance is near 0 the delta stands at 0
    // or 1 to the last digit of the normal distribution, and whether a hedge of 1e-20 units is a
    // trade depends on how far its tail reaches: 61.125 where it reaches 1e-300, 61.03 at our 5e-17
    // in double. The turnover above does not see such trades.
    for (const auto* e : {&pnl.sd, &pnl.var[2], &pnl.es[2]})
        EXPECT_LT(4.0 * e->se, 0.01 * std::abs(e->value));
}

TEST(CommonJob, MeanIsMinusTheCostRateTimesTheMeanTurnoverOnTheSamePaths) {
    const auto scenario = textbook({"risk.outcomes='standard'"});
    const auto columns = test::outcomes(
        scenario, 256,
        {{0, Column::pnl}, {0, Column::turnover}, {1, Column::pnl}, {1, Column::turnover}});
    for (std::size_t a = 0; a < 2; ++a) {
        std::vector<double> sum(columns[0].size());
        for (std::size_t p = 0; p < sum.size(); ++p)
            sum[p] = columns[2 * a][p] + 1e-3 * columns[2 * a + 1][p];
        const test::Moments m = test::moments_of(sum);
        test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "mean + c E[turnover]");
    }
}

}  // namespace
}  // namespace hedgestorm
