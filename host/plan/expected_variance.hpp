// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the model makes of the market's variance on average until an expiry, seen from each grid
// time: for the valuation "expected".
//
// Of the script it knows what has begun: a stress in force runs its course and fades, one that is
// still to come is a surprise. Closed windows are a calendar, and known. Momentum adds no variance.

#include <vector>

#include "hedgestorm/params.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// known + per_variance v, v the variance of the market's own process at that time; without such a
/// process all of it is known [per year, by the calendar].
struct MeanVariance {
    double known = 0.0;
    double per_variance = 0.0;
};

/// At t_0, then at the end of each step; from the expiry on, 0.
std::vector<MeanVariance> expected_variance(const scenario::Scenario& scenario, const Grid& grid,
                                            const StressScript& script, double expiry);

}  // namespace hedgestorm::plan
