// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean and standard deviation of outcomes with their standard errors, by the plainest formulas:
// what the statistical tests hold the simulator against.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace hedgestorm::test {

struct Moments {
    double mean, mean_se;
    double sd, sd_se;  ///< se = sqrt((kurtosis - 1) / 4n) sd, with the sample's own kurtosis
};

template <class T>
Moments moments_of(const std::vector<T>& x) {
    const auto n = static_cast<double>(x.size());
    double mean = 0.0;
    for (const T& v : x) mean += static_cast<double>(v);
    mean /= n;
    double second = 0.0;
    double fourth = 0.0;
    for (const T& v : x) {
        const double square = (static_cast<double>(v) - mean) * (static_cast<double>(v) - mean);
        second += square;
        fourth += square * square;
    }
    const double variance = second / (n - 1.0);
    const double sd = std::sqrt(variance);
    const double kurtosis = variance > 0.0 ? fourth / n / (variance * variance) : 3.0;
    return {mean, sd / std::sqrt(n), sd, sd * std::sqrt((kurtosis - 1.0) / (4.0 * n))};
}

/// |value - reference| <= k standard errors.
inline void expect_within_sigma(double value, double se, double reference, double k,
                                const std::string& what) {
    EXPECT_LE(std::abs(value - reference), k * se)
        << what << ": " << value << " against " << reference << ", standard error " << se;
}

}  // namespace hedgestorm::test
