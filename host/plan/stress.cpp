// SPDX-License-Identifier: Apache-2.0

#include "host/plan/stress.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
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

/// Multipliers that rise together: e^{log + rate (t - from)}.
struct Rising {
    double log = 0.0;
    double rate = 0.0;
};

/// The product of the squared multipliers at `t` after `from`.
double square_at(const std::vector<Fading>& fading, const Rising& rising, double t) {
    double product = std::exp(rising.log + rising.rate * t);
    for (const auto& f : fading) product *= 1.0 + f.size * std::exp(-f.rate * t);
    return product * product;
}

/// Integral of what rises alone over [start, length].
double risen_integral(const Rising& rising, double start, double length) {
    const double k = 2.0 * rising.rate;
    const double square = std::exp(2.0 * (rising.log + rising.rate * start));
    return square * (k == 0.0 ? length - start : std::expm1(k * (length - start)) / k);
}

/// Integral of square_at over [0, length]. The integrand is a sum of exponentials with rates of at
/// most K, twice the sum of those still at work. On pieces no longer than 1/K the quadrature is off
/// by less than 2e-23 K^16 h^17 (ibid., 25.4.30), far below rounding.
double square_integral(std::vector<Fading> fading, const Rising& rising, double length) {
    double sum = 0.0;
    for (double start = 0.0; start < length;) {
        std::erase_if(fading, [&](const Fading& f) {
            return std::abs(f.size) * std::exp(-f.rate * start) < faded;
        });
        if (fading.empty()) return sum + risen_integral(rising, start, length);
        double fastest = 2.0 * std::abs(rising.rate);
        for (const auto& f : fading) fastest += 2.0 * f.rate;
        const bool last = fastest * (length - start) <= 1.0;
        const double end = last ? length : start + 1.0 / fastest;
        HS_EXPECT(end > start);
        const double half = 0.5 * (end - start);
        double mean = 0.0;
        for (std::size_t i = 0; i < std::size(node); ++i) {
            mean += weight[i] * (square_at(fading, rising, start + half * (1.0 - node[i])) +
                                 square_at(fading, rising, start + half * (1.0 + node[i])));
        }
        sum += half * mean;
        start = end;
    }
    return sum;
}

}  // namespace

StressScript::StressScript(const scenario::Scenario& scenario)
    : entries_(scripted_stresses(scenario)) {}

double StressScript::log_move(double from, double to) const {
    double move = 0.0;
    for (const auto& e : entries_) {
        const double at = e.curve.at;
        if (e.move_end > at) {
            const double overlap = std::min(to, e.move_end) - std::max(from, at);
            if (overlap > 0.0) move += e.size.log_move * overlap / (e.move_end - at);
        } else if (e.starts_in(from, to)) {
            move += e.size.log_move;
        }
        if (e.returned != 0.0) {
            const double overlap =
                std::min(to, e.move_end + e.return_time) - std::max(from, e.move_end);
            if (overlap > 0.0) move -= e.returned * overlap / e.return_time;
        }
        if (e.size.drift != 0.0) move += e.size.drift * e.curve.strength_integral(from, to);
    }
    return move;
}

double StressScript::realised_square_integral(double from, double to, double known_at) const {
    const double middle = 0.5 * (from + to);
    double in_force = 1.0;
    std::vector<Fading> fading;
    Rising rising;
    for (const auto& e : entries_) {
        const double m = e.size.realised;
        const StressCurve& curve = e.curve;
        if (m == 1.0 || middle < curve.at || curve.at > known_at + same_instant) continue;
        if (middle < curve.full) {
            rising.log += curve.log_rise(m, from);
            rising.rate += curve.rise_rate(m);
        } else if (middle < curve.end) {
            in_force *= m * m;
        } else if (curve.decay > 0.0) {
            fading.push_back(
                {(m - 1.0) * std::exp(-curve.decay * (from - curve.end)), curve.decay});
        }
    }
    return in_force * square_integral(std::move(fading), rising, to - from);
}

std::vector<double> StressScript::realised_starts() const {
    std::vector<double> starts;
    for (const auto& e : entries_)
        if (e.size.realised != 1.0) starts.push_back(e.curve.at);
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    return starts;
}

double StressScript::multiplier(double t, double StressSize::*member) const {
    double product = 1.0;
    for (const auto& e : entries_) product *= e.curve.multiplier(e.size.*member, t);
    return product;
}

double StressScript::realised_multiplier(double t) const {
    return multiplier(t, &StressSize::realised);
}

double StressScript::implied_multiplier(double t) const {
    return multiplier(t, &StressSize::implied);
}

double StressScript::half_spread_multiplier(double t) const {
    return multiplier(t, &StressSize::half_spread);
}

}  // namespace hedgestorm::plan
