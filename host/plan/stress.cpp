// SPDX-License-Identifier: Apache-2.0

#include "host/plan/stress.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hedgestorm::plan {
namespace {

/// A term c e^{-k (t - from)} of a product of multipliers.
struct Exponential {
    double coefficient;
    double rate;
};

/// Times that differ by less are one time: far below any grid interval, far above rounding.
constexpr double same_time = 1e-13;

}  // namespace

StressScript::StressScript(const scenario::Scenario& scenario) {
    const double s = scenario.severity;
    for (const auto& stress : scenario.stresses) {
        entries_.push_back({
            stress.at,
            stress.at + stress.duration,
            s * stress.spot_log_move,
            std::pow(stress.realised_volatility_multiplier, s),
            std::pow(stress.implied_volatility_multiplier, s),
            std::pow(stress.half_spread_multiplier, s),
            stress.half_life ? std::numbers::ln2 / *stress.half_life : 0.0,
        });
    }
}

double StressScript::log_move(double from, double to) const {
    double move = 0.0;
    for (const auto& e : entries_) {
        if (e.end > e.at) {
            const double overlap = std::min(to, e.end) - std::max(from, e.at);
            if (overlap > 0.0) move += e.log_move * overlap / (e.end - e.at);
        } else {
            const bool inside = e.at > from + same_time && e.at <= to + same_time;
            const bool at_start = from == 0.0 && e.at <= same_time;
            if (inside || at_start) move += e.log_move;
        }
    }
    return move;
}

double StressScript::realised_square_integral(double from, double to) const {
    const double middle = 0.5 * (from + to);
    std::vector<Exponential> terms = {{1.0, 0.0}};
    for (const auto& e : entries_) {
        if (e.realised == 1.0 || middle < e.at) continue;
        std::vector<Exponential> factors;
        if (middle < e.end) {
            factors = {{e.realised * e.realised, 0.0}};
        } else if (e.decay > 0.0) {
            // (1 + a e^{-k(t - end)})^2, rewritten from `from` on.
            const double a = (e.realised - 1.0) * std::exp(-e.decay * (from - e.end));
            factors = {{1.0, 0.0}, {2.0 * a, e.decay}, {a * a, 2.0 * e.decay}};
        } else {
            continue;
        }
        std::vector<Exponential> product;
        for (const auto& term : terms) {
            for (const auto& factor : factors) {
                const double coefficient = term.coefficient * factor.coefficient;
                // A multiplier that has faded adds nothing; dropping it keeps long scripts short.
                if (std::abs(coefficient) > 1e-18)
                    product.push_back({coefficient, term.rate + factor.rate});
            }
        }
        terms = std::move(product);
    }
    double sum = 0.0;
    for (const auto& term : terms) {
        const double length = to - from;
        sum += term.coefficient *
               (term.rate > 0.0 ? -std::expm1(-term.rate * length) / term.rate : length);
    }
    return sum;
}

double StressScript::multiplier(double t, double Entry::*member) const {
    double product = 1.0;
    if (t <= 0.0) return product;
    for (const auto& e : entries_) {
        if (t < e.at - same_time) continue;
        const double m = e.*member;
        if (t < e.end - same_time) {
            product *= m;
        } else if (e.decay > 0.0) {
            product *= 1.0 + (m - 1.0) * std::exp(-e.decay * std::max(0.0, t - e.end));
        }
    }
    return product;
}

double StressScript::realised_multiplier(double t) const {
    return multiplier(t, &Entry::realised);
}

double StressScript::implied_multiplier(double t) const {
    return multiplier(t, &Entry::implied);
}

double StressScript::half_spread_multiplier(double t) const {
    return multiplier(t, &Entry::half_spread);
}

}  // namespace hedgestorm::plan
