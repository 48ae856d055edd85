// SPDX-License-Identifier: Apache-2.0
#pragma once

// The normal distribution as the likelihoods use it.

#include <cmath>
#include <numbers>

namespace hedgestorm::fit {

inline constexpr double inv_sqrt_2pi = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
inline const double log_sqrt_2pi = 0.5 * std::log(2.0 * std::numbers::pi);

/// P(Z <= z).
inline double normal_cumulative(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

inline double normal_density(double x, double mean, double sd) {
    const double z = (x - mean) / sd;
    return inv_sqrt_2pi / sd * std::exp(-0.5 * z * z);
}

inline double log_normal_density(double x, double mean, double sd) {
    const double z = (x - mean) / sd;
    return -0.5 * z * z - std::log(sd) - log_sqrt_2pi;
}

}  // namespace hedgestorm::fit
