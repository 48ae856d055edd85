// SPDX-License-Identifier: Apache-2.0
// A market whose price may be negative: what it needs, and where spot and strikes may lie.

#include "host/scenario/displacement.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/hedges.hpp"
#include "tests/support/made_up_series.hpp"
#include "tests/support/problems.hpp"

namespace hedgestorm::scenario {
namespace {

using test::problems_of;
using test::ScenarioText;

ScenarioText displaced() {
    return ScenarioText().set("market.displacement", "60");
}

TEST(Displacement, LetsSpotAndStrikesBeNegative) {
    const Scenario s = displaced().set("market.spot", "-37.63").set("option.strike", "-59").load();
    EXPECT_EQ(s.market.displacement, 60.0);
    EXPECT_EQ(s.market.spot, -37.63);
    EXPECT_EQ(s.book.options[0].strike, -59.0);
    EXPECT_EQ(load_text(s.resolved_text, "elsewhere.toml").market, s.market);
    // A price that never falls to 15 is one, too.
    EXPECT_EQ(ScenarioText().set("market.displacement", "-15").load().market.displacement, -15.0);
}

TEST(Displacement, EndsWhereTheModelDoes) {
    EXPECT_PROBLEM(displaced().set("market.spot", "-60"), "market.spot",
                   "is -60, must be above -60");
    EXPECT_PROBLEM(displaced().set("option.strike", "-60.5"), "book.option[0].strike",
                   "must be above -60");
    EXPECT_PROBLEM(ScenarioText().set("market.displacement", "-100").set("option.strike", "120"),
                   "market.spot", "is 100, must be above 100");
    EXPECT_PROBLEM(ScenarioText().set("market.spot", "0"), "market.spot",
                   "is 0, must be above 0 (for a price that may be negative");
    EXPECT_PROBLEM(ScenarioText().set("option.strike", "-1"), "book.option[0].strike",
                   "give market.displacement");
}

TEST(Displacement, IsRefusedWhereFractionsAreOfThePriceItself) {
    EXPECT_PROBLEM(displaced().set("market.rate", "0.03"), "market.displacement",
                   "a future costs nothing to hold");
    EXPECT_NO_THROW(
        displaced().set("market.rate", "0.03").set("market.dividend_yield", "0.03").load());
    EXPECT_PROBLEM(displaced().append(test::perpetual(10.0, 0.0, 0.01, 0.0)), "market.displacement",
                   "its basis and its funding are fractions of a price that may be 0");
    EXPECT_NO_THROW(displaced().append(test::proxy(25.0, 0.8, 0.5)).load());
    const std::string series = test::series_table(test::made_up_prices(60));
    for (const char* model : {"bootstrap", "replay"}) {
        const std::string own = std::string(model) == "bootstrap" ? "mean_block_days = 5" : "";
        EXPECT_PROBLEM(test::history(model)
                           .set("market.displacement", "60")
                           .append(series)
                           .append("[market." + std::string(model) + "]\n" + own),
                       "market.displacement", "returns are fractions of the price itself");
    }
}

TEST(Displacement, OfNothingIsAsIfItWereNotThere) {
    const Scenario without = ScenarioText().load();
    for (const char* nothing : {"0", "0.0", "-0.0"}) {
        const Scenario with = ScenarioText().set("market.displacement", nothing).load();
        EXPECT_EQ(with.resolved_text, without.resolved_text);
        EXPECT_EQ(with.sha256, without.sha256);
        EXPECT_FALSE(std::signbit(with.market.displacement));
    }
    EXPECT_EQ(without.resolved_text.find("displacement"), std::string::npos);
    EXPECT_NE(displaced().load().sha256, without.sha256);
}

TEST(Displacement, IsSaidOnceWhereItIsNoNumber) {
    EXPECT_PROBLEM(displaced().set("market.displacement", "'60'").set("market.spot", "-5"),
                   "market.displacement", "must be a number");
}

TEST(Displacement, StrikesInFloatsAreHeldAgainstWhatTheModelMoves) {
    // 60 000 is 3000 times a spot of 20 and 751 times 80.
    EXPECT_NO_THROW(displaced().set("market.spot", "20").set("option.strike", "60_000").load());
    EXPECT_PROBLEM(displaced().set("market.spot", "20").set("option.strike", "80_000"),
                   "book.option[0].strike", "must be at most 1000 times");
}

}  // namespace
}  // namespace hedgestorm::scenario
