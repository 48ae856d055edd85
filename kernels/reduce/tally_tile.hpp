// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tiles of outcomes into the tallies, on one CPU thread. The GPU does the same sums with a block of
// threads per row (kernels/reduce/tally_tile.cuh); both use the functions beside this file.
//
// Cell by cell, several tiles at a visit, so that a cell's bins are near while they are counted in;
// row by row, so that a row is read from the nearest cache by every pass over it. The passes are
// loops without branches, which compilers vectorise (docs/decisions/0004-tallies.md).

#include <cstddef>
#include <cstdint>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"
#include "kernels/reduce/bins.hpp"
#include "kernels/reduce/moments.hpp"
#include "kernels/reduce/superaccumulator.hpp"
#include "kernels/reduce/tails.hpp"
#include "kernels/reduce/worst.hpp"

namespace hedgestorm::reduce {

/// The most tiles that visit a cell together: no engine may hand over more.
inline constexpr std::uint32_t most_tiles = 8;

/// Lowest and highest outcome of a column, as order-preserving keys.
struct Extremes {
    std::uint32_t low = 0xffffffffu;
    std::uint32_t high = 0;
};

HS_FN Extremes extremes_of(const float* x, std::uint32_t count) {
    Extremes found;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t key = ordered_key(__builtin_bit_cast(std::uint32_t, x[i]));
        found.low = key < found.low ? key : found.low;
        found.high = key > found.high ? key : found.high;
    }
    return found;
}

/// A tile of outcomes: a row of tile_paths floats per column, and which of its paths count.
struct Tile {
    const float* rows;
    std::uint32_t row_stride;   ///< floats from one row to the next
    std::uint64_t first_path;   ///< of the tile
    std::uint32_t begin;        ///< first path wanted
    std::uint32_t end;          ///< past the last path wanted
    const std::uint32_t* skip;  ///< by path, 1: left out; null if none is
    const Extremes* extremes;   ///< by row, of all its paths

    HS_FN const float* row(std::uint32_t r) const { return rows + std::size_t(r) * row_stride; }
};

/// Consecutive tiles, and which of their paths count.
struct Tiles {
    const float* rows;  ///< [tile][row][row_stride]
    std::uint32_t row_stride;
    std::uint64_t begin;  ///< first path wanted, in the first tile
    std::uint64_t end;    ///< past the last path wanted, in the last of at most most_tiles tiles
};

/// The most rows a tile of outcomes has.
inline constexpr std::uint32_t most_rows = max_accounts * account_columns + path_columns;

