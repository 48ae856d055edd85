// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/timeline.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::ScenarioText;

ScenarioText closed(const std::string& window) {
    return ScenarioText().append("[[simulation.closed]]\n" + window);
}

ScenarioText segments(const std::string& tables) {
    return ScenarioText().without("simulation.steps").append(tables);
}

TEST(Timeline, StepsMayBeSaidPerDay) {
    const Scenario s =
        ScenarioText().without("simulation.steps").set("simulation.steps_per_day", "24").load();
    ASSERT_EQ(s.simulation.segments.size(), 1u);
    EXPECT_EQ(s.simulation.segments[0].steps, 720u);
    EXPECT_EQ(s.simulation.segments[0].until, s.simulation.horizon);
}

TEST(Timeline, StepsComeToAWholeNumber) {
    EXPECT_PROBLEM(
        ScenarioText().without("simulation.steps").set("simulation.steps_per_day", "0.77"),
        "simulation.steps_per_day", "whole number");
    EXPECT_PROBLEM(
        ScenarioText().without("simulation.steps").set("simulation.steps_per_day", "1e9"),
        "simulation.steps_per_day", "at most 5000000");
}

TEST(Timeline, StepsAreSaidOneWay) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.steps_per_day", "1"), "simulation.steps_per_day",
                   "steps says already");
    EXPECT_PROBLEM(ScenarioText().without("simulation.steps"), "simulation.steps", "is missing");
    EXPECT_PROBLEM(ScenarioText().append("[[simulation.segment]]\nuntil_days=30\nsteps=1"),
                   "simulation.steps", "[[simulation.segment]]");
}

TEST(Timeline, SegmentsFollowOneAnotherToTheHorizon) {
    const Scenario s = segments(
                           "[[simulation.segment]]\nuntil_days = 3\nsteps_per_day = 1\n"
                           "[[simulation.segment]]\nuntil_hours = 96\nsteps_per_day = 1440\n"
                           "[[simulation.segment]]\nuntil_days = 30\nsteps = 26")
                           .load();
    ASSERT_EQ(s.simulation.segments.size(), 3u);
    EXPECT_EQ(s.simulation.segments[0].steps, 3u);
    EXPECT_EQ(s.simulation.segments[1].steps, 1440u);
    EXPECT_EQ(s.simulation.segments[1].until, 4.0 / 365.0);
    EXPECT_EQ(s.simulation.segments[2].until, s.simulation.horizon);
}

TEST(Timeline, SegmentsThatDoNotFitAreErrors) {
    const std::string all = "[[simulation.segment]]\nuntil_days = 30\nsteps = 3\n";
    EXPECT_PROBLEM(segments("[[simulation.segment]]\nuntil_days = 29\nsteps = 3"),
                   "simulation.segment[0].until", "before the horizon");
    EXPECT_PROBLEM(segments("[[simulation.segment]]\nuntil_days = 31\nsteps = 3"),
                   "simulation.segment[0].until", "beyond the horizon");
    EXPECT_PROBLEM(segments(all + all), "simulation.segment[1].until", "not after");
    EXPECT_PROBLEM(segments("[[simulation.segment]]\nuntil_days = 30"),
                   "simulation.segment[0].steps", "is missing");
    EXPECT_PROBLEM(segments("[[simulation.segment]]\nuntil_days = 1\nsteps = 4000000\n"
                            "[[simulation.segment]]\nuntil_days = 30\nsteps = 4000000"),
                   "simulation.segment", "8000000 steps in all");
}

TEST(Timeline, HorizonIsFromASecondToACentury) {
    EXPECT_PROBLEM(ScenarioText().set("simulation.horizon_days", "1e-6"), "simulation.horizon",
                   "from 1 second");
    EXPECT_PROBLEM(ScenarioText().set("simulation.horizon_days", "36501"), "simulation.horizon",
                   "100 years");
    EXPECT_PROBLEM(ScenarioText().set("simulation.horizon_days", "0"), "simulation.horizon_days",
                   "above 0");
    EXPECT_NO_THROW(ScenarioText()
                        .without("simulation.horizon_days")
                        .set("simulation.horizon_seconds", "1")
                        .load());
}

TEST(Timeline, ClosedWindowsAreReadWhole) {
    const Scenario s =
        closed("from_hours = 8\nto_hours = 24\nevery_days = 7\nvariance_weight = 0.2").load();
    ASSERT_EQ(s.simulation.closed.size(), 1u);
    const ClosedWindow& window = s.simulation.closed[0];
    EXPECT_DOUBLE_EQ(window.from, 8.0 / 8760.0);
    EXPECT_EQ(window.to, 1.0 / 365.0);
    EXPECT_EQ(window.every, 7.0 / 365.0);
    EXPECT_EQ(window.variance_weight, 0.2);
}

TEST(Timeline, ClosedWindowsLieWithinTheHorizonInOrder) {
    EXPECT_PROBLEM(closed("from_days = 2\nto_days = 1"), "simulation.closed[0].to", "not after");
    EXPECT_PROBLEM(closed("from_days = 31\nto_days = 32"), "simulation.closed[0].from",
                   "beyond the horizon");
    EXPECT_PROBLEM(closed("from_days = 29\nto_days = 32"), "simulation.closed[0].to",
                   "beyond the horizon");
    EXPECT_NO_THROW(closed("from_days = 1\nto_days = 3\nevery_days = 7").load());
}

TEST(Timeline, ClosedWindowsDoNotOverlap) {
    EXPECT_PROBLEM(closed("from_days = 1\nto_days = 3\nevery_days = 1"), "simulation.closed[0]",
                   "overlaps itself");
    EXPECT_PROBLEM(closed("from_days = 1\nto_days = 2\nevery_days = 7\n"
                          "[[simulation.closed]]\nfrom_days = 15\nto_days = 15.5"),
                   "simulation.closed[1]", "overlaps simulation.closed[0]");
    EXPECT_NO_THROW(closed("from_days = 1\nto_days = 2\nevery_days = 7\n"
                           "[[simulation.closed]]\nfrom_days = 2\nto_days = 3\nevery_days = 7")
                        .load());
}

TEST(Timeline, AWindowCannotRepeatWithoutEnd) {
    EXPECT_PROBLEM(closed("from_days = 1\nto_seconds = 86400.00001\nevery_seconds = 0.0001"),
                   "simulation.closed[0].every", "more than 100000 closures");
}

TEST(Calendar, TurnsAnyUnitIntoYears) {
    const Calendar calendar(360.0);
    EXPECT_EQ(calendar.years({36.0, TimeUnit::days}), 0.1);
    EXPECT_EQ(calendar.years({0.3, TimeUnit::years}), 0.3);
    EXPECT_EQ(calendar.years({24.0 * 36.0, TimeUnit::hours}), 0.1);
    EXPECT_EQ(calendar.days({1.0, TimeUnit::years}), 360.0);
}

}  // namespace
}  // namespace hedgestorm::scenario
