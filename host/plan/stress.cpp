// SPDX-License-Identifier: Apache-2.0

#include "host/plan/stress.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <utility>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::plan {
namespace {

/// A multiplier that fades: 1 + size e^{-rate (t - from)}.
struct Fading {
    double size;
    double rate;
};

/// A multiplier this close to 1 adds nothing to a double.
constexpr double faded = 1e-18;

/// Nodes and weights of Gauss-Legendre quadrature with 8 points on [-1, 1], by symmetry the half
/// above 0 (Abramowitz & Stegun, table 25.4).
constexpr double node[] = {0.18343464249564980494, 0.52553240991632898582, 0.79666647741362673959,
                           0.96028985649753623168};
constexpr double weight[] = {0.36268378337836198297, 0.31370664587788728734, 0.22238103445337447054,
                             0.10122853629037625915};

/// The product of the squared multipliers at `t` after `from`.
double square_at(const std::vector<Fading>& fading, double t) {
    double product = 1.0;
    for (const auto& f : fading) product *= 1.0 + f.size * std::exp(-f.rate * t);
    return product * product;
}

/// Integral of square_at over [0, length]. The integrand is a sum of exponentials with rates of at
/// most K, twice the sum of those still at work. On pieces no longer than 1/K the quadrature is off
/// by less than 2e-23 K^16 h^17 (ibid., 25.4.30), far below rounding.
double square_integral(std::vector<Fading> fading, double length) {
    double sum = 0.0;
    for (double start = 0.0; start < length;) {
        std::erase_if(fading, [&](const Fading& f) {
            return std::abs(f.size) * std::exp(-f.rate * start) < faded;
        });
        if (fading.empty()) return sum + (length - start);
        double fastest = 0.0;
        for (const auto& f : fading) fastest += 2.0 * f.rate;
        const bool last = fastest * (length - start) <= 1.0;
        const double end = last ? length : start + 1.0 / fastest;
        HS_EXPECT(end > start);
        const double half = 0.5 * (end - start);
        double mean = 0.0;
        for (std::size_t i = 0; i < std::size(node); ++i) {
            mean += weight[i] * (square_at(fading, start + half * (1.0 - node[i])) +
                                 square_at(fading, start + half * (1.0 + node[i])));
        }
        sum += half * mean;
        start = end;
    }
    return sum;
}

/// Times that differ by less are one time: far below any grid interval, far above rounding.
constexpr double same_time = 1e-13;

}  // namespace

StressScript::StressScript(const scenario::Scenario& scenario) {
    const double s = scenario.severity;
    for (const auto& stress : scenario.stresses) {
        if (stress.start != scenario::StressStart::at_time) continue;
        entries_.push_back({
            stress.at,
            stress.at + stress.duration,
            s * stress.spot_log_move,
            s * stress.spot_log_move * stress.retracement,
            stress.retracement_time,
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
        if (e.returned != 0.0) {
            const double overlap = std::min(to, e.end + e.return_time) - std::max(from, e.end);
            if (overlap > 0.0) move -= e.returned * overlap / e.return_time;
        }
    }
    return move;
}

double StressScript::realised_square_integral(double from, double to, double known_at) const {
    const double middle = 0.5 * (from + to);
    double in_force = 1.0;
    std::vector<Fading> fading;
    for (const auto& e : entries_) {
        if (e.realised == 1.0 || middle < e.at || e.at > known_at + same_time) continue;
        if (middle < e.end) {
            in_force *= e.realised * e.realised;
        } else if (e.decay > 0.0) {
            fading.push_back({(e.realised - 1.0) * std::exp(-e.decay * (from - e.end)), e.decay});
        }
    }
    return in_force * square_integral(std::move(fading), to - from);
}

std::vector<double> StressScript::realised_starts() const {
    std::vector<double> starts;
    for (const auto& e : entries_)
        if (e.realised != 1.0) starts.push_back(e.at);
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    return starts;
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
