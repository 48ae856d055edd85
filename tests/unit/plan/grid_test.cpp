// SPDX-License-Identifier: Apache-2.0

#include "host/plan/grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/support/error.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

/// Six days in six steps.
ScenarioText six_days() {
    return ScenarioText()
        .set("simulation.horizon_days", "6")
        .set("simulation.steps", "6")
        .set("option.expiry_days", "6");
}

std::vector<double> days_of(const Grid& grid) {
    std::vector<double> days;
    for (const auto& step : grid.steps) days.push_back(step.to / day);
    return days;
}

void expect_days(const Grid& grid, const std::vector<double>& expected) {
    const auto days = days_of(grid);
    ASSERT_EQ(days.size(), expected.size());
    double from = 0.0;
    for (std::size_t i = 0; i < days.size(); ++i) {
        EXPECT_NEAR(days[i], expected[i], 1e-9) << i;
        EXPECT_NEAR(grid.steps[i].from / day, from, 1e-9) << i;
        from = days[i];
    }
}

std::vector<std::uint32_t> rebalances(const Grid& grid) {
    std::vector<std::uint32_t> all;
    for (const auto& step : grid.steps) all.push_back(step.rebalance);
    return all;
}

std::vector<std::uint32_t> draws(const Grid& grid) {
    std::vector<std::uint32_t> all;
    for (const auto& step : grid.steps) all.push_back(step.draw);
    return all;
}

using Numbers = std::vector<std::uint32_t>;

TEST(Grid, IsTheRebalancePointsWhenNothingElseHappens) {
    const Grid grid = make_grid(six_days().load());
    expect_days(grid, {1, 2, 3, 4, 5, 6});
    EXPECT_EQ(rebalances(grid), (Numbers{1, 2, 3, 4, 5, 0}));  // nobody trades at the horizon
    EXPECT_EQ(draws(grid), (Numbers{0, 1, 2, 3, 4, 5}));
    EXPECT_TRUE(grid.pieces.empty());
    EXPECT_EQ(grid.rebalance_steps, 6u);
}

TEST(Grid, JoinsExpiriesStressesAndWindowsToTheRebalancePoints) {
    const Grid grid =
        make_grid(six_days()
                      .set("option.expiry_days", "4.25")
                      .append("[[stress]]\nat_days = 1.5\nduration_days = 1\nspot_move = -0.1")
                      .append("[[simulation.closed]]\nfrom_days = 4.5\nto_days = 4.75")
                      .load());
    expect_days(grid, {1, 1.5, 2, 2.5, 3, 4, 4.25, 4.5, 4.75, 5, 6});
    EXPECT_EQ(rebalances(grid), (Numbers{1, 0, 2, 0, 3, 4, 0, 0, 0, 5, 0}));
    EXPECT_EQ(draws(grid), (Numbers{0, 1, 1, 2, 2, 3, 4, 4, 4, 4, 5}));
    EXPECT_EQ(grid.pieces.size(), 8u);
    EXPECT_EQ(grid.steps[8].variance_weight, 0.0);
    EXPECT_EQ(grid.steps[7].variance_weight, 1.0);
    EXPECT_EQ(grid.steps[9].variance_weight, 1.0);
}

TEST(Grid, SnapsEventsThatFallOnAStepButForRounding) {
    // 1e-10 of a step away is the step; 1e-8 is a time of its own.
    expect_days(make_grid(six_days().set("option.expiry_days", "3.0000000001").load()),
                {1, 2, 3, 4, 5, 6});
    EXPECT_EQ(make_grid(six_days().set("option.expiry_days", "3.00000001").load()).steps.size(),
              7u);
    EXPECT_EQ(make_grid(six_days().set("option.expiry_days", "2.9999999999").load()).steps.size(),
              6u);
    // Events beyond the horizon are none of the grid's.
    expect_days(make_grid(six_days().set("option.expiry_days", "9").load()), {1, 2, 3, 4, 5, 6});
}

