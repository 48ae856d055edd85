// SPDX-License-Identifier: Apache-2.0
//
// Markets out of history, and clustered jumps, against what is known of them: the data, the
// sample's moments, and the martingale. Fixed seeds, within 4 standard errors, or float rounding
// where nothing is random.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "host/scenario/history.hpp"
#include "tests/support/made_up_series.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/require.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm {
namespace {

using test::history;
using test::Moments;
using test::moments_of;
using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

const std::vector<double> prices = test::made_up_prices(400);

std::vector<float> spots(const ScenarioText& text, std::uint64_t tiles) {
    return test::outcomes(text.load(), tiles, {{test::the_path, Column::spot}})[0];
}

ScenarioText days(ScenarioText text, int count) {
    text.set("simulation.horizon_days", std::to_string(count));
    return text.set("simulation.steps", std::to_string(count)).set("risk.outcomes", "'standard'");
}

ScenarioText replay(const std::string& keys, int horizon) {
    return days(history("replay").append(test::series_table(prices)), horizon)
        .append("[market.replay]\n" + keys);
}

ScenarioText bootstrap(double mean_block, int horizon) {
    return days(history("bootstrap").append(test::series_table(prices)), horizon)
        .append("[market.bootstrap]\nmean_block_days = " + std::to_string(mean_block));
}

ScenarioText hawkes() {
    return days(ScenarioText().set("market.model", "'hawkes'"), 30)
        .append(
            "[market.hawkes]\nbaseline = 60\nbranching_ratio = 0.7\ndecay = 200\n"
            "jump_mean = -0.03\njump_sd = 0.02");
}

TEST(Replay, IsTheData) {
    for (const int horizon : {1, 2, 7, 30, 150, 396}) {
        const auto s = spots(replay("start_row = 4", horizon), 1);
        const double expected = 100.0 * prices[3 + static_cast<std::size_t>(horizon)] / prices[3];
        for (const float one : s) ASSERT_NEAR(one, expected, 3e-5 * expected) << horizon;
    }
}

TEST(Replay, MovesEvenlyInLogBetweenRows) {
    auto text = replay("start_row = 4", 30).without("simulation.horizon_days");
    text.set("simulation.horizon_hours", "30").set("simulation.steps", "7");
    const double expected =
        100.0 * std::pow(prices[4] / prices[3], 0.75) * std::pow(prices[5] / prices[3], 0.25);
    EXPECT_NEAR(spots(text, 1)[0], expected, 1e-5 * expected);
}

TEST(Replay, JitterStartsPathsAtEveryRowOfItsWindowAsOften) {
    std::map<int, double> counts;
    const auto s = spots(replay("start_row = 11\njitter_days = 6", 20), 16);
    for (const float one : s) {
        int nearest = 0;
        double least = 1e9;
        for (int k = 0; k <= 6; ++k) {
            const auto row = static_cast<std::size_t>(10 + k);
            const double off = std::abs(one - 100.0 * prices[row + 20] / prices[row]);
            if (off < least) least = off, nearest = k;
        }
        ASSERT_LT(least, 1e-3);
        ++counts[nearest];
    }
    ASSERT_EQ(counts.size(), 7u);
    const double expected = static_cast<double>(s.size()) / 7.0;
    for (const auto& [row, n] : counts)
        EXPECT_NEAR(n, expected, 4.0 * std::sqrt(expected)) << "start " << row;
}

TEST(Replay, ScriptedMovesComeOnTop) {
    const auto plain = spots(replay("start_row = 4", 30), 1)[0];
    const auto moved = spots(
        replay("start_row = 4", 30).append("[[stress]]\nat_days = 3.3\nspot_move = -0.2"), 1)[0];
    EXPECT_NEAR(moved / plain, 0.8, 4e-6);
}

TEST(Bootstrap, AReturnHasItsSamplesMomentsWhateverTheBlocks) {
    const auto text = bootstrap(10, 1);
    const auto returns = scenario::log_returns(*text.load().market.series);
    std::vector<double> logs;
    for (const float s : spots(text, 64)) logs.push_back(std::log(s / 100.0));
    const Moments m = moments_of(logs);
    double growth = 0.0, mean = 0.0, square = 0.0;
    for (const double r : returns) mean += r / static_cast<double>(returns.size());
    for (const double r : returns) {
        square += (r - mean) * (r - mean) / static_cast<double>(returns.size());
        growth += std::exp(r) / static_cast<double>(returns.size());
    }
    test::expect_within_sigma(m.mean, m.mean_se, mean - std::log(growth), 4.0, "mean");
    test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(square), 4.0, "sd");
}

