// SPDX-License-Identifier: Apache-2.0
// Rules that bind several keys, and what a valid scenario holds.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::problems_of;
using test::ScenarioText;

ScenarioText with_policy(const std::string& extra) {
    return ScenarioText().without("policy").append("[[policy]]\nname = 'p'\n" + extra);
}

TEST(ScenarioRules, AKeyOfAnotherRuleIsAnErrorThatSaysSo) {
    EXPECT_PROBLEM(ScenarioText().set("policy.half_width", "0.1"), "policy[0].half_width",
                   "rule = \"band\"");
    EXPECT_PROBLEM(ScenarioText().set("policy.half_life_days", "1"), "policy[0].half_life_days",
                   "valuation = \"realised\"");
    EXPECT_PROBLEM(with_policy("rule = 'static'\nprice_move = 0.1"), "policy[0].price_move",
                   "rule = \"price_move\"");
}

TEST(ScenarioRules, ARuleNeedsItsKeys) {
    EXPECT_PROBLEM(with_policy("rule = 'band'"), "policy[0].half_width", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'interval'"), "policy[0].every", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'price_move'"), "policy[0].price_move", "is missing");
    EXPECT_PROBLEM(with_policy("rule = 'none'\nvaluation = 'realised'"), "policy[0].half_life_days",
                   "is missing");
}

TEST(ScenarioRules, PoliciesAreReadWhole) {
    const Policy p = with_policy(
                         "rule = 'band'\nhalf_width = 0.1\nhalf_width_unit = 'dollar'\n"
                         "rebalance_to = 'edge'\nhedge_ratio = 0.5\nvaluation = 'realised'\n"
                         "half_life_hours = 12\nvolatility_floor = 0.3\nposition_limit = 7\n"
                         "initial = -0.25\nfinal = 'mark'")
                         .load()
                         .policies[0];
    EXPECT_EQ(p.rule, Rule::band);
    EXPECT_EQ(p.half_width, 0.1);
    EXPECT_EQ(p.half_width_unit, HalfWidthUnit::dollar);
    EXPECT_EQ(p.rebalance_to, RebalanceTo::edge);
    EXPECT_EQ(p.hedge_ratio, 0.5);
    EXPECT_EQ(p.valuation.kind, ValuationKind::realised);
    EXPECT_DOUBLE_EQ(p.valuation.half_life, 0.5 / 365.0);
    EXPECT_EQ(p.valuation.floor, 0.3);
    EXPECT_EQ(p.min_position, -7.0);
    EXPECT_EQ(p.max_position, 7.0);
    EXPECT_EQ(p.initial, InitialMode::units);
    EXPECT_EQ(p.initial_units, -0.25);
    EXPECT_EQ(p.final, FinalMode::mark);
}

TEST(ScenarioRules, ValuationMayBeANumber) {
    const Policy p = with_policy("rule = 'none'\nvaluation = 0.3").load().policies[0];
    EXPECT_EQ(p.valuation.kind, ValuationKind::number);
    EXPECT_EQ(p.valuation.volatility, 0.3);
}

TEST(ScenarioRules, LimitsAreSaidOneWayAndInOrder) {
    EXPECT_PROBLEM(with_policy("rule = 'none'\nposition_limit = 1\nmin_position = 0"),
                   "policy[0].position_limit", "keep one");
    EXPECT_PROBLEM(with_policy("rule = 'none'\nmin_position = 2\nmax_position = 1"),
                   "policy[0].min_position", "above max_position");
}

TEST(ScenarioRules, NamesDiffer) {
    EXPECT_PROBLEM(ScenarioText().append("[[policy]]\nname = 'every step'\nrule = 'none'"),
                   "policy[1].name", "the name of policy[0] too");
    EXPECT_PROBLEM(
        ScenarioText().append("[[stress]]\nname='a'\nat_days=1\n[[stress]]\nname='a'\nat_days=2"),
        "stress[1].name", "stress[0]");
    EXPECT_PROBLEM(with_policy("rule = 'none'").append("[[policy]]\nname = ''\nrule = 'none'"),
                   "policy[1].name", "is empty");
}

TEST(ScenarioRules, PoliciesAreLimitedInNumber) {
    ScenarioText text;
    for (int i = 0; i < 32; ++i)
        text.append("[[policy]]\nname = 'p" + std::to_string(i) + "'\nrule = 'none'");
    EXPECT_PROBLEM(text, "policy", "at most 32");
}

