// SPDX-License-Identifier: Apache-2.0

// The shipped crisis scenarios against the history they claim to repeat.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm::test {
namespace {

constexpr double hours_per_year = 24.0 * 365.0;

/// Annualised as the fact was: hourly closes, sqrt(8760).
double annualised(const std::vector<double>& hourly_returns) {
    double square = 0.0;
    for (const double r : hourly_returns) square += r * r;
    return std::sqrt(square * hours_per_year / static_cast<double>(hourly_returns.size()));
}

/// Mean and variance of the log return of each hour of [from, to), from the plan's own steps.
struct Hour {
    double drift = 0.0;
    double variance = 0.0;
};

std::vector<Hour> hours_of(const plan::Plan& plan, int from, int to) {
    const auto& steps = plan.view().single->step;
    std::vector<Hour> hours(static_cast<std::size_t>(to - from));
    for (std::size_t i = 0; i < plan.grid().steps.size(); ++i) {
        const auto& step = plan.grid().steps[i];
        const double hour = 0.5 * (step.from + step.to) * hours_per_year - from;
        if (hour < 0.0 || hour >= to - from) continue;
        Hour& into = hours[static_cast<std::size_t>(hour)];
        const double volatility = steps[static_cast<std::uint32_t>(i)].volatility * std::log(2.0);
        into.drift += steps[static_cast<std::uint32_t>(i)].drift * std::log(2.0);
        into.variance += volatility * volatility;
    }
    return hours;
}

TEST(BlackThursday, MedianPathHasTheRealisedVolatilityOfTheDay) {
    const auto scenario =
        scenario::load(std::string(HEDGESTORM_SOURCE_DIR) + "/scenarios/black-thursday-2020.toml");
    const plan::Plan plan(scenario);
    const std::vector<Hour> hours = hours_of(plan, 10, 34);
    std::mt19937_64 random(2020);
    std::normal_distribution<double> normal;
    std::vector<double> volatilities;
    for (int path = 0; path < 4001; ++path) {
        std::vector<double> returns;
        for (const Hour& hour : hours)
            returns.push_back(hour.drift + std::sqrt(hour.variance) * normal(random));
        volatilities.push_back(annualised(returns));
    }
    std::nth_element(volatilities.begin(), volatilities.begin() + 2000, volatilities.end());
    // 715 % from 10:00 UTC on 12 March 2020, hourly closes of BTC/USDT on Binance. The median of
    // 4001 paths has a standard error of 0.3 % of it; 10 % is what the scenario claims.
    EXPECT_NEAR(volatilities[2000], 7.15, 0.10 * 7.15);
}

TEST(BlackThursday, ScriptedMovesEndWhereHistoryDid) {
    const auto scenario =
        scenario::load(std::string(HEDGESTORM_SOURCE_DIR) + "/scenarios/black-thursday-2020.toml");
    double first = 0.0;
    double second = 0.0;
    for (const auto& stress : scenario.stresses) {
        if (stress.name == "first leg") first = stress.spot_log_move;
        if (stress.name == "second leg" || stress.name == "the low") second += stress.spot_log_move;
    }
    EXPECT_NEAR(first, std::log(6015.0 / 7354.0), 0.001);
    EXPECT_NEAR(second, std::log(3782.0 / 5803.0), 0.001);
}

TEST(BlackThursday, FactsAreThoseOfThePriceHistory) {
    const auto folder = shared_data();
    if (!folder)
        HS_SKIP_OR_FAIL("shared-data", "the hourly bitcoin prices are not beside this checkout");
    std::ifstream file(*folder / "btcusdt_binance_1h_2017_2021.csv");
    ASSERT_TRUE(file);
    std::vector<double> closes;
    std::string line;
    while (std::getline(file, line)) {
        // The close before 10:00, then the closes of the 24 hours from 10:00 on 12 March.
        if (line < "2020-03-12T09" || line >= "2020-03-13T10") continue;
        std::size_t at = 0;
        for (int comma = 0; comma < 4; ++comma) at = line.find(',', at) + 1;
        closes.push_back(std::stod(line.substr(at)));
    }
    ASSERT_EQ(closes.size(), 25u);
    std::vector<double> returns;
    for (std::size_t i = 1; i < closes.size(); ++i)
        returns.push_back(std::log(closes[i] / closes[i - 1]));
    EXPECT_NEAR(annualised(returns), 7.15, 0.01);
}

}  // namespace
}  // namespace hedgestorm::test
