// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loss beyond fixed thresholds, for the errors of paired tail figures (docs/statistics.md). L =
// -P&L.
//
// An account: per level and batch (path number modulo 64), (L - q)+ is summed in double over the
// tile in path order, then added as an integer in units of gross notional / 2^32. Two accounts: per
// level, the products of their excesses are summed so per batch, then over the batches by halves;
// the tile's sum goes to a superaccumulator. Integers: the same bits in any order of tiles.
//
// Few paths lie beyond any threshold, and adding their zeros would not change a sum. So a CPU marks
// the paths beyond an account's lowest threshold and visits only those, all levels at once.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

/// (L - q)+ of one outcome.
HS_FN double excess_of(float pnl, double threshold) {
    const double over = -static_cast<double>(pnl) - threshold;
    return over > 0.0 ? over : 0.0;
}

/// A sum of excesses in integer units, rounded to nearest; saturates far outside any book's losses.
HS_FN std::int64_t excess_units(double sum, double scale) {
    const double units = sum * scale + 0.5;
    return units < 4.0e18 ? static_cast<std::int64_t>(units) : std::int64_t{4000000000000000000};
}

/// The thresholds of an account; levels that the plan does not have are out of reach.
struct Thresholds {
    double level[max_levels];
    float lowest;
};

HS_FN Thresholds thresholds_of(const TallyPlan& plan, std::uint32_t account) {
    const float* known = plan.threshold.data + std::size_t(account) * plan.levels;
    Thresholds result;
    result.lowest = __builtin_inff();
    for (std::uint32_t k = 0; k < max_levels; ++k) {
        const float q = k < plan.levels ? known[k] : __builtin_inff();
        result.level[k] = static_cast<double>(q);
        result.lowest = q < result.lowest ? q : result.lowest;
    }
    return result;
}

/// Paths of a tile: bit g of batch[b] is path 64 g + b.
struct PathSet {
    std::uint64_t batch[tile_lanes];
};

/// The paths whose loss lies beyond `threshold`.
HS_FN PathSet paths_beyond(const float* __restrict pnl, float threshold) {
    constexpr std::uint32_t word = 32;
    PathSet found;
    for (std::uint32_t b = 0; b < tile_lanes; ++b) found.batch[b] = 0;
    for (std::uint32_t start = 0; start < tile_paths / tile_lanes; start += word) {
        alignas(64) std::uint32_t bits[tile_lanes] = {};
        for (std::uint32_t g = 0; g < word; ++g) {
            const float* row = pnl + (start + g) * tile_lanes;
            for (std::uint32_t b = 0; b < tile_lanes; ++b)
                bits[b] |= row[b] < -threshold ? 1u << g : 0u;
        }
        for (std::uint32_t b = 0; b < tile_lanes; ++b)
            found.batch[b] |= std::uint64_t{bits[b]} << start;
    }
    return found;
}

/// Calls visit(batch, path) for every path of a set, batch by batch, each in path order.
template <class Visit>
HS_FN void for_each_path(const PathSet& paths, const Visit& visit) {
    for (std::uint32_t b = 0; b < tile_lanes; ++b) {
        for (std::uint64_t left = paths.batch[b]; left != 0; left &= left - 1) {
            visit(b, static_cast<std::uint32_t>(__builtin_ctzll(left)) * tile_lanes + b);
        }
    }
}

/// A number for every batch and level.
template <class T>
struct BatchLevels {
    alignas(64) T at[tile_lanes][max_levels];

    HS_FN BatchLevels() {
        for (auto& batch : at)
            for (T& value : batch) value = T(0);
    }
    /// Adds the upper half of the batches to the lower one, until the sum stands in at[0].
    HS_FN void fold() {
        for (std::uint32_t half = tile_lanes / 2; half > 0; half /= 2) {
            for (std::uint32_t b = 0; b < half; ++b)
                for (std::uint32_t k = 0; k < max_levels; ++k) at[b][k] += at[b + half][k];
        }
    }
};

/// Sums of an account's excesses, by batch and level.
HS_FN void sum_excess(const float* pnl, const Thresholds& q, const PathSet& paths,
                      BatchLevels<double>& excess, BatchLevels<std::uint32_t>& beyond) {
    for_each_path(
        paths, [&](std::uint32_t b, std::uint32_t path) __attribute__((always_inline)) {
            for (std::uint32_t k = 0; k < max_levels; ++k) {
                const double over = excess_of(pnl[path], q.level[k]);
                excess.at[b][k] += over;
                beyond.at[b][k] += over > 0.0 ? 1u : 0u;
            }
        });
}

/// Sums of the products of two accounts' excesses, by batch and level.
HS_FN void sum_products(const float* pnl_a, const Thresholds& q_a, const float* pnl_b,
                        const Thresholds& q_b, const PathSet& paths, BatchLevels<double>& product,
                        BatchLevels<std::uint32_t>& both) {
    for_each_path(
        paths, [&](std::uint32_t b, std::uint32_t path) __attribute__((always_inline)) {
            for (std::uint32_t k = 0; k < max_levels; ++k) {
                const double joint =
                    excess_of(pnl_a[path], q_a.level[k]) * excess_of(pnl_b[path], q_b.level[k]);
                product.at[b][k] += joint;
                both.at[b][k] += joint > 0.0 ? 1u : 0u;
            }
        });
}

}  // namespace hedgestorm::reduce
