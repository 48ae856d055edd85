// SPDX-License-Identifier: Apache-2.0
#pragma once

// Jumps that excite further ones.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Throws ScenarioError where more jumps may fall into a rebalance interval than are drawn.
void make_hawkes(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                 MarketParams<double>& params);

/// Bound on the probability of more than `most` jumps within `clock` of an intensity that stands at
/// `intensity`.
double more_jumps_than(double most, const scenario::Hawkes& hawkes, double intensity, double clock);

}  // namespace hedgestorm::plan
