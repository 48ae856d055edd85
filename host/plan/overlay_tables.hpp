// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stresses that strike at random or on a condition, as a path sees them.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Throws ScenarioError where the scenario's model or figures cannot take them.
void make_overlays(const scenario::Scenario& scenario, const Grid& grid,
                   MarketTables<double>& tables, MarketParams<double>& params);

}  // namespace hedgestorm::plan
