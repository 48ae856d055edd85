// SPDX-License-Identifier: Apache-2.0
#pragma once

// The steps of a market whose state is a Markov chain, and how the chain moves.

#include <vector>

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/market_tables.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// A square matrix, row by row.
using Matrix = std::vector<std::vector<double>>;

/// Transition probabilities of a chain with these rates (off the diagonal) after a time, each to
/// within rounding of itself: those to leave a state are not what is left of 1.
Matrix transition(const Matrix& rates, double time);

double highest_variance(const scenario::Regime& regime);

void make_regime(const scenario::Regime& regime, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params);

}  // namespace hedgestorm::plan
