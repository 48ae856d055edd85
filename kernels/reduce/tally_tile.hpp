// SPDX-License-Identifier: Apache-2.0
#pragma once

// One tile of outcomes into the tallies, on one CPU thread. The GPU does the same sums with a block
// of threads per row (kernels/reduce/tally_tile.cuh); both use the functions beside this file.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/reduce/bins.hpp"
#include "kernels/reduce/moments.hpp"
#include "kernels/reduce/superaccumulator.hpp"
#include "kernels/reduce/tails.hpp"
#include "kernels/reduce/worst.hpp"

namespace hedgestorm::reduce {

/// A tile of outcomes: rows x tile_paths floats, and which of its paths count.
struct Tile {
    const float* rows;
    std::uint64_t first_path;  ///< of the tile
    std::uint32_t begin;       ///< first path wanted
    std::uint32_t end;         ///< past the last path wanted
};

/// Room one thread needs to reduce a tile.
struct Workspace {
    alignas(
        64) std::uint32_t skip[tile_paths];  ///< not 0: left out (outside the range, or flagged)
    alignas(64) float column[tile_paths];
    alignas(64) std::uint32_t bin[tile_paths];
    alignas(64) std::uint32_t low[tile_paths];
};

/// Holds a lock while a shared part of the tallies is written.
class Hold {
  public:
    HS_FN Hold(std::uint32_t* locks, std::uint32_t index)
        : lock_(locks == nullptr ? nullptr : locks + index) {
        if (lock_ != nullptr) {
            while (__atomic_exchange_n(lock_, 1u, __ATOMIC_ACQUIRE) != 0u) {
                while (__atomic_load_n(lock_, __ATOMIC_RELAXED) != 0u) {
                }
            }
        }
    }
    HS_FN ~Hold() {
        if (lock_ != nullptr) __atomic_store_n(lock_, 0u, __ATOMIC_RELEASE);
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

  private:
    std::uint32_t* lock_;
};

/// Marks the paths to leave out; returns whether there are any.
HS_FN bool find_skipped(const TallyPlan& plan, const Tile& tile, Workspace& work,
                        std::uint64_t& flagged) {
    std::uint32_t any = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) work.skip[i] = 0;
    for (std::uint32_t r = 0; r < plan.rows; ++r) {
        const float* row = tile.rows + std::size_t(r) * tile_paths;
        for (std::uint32_t i = 0; i < tile_paths; ++i) {
            const std::uint32_t bits = __builtin_bit_cast(std::uint32_t, row[i]);
            work.skip[i] |= (bits & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
        }
    }
    flagged = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        if (i < tile.begin || i >= tile.end) {
            work.skip[i] = 1;
        } else {
            flagged += work.skip[i];
        }
        any |= work.skip[i];
    }
    return any != 0;
}

/// The cell's column: a row, or the difference of two; skipped paths become the centre and add
/// nothing.
HS_FN const float* column_of(const CellSpec& cell, const Tile& tile, bool skips, Workspace& work) {
    const float* row = tile.rows + std::size_t(cell.row) * tile_paths;
    if (cell.other_row == cell.row && !skips) return row;
    if (cell.other_row != cell.row) {
        const float* other = tile.rows + std::size_t(cell.other_row) * tile_paths;
        for (std::uint32_t i = 0; i < tile_paths; ++i) work.column[i] = (row[i] - other[i]) + 0.0f;
    } else {
        for (std::uint32_t i = 0; i < tile_paths; ++i) work.column[i] = row[i];
    }
    if (skips) {
        const float centre = static_cast<float>(cell.centre);
        for (std::uint32_t i = 0; i < tile_paths; ++i) {
            work.column[i] = work.skip[i] != 0 ? centre : work.column[i];
        }
    }
    return work.column;
}

/// Lowest and highest of a column, as order-preserving keys.
HS_FN void tile_extremes(const float* x, const Workspace& work, bool skips,
                         std::uint32_t extremes[2]) {
    std::uint32_t low = 0xffffffffu;
    std::uint32_t high = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        const std::uint32_t key = ordered_key(__builtin_bit_cast(std::uint32_t, x[i]));
        const bool out = skips && work.skip[i] != 0;
        low = !out && key < low ? key : low;
        high = !out && key > high ? key : high;
    }
    extremes[0] = low;
    extremes[1] = high;
}

