// SPDX-License-Identifier: Apache-2.0
#pragma once

// The jumps of a market: their moments, and how many there are in each interval of the grid.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Jumps of any kind that arrive whatever the market's state, as the drift must know them.
struct JumpMoments {
    double intensity = 0.0;  ///< per year
    double relative = 0.0;   ///< E[e^J] - 1
    double square = 0.0;     ///< E[J^2]
};

JumpMoments jump_moments(const scenario::Market& market);

/// Throws ScenarioError where the intensity makes too many jumps in an interval.
void make_jumps(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                JumpParams<double>& jumps);

}  // namespace hedgestorm::plan
