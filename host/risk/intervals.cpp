// SPDX-License-Identifier: Apache-2.0
#include "host/risk/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::risk {

Estimate unavailable() {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan, nan, nan};
}

Estimate exactly(double value) {
    return {value, 0.0, value, value};
}

Estimate normal_estimate(double value, double se) {
    return {value, se, value - normal_975 * se, value + normal_975 * se};
}

Estimate log_estimate(double value, double se) {
    if (!(value > 0.0)) return exactly(value);
    const double factor = std::exp(normal_975 * se / value);
    return {value, se, value / factor, value * factor};
}

Ends hall_interval(double value, double se, double skewness) {
    if (std::abs(skewness) < 1e-7)  // the series' next term is below the rounding of a double
        return {value - normal_975 * se, value + normal_975 * se};
    const auto end = [&](double z) {
        const double root = std::cbrt(1.0 + skewness * (z - skewness / 6.0));
        return value - se * 3.0 / skewness * (root - 1.0);
    };
    return {end(normal_975), end(-normal_975)};
}

Estimate shortfall_estimate(double quantile, const Excess& excess, double tail_probability) {
    const double mean_excess = excess.first / tail_probability;
    const double value = quantile + mean_excess;
    const double variance = excess.second - excess.first * excess.first;
    if (!(variance > 0.0)) return exactly(value);  // the whole tail is one outcome
    const double root_n = std::sqrt(static_cast<double>(excess.n));
    const double deviation = std::sqrt(variance);
    const double se = deviation / root_n / tail_probability;
    const double third = excess.third - 3.0 * excess.first * excess.second +
                         2.0 * excess.first * excess.first * excess.first;
    const Ends hall = hall_interval(value, se, third / (variance * deviation) / root_n);
    const Estimate tail = log_estimate(mean_excess, se);
    return {value, se, std::min(hall.low, quantile + tail.low),
            std::max(hall.high, quantile + tail.high)};
}

Estimate wilson_estimate(std::uint64_t hits, std::uint64_t doubtful, double share,
                         std::uint64_t n) {
    HS_EXPECT(n > 0 && hits + doubtful <= n);
    const auto count = static_cast<double>(n);
    constexpr double z2 = normal_975 * normal_975;
    const auto middle = [&](double p) { return (p + z2 / (2.0 * count)) / (1.0 + z2 / count); };
    const auto half_width = [&](double p) {
        return normal_975 / (1.0 + z2 / count) *
               std::sqrt(p * (1.0 - p) / count + z2 / (4.0 * count * count));
    };
    const double least = static_cast<double>(hits) / count;
    const double most = static_cast<double>(hits + doubtful) / count;
    // At 0 and 1 the two terms are equal and the end is the bound itself.
    const double low = hits == 0 ? 0.0 : middle(least) - half_width(least);
    const double high = hits + doubtful == n ? 1.0 : middle(most) + half_width(most);
    const double value =
        (static_cast<double>(hits) + share * static_cast<double>(doubtful)) / count;
    return {value, (high - low) / (2.0 * normal_975), low, high};
}

}  // namespace hedgestorm::risk