/// Counts a column into its cell's bins; returns the outcomes clipped.
HS_FN std::uint64_t tile_bins(const CellSpec& cell, const float* x, bool skips, Workspace& work,
                              std::uint64_t* bins) {
    const float floor = power_of_two(cell.floor_exponent);
    const std::uint32_t floor_bits = __builtin_bit_cast(std::uint32_t, floor);
    const std::uint32_t m = cell.mantissa_bits;
    const std::uint32_t side = side_bins(cell);
    const bool two_sided = cell.two_sided;
    std::uint32_t clipped = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        const BinPlace place = place_of(x[i], floor, floor_bits, m, side, two_sided);
        work.bin[i] = place.bin;
        work.low[i] = place.low;
        clipped += place.clipped ? 1u : 0u;
    }
    if (!skips) {
        for (std::uint32_t i = 0; i < tile_paths; ++i)
            bins[work.bin[i]] += packed_outcome(work.low[i], m);
        return clipped;
    }
    clipped = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        if (work.skip[i] != 0) continue;
        bins[work.bin[i]] += packed_outcome(work.low[i], m);
        clipped += place_of(x[i], floor, floor_bits, m, side, two_sided).clipped ? 1u : 0u;
    }
    return clipped;
}

HS_FN void tally_cell(const TallyPlan& plan, std::uint32_t c, const Tile& tile, bool skips,
                      Workspace& work, const TallyView& tally) {
    const CellSpec& cell = plan.cell.data[c];
    const float* x = column_of(cell, tile, skips, work);
    double sums[4];
    std::uint32_t extremes[2];
    tile_moments(x, cell.centre, sums);
    tile_extremes(x, work, skips, extremes);
    const Hold hold(tally.locks, c);
    for (std::uint32_t k = 0; k < 4; ++k) {
        std::int64_t* limbs = tally.moments + (std::size_t(c) * 4 + k) * superaccumulator_limbs;
        accumulate(
            sums[k], [&](std::uint32_t limb, std::int64_t amount)
                         __attribute__((always_inline)) { limbs[limb] += amount; });
    }
    std::uint32_t* known = tally.extremes + std::size_t(c) * 2;
    known[0] = extremes[0] < known[0] ? extremes[0] : known[0];
    known[1] = extremes[1] > known[1] ? extremes[1] : known[1];
    tally.clipped[c] += tile_bins(cell, x, skips, work, tally.bins + cell.first_bin);
}

/// Sums of the loss beyond account a's threshold, by batch.
HS_FN void tally_tail(const TallyPlan& plan, std::uint32_t a, std::uint32_t level, const Tile& tile,
                      bool skips, const Workspace& work, TailCell& cell) {
    const float threshold = plan.threshold.data[a * plan.levels + level];
    const float* pnl = tile.rows + std::size_t(plan.pnl_row.data[a]) * tile_paths;
    alignas(64) double excess[tile_lanes] = {};
    alignas(64) std::uint32_t beyond[tile_lanes] = {};
    for (std::uint32_t i = 0; i < tile_paths; i += tile_lanes) {
        for (std::uint32_t l = 0; l < tile_lanes; ++l) {
            const double over =
                skips && work.skip[i + l] != 0 ? 0.0 : excess_of(pnl[i + l], threshold);
            excess[l] += over;
            beyond[l] += over > 0.0 ? 1u : 0u;
        }
    }
    for (std::uint32_t l = 0; l < tile_lanes; ++l) {
        cell.excess[l] += excess_units(excess[l], plan.excess_scale);
        cell.beyond[l] += beyond[l];
    }
}

