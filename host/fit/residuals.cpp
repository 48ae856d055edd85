// SPDX-License-Identifier: Apache-2.0
#include "host/fit/residuals.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace hedgestorm::fit {

namespace {

/// P(K > x) = 2 sum (-1)^(k-1) e^(-2 k^2 x^2), and for small x, where that is slow, by theta's
/// transformation (Feller, Ann. Math. Statist. 19, 1948).
double kolmogorov_tail(double x) {
    if (x < 0.2) return 1.0;
    const double pi = 3.14159265358979323846;
    double sum = 0.0;
    if (x < 1.0) {
        for (int k = 1; k < 20; k += 2) sum += std::exp(-k * k * pi * pi / (8.0 * x * x));
        return 1.0 - std::sqrt(2.0 * pi) / x * sum;
    }
    for (int k = 1; k < 20; ++k) sum += (k % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * k * k * x * x);
    return sum;
}

/// A transform is kept off 0 and 1 by this, some seven standard deviations.
constexpr double farthest = 1e-12;

}  // namespace

Significance kolmogorov_smirnov(std::vector<double> uniforms) {
    std::sort(uniforms.begin(), uniforms.end());
    const auto n = static_cast<double>(uniforms.size());
    double distance = 0.0;
    for (std::size_t i = 0; i < uniforms.size(); ++i) {
        const auto before = static_cast<double>(i);
        distance = std::max({distance, uniforms[i] - before / n, (before + 1.0) / n - uniforms[i]});
    }
    const double root = std::sqrt(n);
    return {distance, kolmogorov_tail((root + 0.12 + 0.11 / root) * distance)};
}

Significance clustering(const std::vector<double>& uniforms) {
    const boost::math::normal normal;
    std::vector<double> squares;
    double mean = 0.0;
    for (const double u : uniforms) {
        const double z = boost::math::quantile(normal, std::clamp(u, farthest, 1.0 - farthest));
        squares.push_back(z * z);
        mean += z * z / static_cast<double>(uniforms.size());
    }
    double variance = 0.0;
    for (double& square : squares) {
        square -= mean;
        variance += square * square;
    }
    const auto n = static_cast<double>(squares.size());
    double sum = 0.0;
    const std::size_t lags = std::min(square_lags, squares.size() - 1);
    for (std::size_t lag = 1; lag <= lags; ++lag) {
        double product = 0.0;
        for (std::size_t i = lag; i < squares.size(); ++i) product += squares[i] * squares[i - lag];
        const double correlation = product / variance;
        sum += correlation * correlation / (n - static_cast<double>(lag));
    }
    const double statistic = n * (n + 2.0) * sum;
    const boost::math::chi_squared reference(static_cast<double>(lags));
    return {statistic, boost::math::cdf(boost::math::complement(reference, statistic))};
}

}  // namespace hedgestorm::fit
