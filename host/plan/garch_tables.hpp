// SPDX-License-Identifier: Apache-2.0
#pragma once

// The steps of a market whose variance answers to its returns.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

void make_garch(const scenario::Garch& garch, const Grid& grid, const StressScript& script,
                MarketTables<double>& tables, MarketParams<double>& params);

}  // namespace hedgestorm::plan
