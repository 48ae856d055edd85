// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about markets out of history, and about jumps that cluster as
// history's do: their parameters, and whether the series fits the grid and the horizon.

#include <vector>

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

/// Log returns within the stretches of a series, one after another.
std::vector<double> log_returns(const Series& series);

/// Fills the parts of scenario.market that belong to hawkes, bootstrap and replay. The simulation
/// and the stresses are there already.
void validate_history(const ScenarioSpec& spec, const Calendar& calendar, Scenario& scenario,
                      Problems& problems);

}  // namespace hedgestorm::scenario
