// SPDX-License-Identifier: Apache-2.0
//
// The rules of the textbook on whole paths: what Leland's hedge costs, what a band that moves
// trades, and which rules are others in disguise. A short call, S = K = 100, sigma = 0.2, a quarter
// of a year, unless said otherwise.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/markets.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

constexpr const char* ten_bp = "10";

ScenarioText base_case(int steps) {
    return test::over({}, 0.25, steps)
        .set("costs.fee_bps", ten_bp)
        .set("risk.outcomes", "'standard'");
}

ScenarioText under(ScenarioText text, ScenarioText::Keys keys) {
    keys.insert(keys.begin(), {"name", "'p'"});
    return text.policy(keys);
}

TEST(Leland, PaysOnAverageWhatItsVolatilityBringsInMore) {
    // E[rebalancing cost] = C(sigma_hat) - C(sigma), exact as dt -> 0 with Le fixed: within 3 %.
    for (const auto& [steps, cost] : {std::pair{63, 0.2447948403}, {252, 0.4761381233}}) {
        const auto text = under(base_case(steps), {{"rule", "'leland'"}, {"every", "1"}});
        const Moments paid =
            moments_of(test::outcomes(text.load(), 64, {{0, Column::rebalance_cost}})[0]);
        EXPECT_NEAR(paid.mean, cost, 0.03 * cost + 4.0 * paid.mean_se) << steps;
        EXPECT_LT(4.0 * paid.mean_se, 0.01 * cost);
    }
}

TEST(Leland, IsLessRiskyForItsCostsThanTheDeltaOfTheMark) {
    // The same dates. What is hedged at sigma_hat loses its costs wherever the price goes; what is
    // hedged at sigma loses most where gamma was large. Leland's whole point, seen in the spread of
    // the P&L, at 252 dates by about a fifth.
    ScenarioText text = under(base_case(252), {{"rule", "'interval'"}, {"every", "1"}});
    text.append("[[policy]]\nname = 'leland'\nrule = 'leland'\nevery = 1");
    const auto columns = test::outcomes(text.load(), 64, {{0, Column::pnl}, {1, Column::pnl}});
    const Moments plain = moments_of(columns[0]);
    const Moments leland = moments_of(columns[1]);
    EXPECT_LT(leland.sd + 4.0 * leland.sd_se, plain.sd - 4.0 * plain.sd_se);
}

/// A call with eight years to live, so that its gamma hardly moves in a tenth of a year, watched
/// often: sigma = 0.2, kappa = 10 bp.
ScenarioText steady(const std::string& rule, ScenarioText::Keys keys) {
    ScenarioText text = base_case(2000);
    text.set("simulation.horizon_years", "0.1").set("option.expiry_years", "8");
    keys.insert(keys.begin(), {"rule", "'" + rule + "'"});
    return under(text, keys);
}

TEST(WhalleyWilmott, TradesToItsEdgeAsMuchAsAReflectedDeltaDoes) {
    // With gamma frozen the delta is a Brownian motion with s = Gamma S sigma, and what a band to
    // the edge trades is s^2 / (2 (H + 0.5826 s sqrt(dt))) a year, H its half-width watched every
    // dt: within 3 %.
    const double d1 = 0.1 * std::sqrt(8.0);
    const double gamma =
        std::exp(-0.5 * d1 * d1) / std::sqrt(8.0 * std::atan(1.0)) / (100.0 * 0.2 * std::sqrt(8.0));
    const double s = gamma * 100.0 * 0.2;
    for (const double a : {1.0, 0.1}) {
        const auto text = steady("whalley_wilmott",
                                 {{"risk_aversion", std::to_string(a)}, {"initial", "'in_place'"}});
        const Moments turnover =
            moments_of(test::outcomes(text.load(), 32, {{0, Column::rebalance_cost}})[0]);
        const double half = std::cbrt(1.5 * 1e-3 * 100.0 * gamma * gamma / a);
        const double shifted = half + 0.5826 * s * std::sqrt(0.1 / 2000);
        // The first passage to an edge takes a while, in which nothing is traded: H^2 / s^2 on
        // average from the middle, and the local time grows from there; at the start it is behind
        // by H / 6 on both edges together (the mean of y^2 / 2H under the uniform law it settles
        // to).
        const double units = s * s * 0.1 / (2.0 * shifted) - shifted / 6.0;
        EXPECT_NEAR(turnover.mean, 1e-3 * 100.0 * units,
                    0.03 * 0.1 * units + 4.0 * turnover.mean_se)
            << a;
    }
}

