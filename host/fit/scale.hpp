// SPDX-License-Identifier: Apache-2.0
#pragma once

// Working coordinates that several models share, made of order 1 by the spacing of the returns and
// their standard deviation.

#include <algorithm>
#include <cmath>

#include "host/fit/likelihood.hpp"

namespace hedgestorm::fit {

/// Largest values that a scenario takes (docs/scenario.md): no estimate is beyond them.
inline constexpr double largest_volatility = 20.0;
inline constexpr double largest_rate = 1e6;      ///< of jumps, of switches, of decay, per year
inline constexpr double largest_log_jump = 5.0;  ///< mean or standard deviation

/// drift: its share of a return in standard deviations. A drift is never so large against its
/// error that the box of +-1 binds.
struct DriftScale {
    explicit DriftScale(const Returns& returns) : unit(returns.sd / returns.spacing) {}
    Coordinate coordinate() const { return {"drift", -1.0, 1.0}; }
    double value(double x) const { return x * unit; }
    /// Where the mean of the returns is met by a diffusion of all their variance.
    static double start(const Returns& returns) {
        return std::clamp(returns.mean / returns.sd + 0.5 * returns.sd, -0.9, 0.9);
    }
    double unit;
};

/// volatility: log of its share of the returns' standard deviation. Below a twentieth it would
/// stand for prices that do not move, of which a density grows without bound.
struct VolatilityScale {
    explicit VolatilityScale(const Returns& returns)
        : unit(returns.sd / std::sqrt(returns.spacing)) {}
    Coordinate coordinate(const char* name = "volatility") const {
        return {name, std::log(0.05), std::log(std::min(20.0, largest_volatility / unit))};
    }
    double value(double x) const { return std::exp(x) * unit; }
    double unit;
};

/// Most jumps a sampled history is taken to have between two of its rows, on average: with more, no
/// single one can be told from the diffusion.
inline constexpr double most_jumps_a_row = 5.0;

/// Log of a rate a row, up to so many a row.
inline double log_rate_to(const Returns& returns, double a_row) {
    return std::log(std::min(a_row, largest_rate * returns.spacing));
}

/// intensity: log of the jumps a row. Below a hundredth of a jump in the whole history there is
/// none.
inline Coordinate jumps_a_row(const Returns& returns, const char* name = "intensity") {
    return {name, std::log(0.01 / static_cast<double>(returns.size())),
            log_rate_to(returns, most_jumps_a_row)};
}

/// jump_mean and jump_sd, of normal jumps, in standard deviations of the returns and the log of
/// them.
inline Coordinate jump_mean_coordinate(const Returns& returns) {
    const double farthest = std::min(100.0, largest_log_jump / returns.sd);
    return {"jump_mean", -farthest, farthest};
}
inline Coordinate jump_sd_coordinate(const Returns& returns) {
    return {"jump_sd", std::log(0.01), std::log(std::min(100.0, largest_log_jump / returns.sd))};
}

inline Entry drift_entry(double value) {
    return {"[market]", "drift", "per year", value};
}
inline Entry volatility_entry(double value) {
    return {"[market]", "volatility", "per √year", value};
}

}  // namespace hedgestorm::fit
