// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantiles, value at risk and expected shortfall of one distribution.
//
// Formulas: docs/statistics.md, "Quantiles" and "Expected shortfall".

#include "host/risk/distribution.hpp"
#include "host/risk/rank.hpp"
#include "host/risk/risk.hpp"

namespace hedgestorm::risk {

/// A quantile, with the two parts of its standard error apart: `estimate.se` is both in quadrature.
struct QuantileEstimate {
    Estimate estimate;
    double sampling_se = 0.0;
    double bin_se = 0.0;  ///< of an outcome known only to lie in its bin
};

QuantileEstimate estimate_quantile(const Distribution& distribution, const QuantileRanks& ranks);

/// `losses` at the level whose ranks are given.
Estimate estimate_shortfall(const Distribution& losses, const QuantileRanks& ranks);

/// How many of n outcomes the tail index is taken from: n^0.6, at most a twentieth.
std::uint64_t hill_points(std::uint64_t n);

}  // namespace hedgestorm::risk
