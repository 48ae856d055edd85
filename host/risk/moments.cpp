// SPDX-License-Identifier: Apache-2.0
#include "host/risk/moments.hpp"

#include <algorithm>
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

MomentEstimates estimate_moments(const Moments& moments, const std::vector<Bin>& bins) {
    const auto n = static_cast<double>(moments.n);
    const double sd = std::sqrt(moments.variance());
    if (!(sd > 0.0)) return {exactly(moments.mean), exactly(0.0), exactly(0.0), exactly(0.0)};

    const double skewness = moments.skewness();
    const double kurtosis = moments.kurtosis();
    const double scale = std::sqrt(moments.second);
    double skewness_squares = 0.0;  // sums of squared influences
    double kurtosis_squares = 0.0;
    for (const Bin& bin : bins) {
        const auto count = static_cast<double>(bin.count);
        const double z = (bin.sum / count - moments.mean) / scale;
        const double excess = z * z - 1.0;
        const double of_skewness = z * z * z - 3.0 * z - skewness - 1.5 * skewness * excess;
        const double of_kurtosis =
            z * z * z * z - kurtosis - 4.0 * skewness * z - 2.0 * kurtosis * excess;
        skewness_squares += count * of_skewness * of_skewness;
        kurtosis_squares += count * of_kurtosis * of_kurtosis;
    }
    return {normal_estimate(moments.mean, sd / std::sqrt(n)),
            log_estimate(sd, sd * std::sqrt(std::max(kurtosis - 1.0, 0.0) / (4.0 * n))),
            normal_estimate(skewness, std::sqrt(skewness_squares) / n),
            normal_estimate(kurtosis - 3.0, std::sqrt(kurtosis_squares) / n)};
}

}  // namespace hedgestorm::risk