TEST(ScenarioRules, OneHedgeWithCostsOfItsOwn) {
    const std::string hedge = "[[hedge]]\nname='fut'\n[hedge.costs]\nfee_bps = 2";
    const Scenario s = ScenarioText().set("costs.fee_bps", "9").append(hedge).load();
    EXPECT_EQ(s.hedges[0].name, "fut");
    EXPECT_DOUBLE_EQ(s.hedges[0].costs.fee, 2e-4);
    EXPECT_EQ(s.policies[0].hedge, "fut");
    EXPECT_PROBLEM(ScenarioText().append("[[hedge]]\nshare = 0.5"), "hedge[0].share", "must be 1");
    EXPECT_PROBLEM(ScenarioText().append("[[hedge]]\n[[hedge]]\nname = 'b'"), "hedge",
                   "at most 1 in this version");
    EXPECT_PROBLEM(ScenarioText().set("policy.hedge", "'spott'"), "policy[0].hedge",
                   "did you mean \"spot\"?");
    EXPECT_PROBLEM(ScenarioText().set("policy.book", "'other'"), "policy[0].book", "\"default\"");
}

TEST(ScenarioRules, BookNeedsALegOfSomeQuantity) {
    EXPECT_PROBLEM(ScenarioText().without("option"), "book.option", "the book is empty");
    EXPECT_PROBLEM(ScenarioText().set("option.quantity", "0"), "book.option[0].quantity", "is 0");
}

TEST(ScenarioRules, StrikesFarAboveTheSpotNeedDoublePrecision) {
    ScenarioText text = ScenarioText().set("market.spot", "50").set("option.strike", "50_001");
    EXPECT_PROBLEM(text, "book.option[0].strike",
                   "is 1000.02 times the spot, must be at most 1000 times it in single precision");
    EXPECT_PROBLEM(text, "book.option[0].strike", "set simulation.precision = \"double\"");
    EXPECT_TRUE(problems_of(text.set("simulation.precision", "'double'")).empty());
    EXPECT_TRUE(problems_of(ScenarioText().set("market.spot", "50").set("option.strike", "50_000"))
                    .empty());
}

TEST(ScenarioRules, PremiumIsAWordOrAnAmount) {
    EXPECT_EQ(ScenarioText().set("book.premium", "'none'").load().book.premium, Premium::none);
    const Book book = ScenarioText().set("book.premium", "3.5").load().book;
    EXPECT_EQ(book.premium, Premium::amount);
    EXPECT_EQ(book.premium_amount, 3.5);
    EXPECT_PROBLEM(ScenarioText().set("book.premium", "'marks'"), "book.premium",
                   "did you mean \"mark\"?");
}

TEST(ScenarioRules, StressMovesAreLogMoves) {
    const Scenario s = ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = -0.2").load();
    EXPECT_DOUBLE_EQ(s.stresses[0].spot_log_move, std::log(0.8));
    EXPECT_PROBLEM(
        ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = -0.2\nspot_log_move = -0.2"),
        "stress[0].spot_log_move", "keep one");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 3\nduration_days = 1\n"
                                         "realised_volatility_multiplier = 3\n"
                                         "half_life_days = 1e-310"),
                   "stress[0].half_life", "three milliseconds");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = -1"),
                   "stress[0].spot_move", "above -1");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = -3.06"),
                   "stress[0].spot_move", "a lognormal price never reaches zero");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = -3.06"),
                   "stress[0].spot_move", "give market.displacement");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 3\nspot_move = 2e4"),
                   "stress[0].spot_move", "at most 10000");
}

TEST(ScenarioRules, AMultiplierNeedsToLast) {
    const std::string stress = "[[stress]]\nat_days = 3\nhalf_spread_multiplier = 2\n";
    EXPECT_PROBLEM(ScenarioText().append(stress), "stress[0]", "neither duration nor half_life");
    EXPECT_PROBLEM(ScenarioText().append(stress + "duration_days = 0"), "stress[0]", "half_life");
    EXPECT_NO_THROW(ScenarioText().append(stress + "half_life_hours = 2").load());
    EXPECT_NO_THROW(ScenarioText().append(stress + "duration_hours = 2").load());
}

TEST(ScenarioRules, StressesHappenWithinTheHorizon) {
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 31\nspot_move = 0.1"),
                   "stress[0].at", "beyond the horizon");
    EXPECT_PROBLEM(
        ScenarioText().append("[[stress]]\nat_days = 29\nduration_days = 2\nspot_move = 0.1"),
        "stress[0].duration", "beyond the horizon");
    EXPECT_NO_THROW(ScenarioText()
                        .append("[[stress]]\nat_days = 29.7\nduration_days = 0.3\nspot_move = 0.1")
                        .load());
}

TEST(ScenarioRules, LevelsAreTheExactDecimalsTyped) {
    const auto levels =
        ScenarioText().set("risk.levels", "[0.5, 0.975, 0.99, 0.9995]").load().risk.levels;
    ASSERT_EQ(levels.size(), 4u);
    EXPECT_EQ(levels[0].numerator * 2, levels[0].denominator);
    EXPECT_EQ(levels[1].text, "0.975");
    EXPECT_EQ(levels[1].numerator, 975u);
    EXPECT_EQ(levels[1].denominator, 1000u);
    EXPECT_EQ(levels[3].numerator, 9995u);
    EXPECT_EQ(levels[3].denominator, 10000u);
}

