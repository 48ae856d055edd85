// SPDX-License-Identifier: Apache-2.0
#pragma once

// Axes for what a picture holds, with round numbers along them.

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "host/plot/axis.hpp"

namespace hedgestorm::cli {

/// What is drawn along an axis, and how far it spans.
struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double x) {
        if (!std::isfinite(x)) return;
        low = std::min(low, x);
        high = std::max(high, x);
    }
    bool is_empty() const { return !(low <= high); }
};

/// A little wider than the extent.
plot::Axis axis_of(Extent extent, bool logarithmic, int ticks);

/// Whether numbers are spread in their logarithms rather than in themselves.
bool is_logarithmic(std::vector<double> values);

}  // namespace hedgestorm::cli
