// SPDX-License-Identifier: Apache-2.0
#pragma once

// Markets out of history: the returns and prices of a series, and how the grid steps through them.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Throws ScenarioError where closed windows leave a rebalance interval with a part of its time.
void make_bootstrap(const scenario::Scenario& scenario, const Grid& grid,
                    const StressScript& script, MarketTables<double>& tables,
                    MarketParams<double>& params);

void make_replay(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                 MarketParams<double>& params);

}  // namespace hedgestorm::plan
