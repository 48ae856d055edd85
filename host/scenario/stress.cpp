// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "host/scenario/sections.hpp"
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

/// What starts it: exactly one of at, rate_per_year, and a condition of `when`.
void set_start(const StressSpec& typed, const Calendar& calendar, Stress& stress,
               Problems& problems) {
    struct Way {
        bool chosen;
        StressStart start;
        double value;
    };
    const WhenSpec& when = typed.when;
    const auto or_zero = [](const Field<double>& field) { return field.has() ? *field : 0.0; };
    const Way ways[] = {
        {typed.at.typed, StressStart::at_time, typed.at.has() ? calendar.years(*typed.at) : 0.0},
        {typed.rate_per_year.typed, StressStart::at_random, or_zero(typed.rate_per_year)},
        {when.drawdown.typed, StressStart::drawdown, or_zero(when.drawdown)},
        {when.fall.typed, StressStart::fall, or_zero(when.fall)},
        {when.volatility_above.typed, StressStart::volatility, or_zero(when.volatility_above)},
    };
    int chosen = 0;
    for (const Way& way : ways) {
        if (!way.chosen) continue;
        ++chosen;
        stress.start = way.start;
        switch (way.start) {
            case StressStart::at_time:
                stress.at = way.value;
                break;
            case StressStart::at_random:
                stress.rate = way.value;
                break;
            default:
                stress.threshold = way.value;
        }
    }
    if (when.half_life.has()) stress.watch_half_life = calendar.years(*when.half_life);
    if (when.half_life.typed && !when.volatility_above.has())
        problems.add(when.half_life.place, when.path + ".half_life",
                     "does nothing here: it goes with volatility_above", "take it out");
    if (chosen == 1) return;
    problems.add(
        typed.place, typed.path,
        chosen == 0 ? "does not say when it starts" : "starts in more than one way",
        "write one of at_days (or another unit), rate_per_year, and when = { drawdown = 0.2 "
        "}, { fall = 0.2 } or { volatility_above = 0.8, half_life_hours = 24 }");
}

double or_one(const Field<double>& multiplier) {
    return multiplier.has() ? *multiplier : 1.0;
}

/// What it does to the market besides prices, volatilities and spreads.
void set_conditions(const StressSpec& typed, const Calendar& calendar, double severity,
                    Stress& stress, Problems& problems) {
    const auto or_zero = [](const Field<double>& field) { return field.has() ? *field : 0.0; };
    stress.depth_multiplier = or_one(typed.depth_multiplier);
    stress.latency_multiplier = or_one(typed.latency_multiplier);
    stress.basis_move = or_zero(typed.basis_move);
    stress.funding_rate = or_zero(typed.funding_rate);
    stress.borrow_rate = or_zero(typed.borrow_rate);
    stress.auto_deleverage = or_zero(typed.auto_deleverage);
    if (severity * stress.basis_move <= -1.0)
        problems.add(typed.basis_move.place, typed.path + ".basis_move",
                     fmt::format("is {} times severity = {}, which leaves the hedge no price",
                                 stress.basis_move, severity),
                     "their product must be above -1");
    if (typed.outage.has()) stress.outage = *typed.outage;
    if (stress.outage && typed.duration.has() && (*typed.duration).value == 0.0)
        problems.add(typed.outage.place, typed.path + ".outage", "needs a duration",
                     "say how long the venue is closed, as in duration_minutes = 24");
    if (typed.collateral_peg.has())
        for (const Knot& knot : *typed.collateral_peg)
            stress.collateral_peg.push_back(
                {calendar.years({knot.at, TimeUnit::hours}), knot.value});
    if (typed.venue_failure.recovery.has()) stress.venue_recovery = *typed.venue_failure.recovery;
}

/// What rises, holds and fades needs time to do so, and a ramp something to raise.
void check_strength(const StressSpec& typed, const Stress& stress, Problems& problems) {
    const bool lasts = stress.duration > 0.0 || typed.half_life.typed || !typed.duration.has();
    if (stress.has_strength() && !lasts)
        problems.add(typed.place, typed.path,
                     "has a multiplier or a level but neither duration nor half_life, so it would "
                     "act for no time",
                     "add duration_hours or half_life_hours");
    if (typed.ramp.has() && !stress.has_strength())
        problems.add(typed.ramp.place, typed.path + ".ramp",
                     "does nothing here: it goes with multipliers and levels, and moves know none",
                     "take it out, or spread the move over a duration");
}

/// Volatility is watched with one moving average.
void check_watch(const std::vector<StressSpec>& specs, const std::vector<Stress>& stresses,
                 Problems& problems) {
    const Stress* first = nullptr;
    for (std::size_t i = 0; i < stresses.size(); ++i) {
        if (stresses[i].start != StressStart::volatility) continue;
        if (first == nullptr) {
            first = &stresses[i];
        } else if (stresses[i].watch_half_life != first->watch_half_life) {
            problems.add(specs[i].when.half_life.place, specs[i].when.path + ".half_life",
                         "differs from that of another stress",
                         "volatility is watched with one moving average; give both the same");
        }
    }
}

}  // namespace

/// Years. What fades faster has ended for any grid; three milliseconds.
constexpr double least_half_life = 1e-10;

std::vector<Stress> validate_stresses(const std::vector<StressSpec>& specs,
                                      const Calendar& calendar, double horizon, double severity,
                                      Problems& problems) {
    std::vector<Stress> stresses;
    std::size_t unscripted = 0;
    for (const StressSpec& typed : specs) {
        Stress stress;
        if (typed.name.has()) stress.name = *typed.name;
        set_start(typed, calendar, stress, problems);
        if (typed.retracement.has()) stress.retracement = *typed.retracement;
        if (typed.retracement_time.has())
            stress.retracement_time = calendar.years(*typed.retracement_time);
        if (typed.duration.has()) stress.duration = calendar.years(*typed.duration);
        if (typed.ramp.has()) stress.ramp = calendar.years(*typed.ramp);
        if (typed.half_life.has()) stress.half_life = calendar.years(*typed.half_life);
        if (typed.half_life.has() && stress.half_life < least_half_life)
            problems.add(typed.half_life.place, typed.path + ".half_life",
                         "is less than three milliseconds",
                         "leave it out: the multipliers then end with the duration");
        stress.spot_log_move = log_move(typed, problems);
        stress.realised_volatility_multiplier = or_one(typed.realised_volatility_multiplier);
        stress.implied_volatility_multiplier = or_one(typed.implied_volatility_multiplier);
        stress.half_spread_multiplier = or_one(typed.half_spread_multiplier);
        if (typed.drift_move.has()) stress.drift_move = *typed.drift_move;
        set_conditions(typed, calendar, severity, stress, problems);

        const double end = horizon * (1.0 + same_time);
        if (stress.start != StressStart::at_time)
            ++unscripted;
        else if (horizon > 0.0 && stress.at > end)
            problems.add(typed.at.place, typed.path + ".at", "is beyond the horizon");
        else if (horizon > 0.0 && stress.at + stress.ramp + stress.duration > end)
            problems.add(typed.duration.place, typed.path + ".duration", "ends beyond the horizon",
                         "shorten it, or move the stress or the horizon");
        check_strength(typed, stress, problems);
        stresses.push_back(stress);
        if (unscripted > most_unscripted_stresses) {
            problems.add(typed.place, typed.path,
                         fmt::format("is one too many: at most {} may start at random or on a "
                                     "condition",
                                     most_unscripted_stresses),
                         "merge some, or give them a time");
            break;
        }
    }
    check_watch(specs, stresses, problems);
    return stresses;
}

}  // namespace hedgestorm::scenario
