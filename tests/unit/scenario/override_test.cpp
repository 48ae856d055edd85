// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/override.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::only_problem;
using test::problems_of;
using test::ScenarioText;

ScenarioText two_policies() {
    return ScenarioText().append("[[policy]]\nname = 'band 5'\nrule = 'band'\nhalf_width = 0.05");
}

std::vector<Problem> problems_with(const std::string& override_text) {
    return problems_of(two_policies(), {override_text});
}

TEST(Override, ReplacesValues) {
    const Scenario s = two_policies().load({"simulation.paths=4e6", "market.volatility = 0.5",
                                            "policy[1].half_width=0.04", "name=mild"});
    EXPECT_EQ(s.simulation.paths, 4'000'000u);
    EXPECT_EQ(s.market.volatility, 0.5);
    EXPECT_EQ(s.policies[1].half_width, 0.04);
    EXPECT_EQ(s.name, "mild");
}

TEST(Override, FindsTablesByName) {
    for (const char* path :
         {"policy[\"band 5\"].half_width=0.01", "policy['band 5'].half_width=0.01"})
        EXPECT_EQ(two_policies().load({path}).policies[1].half_width, 0.01) << path;
    EXPECT_EQ(ScenarioText()
                  .set("policy.name", "'plain'")
                  .load({"policy[plain].hedge_ratio=0.5"})
                  .policies[0]
                  .hedge_ratio,
              0.5);
}

TEST(Override, MakesTablesThatAreNotThere) {
    EXPECT_EQ(ScenarioText().without("risk").load({"risk.worst_paths=5"}).risk.worst_paths, 5u);
    EXPECT_EQ(ScenarioText().without("costs").load({"costs.fee_bps=10"}).hedges[0].costs.fee, 1e-3);
}

TEST(Override, TakesListsAndTables) {
    EXPECT_EQ(two_policies().load({"risk.levels=[0.9, 0.95]"}).risk.levels.size(), 2u);
    EXPECT_EQ(two_policies().load({"policy=[{name='p', rule='none'}]"}).policies.size(), 1u);
    EXPECT_EQ(two_policies().load({"policy[0]={name='p', rule='none'}"}).policies[0].name, "p");
}

TEST(Override, SayingItAnotherWayReplaces) {
    EXPECT_EQ(two_policies().load({"simulation.horizon_years=1"}).simulation.horizon, 1.0);
    EXPECT_EQ(two_policies().load({"simulation.steps_per_day=2"}).simulation.segments[0].steps,
              60u);
}

TEST(Override, LaterOnesWin) {
    EXPECT_EQ(two_policies().load({"market.spot=1", "market.spot=2"}).market.spot, 2.0);
}

TEST(Override, AKeyThatDoesNotExistOffersTheNearestAndIsItsOwnPlace) {
    const auto problems = problems_with("simulation.pahts=4e6");
    EXPECT_TRUE(only_problem(problems, "simulation.pahts", "did you mean \"paths\"?"));
    EXPECT_EQ(problems[0].file, "--set simulation.pahts=4e6");
    EXPECT_TRUE(only_problem(problems_with("simulatoin.paths=1"), "simulatoin", "\"simulation\""));
    EXPECT_TRUE(only_problem(problems_with("market.spot=-1"), "market.spot", "above 0"));
}

TEST(Override, EntriesThatDoNotExistAreErrors) {
    EXPECT_TRUE(
        only_problem(problems_with("policy[2].half_width=1"), "policy[2]", "there are 2 of them"));
    EXPECT_TRUE(only_problem(problems_with("policy[\"bnad 5\"].half_width=1"), "policy[\"bnad 5\"]",
                             "did you mean \"band 5\"?"));
    EXPECT_TRUE(only_problem(problems_with("policy.half_width=1"), "policy", "say which one"));
    EXPECT_TRUE(only_problem(problems_with("market[0].spot=1"), "market", "not a list"));
    EXPECT_TRUE(only_problem(problems_with("market.spot.x=1"), "market.spot", "not a table"));
    EXPECT_TRUE(only_problem(problems_with("policy[99999999999999999999].x=1"),
                             "policy[\"99999999999999999999\"]", "none so named"));
}

TEST(Override, WhatIsNotAnAssignmentIsAnError) {
    for (const char* text : {"", "=", "simulation.paths", "simulation.paths=", ".=1", "a..b=1",
                             "policy[0=1", "policy[\"a.b=1", "[0].x=1", "a b=1", "policy[]=1"})
        EXPECT_TRUE(only_problem(problems_with(text), "", "is not key=value")) << text;
    EXPECT_TRUE(only_problem(problems_with("name=\"open"), "", "neither TOML nor a bare word"));
    EXPECT_TRUE(only_problem(problems_with("extends=x.toml"), "extends", "command line"));
    EXPECT_FALSE(problems_with("name=" + std::string(100'000, '[')).empty());
    EXPECT_FALSE(problems_with(std::string("name=a\0b", 8)).empty());
    EXPECT_FALSE(problems_with("name=1\nseverity=2").empty());
}

}  // namespace
}  // namespace hedgestorm::scenario
