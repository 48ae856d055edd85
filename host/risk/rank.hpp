// SPDX-License-Identifier: Apache-2.0
#pragma once

// Ranks of order statistics: which of n sorted outcomes estimates a quantile, and which two enclose
// it. Takes a count and an exact probability, gives ranks 1 ... n; no outcome is looked at.
//
// Formulas: docs/statistics.md, "Quantiles".

#include <cstdint>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::risk {

/// A probability as the decimal that was written.
struct Fraction {
    std::uint64_t numerator = 0;
    std::uint64_t denominator = 1;

    double value() const {
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    /// 1 - value, without the rounding of a subtraction.
    double rest() const {
        return static_cast<double>(denominator - numerator) / static_cast<double>(denominator);
    }
    Fraction complement() const { return {denominator - numerator, denominator}; }
};

/// The smallest integer >= n * p, exact.
std::uint64_t ceiling_rank(std::uint64_t n, Fraction p);

/// Order statistics that enclose the p-quantile with probability >= 95 %, each side missing it with
/// probability <= 2.5 %: P(low <= B < high) for B binomial(n, p). Rank 0 or n + 1: no outcome is
/// far enough out.
struct RankInterval {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

RankInterval enclosing_ranks(std::uint64_t n, Fraction p);

/// Everything about the p-quantile of n outcomes that does not depend on the outcomes.
struct QuantileRanks {
    Fraction probability;
    std::uint64_t n = 0;
    std::uint64_t rank = 0;  ///< of the estimate
    std::uint64_t low = 0;   ///< of the interval's ends, within 1 ... n
    std::uint64_t high = 0;
    bool open = false;  ///< an end should lie beyond the last outcome, and is that outcome

    /// Outcomes beyond the quantile, on its thinner side.
    double tail_points() const;
};

QuantileRanks quantile_ranks(std::uint64_t n, Fraction p);  ///< n > 0

/// The ranks a run needs, found once: n is the same for every column.
struct RankTable {
    std::uint64_t n = 0;
    std::vector<QuantileRanks> quantiles;  ///< by quantile_levels
    std::vector<QuantileRanks> levels;     ///< by scenario level
};

RankTable rank_table(std::uint64_t n, const std::vector<scenario::Level>& levels);

}  // namespace hedgestorm::risk
