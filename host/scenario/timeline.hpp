// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about time: the horizon, the rebalance grid, closed windows and
// when stresses strike.

#include <optional>
#include <vector>

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// Times of a file in years.
class Calendar {
  public:
    explicit Calendar(double days_per_year) : days_per_year_(days_per_year) {}
    double years(const Time& time) const;
    double days(const Time& time) const;

  private:
    double days_per_year_;
};

/// Two times no further apart than this fraction are one time.
inline constexpr double same_time = 1e-9;

Simulation validate_simulation(const SimulationSpec& spec, const Calendar& calendar,
                               Problems& problems);

std::vector<Stress> validate_stresses(const std::vector<StressSpec>& specs,
                                      const Calendar& calendar, double horizon, double severity,
                                      Problems& problems);

}  // namespace hedgestorm::scenario