TEST(Grid, DropsRebalancePointsInsideClosedWindowsAndKeepsTheDraws) {
    const Grid grid = make_grid(six_days()
                                    .append("[[simulation.closed]]\nfrom_days = 1\nto_days = 4\n"
                                            "variance_weight = 0.25")
                                    .load());
    // Trades at the close and at the opening, not between; what follows keeps its own draws.
    expect_days(grid, {1, 4, 5, 6});
    EXPECT_EQ(rebalances(grid), (Numbers{1, 2, 3, 0}));
    EXPECT_EQ(draws(grid), (Numbers{0, 1, 4, 5}));
    EXPECT_EQ(grid.steps[1].variance_weight, 0.25);
}

TEST(Grid, RepeatsWindowsUpToTheHorizon) {
    const Grid grid = make_grid(
        six_days()
            .append("[[simulation.closed]]\nfrom_hours = 12\nto_hours = 24\nevery_days = 2")
            .load());
    expect_days(grid, {0.5, 1, 2, 2.5, 3, 4, 4.5, 5, 6});
    for (const std::size_t closed : {1u, 4u, 7u})
        EXPECT_EQ(grid.steps[closed].variance_weight, 0.0);
    EXPECT_EQ(rebalances(grid), (Numbers{0, 1, 2, 0, 3, 4, 0, 5, 0}));
}

TEST(Grid, FollowsItsSegments) {
    const Grid grid = make_grid(six_days()
                                    .without("simulation.steps")
                                    .append("[[simulation.segment]]\nuntil_days = 2\nsteps = 4")
                                    .append("[[simulation.segment]]\nuntil_days = 6\n"
                                            "steps_per_day = 0.5")
                                    .load());
    expect_days(grid, {0.5, 1, 1.5, 2, 4, 6});
}

TEST(Grid, BridgePiecesShareTheIntervalOut) {
    const Grid grid = make_grid(six_days().set("option.expiry_days", "3.25").load());
    ASSERT_EQ(grid.pieces.size(), 2u);
    const Piece& first = grid.pieces[0];
    EXPECT_NEAR(first.root, std::sqrt(day), 1e-15);
    EXPECT_NEAR(first.share, 0.25, 1e-9);
    EXPECT_NEAR(first.spread, std::sqrt(0.25 * 0.75 * day), 1e-12);
    EXPECT_NEAR(first.scale, 1.0 / std::sqrt(0.25 * day), 1e-7);
    EXPECT_EQ(grid.pieces[1].root, 0.0);
    EXPECT_EQ(grid.pieces[1].share, 1.0);
    EXPECT_EQ(grid.pieces[1].spread, 0.0);
    EXPECT_NE(first.draw, grid.pieces[1].draw);
}

TEST(Grid, FindsTheStepThatEndsAtATime) {
    const Grid grid = make_grid(six_days().set("option.expiry_days", "3.25").load());
    EXPECT_EQ(grid.step_ending_at(day), 0u);
    EXPECT_EQ(grid.step_ending_at(3.25 * day), 3u);
    EXPECT_EQ(grid.step_ending_at(6 * day), 6u);
    EXPECT_EQ(grid.step_ending_at(7 * day), grid.steps.size());
}

TEST(Grid, RefusesMoreEventsInAnIntervalThanTheBridgeHasRoomFor) {
    auto text = six_days();
    for (int i = 0; i < 300; ++i) {
        text.append("[[book.option]]\nname = 'o" + std::to_string(i) +
                    "'\nkind = 'call'\nstrike = 100\nexpiry_days = " +
                    std::to_string(2.1 + 0.001 * i) + "\nquantity = 1\nimplied_volatility = 0.2");
    }
    EXPECT_THROW(make_grid(text.load()), CapacityError);
}

}  // namespace
}  // namespace hedgestorm::plan
