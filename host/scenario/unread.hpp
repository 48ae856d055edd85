// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a scenario says of its stress that nothing in it reads.

#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::scenario {

/// A sentence for each such key, with the stresses that have it.
std::vector<std::string> unread_conditions(const Scenario& scenario);

}  // namespace hedgestorm::scenario
