// SPDX-License-Identifier: Apache-2.0
// Every key on its own: types, ranges, units, and what is said of a wrong one.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::problems_of;
using test::ScenarioText;

TEST(ScenarioKeys, AreReadInTheUnitsTheyNameAndKeptInYears) {
    const Scenario s = ScenarioText()
                           .without("simulation.horizon_days")
                           .set("simulation.horizon_hours", "720")
                           .set("costs.half_spread_bps", "5")
                           .load();
    EXPECT_EQ(s.simulation.horizon, 30.0 / 365.0);
    EXPECT_EQ(s.book.options[0].expiry, s.simulation.horizon);
    EXPECT_DOUBLE_EQ(s.hedges[0].costs.half_spread, 5e-4);
}

TEST(ScenarioKeys, EveryUnitOfATimeIsTheSameTime) {
    const double year = ScenarioText()
                            .without("option.expiry_days")
                            .set("option.expiry_years", "1")
                            .load()
                            .book.options[0]
                            .expiry;
    for (const auto& [unit, value] :
         {std::pair("days", "365"), std::pair("hours", "8760"), std::pair("minutes", "525600"),
          std::pair("seconds", "31536000")}) {
        ScenarioText text;
        text.without("option.expiry_days").set(std::string("option.expiry_") + unit, value);
        EXPECT_EQ(text.load().book.options[0].expiry, year) << unit;
    }
}

TEST(ScenarioKeys, DaysPerYearConvertsEveryTime) {
    const Scenario s = ScenarioText().set("simulation.days_per_year", "360").load();
    EXPECT_EQ(s.simulation.horizon, 30.0 / 360.0);
    EXPECT_EQ(s.book.options[0].expiry, 30.0 / 360.0);
}

TEST(ScenarioKeys, DefaultsAreThoseOfTheDocumentation) {
    const Scenario s = ScenarioText().load();
    EXPECT_EQ(s.severity, 1.0);
    EXPECT_EQ(s.simulation.first_path, 0u);
    EXPECT_EQ(s.simulation.precision, Precision::single_precision);
    EXPECT_FALSE(s.market.drift.has_value());
    EXPECT_EQ(s.book.premium, Premium::mark);
    ASSERT_EQ(s.hedges.size(), 1u);
    EXPECT_EQ(s.hedges[0].name, "spot");
    EXPECT_EQ(s.policies[0].hedge, "spot");
    EXPECT_EQ(s.policies[0].initial, InitialMode::trade);
    EXPECT_EQ(s.policies[0].final, FinalMode::unwind);
    EXPECT_EQ(s.policies[0].valuation.kind, ValuationKind::implied);
    EXPECT_EQ(s.risk.worst_paths, 1000u);
    EXPECT_EQ(s.risk.levels.size(), 4u);
    EXPECT_EQ(s.risk.quantiles, Quantiles::all);
    EXPECT_EQ(s.risk.outcomes, Outcomes::all);
}

TEST(ScenarioKeys, NameDefaultsToTheFile) {
    EXPECT_EQ(ScenarioText().without("name").load().name, "scenario");
}

TEST(ScenarioKeys, WholeNumbersMayBeFloatsOfExactValue) {
    EXPECT_EQ(ScenarioText().set("simulation.paths", "4e6").load().simulation.paths, 4'000'000u);
    EXPECT_PROBLEM(ScenarioText().set("simulation.paths", "4.5"), "simulation.paths",
                   "whole number");
}

TEST(ScenarioKeys, PathsHaveLimits) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.paths", "0"), "simulation.paths", "from 1");
    EXPECT_PROBLEM(ScenarioText().set("simulation.paths", "-5"), "simulation.paths", "from 1");
    EXPECT_PROBLEM(ScenarioText().set("simulation.paths", "1e300"), "simulation.paths", "from 1");
    EXPECT_EQ(ScenarioText().set("simulation.paths", "1099511627776").load().simulation.paths,
              1ull << 40);
    EXPECT_PROBLEM(ScenarioText().set("simulation.paths", "1099511627777"), "simulation.paths",
                   "1099511627776");
}

TEST(ScenarioKeys, PathRangeEndsBy2To63) {
    EXPECT_EQ(ScenarioText()
                  .set("simulation.first_path", "9223372036854774807")
                  .load()
                  .simulation.first_path,
              9223372036854774807u);
    EXPECT_PROBLEM(ScenarioText().set("simulation.first_path", "9223372036854775807"),
                   "simulation.first_path", "2^63");
}

