// SPDX-License-Identifier: Apache-2.0
#include "host/risk/moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "host/risk/intervals.hpp"

namespace hedgestorm::risk {

double Moments::variance() const {
    const auto count = static_cast<double>(n);
    return second * (count / (count - 1.0));
}

double Moments::skewness() const {
    return second > 0.0 ? third / (second * std::sqrt(second)) : 0.0;
}

double Moments::kurtosis() const {
    return second > 0.0 ? fourth / (second * second) : 3.0;
}

Moments central_moments(const PowerSums& sums) {
    Moments moments;
    moments.n = sums.count;
    if (sums.count == 0) return moments;
    if (sums.min == sums.max) {  // a constant: no rounding may make it vary
        moments.mean = sums.min;
        return moments;
    }
    const auto n = static_cast<long double>(sums.count);
    const long double raw1 = sums.power[0] / n;
    const long double raw2 = sums.power[1] / n;
    const long double raw3 = sums.power[2] / n;
    const long double raw4 = sums.power[3] / n;
    const long double square = raw1 * raw1;
    const long double second = raw2 - square;
    const long double third = raw3 - 3 * raw1 * raw2 + 2 * raw1 * square;
    const long double fourth = raw4 - 4 * raw1 * raw3 + 6 * square * raw2 - 3 * square * square;
    moments.mean = static_cast<double>(sums.centre + raw1);
    moments.second = static_cast<double>(std::max(second, 0.0L));
    moments.third = static_cast<double>(third);
    moments.fourth = static_cast<double>(std::max(fourth, 0.0L));
    return moments;
}

namespace {

/// The influence of one outcome on a statistic: sum of coefficient[k] z^k, z the outcome less the
/// mean in units of the root of the second moment.
using Influence = std::array<double, 5>;

Influence on_skewness(double skewness) {
    return {0.5 * skewness, -3.0, -1.5 * skewness, 1.0, 0.0};
}

Influence on_kurtosis(double skewness, double kurtosis) {
    return {kurtosis, -4.0 * skewness, -2.0 * kurtosis, 0.0, 1.0};
}

/// Means of z^0 ... z^8, from sums of powers around the centre.
std::array<long double, 9> standardised(const PowerSums& sums, const Moments& moments) {
    const auto n = static_cast<long double>(sums.count);
    const auto scale = std::sqrt(static_cast<long double>(moments.second));
    const long double shift = sums.power[0] / n / scale;
    std::array<long double, 9> mean = {1.0L};
    long double unit = n;
    for (std::size_t k = 1; k < mean.size(); ++k) mean[k] = sums.power[k - 1] / (unit *= scale);
    // (y - shift)^k for all k, from y^k: one factor at a time, the highest first.
    for (std::size_t factor = 1; factor < mean.size(); ++factor)
        for (std::size_t k = mean.size() - 1; k >= factor; --k) mean[k] -= shift * mean[k - 1];
    return mean;
}

/// Sum of the squared influences of all outcomes.
double squares(const Influence& influence, const std::array<long double, 9>& mean, double n) {
    long double square = 0.0L;
    for (std::size_t i = 0; i < influence.size(); ++i)
        for (std::size_t j = 0; j < influence.size(); ++j)
            square += static_cast<long double>(influence[i]) * influence[j] * mean[i + j];
    return n * static_cast<double>(std::max(square, 0.0L));
}

}  // namespace

MomentEstimates estimate_moments(const Moments& moments, const ColumnSample& column) {
    const auto n = static_cast<double>(moments.n);
    const double sd = std::sqrt(moments.variance());
    if (!(sd > 0.0)) return {exactly(moments.mean), exactly(0.0), exactly(0.0), exactly(0.0)};

    const double skewness = moments.skewness();
    const double kurtosis = moments.kurtosis();
    const double scale = std::sqrt(moments.second);
    double skewness_squares = 0.0;  // sums of squared influences
    double kurtosis_squares = 0.0;
    for (const Bin& bin : column.bins) {
        const auto count = static_cast<double>(bin.count);
        const double z = (bin.sum / count - moments.mean) / scale;
        const double excess = z * z - 1.0;
        const double of_skewness = z * z * z - 3.0 * z - skewness - 1.5 * skewness * excess;
        const double of_kurtosis =
            z * z * z * z - kurtosis - 4.0 * skewness * z - 2.0 * kurtosis * excess;
        skewness_squares += count * of_skewness * of_skewness;
        kurtosis_squares += count * of_kurtosis * of_kurtosis;
    }
    if (column.mantissa_bits == 0) {
        const auto mean = standardised(column.sums, moments);
        skewness_squares = squares(on_skewness(skewness), mean, n);
        kurtosis_squares = squares(on_kurtosis(skewness, kurtosis), mean, n);
    }
    return {normal_estimate(moments.mean, sd / std::sqrt(n)),
            log_estimate(sd, sd * std::sqrt(std::max(kurtosis - 1.0, 0.0) / (4.0 * n))),
            normal_estimate(skewness, std::sqrt(skewness_squares) / n),
            normal_estimate(kurtosis - 3.0, std::sqrt(kurtosis_squares) / n)};
}

}  // namespace hedgestorm::risk
