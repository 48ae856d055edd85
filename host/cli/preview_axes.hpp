// SPDX-License-Identifier: Apache-2.0
#pragma once

// The axes of a preview: time in a unit that suits the horizon, and quantities over what is drawn
// of them.

#include <string>

#include "host/plot/page.hpp"
#include "host/preview/preview.hpp"

namespace hedgestorm::cli {

/// How times are shown.
struct TimeUnit {
    std::string name;  ///< "hours"
    double per_year;
    std::vector<double> steps;  ///< that ticks may be apart
};

TimeUnit time_unit(const preview::Preview& preview);
plot::Axis time_axis(const preview::Preview& preview, const TimeUnit& unit);

/// Everything that is drawn of a fan and of the samples of it, about `ticks` of them: the price on
/// a logarithmic scale where it spans more than a factor of 3; anything else from 0 where that is
/// near.
plot::Axis quantity_axis(const preview::Preview& preview, std::size_t fan, int ticks);

}  // namespace hedgestorm::cli
