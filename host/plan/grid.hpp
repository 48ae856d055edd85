// SPDX-License-Identifier: Apache-2.0
#pragma once

// The times at which the market is known: rebalance points, expiries, starts and ends of stresses
// and of closed windows, in one ascending grid.
//
// Noise belongs to the rebalance interval: an event inside one divides its Brownian increment and
// leaves the noise at the rebalance points as it was. A rebalance point inside a closed window is
// dropped, and its interval joins the one before it.

#include <cstdint>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// A Brownian bridge piece of a divided rebalance interval.
struct Piece {
    double root;    ///< first piece: square root of the whole interval's length; else 0
    double share;   ///< length / remaining length
    double spread;  ///< sqrt(length (remaining - length) / remaining)
    double scale;   ///< 1 / sqrt(length)
    std::uint32_t draw;
};

/// The interval that ends at a grid time.
struct GridStep {
    double from = 0.0;  ///< [years]
    double to = 0.0;    ///< [years]
    double variance_weight = 1.0;
    std::uint32_t draw = 0;  ///< number of the rebalance interval
    std::uint32_t rebalance =
        0;  ///< number of the rebalance point at `to`, from 1; 0: nobody trades there
    std::int64_t piece = -1;  ///< index into Grid::pieces, -1 for a whole interval

    /// Market time that passes [years].
    double clock() const { return (to - from) * variance_weight; }
};

struct Grid {
    std::vector<GridStep> steps;
    std::vector<Piece> pieces;
    double snap = 0.0;                  ///< times closer than this are one time [years]
    std::uint32_t rebalance_steps = 0;  ///< intervals of the rebalance grid, closed ones included

    /// Whether step i is the last of its rebalance interval.
    bool ends_interval(std::size_t i) const {
        return i + 1 == steps.size() || steps[i + 1].draw != steps[i].draw;
    }

    /// Market time until t; beyond the horizon it goes by the calendar [years].
    double clock_until(double t) const;

    /// Index of the step that ends at time t (within the snapping tolerance); steps.size() if
    /// beyond the end.
    std::size_t step_ending_at(double t) const;
};

/// Throws CapacityError for a grid beyond `most_steps`.
Grid make_grid(const scenario::Scenario& scenario);

inline constexpr std::size_t most_steps = 8'000'000;

}  // namespace hedgestorm::plan
