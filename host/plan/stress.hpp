// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the scripted stresses do to a stretch of time: moves, multipliers, and integrals of the
// squared multipliers to the last digits of a double.
//
// m(t) = M from `at` to `at + duration`, then 1 + (M - 1) 2^(-(t - end)/half_life), or 1 without a
// half-life. Moves are even over the duration, and a part of one may be given back after it.
// Overlapping multipliers multiply. `severity` scales moves in log and multipliers as
// powers.

#include <limits>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

class StressScript {
  public:
    explicit StressScript(const scenario::Scenario& scenario);

    /// ln of the scripted move over (from, to]; a gap at 0 belongs to the first interval.
    double log_move(double from, double to) const;

    /// Integral of the squared realised-volatility multiplier over [from, to], which no stress
    /// starts or ends inside [years]. Only stresses that have begun by `known_at` count.
    double realised_square_integral(
        double from, double to, double known_at = std::numeric_limits<double>::infinity()) const;

    /// When stresses of the realised volatility begin, ascending, each once [years].
    std::vector<double> realised_starts() const;

    /// Multipliers in force at time t, after what happens at t; all 1 at t = 0.
    double realised_multiplier(double t) const;
    double implied_multiplier(double t) const;
    double half_spread_multiplier(double t) const;

  private:
    struct Entry {
        double at;
        double end;
        double log_move;
        double returned;     ///< log move given back after `end` ...
        double return_time;  ///< ... evenly over this time [years]
        double realised;
        double implied;
        double half_spread;
        double decay;  ///< ln 2 / half_life, or 0: ends at once
    };

    double multiplier(double t, double Entry::*member) const;

    std::vector<Entry> entries_;
};

}  // namespace hedgestorm::plan
