// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/made_up_series.hpp"
#include "tests/support/problems.hpp"

namespace hedgestorm::scenario {
namespace {

using test::history;
using test::made_up_prices;
using test::ScenarioText;
using test::series_table;

const auto prices = made_up_prices(40);  // daily, 2020-01-01 to 2020-02-09

/// `keys` go below the market's tables.
ScenarioText replay(const std::string& keys = "") {
    return history("replay").append(series_table(prices)).append("[market.replay]\n" + keys);
}

ScenarioText bootstrap(const std::string& keys = "mean_block_days = 5") {
    return history("bootstrap").append(series_table(prices)).append("[market.bootstrap]\n" + keys);
}

ScenarioText hawkes(const std::string& more = "") {
    return ScenarioText()
        .set("market.model", "'hawkes'")
        .append(
            "[market.hawkes]\nbaseline = 12\nbranching_ratio = 0.5\ndecay = 100\n"
            "jump_mean = -0.02\njump_sd = 0.03\n" +
            more);
}

TEST(Bootstrap, HasItsSamplesVolatilityAndBlocksInReturns) {
    const Market market = bootstrap().load().market;
    const auto returns = log_returns(*market.series);
    ASSERT_EQ(returns.size(), 39u);
    double mean = 0.0, square = 0.0;
    for (const double r : returns) mean += r / 39.0;
    for (const double r : returns) square += (r - mean) * (r - mean);
    EXPECT_NEAR(market.volatility, std::sqrt(square / 39.0 * 365.0), 1e-12);
    EXPECT_NEAR(market.bootstrap->mean_block, 5.0, 1e-9);
}

TEST(Bootstrap, WantsOneReturnForEachRebalanceInterval) {
    EXPECT_PROBLEM(bootstrap().set("simulation.steps", "60"), "simulation.steps",
                   "makes rebalance intervals of 12 hours, and the series has a price every 1 day");
    EXPECT_PROBLEM(bootstrap().without("simulation.steps").set("simulation.steps_per_day", "2"),
                   "simulation.steps", "(set steps_per_day = 1)");
    EXPECT_PROBLEM(bootstrap()
                       .without("simulation.steps")
                       .append("[[simulation.segment]]\nuntil_days = 10\nsteps = 10\n"
                               "[[simulation.segment]]\nuntil_days = 30\nsteps = 10"),
                   "simulation.segment[1]", "makes rebalance intervals of 2 days");
}

TEST(Bootstrap, WantsBlocksOfAReturnAtLeast) {
    EXPECT_PROBLEM(bootstrap("mean_block_hours = 23"), "market.bootstrap.mean_block",
                   "is 23 hours, shorter than the series' spacing of 1 day");
    EXPECT_PROBLEM(bootstrap(""), "market.bootstrap.mean_block_days", "is missing");
    EXPECT_EQ(bootstrap("mean_block_hours = 24").load().market.bootstrap->mean_block, 1.0);
}

TEST(Replay, StartsAtATimeOrARow) {
    EXPECT_EQ(replay().load().market.replay->row, 0u);
    EXPECT_EQ(replay("start = '2020-01-04'").load().market.replay->row, 3u);
    EXPECT_EQ(replay("start_row = 4").load().market.replay->row, 3u);
    EXPECT_EQ(replay("jitter_days = 2.5").load().market.replay->starts, 3u);
    EXPECT_PROBLEM(replay("start_row = 4\nstart = '2020-01-04'"), "market.replay.start_row",
                   "says what start says already");
    EXPECT_PROBLEM(replay("start = '2020-01-04T07:00'"), "market.replay.start",
                   "the series has no price at 2020-01-04T07:00:00Z (the last before it is at "
                   "2020-01-04T00:00:00Z)");
    EXPECT_PROBLEM(replay("start = '2019-01-04'"), "market.replay.start", "before the series");
    EXPECT_PROBLEM(replay("start = 'soon'"), "market.replay.start", "is no time");
    EXPECT_PROBLEM(replay("start_row = 41"), "market.replay.start_row",
                   "is 41, the series has 40 prices");
}

TEST(Replay, FitsTheData) {
    EXPECT_EQ(replay("start = '2020-01-10'").load().market.replay->row, 9u);
    EXPECT_PROBLEM(replay("start = '2020-01-11'"), "market.replay.start",
                   "from 2020-01-11T00:00:00Z the horizon of 30 days reaches beyond "
                   "2020-02-09T00:00:00Z, where the series ends (start at 2020-01-10T00:00:00Z at "
                   "the latest, or shorten the horizon)");
    EXPECT_PROBLEM(replay("start = '2020-01-09'\njitter_days = 2"), "market.replay.start",
                   "and the jitter of 2 days reaches beyond");
    EXPECT_PROBLEM(replay()
                       .append("[[market.series.stretch]]\nstart = '2021-01-01'\n"
                               "prices = [1.0]\n")
                       .set("simulation.horizon_days", "60")
                       .set("simulation.steps", "60"),
                   "market.replay.start", "where the series has a gap (shorten the horizon)");
}

TEST(Replay, TakesWhatHistoryLeavesOpen) {
    EXPECT_PROBLEM(replay().set("market.drift", "0.1"), "market.drift", "does nothing here");
    EXPECT_PROBLEM(replay().append("[[stress]]\nat_days = 3\nduration_days = 1\n"
                                   "realised_volatility_multiplier = 2.0"),
                   "stress[0].realised_volatility_multiplier", "does nothing to a replayed series");
}

TEST(Series, StretchesFollowOneAnother) {
    EXPECT_PROBLEM(replay().append("[[market.series.stretch]]\nstart = '2020-02-09'\n"
                                   "prices = [1.0]"),
                   "market.series.stretch[1]", "starts before the end of the one before");
    EXPECT_PROBLEM(history("replay").append("[market.series]"), "market.series.file", "is missing");
    EXPECT_PROBLEM(history("replay"), "market.series", "is missing");
    EXPECT_PROBLEM(ScenarioText().append(series_table(prices)), "market.series",
                   "goes with model = \"bootstrap\" or \"replay\"");
}

TEST(Hawkes, StartsFromItsMeanIntensityUnlessToldOtherwise) {
    EXPECT_EQ(hawkes().load().market.hawkes->initial_intensity, 24.0);
    EXPECT_EQ(hawkes("initial_intensity = 30").load().market.hawkes->initial_intensity, 30.0);
    EXPECT_PROBLEM(hawkes("initial_intensity = 11"), "market.hawkes.initial_intensity",
                   "is 11, below the baseline 12");
    EXPECT_PROBLEM(ScenarioText()
                       .set("market.model", "'hawkes'")
                       .append("[market.hawkes]\nbaseline = 12\nbranching_ratio = 1\ndecay = 100\n"
                               "jump_mean = -0.02\njump_sd = 0.03"),
                   "market.hawkes.branching_ratio", "must be at least 0 and below 1");
}

TEST(ModelPremium, IsRefusedWhereThereIsNoFormula) {
    EXPECT_PROBLEM(hawkes().set("book.premium", "'model'"), "book.premium", "closed form");
    EXPECT_PROBLEM(replay().set("book.premium", "'model'"), "book.premium", "closed form");
    EXPECT_PROBLEM(bootstrap().set("book.premium", "'model'"), "book.premium", "closed form");
}

TEST(History, ResolvedScenariosLoadToTheSame) {
    for (const Scenario& one : {replay("start_row = 4\njitter_days = 2").load(), bootstrap().load(),
                                hawkes("initial_intensity = 30").load()}) {
        const Scenario again = load_text(one.resolved_text, "scenario.toml");
        EXPECT_EQ(again.market, one.market);
        EXPECT_EQ(again.sha256, one.sha256);
    }
}

}  // namespace
}  // namespace hedgestorm::scenario