TEST(ScenarioKeys, SeedIsANumberOrTextOfDigits) {
    EXPECT_EQ(ScenarioText().set("simulation.seed", "20200312").load().simulation.seed, 20200312u);
    EXPECT_EQ(
        ScenarioText().set("simulation.seed", "'18446744073709551615'").load().simulation.seed,
        ~0ull);
    for (const char* wrong : {"-1", "1.5", "'18446744073709551616'", "'abc'", "''", "'-1'", "nan"})
        EXPECT_PROBLEM(ScenarioText().set("simulation.seed", wrong), "simulation.seed",
                       "whole number");
}

TEST(ScenarioKeys, WrongTypesAreNamed) {
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "'hundred'"), "market.spot",
                   "is \"hundred\", must be a number");
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "true"), "market.spot", "is true");
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "[1]"), "market.spot", "is an array");
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "2020-03-12"), "market.spot", "is a date");
    EXPECT_PROBLEM(ScenarioText().set("name", "5"), "name", "must be text");
    EXPECT_PROBLEM(ScenarioText().set("risk.explain", "'yes'"), "risk.explain", "true or false");
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "0.99"), "risk.levels", "list of numbers");
    EXPECT_PROBLEM(ScenarioText().set("policy.rule", "3").without("policy.every"), "policy[0].rule",
                   "must be one of");
    EXPECT_PROBLEM(ScenarioText().without("market").set("market", "3"), "market",
                   "must be a table");
    EXPECT_PROBLEM(ScenarioText().without("policy").append("[policy]\nname='p'\nrule='none'"),
                   "policy", "write [[policy]]");
}

TEST(ScenarioKeys, NumbersThatAreNotFiniteAreRefusedEverywhere) {
    for (const char* key :
         {"market.spot", "market.rate", "market.volatility", "market.drift", "option.strike",
          "option.expiry_days", "option.quantity", "option.implied_volatility", "book.premium",
          "policy.hedge_ratio", "policy.valuation", "policy.initial", "policy.min_position",
          "costs.fee_bps", "severity", "simulation.horizon_days", "simulation.paths"})
        for (const char* value : {"nan", "inf", "-inf"}) {
            const auto problems = problems_of(ScenarioText().set(key, value));
            ASSERT_EQ(problems.size(), 1u) << key << " = " << value;
            EXPECT_NE(problems[0].message.find("finite"), std::string::npos) << key;
        }
    EXPECT_PROBLEM(ScenarioText().set("risk.levels", "[0.9, nan]"), "risk.levels[1]", "finite");
}

TEST(ScenarioKeys, RangesAreSaidInWords) {
    EXPECT_PROBLEM(ScenarioText().set("market.volatility", "-0.2"), "market.volatility",
                   "is -0.2, must be above 0 and at most 20");
    EXPECT_PROBLEM(ScenarioText().set("market.volatility", "0"), "market.volatility", "above 0");
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "0"), "market.spot", "above 0");
    EXPECT_PROBLEM(ScenarioText().set("market.rate", "5"), "market.rate", "at most 2");
    EXPECT_PROBLEM(ScenarioText().set("option.implied_volatility", "21"),
                   "book.option[0].implied_volatility", "at most 20");
    EXPECT_PROBLEM(ScenarioText().set("option.strike", "-1"), "book.option[0].strike", "above 0");
    EXPECT_PROBLEM(ScenarioText().set("option.expiry_days", "0"), "book.option[0].expiry_days",
                   "above 0");
    EXPECT_PROBLEM(ScenarioText().set("policy.every", "0"), "policy[0].every", "from 1");
    EXPECT_PROBLEM(ScenarioText().set("simulation.steps", "5000001"), "simulation.steps",
                   "to 5000000");
}

TEST(ScenarioKeys, UnknownKeysAreErrorsAndOfferTheNearest) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.pahts", "3"), "simulation.pahts",
                   "did you mean \"paths\"?");
    EXPECT_PROBLEM(ScenarioText().append("[stres]"), "stres", "did you mean \"stress\"?");
    EXPECT_PROBLEM(ScenarioText().set("market.vol", "3"), "market.vol",
                   "did you mean \"volatility\"?");
    EXPECT_PROBLEM(ScenarioText().set("market.xyzzy", "3"), "market.xyzzy", "unknown key");
}

