// SPDX-License-Identifier: Apache-2.0
#include "host/preview/times.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/scenario_text.hpp"

namespace hedgestorm::preview {
namespace {

using test::ScenarioText;

constexpr double a_day = 1.0 / 365.0;

std::vector<double> times_of(const plan::Grid& grid, const std::vector<std::uint32_t>& steps) {
    std::vector<double> days;
    for (const std::uint32_t step : steps) days.push_back(grid.steps[step].to / a_day);
    return days;
}

bool holds(const std::vector<double>& days, double wanted) {
    return std::any_of(days.begin(), days.end(),
                       [&](double day) { return std::abs(day - wanted) < 1e-9; });
}

TEST(EventTimes, AreStartsAndEndsOfStressesAndOfSegments) {
    const auto scenario = ScenarioText()
                              .without("simulation.steps")
                              .append("[[simulation.segment]]\nuntil_days = 10\nsteps_per_day = 4")
                              .append("[[simulation.segment]]\nuntil_days = 30\nsteps_per_day = 1")
                              .append(
                                  "[[stress]]\nat_days = 7\nduration_days = 2\nspot_move = -0.1\n"
                                  "retracement = 0.5\nretracement_time_days = 4")
                              .append(
                                  "[[stress]]\nat_days = 26\nduration_days = 4\n"
                                  "implied_volatility_multiplier = 2")
                              .append("[[stress]]\nrate_per_year = 3\nspot_move = -0.1")
                              .load();
    const std::vector<double> times = event_times(scenario);
    ASSERT_EQ(times.size(), 5u);
    const double wanted[] = {7, 9, 10, 13, 26};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(times[i] / a_day, wanted[i], 1e-9);
}

TEST(ClosingTimes, AreThoseOfEveryWindowInsideTheHorizon) {
    const auto scenario =
        ScenarioText()
            .append("[[simulation.closed]]\nfrom_days = 5\nto_days = 7\nevery_days = 7")
            .load();
    const std::vector<Span> spans = closed_spans(scenario.simulation);
    ASSERT_EQ(spans.size(), 4u);
    EXPECT_NEAR(spans[3].from / a_day, 26.0, 1e-9);
    const std::vector<double> times = closing_times(spans, scenario.simulation.horizon);
    ASSERT_EQ(times.size(), 8u);
    EXPECT_NEAR(times[7] / a_day, 28.0, 1e-9);
}

TEST(ShownSteps, AreAllOfAShortGrid) {
    const plan::Grid grid = plan::make_grid(ScenarioText().load());
    EXPECT_EQ(shown_steps(grid, {}, {}, 100).size(), 30u);
}

TEST(ShownSteps, AreBoundedEvenlySpreadAndKeepEvents) {
    const plan::Grid grid = plan::make_grid(ScenarioText().set("simulation.steps", "43200").load());
    const std::vector<std::uint32_t> steps =
        shown_steps(grid, {10.0 * a_day, 20.0 * a_day}, {12.0 * a_day}, 100);
    EXPECT_LE(steps.size(), 100u);
    EXPECT_GE(steps.size(), 90u);
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
    EXPECT_EQ(std::adjacent_find(steps.begin(), steps.end()), steps.end());
    EXPECT_EQ(steps.back(), 43199u);
    const std::vector<double> days = times_of(grid, steps);
    const double minute = 1.0 / 1440.0;
    for (const double wanted : {10.0 - minute, 10.0, 10.0 + minute, 12.0, 20.0, 30.0})
        EXPECT_TRUE(holds(days, wanted)) << wanted;
    double widest = days.front();
    for (std::size_t i = 1; i < days.size(); ++i) widest = std::max(widest, days[i] - days[i - 1]);
    EXPECT_LT(widest, 30.0 / 80.0);
}

TEST(ShownSteps, AreBoundedEvenWhereEventsAreMore) {
    const plan::Grid grid = plan::make_grid(ScenarioText().set("simulation.steps", "43200").load());
    std::vector<double> events;
    for (int i = 1; i < 3000; ++i) events.push_back(0.01 * i * a_day);
    const auto steps = shown_steps(grid, events, {}, 100);
    EXPECT_EQ(steps.size(), 100u);
    EXPECT_EQ(steps.back(), 43199u);
    // Closing times that would be most of the picture are left out of it.
    EXPECT_LE(shown_steps(grid, {}, events, 100).size(), 100u);
}

}  // namespace
}  // namespace hedgestorm::preview
