// SPDX-License-Identifier: Apache-2.0
#pragma once

// A column's histogram as a distribution one can ask for ranks, tails and counts.
//
// Takes a ColumnSample; looks at it either as it is (quantiles) or from its adverse side, where the
// value is a loss and more is worse (VaR, expected shortfall).

#include <cstddef>
#include <cstdint>
#include <vector>

#include "host/risk/intervals.hpp"
#include "host/risk/sample.hpp"

namespace hedgestorm::risk {

class Distribution {
  public:
    static Distribution of_values(const ColumnSample& column);
    static Distribution of_losses(const ColumnSample& column);  ///< from the adverse side

    /// `negate`: of -x. Bin edges are drawn in to the outcomes where these are known exactly.
    Distribution(std::vector<Bin> bins, double min, double max, bool negate);

    std::uint64_t count() const { return through_.empty() ? 0 : through_.back(); }

    /// The outcome of a rank 1 ... count: the mean of its bin, so an atom that has a bin of its own
    /// comes out exact.
    double value(std::uint64_t rank) const;
    double low_edge(std::uint64_t rank) const { return bins_[index(rank)].low; }
    double high_edge(std::uint64_t rank) const { return bins_[index(rank)].high; }

    /// As if the outcomes of a bin were spread evenly over it: for errors, which are differences of
    /// ranks.
    double spread_value(std::uint64_t rank) const;

    /// Powers of the excess of the outcomes in bins beyond that of `rank`, whose value is the
    /// threshold.
    Excess excess_beyond(std::uint64_t rank) const;

    /// Hill's estimate of the tail index from the `points` largest outcomes; NaN unless they are
    /// positive and differ.
    double hill_index(std::uint64_t points) const;

    /// Outcomes > x: `certain`, and `doubtful` in the bin that holds x, a `share` of which counts.
    struct Beyond {
        std::uint64_t certain = 0;
        std::uint64_t doubtful = 0;
        double share = 0.0;
    };
    Beyond beyond(double x) const;

  private:
    std::size_t index(std::uint64_t rank) const;

    std::vector<Bin> bins_;               ///< ascending, not empty
    std::vector<std::uint64_t> through_;  ///< outcomes up to and including the bin
};

}  // namespace hedgestorm::risk
