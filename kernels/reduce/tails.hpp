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
// Few paths lie beyond any threshold, and adding the others' zeros would not change a sum. So a CPU
// marks the paths beyond an account's lowest threshold, packs them upward in their batches, and
// sums the few rows of 64 that remain.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

/// (L - q)+ of one outcome.
HS_FN double excess_of(float pnl, float threshold) {
    const double over = -static_cast<double>(pnl) - static_cast<double>(threshold);
    return over > 0.0 ? over : 0.0;
}

/// A sum of excesses in integer units, rounded to nearest; saturates far outside any book's losses.
HS_FN std::int64_t excess_units(double sum, double scale) {
    const double units = sum * scale + 0.5;
    return units < 4.0e18 ? static_cast<std::int64_t>(units) : std::int64_t{4000000000000000000};
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
            for (std::uint32_t b = 0; b < tile_lanes; ++b) {
                const std::uint32_t beyond = row[b] < -threshold ? 1u : 0u;
                bits[b] |= beyond << g;
            }
        }
        for (std::uint32_t b = 0; b < tile_lanes; ++b)
            found.batch[b] |= std::uint64_t{bits[b]} << start;
    }
    return found;
}

/// The most paths that a batch of the set has.
HS_FN std::uint32_t rows_of(const PathSet& paths) {
    std::uint32_t most = 0;
    for (std::uint32_t b = 0; b < tile_lanes; ++b) {
        const auto count = static_cast<std::uint32_t>(__builtin_popcountll(paths.batch[b]));
        most = count > most ? count : most;
    }
    return most;
}

/// The P&L of the paths of a set as rows of 64 batches, in path order from the top; a gain beyond
/// all fills the rest, and adds nothing.
HS_FN void pack(const PathSet& paths, std::uint32_t rows, const float* pnl, float* packed) {
    for (std::uint32_t i = 0; i < rows * tile_lanes; ++i) packed[i] = __builtin_inff();
    for (std::uint32_t b = 0; b < tile_lanes; ++b) {
        float* to = packed + b;
        for (std::uint64_t left = paths.batch[b]; left != 0; left &= left - 1) {
            *to = pnl[static_cast<std::uint32_t>(__builtin_ctzll(left)) * tile_lanes + b];
            to += tile_lanes;
        }
    }
}

/// A sum and a count by batch.
struct BatchSums {
    alignas(64) double sum[tile_lanes] = {};
    alignas(64) std::uint64_t count[tile_lanes] = {};
};

/// Sums of an account's excesses over rows of batches.
HS_FN void sum_excess(const float* pnl, std::uint32_t rows, float threshold, BatchSums& excess) {
    for (std::uint32_t i = 0; i < rows * tile_lanes; i += tile_lanes) {
        for (std::uint32_t b = 0; b < tile_lanes; ++b) {
            excess.sum[b] += excess_of(pnl[i + b], threshold);
            excess.count[b] += pnl[i + b] < -threshold ? 1u : 0u;
        }
    }
}

/// Sums of the products of two accounts' excesses over rows of batches, folded into batch 0.
HS_FN void sum_products(const float* pnl_a, float threshold_a, const float* pnl_b,
                        float threshold_b, std::uint32_t rows, BatchSums& joint) {
    for (std::uint32_t i = 0; i < rows * tile_lanes; i += tile_lanes) {
        for (std::uint32_t b = 0; b < tile_lanes; ++b) {
            const double product =
                excess_of(pnl_a[i + b], threshold_a) * excess_of(pnl_b[i + b], threshold_b);
            joint.sum[b] += product;
            joint.count[b] += product > 0.0 ? 1u : 0u;
        }
    }
    for (std::uint32_t half = tile_lanes / 2; half > 0; half /= 2) {
        for (std::uint32_t b = 0; b < half; ++b) {
            joint.sum[b] += joint.sum[b + half];
            joint.count[b] += joint.count[b + half];
        }
    }
}

}  // namespace hedgestorm::reduce
