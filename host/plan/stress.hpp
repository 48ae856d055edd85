// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the scripted stresses do to a stretch of time: moves, multipliers, and integrals of the
// squared multipliers to the last digits of a double.
//
// Strength and multipliers of one stress are those of scripted_stress.hpp. Moves are even over the
// duration, and a part of one may be given back after it; a drift adds its integral. Overlapping
// multipliers multiply. `severity` scales moves in log and multipliers as powers.

#include <limits>
#include <vector>

#include "host/plan/scripted_stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

class StressScript {
  public:
    explicit StressScript(const scenario::Scenario& scenario);

    /// ln of the scripted move over (from, to], drift included; a gap at 0 belongs to the first
    /// interval.
    double log_move(double from, double to) const;

    /// Integral of the squared realised-volatility multiplier over [from, to], inside which no
    /// stress starts or ends, nor its ramp [years]. Only stresses that have begun by `known_at`
    /// count.
    double realised_square_integral(
        double from, double to, double known_at = std::numeric_limits<double>::infinity()) const;

    /// When stresses of the realised volatility begin, ascending, each once [years].
    std::vector<double> realised_starts() const;

    /// Multipliers in force at time t, after what happens at t; all 1 at t = 0.
    double realised_multiplier(double t) const;
    double implied_multiplier(double t) const;
    double half_spread_multiplier(double t) const;

  private:
    double multiplier(double t, double StressSize::*member) const;

    std::vector<ScriptedStress> entries_;
};

}  // namespace hedgestorm::plan