TEST(ScenarioKeys, ATimeWithoutUnitIsToldItsUnits) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.horizon", "30"), "simulation.horizon",
                   "horizon_hours");
}

TEST(ScenarioKeys, ATimeInTwoUnitsIsAnError) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.horizon_hours", "720"),
                   "simulation.horizon_hours", "says what horizon_days says already");
}

TEST(ScenarioKeys, MissingKeysAreNamedWithWhatTheyMean) {
    EXPECT_PROBLEM(ScenarioText().without("market.spot"), "market.spot", "is missing");
    EXPECT_PROBLEM(ScenarioText().without("simulation.horizon_days"), "simulation.horizon_days",
                   "is missing");
    EXPECT_PROBLEM(ScenarioText().without("market"), "market", "is missing");
    EXPECT_PROBLEM(ScenarioText().without("policy"), "policy", "is missing");
    EXPECT_PROBLEM(ScenarioText().without("policy.name"), "policy[0].name", "is missing");
}

TEST(ScenarioKeys, UnknownWordsOfferTheNearestAndPlannedOnesSaySo) {
    EXPECT_PROBLEM(ScenarioText().policy({{"name", "'b'"}, {"rule", "'bnad'"}}), "policy[0].rule",
                   "did you mean \"band\"?");
    EXPECT_PROBLEM(ScenarioText().policy({{"name", "'b'"}, {"rule", "'table'"}}), "policy[0].rule",
                   "not available yet in this version");
    EXPECT_PROBLEM(ScenarioText().append("[[hedge]]\ninstrument = 'future'"), "hedge[0].instrument",
                   "not available yet");
    EXPECT_PROBLEM(ScenarioText().set("risk.columns", "['pln']"), "risk.columns[0]",
                   "did you mean \"pnl\"?");
}

TEST(ScenarioKeys, WhatTakesANumberOrAWordTakesNothingElse) {
    EXPECT_PROBLEM(ScenarioText().set("market.drift", "true"), "market.drift",
                   "is true, must be a number or one of");
    EXPECT_PROBLEM(ScenarioText().set("policy.valuation", "[0.2]"), "policy[0].valuation",
                   "must be a number or one of");
}

TEST(ScenarioKeys, AListOfNamesIsAListAndNamesEachOnce) {
    EXPECT_PROBLEM(ScenarioText().set("risk.columns", "'pnl'"), "risk.columns",
                   "must be a list of names");
    EXPECT_PROBLEM(ScenarioText().set("risk.columns", "['pnl', 'trades', 'pnl']"),
                   "risk.columns[2]", "\"pnl\" is listed twice");
    EXPECT_PROBLEM(ScenarioText().set("risk.columns", "['pnl', 3]"), "risk.columns[1]",
                   "3 is not known");
}

TEST(ScenarioKeys, ANameLikeNoneThatIsKnownIsAnsweredWithAllOfThem) {
    for (const char* columns : {"['zzz']", "[3]"})
        EXPECT_PROBLEM(ScenarioText().set("risk.columns", columns), "risk.columns[0]",
                       "is not known (known: pnl, ideal_pnl, hedge_slippage, ");
}

TEST(ScenarioKeys, ALegLivesTwoHundredYearsAtMost) {
    auto text = ScenarioText().without("option.expiry_days");
    EXPECT_NO_THROW(text.set("option.expiry_years", "200").load());
    EXPECT_PROBLEM(text.set("option.expiry_years", "200.1"), "book.option[0].expiry",
                   "is 200.1 years, must be at most 200");
}

TEST(ScenarioKeys, AnUnknownSchemaVersionIsRefused) {
    EXPECT_PROBLEM(ScenarioText().set("schema", "2"), "schema", "must be 1");
}

TEST(ScenarioKeys, LongNamesAreRefusedByCharactersNotBytes) {
    std::string umlauts;
    for (int i = 0; i < 200; ++i) umlauts += "ü";
    EXPECT_EQ(ScenarioText().set("name", "'" + umlauts + "'").load().name, umlauts);
    EXPECT_PROBLEM(ScenarioText().set("name", "'" + umlauts + "x'"), "name", "201 characters");
}

}  // namespace
}  // namespace hedgestorm::scenario
