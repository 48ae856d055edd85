// SPDX-License-Identifier: Apache-2.0
#pragma once

// What stress makes of the market besides its price: tables for what is scripted, figures for what
// strikes on the path.

#include <vector>

#include "hedgestorm/conditions.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Straight lines between the knots, from a price of 1 at age 0 on; the last one is flat.
std::vector<PegStretch<double>> peg_stretches(const std::vector<scenario::PegKnot>& knots);

/// Price at an age; after the last knot it stays, or with a decay goes back to 1 [1/years].
double peg_price(const std::vector<PegStretch<double>>& stretches, double decay, double age);

/// Makes no table that nothing is in.
void make_conditions(const scenario::Scenario& scenario, const Grid& grid,
                     MarketTables<double>& tables, MarketParams<double>& params);

}  // namespace hedgestorm::plan
