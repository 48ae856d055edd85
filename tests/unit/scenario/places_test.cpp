// SPDX-License-Identifier: Apache-2.0
//
// Problems that show only when the grid of times is built stand where their key was written.

#include "host/scenario/places.hpp"

#include <gtest/gtest.h>

#include "host/plan/plan.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::scenario {
namespace {

std::string place_of(const Scenario& scenario, const std::string& key) {
    const Problem problem = scenario.places.problem(key, "is wrong", "");
    return to_string(problem);
}

TEST(Places, AreOfTheKeyOrElseOfItsTable) {
    const test::TempFolder folder;
    const auto base =
        folder.write("base.toml",
                     "schema = 1\n[simulation]\npaths = 64\nhorizon_days = 1\nsteps = 2\n"
                     "[market]\nspot = 100\nvolatility = 0.2\n"
                     "[[policy]]\nname = 'a.b'\nrule = 'static'\n"
                     "[[book.option]]\nkind = 'put'\nstrike = 90\nexpiry_days = 2\nquantity = 1\n"
                     "implied_volatility = 0.2\n");
    const auto path =
        folder.write("s.toml", "schema = 1\nextends = 'base.toml'\n[market]\nvolatility = 0.3\n");
    const Scenario s = load(path, {"simulation.steps=4"});
    EXPECT_EQ(place_of(s, "market.volatility"),
              path.string() + ":4:1: market.volatility: is wrong");
    EXPECT_EQ(place_of(s, "market.spot"), base.string() + ":7:1: market.spot: is wrong");
    EXPECT_EQ(place_of(s, "policy[0].rule"), base.string() + ":11:1: policy[0].rule: is wrong");
    EXPECT_EQ(place_of(s, "policy[\"a.b\"].rule"),
              base.string() + ":11:1: policy[\"a.b\"].rule: is wrong");
    EXPECT_NE(place_of(s, "simulation.steps").find("--set"), std::string::npos);
    // Not written: the table it would stand in, or the file.
    EXPECT_EQ(
        place_of(s, "simulation.closed").substr(0, place_of(s, "simulation.closed").find(": ")),
        base.string() + ":2:2");
    EXPECT_EQ(place_of(s, "risk.levels"), path.string() + ": risk.levels: is wrong");
}

TEST(Places, AreToldByThePlan) {
    test::ScenarioText text;
    text.set("market.volatility", "20").without("simulation.horizon_days");
    text.set("simulation.horizon_years", "100");
    const auto problems = test::problems_of([&] { plan::Plan plan(text.load()); });
    ASSERT_TRUE(test::only_problem(problems, "market.volatility", "beyond what can be computed"));
    EXPECT_GT(problems[0].line, 0);
}

}  // namespace
}  // namespace hedgestorm::scenario
