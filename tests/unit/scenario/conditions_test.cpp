// SPDX-License-Identifier: Apache-2.0
// What stress may say of the market besides prices, volatilities and spreads.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/run/run.hpp"
#include "host/scenario/unread.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::problems_of;
using test::ScenarioText;

ScenarioText stressed(const std::string& keys) {
    return ScenarioText().append("[[stress]]\nname = 'crash'\nat_days = 3\n" + keys);
}

const std::string everything =
    "duration_days = 2\ndepth_multiplier = 0.1\nlatency_multiplier = 20\nbasis_move = -0.04\n"
    "funding_rate = 2\nborrow_rate = 0.6\noutage = true\nauto_deleverage = 0.25\n"
    "collateral_peg = [[0, 1], [36, 0.8]]\n[stress.venue_failure]\nrecovery = 0.4";

TEST(StressConditions, AreReadInTheirUnits) {
    const Stress s = stressed(everything).load().stresses[0];
    EXPECT_EQ(s.depth_multiplier, 0.1);
    EXPECT_EQ(s.latency_multiplier, 20.0);
    EXPECT_EQ(s.basis_move, -0.04);
    EXPECT_EQ(s.funding_rate, 2.0);
    EXPECT_EQ(s.borrow_rate, 0.6);
    EXPECT_TRUE(s.outage);
    EXPECT_EQ(s.auto_deleverage, 0.25);
    ASSERT_EQ(s.collateral_peg.size(), 2u);
    EXPECT_DOUBLE_EQ(s.collateral_peg[1].after, 1.5 / 365.0);
    EXPECT_EQ(s.collateral_peg[1].price, 0.8);
    EXPECT_EQ(s.venue_recovery, 0.4);
}

TEST(StressConditions, SurviveTheResolvedText) {
    const Scenario scenario = stressed(everything).load();
    const Scenario again = load_text(scenario.resolved_text, "scenario.toml");
    EXPECT_EQ(again.stresses, scenario.stresses);
    EXPECT_EQ(again.sha256, scenario.sha256);
}

TEST(StressConditions, AddNothingToAScenarioWithoutThem) {
    const std::string text = stressed("spot_move = -0.1").load().resolved_text;
    for (const char* key : {"ramp", "drift_move", "depth", "latency", "basis", "funding", "borrow",
                            "outage", "collateral", "deleverage", "venue"})
        EXPECT_EQ(text.find(key), std::string::npos) << key;
}

TEST(StressConditions, OutOfRangeAreRefused) {
    const auto refused = [](const std::string& line, const char* words) {
        const std::string key = line.substr(0, line.find(' '));
        EXPECT_PROBLEM(stressed("duration_days = 1\n" + line), ("stress[0]." + key).c_str(), words);
    };
    refused("depth_multiplier = 0", "above 0");
    refused("depth_multiplier = -0.5", "above 0");
    refused("latency_multiplier = 0", "above 0");
    refused("latency_multiplier = 1001", "at most 1000");
    refused("basis_move = -1", "above -1");
    refused("funding_rate = 101", "at most 100");
    refused("borrow_rate = -101", "at least -100");
    refused("outage = 'yes'", "true or false");
    refused("auto_deleverage = 0", "above 0");
    refused("auto_deleverage = 1.1", "at most 1");
    refused("venue_failure = 0.4", "must be a table");
    EXPECT_PROBLEM(stressed("venue_failure = { recovery = 1.2 }"),
                   "stress[0].venue_failure.recovery", "at most 1");
    EXPECT_PROBLEM(stressed("venue_failure = { recovery = -0.1 }"),
                   "stress[0].venue_failure.recovery", "at least 0");
    EXPECT_PROBLEM(stressed("venue_failure = {}"), "stress[0].venue_failure.recovery",
                   "is missing");
    EXPECT_PROBLEM(stressed("duration_days = 1\nbasis_move = -0.4").set("severity", "3"),
                   "stress[0].basis_move", "leaves the hedge no price");
}