TEST(VarianceScaled, IsABandInDollarsWhereTheVolatilityIsConstant) {
    // A budget of b a day is one of b sqrt(365) / sigma dollars of delta.
    for (const char* edge : {"'target'", "'edge'"}) {
        ScenarioText text = base_case(63).set("simulation.precision", "'double'");
        text = under(text,
                     {{"rule", "'variance_scaled'"}, {"budget", "0.04"}, {"rebalance_to", edge}});
        text.append(
            "[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width_unit = 'dollar'\n"
            "rebalance_to = " +
            std::string(edge) + "\nhalf_width = " + test::number(0.04 * std::sqrt(365.0) / 0.2));
        const auto columns = test::outcomes(
            text.load(), 2,
            {{0, Column::trades}, {1, Column::trades}, {0, Column::pnl}, {1, Column::pnl}});
        EXPECT_EQ(columns[0], columns[1]);
        for (std::size_t p = 0; p < columns[2].size(); ++p)
            ASSERT_NEAR(columns[2][p], columns[3][p], 1e-6) << edge << " path " << p;
        const Moments trades = moments_of(columns[0]);
        EXPECT_GT(trades.mean, 10.0);
        EXPECT_LT(trades.mean, 50.0);
    }
}

TEST(VarianceScaled, TradesMoreOftenWhileTheMarketMovesFaster) {
    ScenarioText text = base_case(90);
    text = under(text, {{"rule", "'variance_scaled'"}, {"budget", "0.1"}});
    text.append(
        "[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width_unit = 'dollar'\nhalf_width = " +
        test::number(0.1 * std::sqrt(365.0) / 0.2));
    text.append("[[stress]]\nat_days = 30\nduration_days = 30\nrealised_volatility_multiplier = 3");
    const auto columns = test::outcomes(text.load(), 4, {{0, Column::trades}, {1, Column::trades}});
    const Moments scaled = moments_of(columns[0]);
    const Moments fixed = moments_of(columns[1]);
    EXPECT_GT(scaled.mean - 4.0 * scaled.mean_se, 1.2 * fixed.mean);
}

/// Trades and P&L of two policies that should be one.
void expect_same_policy(const ScenarioText& text) {
    const auto columns = test::outcomes(text.load(), 2,
                                        {{0, Column::pnl},
                                         {1, Column::pnl},
                                         {0, Column::trades},
                                         {1, Column::trades},
                                         {0, Column::residual_delta_rms},
                                         {1, Column::residual_delta_rms}});
    for (std::size_t c = 0; c < columns.size(); c += 2) EXPECT_EQ(columns[c], columns[c + 1]) << c;
    EXPECT_GT(moments_of(columns[2]).mean, 5.0);
}

TEST(Hybrid, IsItsBandWhereItNeverWaitsLongEnough) {
    for (const char* edge : {"'target'", "'edge'"}) {
        ScenarioText text = under(base_case(63), {{"rule", "'hybrid'"},
                                                  {"every", "1000"},
                                                  {"half_width", "0.05"},
                                                  {"rebalance_to", edge}});
        text.append("[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width = 0.05\nrebalance_to = " +
                    std::string(edge));
        expect_same_policy(text);
    }
}

TEST(Hybrid, IsItsIntervalWhereTheBandIsWide) {
    ScenarioText text = under(
        base_case(63),
        {{"rule", "'hybrid'"}, {"every", "5"}, {"half_width", "1000"}, {"rebalance_to", "'edge'"}});
    text.append("[[policy]]\nname = 'interval'\nrule = 'interval'\nevery = 5");
    expect_same_policy(text);
}

TEST(Hybrid, NeverWaitsLongerThanItSays) {
    // The delta of a leg with years to live never rests, so every wait that is over is a trade: at
    // least one in each 7 of 59 points. Beside it, its band alone waits longer on most paths.
    ScenarioText text =
        under(base_case(60), {{"rule", "'hybrid'"}, {"every", "7"}, {"half_width", "0.04"}});
    text.append("[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width = 0.04");
    text.set("option.expiry_years", "3");
    const auto trades = test::outcomes(text.load(), 2, {{0, Column::trades}, {1, Column::trades}});
    const float least = 1.0f + 59 / 7;
    EXPECT_GE(*std::min_element(trades[0].begin(), trades[0].end()), least);
    EXPECT_GT(moments_of(trades[0]).mean, least + 0.1);  // the band is left too
    EXPECT_LT(*std::min_element(trades[1].begin(), trades[1].end()), least);
}

}  // namespace
}  // namespace hedgestorm
