// SPDX-License-Identifier: Apache-2.0
#pragma once

// A search without derivatives for the least of one figure, by NLopt. On the same paths the figure
// is a smooth enough curve of continuous parameters.

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace hedgestorm::tune {

/// The figure at a point of the unit cube; nothing: stop.
using UnitFigure = std::function<std::optional<double>(const std::vector<double>&)>;

/// Looks at no more than `most` points from `start` on, by the subplex method (Rowan, thesis,
/// University of Texas at Austin, 1990), until a step of a thousandth of the range changes nothing.
void refine(const std::vector<double>& start, std::size_t most, const UnitFigure& figure);

}  // namespace hedgestorm::tune
