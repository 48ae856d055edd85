// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about prices which may be negative: what a displaced market needs,
// and where spot and strikes may lie.

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// `scenario` has its market and its hedges already.
void check_displacement(const ScenarioSpec& spec, const Scenario& scenario, Problems& problems);

}  // namespace hedgestorm::scenario