/// Room one thread needs to reduce tiles.
struct Workspace {
    alignas(64) std::uint32_t skip[most_tiles][tile_paths];
    Extremes extremes[most_tiles][most_rows];
    alignas(64) float column[tile_paths];   ///< a difference; skipped paths hold the centre
    alignas(64) float counted[tile_paths];  ///< the same without the skipped paths
    alignas(64) std::uint32_t bin[tile_paths];
    alignas(64) std::uint32_t low[tile_paths];
    PathSet beyond[max_accounts];         ///< by account: loss beyond the lowest threshold
    alignas(64) float tail[tile_paths];   ///< an account's P&L beyond it, packed
    alignas(64) float other[tile_paths];  ///< another account's on the same paths
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

/// Finds the extremes of every row; returns whether any outcome is infinite or not a number.
HS_FN bool find_extremes(const TallyPlan& plan, const Tile& tile, Extremes* of_row) {
    constexpr std::uint32_t minus_infinity = 0x007fffffu;  // as keys; NaNs lie beyond
    constexpr std::uint32_t infinity = 0xff800000u;
    bool finite = true;
    for (std::uint32_t r = 0; r < plan.rows; ++r) {
        of_row[r] = extremes_of(tile.row(r), tile_paths);
        finite = finite && of_row[r].low > minus_infinity && of_row[r].high < infinity;
    }
    return !finite;
}

/// Marks the paths to leave out: outside the range, or flagged. Returns how many inside are
/// flagged.
HS_FN std::uint64_t find_skipped(const TallyPlan& plan, Tile& tile, std::uint32_t* skip,
                                 Extremes* extremes) {
    tile.skip = nullptr;
    tile.extremes = extremes;
    const bool whole = tile.begin == 0 && tile.end == tile_paths;
    const bool flags = find_extremes(plan, tile, extremes);
    if (whole && !flags) return 0;
    tile.skip = skip;
    for (std::uint32_t i = 0; i < tile_paths; ++i) skip[i] = 0;
    for (std::uint32_t r = 0; flags && r < plan.rows; ++r) {
        const float* row = tile.row(r);
        for (std::uint32_t i = 0; i < tile_paths; ++i) {
            const std::uint32_t bits = __builtin_bit_cast(std::uint32_t, row[i]);
            skip[i] |= (bits & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
        }
    }
    std::uint64_t flagged = 0;
    for (std::uint32_t i = tile.begin; i < tile.end; ++i) flagged += skip[i];
    for (std::uint32_t i = 0; i < tile.begin; ++i) skip[i] = 1;
    for (std::uint32_t i = tile.end; i < tile_paths; ++i) skip[i] = 1;
    return flagged;
}

/// A cell's outcomes in a tile.
struct TileColumn {
    const float* placed;   ///< by path; skipped paths hold the centre, which adds nothing
    const float* counted;  ///< the same without the skipped paths
    std::uint32_t count;
};

/// The cell's column: a row, or the difference of two.
HS_FN TileColumn column_of(const CellSpec& cell, const Tile& tile, Workspace& work) {
    const float* row = tile.row(cell.row);
    if (cell.other_row != cell.row) {
        const float* other = tile.row(cell.other_row);
        for (std::uint32_t i = 0; i < tile_paths; ++i) work.column[i] = (row[i] - other[i]) + 0.0f;
        row = work.column;
    }
    if (tile.skip == nullptr) return {row, row, tile_paths};
    const float centre = static_cast<float>(cell.centre);
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        const float x = row[i];
        work.counted[count] = x;
        count += 1u - tile.skip[i];
        work.column[i] = tile.skip[i] != 0 ? centre : x;
    }
    return {work.column, work.counted, count};
}

/// Counts outcomes into a cell's bins; returns how many were clipped.
HS_FN std::uint32_t count_outcomes(const CellSpec& cell, const float* __restrict x,
                                   std::uint32_t count, std::uint32_t* __restrict bin,
                                   std::uint32_t* __restrict low, std::uint64_t* __restrict bins) {
    const BinCut cut = cut_of(cell);
    std::uint32_t clipped = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const BinPlace place = place_of(x[i], cut);
        bin[i] = place.bin;
        low[i] = place.low;
        clipped += place.clipped;
    }
    for (std::uint32_t i = 0; i < count; ++i)
        bins[bin[i]] += packed_outcome(low[i], cell.mantissa_bits);
    return clipped;
}

/// The same when all are equal: one bin takes them at once.
HS_FN std::uint32_t count_equal(const CellSpec& cell, float x, std::uint32_t count,
                                std::uint64_t* bins) {
    const BinPlace place = place_of(x, cut_of(cell));
    bins[place.bin] += count * packed_outcome(place.low, cell.mantissa_bits);
    return count * place.clipped;
}

