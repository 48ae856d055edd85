// SPDX-License-Identifier: Apache-2.0

#include "host/plan/scripted_stress.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hedgestorm::plan {

StressCurve::StressCurve(const scenario::Stress& stress)
    : at(stress.at),
      full(stress.at + stress.ramp),
      end(full + stress.duration),
      decay(stress.half_life ? std::numbers::ln2 / *stress.half_life : 0.0) {}

double StressCurve::strength(double t) const {
    if (t <= 0.0 || t < at - same_instant) return 0.0;
    if (rises_at(t)) return std::max(0.0, t - at) / (full - at);
    if (t < end - same_instant) return 1.0;
    return decay > 0.0 ? std::exp(-decay * std::max(0.0, t - end)) : 0.0;
}

double StressCurve::multiplier(double m, double t) const {
    const double s = strength(t);
    if (s == 0.0) return 1.0;
    if (rises_at(t)) return std::pow(m, s);
    return t < end - same_instant ? m : 1.0 + (m - 1.0) * s;
}

double StressCurve::strength_integral(double from, double to) const {
    const auto overlap = [&](double low, double high) {
        return std::max(0.0, std::min(to, high) - std::max(from, low));
    };
    double sum = overlap(full, end);
    if (const double rising = overlap(at, full); rising > 0.0) {
        const double first = std::max(from, at) - at;
        sum += rising * (first + 0.5 * rising) / (full - at);
    }
    if (decay > 0.0 && to > end) {
        const double first = std::max(from, end);
        sum += std::exp(-decay * (first - end)) * -std::expm1(-decay * (to - first)) / decay;
    }
    return sum;
}

double StressCurve::log_rise(double m, double t) const {
    return std::log(m) * (t - at) / (full - at);
}

double StressCurve::rise_rate(double m) const {
    return std::log(m) / (full - at);
}

StressSize::StressSize(const scenario::Stress& stress, double severity)
    : log_move(severity * stress.spot_log_move),
      realised(std::pow(stress.realised_volatility_multiplier, severity)),
      implied(std::pow(stress.implied_volatility_multiplier, severity)),
      half_spread(std::pow(stress.half_spread_multiplier, severity)),
      drift(severity * stress.drift_move),
      depth(std::pow(stress.depth_multiplier, severity)),
      latency(std::pow(stress.latency_multiplier, severity)),
      basis(severity * stress.basis_move),
      funding(severity * stress.funding_rate),
      borrow(severity * stress.borrow_rate),
      outage(stress.outage && severity > 0.0),
      peg(stress.collateral_peg),
      kept(std::pow(1.0 - stress.auto_deleverage, severity)),
      fails(stress.venue_recovery.has_value() && severity > 0.0),
      recovery(fails ? *stress.venue_recovery : 1.0) {
    for (scenario::PegKnot& knot : peg) knot.price = std::pow(knot.price, severity);
}

bool ScriptedStress::starts_in(double from, double to) const {
    const bool inside = curve.at > from + same_instant && curve.at <= to + same_instant;
    const bool at_start = from == 0.0 && curve.at <= same_instant;
    return inside || at_start;
}

std::vector<ScriptedStress> scripted_stresses(const scenario::Scenario& scenario) {
    std::vector<ScriptedStress> all;
    for (const auto& stress : scenario.stresses) {
        if (stress.start != scenario::StressStart::at_time) continue;
        const StressSize size(stress, scenario.severity);
        all.push_back({StressCurve(stress), size, stress.at + stress.duration,
                       size.log_move * stress.retracement, stress.retracement_time});
    }
    return all;
}

}  // namespace hedgestorm::plan