TEST(Bootstrap, IsAMartingaleWhereReturnsAreDrawnOneByOne) {
    auto text = bootstrap(1, 60).set("market.rate", "0.08").set("market.dividend_yield", "0.03");
    text.append(
        "[[stress]]\nat_days = 3.3\nduration_days = 20\n"
        "realised_volatility_multiplier = 2.5");
    const Moments m = moments_of(spots(text, 128));
    test::expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(0.05 * 60 * day), 4.0, "E[S]");
    text.set("market.drift", "-0.5");
    const Moments drifting = moments_of(spots(text, 128));
    test::expect_within_sigma(drifting.mean, drifting.mean_se, 100.0 * std::exp(-0.5 * 60 * day),
                              4.0, "E[S] under a drift");
}

TEST(Bootstrap, AMultiplierScalesTheDeviationFromTheMean) {
    auto text = bootstrap(10, 1);
    text.append(
        "[[stress]]\nat_days = 0\nduration_days = 0.5\n"
        "realised_volatility_multiplier = 3.0");
    std::vector<double> logs;
    for (const float s : spots(text, 64)) logs.push_back(std::log(s / 100.0));
    const Moments m = moments_of(logs);
    const double volatility = text.load().market.volatility;
    // Half of each return at 3 and half at 1.
    test::expect_within_sigma(m.sd, m.sd_se, 2.0 * volatility * std::sqrt(day), 4.0, "sd");
}

TEST(Bootstrap, ClosedIntervalsTakeNoReturn) {
    auto text = bootstrap(1, 20);
    text.append("[[simulation.closed]]\nfrom_days = 4\nto_days = 14\nvariance_weight = 0.0");
    std::vector<double> logs;
    for (const float s : spots(text, 64)) logs.push_back(std::log(s / 100.0));
    const Moments m = moments_of(logs);
    const double volatility = text.load().market.volatility;
    test::expect_within_sigma(m.sd, m.sd_se, volatility * std::sqrt(10 * day), 4.0, "sd");
}

TEST(Hawkes, DiscountedPriceIsAMartingale) {
    for (const char* initial : {"", "initial_intensity = 900"}) {
        auto text = hawkes().append(initial);
        text.set("market.rate", "0.09").set("market.dividend_yield", "0.03");
        text.append(
            "[[stress]]\nat_days = 3.3\nduration_days = 4\n"
            "realised_volatility_multiplier = 2.0");
        text.append(
            "[[simulation.closed]]\nfrom_days = 10.5\nto_days = 12\n"
            "variance_weight = 0.3");
        const Moments m = moments_of(spots(text, 128));
        test::expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(0.06 * 30 * day), 4.0,
                                  std::string("E[S] ") + initial);
        EXPECT_LT(4.0 * m.mean_se, 0.3);  // the jumps alone would move it by 40
    }
}

TEST(BitcoinByTheHour, IsReadReplayedAndResampled) {
    const auto data = test::shared_data();
    if (!data) HS_SKIP_OR_FAIL("data", "the folder of public price series is not here");
    const test::TempFolder folder;
    std::filesystem::copy_file(*data / "btcusdt_binance_1h_2017_2021.csv", folder / "btc.csv");
    const std::string series =
        "[market.series]\nfile = 'btc.csv'\ntime_column = 'hour_utc'\nprice_column = 'close'\n"
        "gaps = 'drop'\n";
    auto crash = days(history("replay"), 2);
    crash.set("simulation.steps", "48").append(series);
    crash.append("[market.replay]\nstart = '2020-03-12T00:00:00Z'");
    const auto market = scenario::load(folder.write("replay.toml", crash.str())).market;
    EXPECT_EQ(market.series->stretches.size(), 7u);
    EXPECT_NEAR(market.volatility, 0.85, 0.15);
    auto blocks = days(history("bootstrap"), 2);
    blocks.set("simulation.steps", "48").append(series);
    blocks.append("[market.bootstrap]\nmean_block_hours = 24");
    const auto s = test::outcomes(scenario::load(folder.write("boot.toml", blocks.str())), 16,
                                  {{test::the_path, Column::spot}})[0];
    const Moments m = moments_of(s);
    EXPECT_NEAR(m.mean, 100.0, 1.0);  // with blocks no exact martingale
}

}  // namespace
}  // namespace hedgestorm
