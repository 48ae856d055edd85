// SPDX-License-Identifier: Apache-2.0
#pragma once

// The stresses that strike at random or on a condition, as a path sees them.

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// An age is a sum of steps in the path's arithmetic. In floats a sum of ten thousand of them is
/// off by less than this share (their rounding errors, 6e-8 each, add up like a random walk), and
/// must not end a stress a step early.
inline constexpr double age_grace = 1e-5;

OverlayMultiplier<double> multiplier_of(double m);

/// Throws ScenarioError where the scenario's model or figures cannot take them.
void make_overlays(const scenario::Scenario& scenario, const Grid& grid,
                   MarketTables<double>& tables, MarketParams<double>& params);

}  // namespace hedgestorm::plan