TEST(StressConditions, ThatLastNeedTimeToDoSo) {
    for (const char* line : {"depth_multiplier = 0.5", "latency_multiplier = 2", "basis_move = 0.1",
                             "funding_rate = 1", "borrow_rate = 1"})
        EXPECT_PROBLEM(stressed(line), "stress[0]", "neither duration nor half_life");
    EXPECT_PROBLEM(stressed("outage = true"), "stress[0].outage", "needs a duration");
    EXPECT_PROBLEM(stressed("outage = true\nhalf_life_days = 1"), "stress[0].outage",
                   "needs a duration");
    EXPECT_TRUE(problems_of(stressed("outage = false")).empty());
    EXPECT_TRUE(problems_of(stressed("auto_deleverage = 1\nvenue_failure = { recovery = 0 }\n"
                                     "collateral_peg = [[0, 0.9]]"))
                    .empty());
}

TEST(StressConditions, KnotsOfAPegArePairsInOrder) {
    const auto refused = [](const std::string& knots, const char* key, const char* words) {
        EXPECT_PROBLEM(stressed("collateral_peg = " + knots), key, words);
    };
    const char* peg = "stress[0].collateral_peg";
    refused("0.9", peg, "must be a list of pairs");
    refused("[]", peg, "holds 0 pairs");
    refused("[0.9]", "stress[0].collateral_peg[0]", "must be a pair");
    refused("[[0, 0.9, 1]]", "stress[0].collateral_peg[0]", "must be a pair");
    refused("[[0, 'low']]", "stress[0].collateral_peg[0][1]", "must be a number");
    refused("[[-1, 0.9]]", "stress[0].collateral_peg[0][0]", "at least 0");
    refused("[[0, 11]]", "stress[0].collateral_peg[0][1]", "at most 10");
    refused("[[0, -0.1]]", "stress[0].collateral_peg[0][1]", "at least 0");
    refused("[[4, 0.9], [4, 0.8]]", "stress[0].collateral_peg[1][0]", "not above 4");
    refused("[[4, 0.9], [2, 0.8]]", "stress[0].collateral_peg[1][0]", "must ascend");
}

TEST(StressConditions, ThatNothingReadsAreSaidToBeUnread) {
    EXPECT_TRUE(unread_conditions(stressed("spot_move = -0.1").load()).empty());
    const Scenario scenario =
        stressed(everything)
            .append("[[stress]]\nrate_per_year = 2\nduration_days = 1\noutage = true")
            .load();
    const std::vector<std::string> notes = unread_conditions(scenario);
    ASSERT_EQ(notes.size(), 8u);  // all but the borrow rate, which the spot's hedge pays
    EXPECT_EQ(notes[4],
              "outage of stress \"crash\", stress[1] is carried with the market, but nothing in "
              "this scenario reads it: it changes no figure");
    // A perpetual with funding reads its basis and its rate, and borrows nothing.
    const std::string perpetual =
        "[[hedge]]\nname = 'perpetual'\ninstrument = 'perpetual'\n[hedge.funding]";
    EXPECT_EQ(unread_conditions(stressed(everything).append(perpetual).load()).size(), 7u);
    const std::vector<std::string> said = run::run(scenario, {}).risk.notes;
    for (const std::string& note : notes)
        EXPECT_NE(std::find(said.begin(), said.end(), note), said.end()) << note;
}

TEST(StressConditions, AResampledSeriesTakesItsMultipliersByTheClockAlone) {
    const std::string series =
        "[market.series]\nspacing_days = 1\n[[market.series.stretch]]\n"
        "start = '2020-01-01T00:00:00Z'\nprices = [100, 101, 99, 102, 98]\n"
        "[market.bootstrap]\nmean_block_days = 2";
    auto text = ScenarioText().without("market.volatility").set("market.model", "'bootstrap'");
    text.append(series);
    const std::string wild = "\nduration_days = 1\nrealised_volatility_multiplier = 2";
    EXPECT_TRUE(problems_of(ScenarioText(text).append("[[stress]]\nat_days = 1" + wild)).empty());
    EXPECT_PROBLEM(ScenarioText(text).append("[[stress]]\nrate_per_year = 1" + wild),
                   "stress[0].realised_volatility_multiplier", "needs a time");
}

}  // namespace
}  // namespace hedgestorm::scenario
