// SPDX-License-Identifier: Apache-2.0
//
// What the plan makes of the policies that weigh costs: the opening trades, the costs they reckon
// with, Leland's volatilities. Base case: a short call, S = K = 100, sigma = 0.2, T = 0.25; figures
// by numpy, to 1e-8.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/black_scholes.hpp"
#include "host/plan/plan.hpp"
#include "host/support/error.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using test::ScenarioText;

ScenarioText quarter(int steps, const std::string& rule, ScenarioText::Keys keys = {}) {
    ScenarioText text = test::over({}, 0.25, steps);
    text.set("simulation.precision", "'double'");
    text.set("costs.half_spread_bps", "7").set("costs.fee_bps", "3");
    keys.insert(keys.begin(), {{"name", "'p'"}, {"rule", "'" + rule + "'"}});
    return text.policy(keys);
}

double opening_hedge(const ScenarioText& text) {
    return Plan(text.load()).view().reference->account[0].held;
}

/// sigma of the first leg under the first policy's valuation at the end of step i.
double volatility_at(const Plan& plan, std::uint32_t i, double life, std::uint32_t leg = 0) {
    const PathParams<double>& params = *plan.view().reference;
    const ValuationParams<double>& valuation = params.valuation[params.target[0].valuation];
    return valuation.table[i * valuation.slices + valuation.slice[leg]].deviation / std::sqrt(life);
}

TEST(Openings, OfBandsThatMoveAreTheirTargets) {
    EXPECT_NEAR(opening_hedge(quarter(63, "zakamouline", {{"risk_aversion", "1"}})), 0.5207406269,
                1e-9);
    EXPECT_NEAR(
        opening_hedge(
            quarter(63, "zakamouline", {{"risk_aversion", "1"}}).set("option.quantity", "1")),
        -0.5191032428, 1e-9);
    EXPECT_NEAR(opening_hedge(quarter(63, "whalley_wilmott", {{"risk_aversion", "1"}})),
                0.5199388058, 1e-9);
    EXPECT_NEAR(opening_hedge(quarter(63, "variance_scaled", {{"budget", "1"}})), 0.5199388058,
                1e-9);
}

TEST(Leland, HedgesAtThePrintedVolatility) {
    for (const auto& [steps, sigma, price] :
         {std::tuple{63, 0.2122885063, 4.232556008}, {252, 0.2239035949, 4.463899291}}) {
        const Plan plan(quarter(steps, "leland", {{"every", "1"}}).load());
        EXPECT_NEAR(volatility_at(plan, 0, 0.25 - 0.25 / steps), sigma, 1e-9);
        EXPECT_NEAR(volatility_at(plan, 40, 0.25 - 41 * 0.25 / steps), sigma, 1e-9);
        const BlackScholes at =
            black_scholes(scenario::OptionKind::call, 100, 100, 0.25, sigma, 0, 0);
        EXPECT_NEAR(at.value, price, 1e-8);
        EXPECT_NEAR(plan.view().reference->account[0].held, at.delta, 1e-9);
    }
}

TEST(Leland, GoesByTheTimeBetweenItsOwnTradesAndTheCostItIsTold) {
    // Every fourth of 252 dates is every one of 63.
    const Plan fourth(quarter(252, "leland", {{"every", "4"}}).load());
    EXPECT_NEAR(volatility_at(fourth, 3, 0.25 - 0.25 / 63), 0.2122885063, 1e-9);
    EXPECT_EQ(fourth.view().reference->account[0].every, 4u);
    // Twice the cost at a quarter of the dates.
    const Plan dear(quarter(63, "leland", {{"every", "1"}, {"assumed_cost_bps", "20"}}).load());
    EXPECT_NEAR(volatility_at(dear, 0, 0.25 - 0.25 / 63), 0.2239035949, 1e-9);
    const Plan number(quarter(63, "leland", {{"every", "1"}, {"valuation", "0.4"}}).load());
    EXPECT_NEAR(volatility_at(number, 0, 0.25 - 0.25 / 63),
                0.4 * std::sqrt(1.0 + 0.1266602474 / 2.0), 1e-9);
}

