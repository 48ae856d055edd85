// SPDX-License-Identifier: Apache-2.0

#include "host/plan/overlay_tables.hpp"

#include <cmath>
#include <numbers>

#include "host/plan/scripted_stress.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::Stress;
using scenario::StressStart;

constexpr double log2_e = std::numbers::log2e;
constexpr double ln_2 = std::numbers::ln2;

OverlayStart start_of(const Stress& stress) {
    switch (stress.start) {
        case StressStart::drawdown:
            return OverlayStart::fall_from_peak;
        case StressStart::fall:
            return OverlayStart::fall_from_start;
        case StressStart::volatility:
            return OverlayStart::volatility_above;
        default:
            return OverlayStart::at_random;
    }
}

/// A fall as a log2 return, a volatility as a variance; nothing for chance.
double threshold_of(const Stress& stress) {
    switch (stress.start) {
        case StressStart::drawdown:
        case StressStart::fall:
            return std::log2(1.0 - stress.threshold);
        case StressStart::volatility:
            return stress.threshold * stress.threshold;
        default:
            return 0.0;
    }
}

OverlayParams<double> overlay_of(const Stress& stress, double severity) {
    const StressSize size(stress, severity);
    const double move = size.log_move * log2_e;
    OverlayParams<double> overlay{};
    overlay.start = start_of(stress);
    overlay.threshold = threshold_of(stress);
    overlay.duration = stress.duration;
    overlay.ramp = stress.ramp;
    overlay.rise = stress.ramp > 0.0 ? 1.0 / stress.ramp : 0.0;
    // With a half-life nothing jumps there.
    overlay.end = (stress.ramp + stress.duration) * (stress.half_life ? 1.0 : 1.0 + age_grace);
    overlay.fading = stress.half_life ? 1.0 / *stress.half_life : 0.0;
    if (stress.duration > 0.0) {
        overlay.speed = move / stress.duration;
    } else {
        overlay.gap = move;
    }
    if (stress.retracement > 0.0) {
        overlay.returned = stress.duration + stress.retracement_time;
        overlay.return_speed = move * stress.retracement / stress.retracement_time;
    }
    overlay.drift = size.drift * log2_e;
    overlay.realised = multiplier_of(size.realised);
    overlay.implied = multiplier_of(size.implied);
    overlay.half_spread = multiplier_of(size.half_spread);
    return overlay;
}

void refuse(const scenario::Scenario& scenario, const char* what, const char* hint) {
    throw ScenarioError({scenario.places.problem("stress", what, hint)});
}

}  // namespace

OverlayMultiplier<double> multiplier_of(double m) {
    return {m - 1.0, std::log2(m)};
}

void make_overlays(const scenario::Scenario& scenario, const Grid& grid,
                   MarketTables<double>& tables, MarketParams<double>& params) {
    double watched = 1.0;  // half-life of the moving average; any, where nobody watches
    for (const Stress& stress : scenario.stresses) {
        if (stress.start == StressStart::at_time) continue;
        tables.overlay.push_back(overlay_of(stress, scenario.severity));
        if (stress.start == StressStart::volatility) watched = stress.watch_half_life;
        if (tables.overlay.back().implied.excess != 0.0) params.implied_on_path = true;
    }
    if (tables.overlay.empty()) return;
    if (params.implied_on_path && scenario.risk.explain) {
        refuse(scenario,
               "multiplies implied volatility at a time only the path knows, which the Taylor "
               "explain cannot follow",
               "take out risk.explain, or give the stress a time");
    }
    const double volatility = total_volatility(scenario.market);
    params.watched_variance = volatility * volatility;
    double start = 0.0;
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const GridStep& step = grid.steps[i];
        // As a realised valuation's average: closed time without variance does not age it.
        const double keep = std::exp2(-step.clock() / watched);
        const double gain = step.clock() > 0.0 ? (1.0 - keep) / step.clock() * ln_2 * ln_2 : 0.0;
        tables.overlay_step.push_back({keep, gain});
        const double whole = step.to - start;
        for (const Stress& stress : scenario.stresses) {
            if (stress.start == StressStart::at_time) continue;
            const bool draws = grid.ends_interval(i) && stress.start == StressStart::at_random;
            tables.overlay_chance.push_back(draws ? -std::expm1(-stress.rate * whole) : 0.0);
        }
        if (grid.ends_interval(i)) start = step.to;
    }
}

}  // namespace hedgestorm::plan
