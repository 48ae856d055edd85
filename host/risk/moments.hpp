// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mean, standard deviation, skewness and kurtosis of a column, with their errors.
//
// Takes exact power sums for the values; the errors of skewness and kurtosis need moments up to the
// eighth, which come from the histogram, or from power sums where there is none. Formulas:
// docs/statistics.md, "Moments".

#include "host/risk/risk.hpp"
#include "host/risk/sample.hpp"

namespace hedgestorm::risk {

/// Central moments, each divided by the count.
struct Moments {
    std::uint64_t n = 0;
    double mean = 0.0;
    double second = 0.0;
    double third = 0.0;
    double fourth = 0.0;

    double variance() const;  ///< unbiased: divided by n - 1; n > 1
    double skewness() const;  ///< 0 where the variance is 0
    double kurtosis() const;  ///< fourth / second^2, of a normal 3; 3 where the variance is 0
};

Moments central_moments(const PowerSums& sums);

struct MomentEstimates {
    Estimate mean, sd, skewness, excess_kurtosis;
};

MomentEstimates estimate_moments(const Moments& moments, const ColumnSample& column);

}  // namespace hedgestorm::risk
