// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where an axis has its ticks: at round numbers.

#include <vector>

#include "host/plot/page.hpp"

namespace hedgestorm::plot {

/// Multiples of 1, 2 or 5 times a power of ten in [low, high], about `wanted` of them and at least
/// two where low < high.
std::vector<double> round_values(double low, double high, int wanted);

/// The multiples, in [low, high], of the first of `steps` (ascending) that gives at most `most`;
/// where none does, round_values.
std::vector<double> multiples(double low, double high, const std::vector<double>& steps, int most);

/// 1, 2 and 5 times powers of ten in [low, high], low > 0; more digits where those are too few,
/// powers alone where they are too many.
std::vector<double> round_values_of_log(double low, double high);

}  // namespace hedgestorm::plot
