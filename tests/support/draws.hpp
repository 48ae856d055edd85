// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reproducible draws for tests of estimators: the same on every platform, unlike the distributions
// of <random>.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace hedgestorm::test {

class Draws {
  public:
    explicit Draws(std::uint64_t seed) : bits_(seed) {}

    /// In (0, 1).
    double uniform() { return (static_cast<double>(bits_() >> 12) + 0.5) * 0x1p-52; }

    /// By Marsaglia's polar method.
    double normal() {
        if (spare_) {
            spare_ = false;
            return second_;
        }
        double x = 0.0;
        double y = 0.0;
        double square = 0.0;
        do {
            x = 2.0 * uniform() - 1.0;
            y = 2.0 * uniform() - 1.0;
            square = x * x + y * y;
        } while (square >= 1.0 || square == 0.0);
        const double factor = std::sqrt(-2.0 * std::log(square) / square);
        second_ = y * factor;
        spare_ = true;
        return x * factor;
    }

    /// sqrt(chi-squared with 3 degrees of freedom / 3): divides a normal into a t3.
    double t3_divisor() {
        const double x = normal();
        const double y = normal();
        const double z = normal();
        return std::sqrt((x * x + y * y + z * z) / 3.0);
    }

  private:
    std::mt19937_64 bits_;
    double second_ = 0.0;
    bool spare_ = false;
};

/// x with P(X > x) = u, for u < 1/2: the tail of a distribution, drawn directly.
using UpperQuantile = double (*)(double);

/// Newton on the logarithm of the tail, from the start of Abramowitz and Stegun 26.2.22.
inline double normal_upper(double u) {
    double t = std::sqrt(-2.0 * std::log(u));
    t -= (2.30753 + 0.27061 * t) / (1.0 + t * (0.99229 + 0.04481 * t));
    for (int i = 0; i < 4; ++i) {
        const double tail = 0.5 * std::erfc(t / std::numbers::sqrt2);
        const double density = std::exp(-t * t / 2.0) / std::sqrt(2.0 * std::numbers::pi);
        t += std::log(tail / u) * tail / density;
    }
    return t;
}

/// Closed form (Shaw 2006).
inline double t4_upper(double u) {
    const double root = std::sqrt(4.0 * u * (1.0 - u));
    return 2.0 * std::sqrt(std::cos(std::acos(root) / 3.0) / root - 1.0);
}

/// Newton on the logarithm of the closed-form tail.
inline double t3_upper(double u) {
    const double pi = std::numbers::pi;
    double t = std::cbrt(2.0 * std::sqrt(3.0) / (pi * u));
    for (int i = 0; i < 60; ++i) {
        const double x = t / std::sqrt(3.0);
        const double tail = (std::atan2(1.0, x) - x / (1.0 + x * x)) / pi;
        const double density = 6.0 * std::sqrt(3.0) / (pi * (3.0 + t * t) * (3.0 + t * t));
        const double step = std::log(tail / u) * tail / density;
        t += step;
        if (std::abs(step) < 1e-11 * t) break;
    }
    return t;
}

}  // namespace hedgestorm::test
