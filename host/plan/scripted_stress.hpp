// SPDX-License-Identifier: Apache-2.0
#pragma once

// One scripted stress: how its strength rises, holds and fades, and how large it is under the
// scenario's severity.
//
// The strength is 0 before the start a, (t - a)/ramp until the ramp is over at f, 1 until the
// duration is over too at e, then 2^(-(t - e)/half_life), or 0 without a half-life. A level L is L
// times the strength. A multiplier M is M^strength while it rises, so that it rises evenly in log,
// and 1 + (M - 1) strength afterwards (docs/model.md, "Market").

#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Times that differ by less are one time: far below any grid interval, far above rounding [years].
inline constexpr double same_instant = 1e-13;

struct StressCurve {
    double at;     ///< [years]
    double full;   ///< end of the ramp
    double end;    ///< end of the duration after it
    double decay;  ///< ln 2 / half_life [1/years]; 0: ends at once

    explicit StressCurve(const scenario::Stress& stress);

    bool rises_at(double t) const { return t < full - same_instant; }

    /// At time t, after what happens at t; 0 at t = 0, for the start acts just after it.
    double strength(double t) const;
    double multiplier(double m, double t) const;

    /// Integral of the strength over [from, to], exact [years].
    double strength_integral(double from, double to) const;

    /// ln of a multiplier while it rises, at t, and how fast that grows [1/years].
    double log_rise(double m, double t) const;
    double rise_rate(double m) const;
};

/// What a stress amounts to under a severity s: moves in log and levels times s, multipliers,
/// prices of collateral and the share of the hedge that is kept to the power s; what is there or
/// not is there where s > 0. Times stay.
struct StressSize {
    double log_move;
    double realised;
    double implied;
    double half_spread;
    double drift;  ///< [per year]
    double depth;
    double latency;
    double basis;    ///< [fraction of spot]
    double funding;  ///< [per year]
    double borrow;   ///< [per year]
    bool outage;     ///< from the start until `move_end`
    std::vector<scenario::PegKnot> peg;
    double kept;  ///< share of the hedge that auto-deleveraging leaves
    bool fails;   ///< the venue, at the start
    double recovery;

    StressSize(const scenario::Stress& stress, double severity);
};

struct ScriptedStress {
    StressCurve curve;
    StressSize size;
    double move_end;     ///< of the duration without the ramp: the move is even until here [years]
    double returned;     ///< log move given back after `move_end` ...
    double return_time;  ///< ... evenly over this time [years]

    /// Whether what happens once, at the start, falls into (from, to]; at 0 into the first
    /// interval.
    bool starts_in(double from, double to) const;
};

/// Those of a scenario, in its order.
std::vector<ScriptedStress> scripted_stresses(const scenario::Scenario& scenario);

}  // namespace hedgestorm::plan
