// SPDX-License-Identifier: Apache-2.0
#include "host/risk/tail.hpp"

#include <algorithm>
#include <cmath>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::risk {

QuantileEstimate estimate_quantile(const Distribution& distribution, const QuantileRanks& ranks) {
    HS_EXPECT(distribution.count() == ranks.n);
    const double spread =
        distribution.spread_value(ranks.high) - distribution.spread_value(ranks.low);
    const double bin = distribution.high_edge(ranks.rank) - distribution.low_edge(ranks.rank);
    QuantileEstimate result;
    result.sampling_se = spread / (2.0 * normal_975);
    result.bin_se = bin / std::sqrt(12.0);  // sd of a uniform
    result.estimate = {distribution.value(ranks.rank),
                       std::hypot(result.sampling_se, result.bin_se),
                       distribution.low_edge(ranks.low), distribution.high_edge(ranks.high)};
    return result;
}

Estimate estimate_shortfall(const Distribution& losses, const QuantileRanks& ranks) {
    HS_EXPECT(losses.count() == ranks.n);
    return shortfall_estimate(losses.value(ranks.rank), losses.excess_beyond(ranks.rank),
                              ranks.probability.rest());
}

std::uint64_t hill_points(std::uint64_t n) {
    const auto points = static_cast<std::uint64_t>(std::pow(static_cast<double>(n), 0.6));
    return std::min(points, n / 20);
}

}  // namespace hedgestorm::risk
