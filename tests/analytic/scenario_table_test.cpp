// SPDX-License-Identifier: Apache-2.0

// The table of shipped scenarios in scenarios/README.md against the scenarios.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/median_path.hpp"

namespace hedgestorm::test {
namespace {

const std::filesystem::path folder = std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "scenarios";

constexpr double hours_per_day = 24.0;

/// The closes of the horizon and how many there are in a year: those of weekdays where an exchange
/// shuts every week, of every day where none does.
std::pair<std::vector<double>, double> daily_closes(const scenario::Scenario& scenario) {
    const double horizon = scenario.simulation.horizon * 8760.0;
    double session = hours_per_day;
    for (const auto& window : scenario.simulation.closed)
        if (window.every > 0.0) session = std::min(session, window.from * 8760.0);
    const bool exchange = session < hours_per_day;
    std::vector<double> closes = {0.0};
    for (int day = 0; hours_per_day * day + session < horizon + 1e-6; ++day)
        if (!exchange || day % 7 < 5) closes.push_back(hours_per_day * day + session);
    return {closes, exchange ? 252.0 : 365.0};
}

/// How the row of a scenario begins: its fall and its volatility, where a median path has them.
std::string row(const std::filesystem::path& file) {
    const std::string name = file.stem().string();
    const scenario::Scenario scenario = scenario::load(file);
    const std::string start = fmt::format("| [{}]({}.toml) |", name, name);
    if (scenario.market.model != scenario::Model::gbm) return start + " – | – |";
    const plan::Plan plan(scenario);
    const MedianPath path(plan);
    const std::string fall = fmt::format(" {:.1f} % |", 100.0 * path.largest_drawdown().fraction);
    if (scenario.market.displacement != 0.0) return start + fall + " – |";
    const auto [closes, per_year] = daily_closes(scenario);
    return start + fall +
           fmt::format(" {:.0f} % |", 100.0 * path.mean_realised_volatility(closes, per_year));
}

TEST(ScenarioTable, SaysHowFarEachScenarioFallsAndHowMuchItMoves) {
    std::ifstream file(folder / "README.md");
    std::ostringstream text;
    text << file.rdbuf();
    std::vector<std::filesystem::path> scenarios;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".toml") scenarios.push_back(entry.path());
    std::sort(scenarios.begin(), scenarios.end());
    ASSERT_FALSE(scenarios.empty());
    std::string missing;
    for (const auto& scenario : scenarios) {
        const std::string expected = row(scenario);
        if (text.str().find(expected) == std::string::npos) missing += expected + "\n";
    }
    EXPECT_EQ(missing, "") << "rows that the table lacks";
}

}  // namespace
}  // namespace hedgestorm::test
