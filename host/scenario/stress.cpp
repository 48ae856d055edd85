// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

namespace {

/// ln of the move, from whichever of the two ways it was typed.
double log_move(const StressSpec& typed, Problems& problems) {
    if (typed.spot_move.typed && typed.spot_log_move.typed)
        problems.add(typed.spot_log_move.place, typed.path + ".spot_log_move",
                     "says what spot_move says already", "keep one of the two");
    if (typed.spot_move.has()) return std::log1p(*typed.spot_move);
    return typed.spot_log_move.has() ? *typed.spot_log_move : 0.0;
}

double or_one(const Field<double>& multiplier) {
    return multiplier.has() ? *multiplier : 1.0;
}

}  // namespace

/// Years. What fades faster has ended for any grid; three milliseconds.
constexpr double least_half_life = 1e-10;

std::vector<Stress> validate_stresses(const std::vector<StressSpec>& specs,
                                      const Calendar& calendar, double horizon,
                                      Problems& problems) {
    std::vector<Stress> stresses;
    for (const StressSpec& typed : specs) {
        Stress stress;
        if (typed.name.has()) stress.name = *typed.name;
        if (typed.at.has()) stress.at = calendar.years(*typed.at);
        if (typed.duration.has()) stress.duration = calendar.years(*typed.duration);
        if (typed.half_life.has()) stress.half_life = calendar.years(*typed.half_life);
        if (typed.half_life.has() && stress.half_life < least_half_life)
            problems.add(typed.half_life.place, typed.path + ".half_life",
                         "is less than three milliseconds",
                         "leave it out: the multipliers then end with the duration");
        stress.spot_log_move = log_move(typed, problems);
        stress.realised_volatility_multiplier = or_one(typed.realised_volatility_multiplier);
        stress.implied_volatility_multiplier = or_one(typed.implied_volatility_multiplier);
        stress.half_spread_multiplier = or_one(typed.half_spread_multiplier);

        const double end = horizon * (1.0 + same_time);
        if (horizon > 0.0 && stress.at > end)
            problems.add(typed.at.place, typed.path + ".at", "is beyond the horizon");
        else if (horizon > 0.0 && stress.at + stress.duration > end)
            problems.add(typed.duration.place, typed.path + ".duration", "ends beyond the horizon",
                         "shorten it, or move the stress or the horizon");
        const bool scales = stress.realised_volatility_multiplier != 1.0 ||
                            stress.implied_volatility_multiplier != 1.0 ||
                            stress.half_spread_multiplier != 1.0;
        const bool lasts = stress.duration > 0.0 || typed.half_life.typed || !typed.duration.has();
        if (scales && !lasts)
            problems.add(typed.place, typed.path,
                         "has a multiplier but neither duration nor half_life, so it would act for "
                         "no time",
                         "add duration_hours or half_life_hours");
        stresses.push_back(stress);
    }
    return stresses;
}

}  // namespace hedgestorm::scenario