/// Adds a tile to a cell; D is double, as many lanes as there are.
template <class D>
HS_FN void tally_cell(const TallyPlan& plan, std::uint32_t c, const Tile& tile, Workspace& work,
                      const TallyView& tally) {
    const CellSpec& cell = plan.cell.data[c];
    const TileColumn x = column_of(cell, tile, work);
    if (x.count == 0) return;
    const bool whole_row = tile.skip == nullptr && cell.other_row == cell.row;
    const Extremes extremes = whole_row ? tile.extremes[cell.row] : extremes_of(x.counted, x.count);
    const bool constant = extremes.low == extremes.high;
    const std::uint32_t powers = cell_powers(cell);
    double sums[8] = {};
    // A constant is the centre, unless it only happens to be one in this tile.
    if (!constant || static_cast<double>(x.counted[0]) != cell.centre) {
        if (powers == 4)
            tile_moments<4, D>(x.placed, cell.centre, sums);
        else
            tile_moments<8, D>(x.placed, cell.centre, sums);
    }

    const Hold hold(tally.locks, c);
    for (std::uint32_t k = 0; k < powers; ++k) {
        std::int64_t* limbs = power_limbs(tally, cell, c, k);
        accumulate(
            sums[k], [&](std::uint32_t limb, std::int64_t amount)
                         __attribute__((always_inline)) { limbs[limb] += amount; });
    }
    std::uint32_t* known = tally.extremes + std::size_t(c) * 2;
    known[0] = extremes.low < known[0] ? extremes.low : known[0];
    known[1] = extremes.high > known[1] ? extremes.high : known[1];
    if (!has_bins(cell)) return;
    std::uint64_t* bins = tally.bins + cell.first_bin;
    tally.clipped[c] += constant
                            ? count_equal(cell, x.counted[0], x.count, bins)
                            : count_outcomes(cell, x.counted, x.count, work.bin, work.low, bins);
}

/// Marks the paths whose loss lies beyond account a's lowest threshold.
HS_FN void find_beyond(const TallyPlan& plan, std::uint32_t a, const Tile& tile, Workspace& work) {
    float lowest = __builtin_inff();
    for (std::uint32_t k = 0; k < plan.levels; ++k) {
        const float threshold = plan.threshold.data[a * plan.levels + k];
        lowest = threshold < lowest ? threshold : lowest;
    }
    PathSet& beyond = work.beyond[a];
    beyond = paths_beyond(tile.row(plan.pnl_row.data[a]), lowest);
    if (tile.skip == nullptr) return;
    for (std::uint32_t i = 0; i < tile_paths; ++i) {
        beyond.batch[i % tile_lanes] &= ~(std::uint64_t{tile.skip[i]} << (i / tile_lanes));
    }
}

/// Sums of the loss beyond account a's thresholds, by batch.
HS_FN void tally_tail(const TallyPlan& plan, std::uint32_t a, const Tile& tile, Workspace& work,
                      const TallyView& tally) {
    const std::uint32_t rows = rows_of(work.beyond[a]);
    pack(work.beyond[a], rows, tile.row(plan.pnl_row.data[a]), work.tail);
    for (std::uint32_t k = 0; k < plan.levels; ++k) {
        const std::uint32_t index = a * plan.levels + k;
        BatchSums excess;
        sum_excess(work.tail, rows, plan.threshold.data[index], excess);
        TailCell& cell = tally.tails[index];
        for (std::uint32_t b = 0; b < tile_lanes; ++b) {
            cell.excess[b] += excess_units(excess.sum[b], plan.excess_scale);
            cell.beyond[b] += excess.count[b];
        }
    }
}

/// Joint sums of accounts a and b.
HS_FN void tally_pair(const TallyPlan& plan, std::uint32_t a, std::uint32_t b, const Tile& tile,
                      Workspace& work, const TallyView& tally) {
    PathSet both;
    for (std::uint32_t l = 0; l < tile_lanes; ++l)
        both.batch[l] = work.beyond[a].batch[l] & work.beyond[b].batch[l];
    const std::uint32_t rows = rows_of(both);
    pack(both, rows, tile.row(plan.pnl_row.data[a]), work.tail);
    if (a != b) pack(both, rows, tile.row(plan.pnl_row.data[b]), work.other);
    const float* other = a == b ? work.tail : work.other;
    const std::size_t first = std::size_t(pair_index(plan.accounts, a, b)) * plan.levels;
    for (std::uint32_t k = 0; k < plan.levels; ++k) {
        BatchSums joint;
        sum_products(work.tail, plan.threshold.data[a * plan.levels + k], other,
                     plan.threshold.data[b * plan.levels + k], rows, joint);
        std::int64_t* limbs = tally.joint_excess + (first + k) * superaccumulator_limbs;
        accumulate(
            joint.sum[0], [&](std::uint32_t limb, std::int64_t amount)
                              __attribute__((always_inline)) { limbs[limb] += amount; });
        tally.joint_beyond[first + k] += joint.count[0];
    }
}