TEST(Leland, LowersLongLegsAndRaisesShortOnes) {
    ScenarioText text = quarter(63, "leland", {{"every", "1"}});
    text.append(
        "[[book.option]]\nname = 'long'\nkind = 'call'\nstrike = 105\nexpiry_years = 0.25\n"
        "quantity = 2\nimplied_volatility = 0.2");
    const Plan plan(text.load());
    EXPECT_NEAR(volatility_at(plan, 0, 0.25 - 0.25 / 63, 0), 0.2122885063, 1e-9);
    EXPECT_NEAR(volatility_at(plan, 0, 0.25 - 0.25 / 63, 1), 0.2 * std::sqrt(1.0 - 0.1266602474),
                1e-9);
}

TEST(Leland, RefusesALongLegThatWouldHaveNoVolatilityLeft) {
    ScenarioText text = quarter(63, "leland", {{"every", "1"}, {"assumed_cost_bps", "79"}});
    text.set("option.quantity", "1");
    try {
        const Plan plan(text.load());
        FAIL() << "1 - Le is -0.0006";
    } catch (const ScenarioError& error) {
        EXPECT_NE(std::string(error.what()).find("policy[\"p\"].rule"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("nothing is left"), std::string::npos);
    }
    text.set("policy.assumed_cost_bps", "78");
    EXPECT_NO_THROW(Plan(text.load()));
}

TEST(AssumedCost, IsHalfSpreadAndFeeOfTheStart) {
    const auto band = [](ScenarioText text) {
        const Plan plan(text.load());
        return plan.view().reference->target[0].width.step[0].band;
    };
    const ScenarioText::Keys keys = {{"risk_aversion", "1"}};
    ScenarioText told =
        quarter(63, "whalley_wilmott", {{"risk_aversion", "1"}, {"assumed_cost_bps", "10"}});
    EXPECT_EQ(band(quarter(63, "whalley_wilmott", keys)), band(told));
    // In a regime that begins with four times the spread: 31 bp.
    ScenarioText regime = quarter(63, "whalley_wilmott", keys);
    regime.without("market.volatility").set("market.model", "'regime'");
    regime.append("[market.regime]\ninitial = 'storm'")
        .append(
            "[[market.regime.state]]\nname = 'storm'\nvolatility = 0.2\n"
            "half_spread_multiplier = 4.0")
        .append("[[market.regime.state]]\nname = 'calm'\nvolatility = 0.2")
        .append("[[market.regime.switch]]\nfrom = 'storm'\nto = 'calm'\nrate_per_year = 9")
        .append("[[market.regime.switch]]\nfrom = 'calm'\nto = 'storm'\nrate_per_year = 9");
    EXPECT_NEAR(band(regime), band(told) * std::cbrt(3.1), 1e-12);
}

TEST(Wishes, ThatAreEqualAreSharedAndOthersAreNot) {
    ScenarioText text = quarter(63, "whalley_wilmott", {{"risk_aversion", "1"}});
    text.append(
        "[[policy]]\nname = 'a'\nrule = 'whalley_wilmott'\nrisk_aversion = 1\n"
        "rebalance_to = 'target'");
    text.append("[[policy]]\nname = 'b'\nrule = 'whalley_wilmott'\nrisk_aversion = 2");
    text.append("[[policy]]\nname = 'c'\nrule = 'band'\nhalf_width = 0.1");
    text.append("[[policy]]\nname = 'd'\nrule = 'leland'\nevery = 2");
    text.append("[[policy]]\nname = 'e'\nrule = 'leland'\nevery = 2\nhedge_ratio = 0.5");
    const Plan plan(text.load());
    const PathParams<double>& params = *plan.view().reference;
    EXPECT_EQ(params.target.size, 5u);
    EXPECT_EQ(params.account[0].target, params.account[1].target);
    EXPECT_EQ(params.account[0].to_edge, 1.0);
    EXPECT_EQ(params.account[1].to_edge, 0.0);
    EXPECT_EQ(params.target[params.account[3].target].width.kind, Width::none);
    EXPECT_EQ(params.valuation.size, 2u);  // the mark, and Leland's for both
}

}  // namespace
}  // namespace hedgestorm::plan