/// Joint sums of accounts a and b at one level.
HS_FN void tally_pair(const TallyPlan& plan, std::uint32_t a, std::uint32_t b, std::uint32_t level,
                      const Tile& tile, bool skips, const Workspace& work, const TallyView& tally) {
    const float q_a = plan.threshold.data[a * plan.levels + level];
    const float q_b = plan.threshold.data[b * plan.levels + level];
    const float* pnl_a = tile.rows + std::size_t(plan.pnl_row.data[a]) * tile_paths;
    const float* pnl_b = tile.rows + std::size_t(plan.pnl_row.data[b]) * tile_paths;
    alignas(64) double product[tile_lanes] = {};
    alignas(64) std::uint32_t both[tile_lanes] = {};
    for (std::uint32_t i = 0; i < tile_paths; i += tile_lanes) {
        for (std::uint32_t l = 0; l < tile_lanes; ++l) {
            double joint = excess_of(pnl_a[i + l], q_a) * excess_of(pnl_b[i + l], q_b);
            joint = skips && work.skip[i + l] != 0 ? 0.0 : joint;
            product[l] += joint;
            both[l] += joint > 0.0 ? 1u : 0u;
        }
    }
    for (std::uint32_t half = tile_lanes / 2; half > 0; half /= 2) {
        for (std::uint32_t l = 0; l < half; ++l) {
            product[l] += product[l + half];
            both[l] += both[l + half];
        }
    }
    const std::size_t index = std::size_t(pair_index(plan.accounts, a, b)) * plan.levels + level;
    std::int64_t* limbs = tally.joint_excess + index * superaccumulator_limbs;
    accumulate(
        product[0], [&](std::uint32_t limb, std::int64_t amount)
                        __attribute__((always_inline)) { limbs[limb] += amount; });
    tally.joint_beyond[index] += both[0];
}

HS_FN void tally_worst(const TallyPlan& plan, std::uint32_t a, const Tile& tile,
                       const Workspace& work, const TallyView& tally) {
    const float* pnl = tile.rows + std::size_t(plan.pnl_row.data[a]) * tile_paths;
    WorstPath* heap = tally.worst + std::size_t(a) * plan.worst;
    std::uint32_t& count = tally.worst_count[a];
    for (std::uint32_t i = 0; i < tile_paths; i += tile_lanes) {
        // Most runs of paths hold nothing among the worst: one vectorised look passes them by.
        const std::uint32_t bar = count < plan.worst ? 0xffffffffu : heap[0].key;
        std::uint32_t any = 0;
        for (std::uint32_t l = 0; l < tile_lanes; ++l) {
            any |= ordered_key(__builtin_bit_cast(std::uint32_t, pnl[i + l])) <= bar ? 1u : 0u;
        }
        if (any == 0) continue;
        for (std::uint32_t l = 0; l < tile_lanes; ++l) {
            if (work.skip[i + l] != 0) continue;
            const std::uint32_t key = ordered_key(__builtin_bit_cast(std::uint32_t, pnl[i + l]));
            if (key <= bar) offer({tile.first_path + i + l, key, 0}, heap, count, plan.worst);
        }
    }
}

/// Adds a tile to the tallies.
HS_FN void tally_tile(const TallyPlan& plan, const Tile& tile, Workspace& work,
                      const TallyView& tally) {
    std::uint64_t flagged = 0;
    const bool skips = find_skipped(plan, tile, work, flagged);
    for (std::uint32_t c = 0; c < plan.cell.size; ++c)
        tally_cell(plan, c, tile, skips, work, tally);
    for (std::uint32_t a = 0; a < plan.accounts; ++a) {
        const Hold hold(tally.locks, plan.cell.size + a);
        if (plan.worst > 0) tally_worst(plan, a, tile, work, tally);
        for (std::uint32_t level = 0; level < plan.levels; ++level) {
            tally_tail(plan, a, level, tile, skips, work, tally.tails[a * plan.levels + level]);
            // Pairs with a as the later account: all earlier ones for a few accounts, else the
            // first and itself.
            for (std::uint32_t b = 0; b <= a; ++b) {
                if (plan.accounts > 8u && b != 0 && b != a) continue;
                tally_pair(plan, b, a, level, tile, skips, work, tally);
            }
        }
    }
    const Hold hold(tally.locks, plan.cell.size + plan.accounts);
    *tally.flagged += flagged;
    for (std::uint32_t i = 0; i < tile_paths; ++i)
        tally.batch_paths[i % tile_lanes] += work.skip[i] == 0 ? 1u : 0u;
}

}  // namespace hedgestorm::reduce
