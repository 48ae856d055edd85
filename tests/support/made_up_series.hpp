// SPDX-License-Identifier: Apache-2.0
#pragma once

// A price series for tests: returns with clusters of volatility, the same at every call.

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "host/scenario/instant.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

inline std::vector<double> made_up_prices(std::size_t count) {
    std::mt19937_64 random(20240607);
    std::normal_distribution<double> normal;
    std::vector<double> prices = {250.0};
    double volatility = 0.02;
    while (prices.size() < count) {
        volatility = 0.002 + 0.9 * volatility + 0.001 * std::fabs(normal(random));
        prices.push_back(prices.back() * std::exp(volatility * normal(random) + 0.001));
    }
    return prices;
}

/// The prices as a CSV file of so many seconds' spacing, from 2020-01-01 on.
inline std::string series_csv(const std::vector<double>& prices, std::int64_t spacing = 86'400) {
    std::string text = "time,close\n";
    std::int64_t time = *scenario::instant_in("2020-01-01");
    for (const double price : prices) {
        text += fmt::format("{},{}\n", scenario::shown(time), price);
        time += spacing * 1000;
    }
    return text;
}

/// The prices written out in a scenario, without a file.
inline std::string series_table(const std::vector<double>& prices, double spacing = 86'400) {
    return fmt::format(
        "[market.series]\nspacing_seconds = {}\n[[market.series.stretch]]\n"
        "start = '2020-01-01T00:00:00Z'\nprices = [{}]",
        spacing, fmt::join(prices, ", "));
}

/// The base scenario in a market without a volatility of its own.
inline ScenarioText history(const std::string& model) {
    return ScenarioText().without("market.volatility").set("market.model", "'" + model + "'");
}

}  // namespace hedgestorm::test
