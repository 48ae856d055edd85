// SPDX-License-Identifier: Apache-2.0

#include "host/plan/condition_tables.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/overlay_tables.hpp"
#include "host/plan/scripted_stress.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::Stress;
using scenario::StressStart;

/// One scripted stress with the line of its collateral's price.
struct Scripted {
    ScriptedStress stress;
    std::vector<PegStretch<double>> peg;
};

ConditionStep<double> at_end_of(const GridStep& step, const std::vector<Scripted>& script) {
    ConditionStep<double> at{};
    at.half_spread = at.depth = at.latency = at.collateral = at.kept = at.recovery = 1.0;
    at.is_open = true;
    const double t = step.to;
    for (const auto& [stress, peg] : script) {
        const StressCurve& curve = stress.curve;
        const StressSize& size = stress.size;
        const double strength = curve.strength(t);
        at.half_spread *= curve.multiplier(size.half_spread, t);
        at.depth *= curve.multiplier(size.depth, t);
        at.latency *= curve.multiplier(size.latency, t);
        at.basis += strength * size.basis;
        at.funding += strength * size.funding;
        at.borrow += strength * size.borrow;
        if (t < curve.at - same_instant) continue;
        at.collateral *= peg_price(peg, curve.decay, std::max(0.0, t - curve.at));
        const bool closed = size.outage && t < stress.move_end - same_instant;
        at.is_open = at.is_open && !closed && !size.fails;
        if (!stress.starts_in(step.from, step.to)) continue;
        at.kept *= size.kept;
        at.fails = at.fails || size.fails;
        if (size.fails) at.recovery *= size.recovery;
    }
    return at;
}

OverlayConditions<double> on_path(const Stress& stress, double severity,
                                  std::vector<PegStretch<double>>& peg) {
    const StressSize size(stress, severity);
    OverlayConditions<double> at{};
    at.depth = multiplier_of(size.depth);
    at.latency = multiplier_of(size.latency);
    at.basis = size.basis;
    at.funding = size.funding;
    at.borrow = size.borrow;
    at.closed_until = size.outage ? stress.duration * (1.0 + age_grace) : 0.0;
    at.kept = size.kept;
    at.recovery = size.recovery;
    at.fails = size.fails;
    at.peg_first = static_cast<std::uint32_t>(peg.size());
    const auto stretches = peg_stretches(size.peg);
    peg.insert(peg.end(), stretches.begin(), stretches.end());
    at.peg_end = static_cast<std::uint32_t>(peg.size());
    return at;
}

}  // namespace

std::vector<PegStretch<double>> peg_stretches(const std::vector<scenario::PegKnot>& knots) {
    std::vector<PegStretch<double>> stretches;
    if (!knots.empty() && knots.front().after > 0.0) stretches.push_back({0.0, 1.0, 0.0});
    for (const auto& [after, price] : knots) stretches.push_back({after, price, 0.0});
    for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
        PegStretch<double>& here = stretches[i];
        here.slope = (stretches[i + 1].price - here.price) / (stretches[i + 1].from - here.from);
    }
    return stretches;
}

double peg_price(const std::vector<PegStretch<double>>& stretches, double decay, double age) {
    if (stretches.empty()) return 1.0;
    const PegStretch<double>& last = stretches.back();
    if (age >= last.from && decay > 0.0)
        return 1.0 + (last.price - 1.0) * std::exp(-decay * (age - last.from));
    double price = 1.0;
    for (const auto& stretch : stretches)
        if (age >= stretch.from) price = stretch.price + (age - stretch.from) * stretch.slope;
    return price;
}

void make_conditions(const scenario::Scenario& scenario, const Grid& grid,
                     MarketTables<double>& tables, MarketParams<double>& params) {
    const auto& all = scenario.stresses;
    const auto is_scripted = [](const Stress& s) { return s.start == StressStart::at_time; };
    params.conditions.shifts_hedge =
        std::any_of(all.begin(), all.end(), [](const Stress& s) { return s.shifts_hedge(); });
    if (std::any_of(all.begin(), all.end(), [&](const Stress& s) {
            return is_scripted(s) && (s.has_conditions() || s.half_spread_multiplier != 1.0);
        })) {
        std::vector<Scripted> script;
        for (const ScriptedStress& stress : scripted_stresses(scenario))
            script.push_back({stress, peg_stretches(stress.size.peg)});
        for (const GridStep& step : grid.steps)
            tables.condition_step.push_back(at_end_of(step, script));
    }
    if (std::any_of(all.begin(), all.end(),
                    [&](const Stress& s) { return !is_scripted(s) && s.has_conditions(); })) {
        for (const Stress& stress : all) {
            if (is_scripted(stress)) continue;
            tables.overlay_conditions.push_back(on_path(stress, scenario.severity, tables.peg));
        }
    }
}

}  // namespace hedgestorm::plan
