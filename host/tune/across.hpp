// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of several scenarios as one.

#include <vector>

#include "host/tune/tune_file.hpp"

namespace hedgestorm::tune {

/// The least figure in each scenario of the candidates that have one there: what regret is measured
/// from. figures[candidate][scenario], of the same paths.
std::vector<Figure> least_by_scenario(const std::vector<std::vector<Figure>>& figures);

/// One objective of one policy over the scenarios: the weighted mean, the largest, or the largest
/// excess over `least`, which is asked for under Across::regret alone. NaN where one is missing.
Figure across_scenarios(const std::vector<Figure>& figures, const std::vector<double>& weights,
                        Across across, const std::vector<Figure>& least = {});

}  // namespace hedgestorm::tune
