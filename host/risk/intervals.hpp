// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a value and its standard error to an Estimate: the shapes of 95 % interval in use.
//
// Formulas and sources: docs/statistics.md; which shape covers: docs/decisions/0005-intervals.md.

#include <cstdint>

#include "host/risk/risk.hpp"

namespace hedgestorm::risk {

/// 97.5 % point of the standard normal.
inline constexpr double normal_975 = 1.959963984540054;

/// The estimate of a figure that cannot be had.
Estimate unavailable();

/// A figure without error.
Estimate exactly(double value);

/// value +- 1.96 se.
Estimate normal_estimate(double value, double se);

/// For a figure > 0: 1.96 se either way on the scale of its logarithm.
Estimate log_estimate(double value, double se);

struct Ends {
    double low;
    double high;
};

/// Hall's interval (1992) for a mean whose studentised distribution is skewed; `skewness` is that
/// of the mean: skewness of one observation / sqrt(n).
Ends hall_interval(double value, double se, double skewness);

/// Sums over the tail beyond a threshold, per path: mean of ((L - q)+)^k for k = 1, 2, 3.
struct Excess {
    std::uint64_t n = 0;
    double first = 0.0;
    double second = 0.0;
    double third = 0.0;
};

/// q + mean excess / (1 - alpha) with its error; the wider, on each side, of Hall's interval and
/// of the log-scale interval of the mean excess.
Estimate shortfall_estimate(double quantile, const Excess& excess, double tail_probability);

/// Wilson's interval for `hits` of n, each hit certain; `doubtful` more may be hits, of which
/// `share` are counted in the value.
Estimate wilson_estimate(std::uint64_t hits, std::uint64_t doubtful, double share, std::uint64_t n);

}  // namespace hedgestorm::risk