/// Offers account a's paths to its worst ones.
HS_FN void tally_worst(const TallyPlan& plan, std::uint32_t a, const Tile& tile,
                       const TallyView& tally) {
    const float* pnl = tile.row(plan.pnl_row.data[a]);
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
            if (tile.skip != nullptr && tile.skip[i + l] != 0) continue;
            const std::uint32_t key = ordered_key(__builtin_bit_cast(std::uint32_t, pnl[i + l]));
            if (key <= bar) offer({tile.first_path + i + l, key, 0}, heap, count, plan.worst);
        }
    }
}

/// Adds a tile to what is kept of accounts: worst paths, tails, pairs.
HS_FN void tally_accounts(const TallyPlan& plan, const Tile& tile, Workspace& work,
                          const TallyView& tally) {
    for (std::uint32_t a = 0; a < plan.accounts; ++a) {
        const Hold hold(tally.locks, plan.cell.size + a);
        if (plan.worst > 0) tally_worst(plan, a, tile, tally);
        if (plan.levels == 0) continue;
        find_beyond(plan, a, tile, work);
        tally_tail(plan, a, tile, work, tally);
        // Pairs with a as the later account: all earlier ones for a few accounts, else the first
        // and itself.
        for (std::uint32_t b = 0; b <= a; ++b) {
            if (plan.accounts > 8u && b != 0 && b != a) continue;
            tally_pair(plan, b, a, tile, work, tally);
        }
    }
}

/// Counts a tile's paths by batch.
HS_FN void tally_paths(const TallyPlan& plan, const Tile& tile, std::uint64_t flagged,
                       const TallyView& tally) {
    const Hold hold(tally.locks, plan.cell.size + plan.accounts);
    *tally.flagged += flagged;
    std::uint32_t valid[tile_lanes] = {};
    for (std::uint32_t i = 0; i < tile_paths; i += tile_lanes) {
        for (std::uint32_t l = 0; l < tile_lanes; ++l)
            valid[l] += tile.skip == nullptr ? 1u : 1u - tile.skip[i + l];
    }
    for (std::uint32_t l = 0; l < tile_lanes; ++l) tally.batch_paths[l] += valid[l];
}

/// Adds tiles to the tallies; D is double, as many lanes as there are.
template <class D>
HS_FN void tally_tiles(const TallyPlan& plan, const Tiles& tiles, Workspace& work,
                       const TallyView& tally) {
    Tile tile[most_tiles];
    std::uint32_t count = 0;
    for (std::uint64_t path = tiles.begin; path < tiles.end; ++count) {
        const std::uint64_t first = path / tile_paths * tile_paths;
        const std::uint64_t end = first + tile_paths < tiles.end ? first + tile_paths : tiles.end;
        Tile& now = tile[count];
        now = {tiles.rows + std::size_t(count) * plan.rows * tiles.row_stride,
               tiles.row_stride,
               first,
               static_cast<std::uint32_t>(path - first),
               static_cast<std::uint32_t>(end - first),
               nullptr,
               nullptr};
        const std::uint64_t flagged =
            find_skipped(plan, now, work.skip[count], work.extremes[count]);
        tally_paths(plan, now, flagged, tally);
        path = end;
    }
    for (std::uint32_t c = 0; c < plan.cell.size; ++c) {
        for (std::uint32_t t = 0; t < count; ++t) tally_cell<D>(plan, c, tile[t], work, tally);
    }
    for (std::uint32_t t = 0; t < count; ++t) tally_accounts(plan, tile[t], work, tally);
}

}  // namespace hedgestorm::reduce
