// SPDX-License-Identifier: Apache-2.0
// Rules of [market.regime] and [market.garch].

#include <gtest/gtest.h>

#include <string>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::ScenarioText;

ScenarioText model(const std::string& name, const std::string& keys) {
    return ScenarioText()
        .without("market.volatility")
        .set("market.model", "'" + name + "'")
        .append("[market." + name + "]\n" + keys);
}

constexpr const char* states =
    "[[market.regime.state]]\nname = 'calm'\nvolatility = 0.3\n"
    "[[market.regime.state]]\nname = 'storm'\nvolatility = 1\n";

ScenarioText regime(const std::string& initial, const std::string& more = "") {
    return model("regime", "initial = '" + initial + "'\n" + states + more);
}

ScenarioText garch(const std::string& keys) {
    return model("garch", "period_days = 2\n" + keys);
}

std::string change(const std::string& from, const std::string& to) {
    return "[[market.regime.switch]]\nfrom = '" + from + "'\nto = '" + to +
           "'\nrate_per_year = 3\n";
}

TEST(RegimeRules, StatesAndSwitchesAreRead) {
    const Market market = regime("storm", change("calm", "storm")).load().market;
    ASSERT_TRUE(market.regime);
    EXPECT_EQ(market.regime->initial, 1u);
    EXPECT_EQ(market.regime->states[1].volatility, 1.0);
    EXPECT_EQ(market.regime->states[1].half_spread_multiplier, 1.0);
    EXPECT_EQ(market.regime->rates[0][1], 3.0);
    EXPECT_EQ(market.regime->rates[1][0], 0.0);
}

TEST(RegimeRules, NamesMustBeThoseOfStates) {
    EXPECT_PROBLEM(regime("clam"), "market.regime.initial", "did you mean \"calm\"?");
    EXPECT_PROBLEM(regime("calm", change("calm", "strom")), "market.regime.switch[0].to",
                   "did you mean \"storm\"?");
    EXPECT_PROBLEM(regime("calm", change("calm", "calm")), "market.regime.switch[0].to",
                   "that is left");
    EXPECT_PROBLEM(regime("calm", change("calm", "storm") + change("calm", "storm")),
                   "market.regime.switch[1]", "says again");
    EXPECT_PROBLEM(regime("calm", "[[market.regime.state]]\nname = 'calm'\nvolatility = 1"),
                   "market.regime.state[2].name", "names must differ");
    EXPECT_PROBLEM(model("regime", "initial = 'calm'"), "market.regime.state", "is missing");
}

TEST(RegimeRules, JumpsNeedAnIntensity) {
    EXPECT_PROBLEM(regime("calm",
                          "[[market.regime.state]]\nname = 'x'\nvolatility = 1\n"
                          "jump_mean = -0.1"),
                   "market.regime.state[2].intensity", "never happen");
}

TEST(GarchRules, VarianceMustHaveAMean) {
    EXPECT_PROBLEM(garch("omega = 1e-5\nalpha = 0.1\nbeta = 0.85\ngamma = 0.1"), "market.garch",
                   "must be below 1");
    EXPECT_PROBLEM(garch("omega = 1e-5\nalpha = 0.1\nbeta = 0.5\ngamma = -0.2"),
                   "market.garch.gamma", "must not be negative");
}

TEST(GarchRules, PeriodsEndAtRebalancePoints) {
    EXPECT_PROBLEM(model("garch", "omega = 1e-5\nalpha = 0\nbeta = 0\nperiod_hours = 36"),
                   "market.garch.period", "whole number of rebalance intervals");
    EXPECT_PROBLEM(model("garch", "omega = 1e-5\nalpha = 0\nbeta = 0\nperiod_hours = 12"),
                   "market.garch.period", "whole number of rebalance intervals");
    EXPECT_NO_THROW(model("garch", "omega = 1e-5\nalpha = 0\nbeta = 0\nperiod_days = 7").load());
}

TEST(GarchRules, DegreesOfFreedomGoWithStudentsT) {
    const std::string keys = "omega = 1e-5\nalpha = 0.1\nbeta = 0.8\n";
    EXPECT_PROBLEM(garch(keys + "degrees_of_freedom = 5"), "market.garch.degrees_of_freedom",
                   "student_t");
    EXPECT_PROBLEM(garch(keys + "innovations = 'student_t'"), "market.garch.degrees_of_freedom",
                   "is missing");
    EXPECT_PROBLEM(garch(keys + "innovations = 'student_t'\ndegrees_of_freedom = 2"),
                   "market.garch.degrees_of_freedom", "above 2");
}

TEST(GarchRules, InitialVarianceIsTheStationaryOneUnlessSaid) {
    const std::string keys = "omega = 1e-5\nalpha = 0.1\nbeta = 0.7\ngamma = 0.2\n";
    EXPECT_DOUBLE_EQ(garch(keys).load().market.garch->initial_variance, 1e-4);
    EXPECT_EQ(garch(keys + "initial_variance = 4e-4").load().market.garch->initial_variance, 4e-4);
}

TEST(MarketModels, WithoutAPriceInClosedFormRefuseTheModelPremium) {
    EXPECT_PROBLEM(regime("calm").set("book.premium", "'model'"), "book.premium", "closed form");
    EXPECT_PROBLEM(garch("omega = 1e-5\nalpha = 0.1\nbeta = 0.8").set("book.premium", "'model'"),
                   "book.premium", "closed form");
}

TEST(MarketModels, ResolvedTextLoadsToTheSameMarket) {
    for (const ScenarioText& text :
         {regime("storm", change("calm", "storm")),
          garch("omega = 1e-5\nalpha = 0.1\nbeta = 0.8\ninnovations = 'student_t'\n"
                "degrees_of_freedom = 5")}) {
        const Scenario first = text.load();
        EXPECT_EQ(load_text(first.resolved_text, "scenario.toml", {}).market, first.market);
    }
}

}  // namespace
}  // namespace hedgestorm::scenario
