// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of several scenarios as one.

#include <vector>

#include "host/tune/tune_file.hpp"

namespace hedgestorm::tune {

/// One objective over the scenarios. figures[candidate][scenario]; the regret of a candidate is its
/// excess over the candidate that is best in the same scenario, on the same paths.
std::vector<Figure> across_scenarios(const std::vector<std::vector<Figure>>& figures,
                                     const std::vector<double>& weights, Across across);

}  // namespace hedgestorm::tune