TEST(ScenarioRules, LevelsAscendAndStayBelowOne) {
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.99, 0.95]"), "risk.levels[1]", "ascend");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.99, 0.99]"), "risk.levels[1]", "ascend");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[1.0]"), "risk.levels[0]", "below 1");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.4]"), "risk.levels[0]", "at least 0.5");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[]"), "risk.levels", "is empty");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.5,0.6,0.7,0.8,0.9,0.91,0.92,0.93,0.94]"),
                   "risk.levels", "at most 8");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.99999999999999]"), "risk.levels",
                   "decimals");
}

TEST(ScenarioRules, AllProblemsAreReportedAtOnceInFileOrder) {
    const auto problems = problems_of(ScenarioText()
                                          .set("market.volatility", "-1")
                                          .set("simulation.pahts", "1")
                                          .set("option.strike", "'x'")
                                          .set("risk.levels", "[2]"));
    ASSERT_EQ(problems.size(), 4u);
    EXPECT_EQ(problems[0].key, "simulation.pahts");
    EXPECT_EQ(problems[1].key, "market.volatility");
    EXPECT_EQ(problems[2].key, "book.option[0].strike");
    EXPECT_EQ(problems[3].key, "risk.levels[0]");
    for (const Problem& problem : problems) {
        EXPECT_EQ(problem.file, "scenario.toml");
        EXPECT_GT(problem.line, 0);
        EXPECT_GT(problem.column, 0);
    }
}

TEST(ScenarioRules, AFloodOfProblemsIsCutAndCounted) {
    ScenarioText text;
    for (int i = 0; i < 150; ++i) text.set("market.wrong" + std::to_string(i), "1");
    const auto problems = problems_of(text);
    ASSERT_EQ(problems.size(), 101u);
    EXPECT_EQ(problems.back().message, "and 50 more problems");
}

TEST(Rules, AStressStartsInOneWay) {
    const Scenario s =
        ScenarioText()
            .append("[[stress]]\nwhen = { drawdown = 0.2 }\nspot_move = -0.1")
            .append(
                "[[stress]]\nrate_per_year = 3\nspot_move = -0.1\nretracement = 0.5\n"
                "retracement_time_hours = 12")
            .load();
    EXPECT_EQ(s.stresses[0].start, StressStart::drawdown);
    EXPECT_DOUBLE_EQ(s.stresses[0].threshold, 0.2);
    EXPECT_EQ(s.stresses[1].start, StressStart::at_random);
    EXPECT_DOUBLE_EQ(s.stresses[1].rate, 3.0);
    EXPECT_DOUBLE_EQ(s.stresses[1].retracement_time, 0.5 / 365.0);
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nspot_move = -0.1"), "stress[0]",
                   "does not say when it starts");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 1\nrate_per_year = 2"), "stress[0]",
                   "more than one way");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nwhen = { drawdown = 1.5 }"),
                   "stress[0].when.drawdown", "must be");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nwhen = { volatility_above = 0.5 }"),
                   "stress[0].when.half_life_days", "is missing");
    EXPECT_PROBLEM(
        ScenarioText().append("[[stress]]\nwhen = { drawdown = 0.5, half_life_days = 1 }"),
        "stress[0].when.half_life", "goes with volatility_above");
    EXPECT_PROBLEM(ScenarioText().append("[[stress]]\nat_days = 1\nretracement = 0.5"),
                   "stress[0].retracement_time_days", "is missing");
}

TEST(Rules, ARampRaisesWhatHasAStrength) {
    const std::string at = "[[stress]]\nat_days = 1\n";
    const Scenario s =
        ScenarioText().append(at + "ramp_hours = 12\nduration_days = 1\ndrift_move = -3").load();
    EXPECT_DOUBLE_EQ(s.stresses[0].ramp, 0.5 / 365.0);
    EXPECT_EQ(s.stresses[0].drift_move, -3.0);
    EXPECT_PROBLEM(ScenarioText().append(at + "ramp_hours = 12\nspot_move = -0.1"),
                   "stress[0].ramp", "moves know none");
    EXPECT_PROBLEM(ScenarioText().append(at + "ramp_hours = 1\nramp_days = 1\ndrift_move = 1\n"
                                              "duration_days = 1"),
                   "stress[0].ramp_hours", "keep one");
    EXPECT_PROBLEM(ScenarioText().append(at + "ramp_hours = 0\ndrift_move = 1\nduration_days = 1"),
                   "stress[0].ramp_hours", "above 0");
    EXPECT_PROBLEM(ScenarioText().append(at + "ramp_hours = 1\ndrift_move = 1"), "stress[0]",
                   "neither duration nor half_life");
    EXPECT_PROBLEM(ScenarioText().append(at + "drift_move = 1e5\nduration_days = 1"),
                   "stress[0].drift_move", "at most 10000");
    EXPECT_PROBLEM(ScenarioText().append(at + "ramp_days = 28\nduration_days = 2\ndrift_move = 1"),
                   "stress[0].duration", "beyond the horizon");
}

}  // namespace
}  // namespace hedgestorm::scenario
