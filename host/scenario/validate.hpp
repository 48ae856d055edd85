// SPDX-License-Identifier: Apache-2.0
#pragma once

// Spec -> Scenario: the rules that bind several keys, and the change into the simulator's units.

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// The scenario `spec` means. What breaks a rule is added to `problems`; the scenario is valid only
/// where that and reading added none. The texts and the hash are left for `load` to fill.
Scenario validate(const ScenarioSpec& spec, Problems& problems);

}  // namespace hedgestorm::scenario
