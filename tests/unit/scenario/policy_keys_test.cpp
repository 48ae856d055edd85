// SPDX-License-Identifier: Apache-2.0
// The keys of the rules that weigh costs against risk: what each needs, takes and refuses.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::problems_of;
using test::ScenarioText;

ScenarioText with_policy(const std::string& keys) {
    return ScenarioText().without("policy").append("[[policy]]\nname = 'p'\n" + keys);
}

Policy policy(const std::string& keys) {
    return with_policy(keys).load().policies[0];
}

TEST(PolicyKeys, OfWhalleyAndWilmottAreReadInNativeUnits) {
    const Policy p = policy(
        "rule = 'whalley_wilmott'\nrisk_aversion = 0.25\nassumed_cost_bps = 30\n"
        "coefficient = 6\nrebalance_to = 'target'");
    EXPECT_EQ(p.rule, Rule::whalley_wilmott);
    EXPECT_EQ(p.risk_aversion, 0.25);
    EXPECT_DOUBLE_EQ(p.assumed_cost.value(), 0.003);
    EXPECT_EQ(p.coefficient, 6.0);
    EXPECT_EQ(p.rebalance_to, RebalanceTo::target);
}

TEST(PolicyKeys, HaveTheDefaultsOfThePapers) {
    const Policy ww = policy("rule = 'whalley_wilmott'\nrisk_aversion = 1");
    EXPECT_EQ(ww.coefficient, 1.5);
    EXPECT_EQ(ww.rebalance_to, RebalanceTo::edge);
    EXPECT_FALSE(ww.assumed_cost.has_value());
    const Policy z = policy("rule = 'zakamouline'\nrisk_aversion = 1");
    EXPECT_EQ(z.band_coefficient, 1.12);
    EXPECT_EQ(z.volatility_coefficient, 4.76);
    EXPECT_EQ(z.rebalance_to, RebalanceTo::edge);
    EXPECT_EQ(policy("rule = 'variance_scaled'\nbudget = 1").rebalance_to, RebalanceTo::target);
    EXPECT_EQ(policy("rule = 'hybrid'\nevery = 3\nhalf_width = 1").rebalance_to,
              RebalanceTo::target);
}

TEST(PolicyKeys, ABudgetOfADayIsOneOfAYear) {
    EXPECT_DOUBLE_EQ(policy("rule = 'variance_scaled'\nbudget = 2").budget, 2.0 * std::sqrt(365.0));
    const Policy trading_days = with_policy("rule = 'variance_scaled'\nbudget = 2")
                                    .set("simulation.days_per_year", "252")
                                    .load()
                                    .policies[0];
    EXPECT_DOUBLE_EQ(trading_days.budget, 2.0 * std::sqrt(252.0));
}

TEST(PolicyKeys, ThatARuleNeedsAreMissed) {
    EXPECT_PROBLEM(with_policy("rule = 'whalley_wilmott'"), "policy[0].risk_aversion",
                   "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'zakamouline'"), "policy[0].risk_aversion", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'leland'"), "policy[0].every", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'variance_scaled'"), "policy[0].budget", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'hybrid'\nevery = 3"), "policy[0].half_width", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'hybrid'\nhalf_width = 3"), "policy[0].every", "is missing");
}

TEST(PolicyKeys, OfAnotherRuleAreRefused) {
    EXPECT_PROBLEM(with_policy("rule = 'band'\nhalf_width = 1\nrisk_aversion = 1"),
                   "policy[0].risk_aversion", "rule = \"whalley_wilmott\" or \"zakamouline\"");
    EXPECT_PROBLEM(with_policy("rule = 'zakamouline'\nrisk_aversion = 1\ncoefficient = 2"),
                   "policy[0].coefficient", "rule = \"whalley_wilmott\"");
    EXPECT_PROBLEM(with_policy("rule = 'whalley_wilmott'\nrisk_aversion = 1\nband_coefficient = 2"),
                   "policy[0].band_coefficient", "rule = \"zakamouline\"");
    EXPECT_PROBLEM(with_policy("rule = 'leland'\nevery = 1\nrebalance_to = 'edge'"),
                   "policy[0].rebalance_to", "\"hybrid\"");
    EXPECT_PROBLEM(with_policy("rule = 'leland'\nevery = 1\nbudget = 1"), "policy[0].budget",
                   "rule = \"variance_scaled\"");
    EXPECT_PROBLEM(with_policy("rule = 'band'\nhalf_width = 1\nevery = 1"), "policy[0].every",
                   "\"leland\" or \"hybrid\"");
}

TEST(PolicyKeys, OutOfRangeAreRefused) {
    EXPECT_PROBLEM(with_policy("rule = 'whalley_wilmott'\nrisk_aversion = 0"),
                   "policy[0].risk_aversion", "above 0");
    EXPECT_PROBLEM(with_policy("rule = 'zakamouline'\nrisk_aversion = inf"),
                   "policy[0].risk_aversion", "finite");
    EXPECT_PROBLEM(with_policy("rule = 'variance_scaled'\nbudget = 0"), "policy[0].budget",
                   "above 0");
    EXPECT_PROBLEM(with_policy("rule = 'leland'\nevery = 1\nassumed_cost_bps = -1"),
                   "policy[0].assumed_cost_bps", "at least 0");
    EXPECT_PROBLEM(with_policy("rule = 'whalley_wilmott'\nrisk_aversion = 1\ncoefficient = 0"),
                   "policy[0].coefficient", "above 0");
}

TEST(PolicyKeys, LelandNeedsAVolatilityKnownInAdvance) {
    for (const char* valuation : {"'instantaneous'", "'expected'"})
        EXPECT_PROBLEM(
            with_policy("rule = 'leland'\nevery = 1\nvaluation = " + std::string(valuation)),
            "policy[0].valuation", "is not known in advance");
    const std::string stress =
        "[[stress]]\nrate_per_year = 5\nspot_move = -0.1\nduration_days = 1\n"
        "implied_volatility_multiplier = 2";
    EXPECT_PROBLEM(with_policy("rule = 'leland'\nevery = 1").append(stress), "policy[0].valuation",
                   "take a number");
    EXPECT_TRUE(
        problems_of(with_policy("rule = 'leland'\nevery = 1\nvaluation = 0.3").append(stress))
            .empty());
}

TEST(PolicyKeys, AreWrittenOnlyForTheRulesTheyGoWith) {
    const std::string band = with_policy("rule = 'band'\nhalf_width = 1").load().resolved_text;
    for (const char* key : {"coefficient", "budget", "risk_aversion", "assumed_cost_bps", "every"})
        EXPECT_EQ(band.find(key), std::string::npos) << key;
    const std::string ww =
        with_policy("rule = 'whalley_wilmott'\nrisk_aversion = 1").load().resolved_text;
    EXPECT_NE(ww.find("coefficient = 1.5\n"), std::string::npos);
    EXPECT_NE(ww.find("rebalance_to = \"edge\"\n"), std::string::npos);
    EXPECT_EQ(ww.find("band_coefficient"), std::string::npos);
}

}  // namespace
}  // namespace hedgestorm::scenario
