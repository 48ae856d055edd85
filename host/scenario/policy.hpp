// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about the policies.

#include <vector>

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

/// `scenario` has its simulation, market and stresses already.
std::vector<Policy> validate_policies(const ScenarioSpec& spec, const Calendar& calendar,
                                      const Scenario& scenario, Problems& problems);

}  // namespace hedgestorm::scenario
