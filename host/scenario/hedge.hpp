// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about the hedge: what is traded, at what costs.

#include <vector>

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

/// `scenario` has its simulation, market and stresses already.
std::vector<Hedge> validate_hedges(const ScenarioSpec& spec, const Calendar& calendar,
                                   const Scenario& scenario, Problems& problems);

}  // namespace hedgestorm::scenario
