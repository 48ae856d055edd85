// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a run remembers: integers that merge by addition, so that threads, tiles and machines may be
// added in any order and give the same bits. Layout of one copy; memory is owned by the host or
// device.
//
//   moments   per cell: sums of (x - c)^1..4 of each tile, in double over 64 fixed lanes and a
//             fixed tree, added to integer superaccumulators
//   bins      per cell: the float's bits choose a bin; a bin packs its count and the sum of the
//             bits that did not choose, so that tail means are exact; a cell without bins
//             keeps sums of (x - c)^5..8 in their place, for the errors of its moments
//   tails     per account and level: sums of the loss beyond a fixed threshold, by batch
//   worst     per account: the paths with the lowest P&L
//
// Why this layout: docs/decisions/0004-tallies.md.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/outcome.hpp"
#include "hedgestorm/view.hpp"

namespace hedgestorm {

/// Paths are simulated and reduced in aligned groups of this many; part of every result's meaning.
inline constexpr std::uint32_t tile_paths = 4096;

/// Fixed lanes of a tile's sums, and fixed batches of paths: path number modulo 64.
inline constexpr std::uint32_t tile_lanes = 64;

/// A cell without an account belongs to the path itself.
inline constexpr std::uint16_t path_cell = 0xffffu;

inline constexpr std::uint32_t max_levels = 8;

/// Limbs of a superaccumulator: 32 bits each from 2^-1088, past the largest double.
inline constexpr std::uint32_t superaccumulator_limbs = 67;
inline constexpr int superaccumulator_lowest = -1088;

/// Octaves above the floor that a cell's bins cover.
inline constexpr std::uint32_t cell_octaves = 32;

/// One column of one account: where its tallies lie and how its bins are cut.
struct CellSpec {
    std::uint16_t account;  ///< or path_cell
    Column column;
    std::uint8_t mantissa_bits;  ///< 11 fine, 7 coarse: bins per octave = 2^mantissa_bits; 0: none
    bool two_sided;
    std::int16_t floor_exponent;  ///< |x| < 2^floor_exponent shares one linear page
    std::uint16_t row;            ///< in the outcome tile
    std::uint16_t other_row;      ///< row subtracted (difference columns), else `row` again
    std::uint64_t first_bin;
    double centre;  ///< c of the moments
};

HS_FN bool has_bins(const CellSpec& cell) {
    return cell.mantissa_bits != 0;
}

/// Bins of one side of a cell that has any: the linear page and `cell_octaves` octaves.
HS_FN std::uint32_t side_bins(const CellSpec& cell) {
    return (cell_octaves + 1u) << cell.mantissa_bits;
}

/// Powers of x - c a cell sums: 4 for its moments. Their errors take 8, or bins.
HS_FN std::uint32_t cell_powers(const CellSpec& cell) {
    return has_bins(cell) ? 4u : 8u;
}

/// Places a cell takes among the bins: its bins, or the limbs of its powers beyond the fourth.
HS_FN std::uint32_t cell_bins(const CellSpec& cell) {
    if (!has_bins(cell)) return 4 * superaccumulator_limbs;
    return side_bins(cell) * (cell.two_sided ? 2u : 1u);
}

/// Bits of the count in a packed bin; the rest hold the sum of low bits. Count and sum overflow
/// together.
HS_FN std::uint32_t count_shift(std::uint32_t mantissa_bits) {
    return 64u - (41u + mantissa_bits) / 2u;
}

/// Paths one copy may take before its bins must be drained into wide counters.
inline constexpr std::uint64_t paths_between_drains = std::uint64_t{1} << 22;

/// Loss beyond a threshold, per batch; in units of 1 / TallyPlan::excess_scale.
struct TailCell {
    std::int64_t excess[tile_lanes];
    std::uint64_t beyond[tile_lanes];
};

struct WorstPath {
    std::uint64_t path;
    std::uint32_t key;  ///< order-preserving bits of the P&L
    std::uint32_t padding;
};

/// Everything about the tallies that the plan fixes.
struct TallyPlan {
    View<CellSpec> cell;
    std::uint64_t bins = 0;
    std::uint32_t rows = 0;  ///< rows of the outcome tile
    std::uint32_t accounts = 0;
    std::uint32_t levels = 0;     ///< of tails; 0 with a single account
    std::uint32_t pairs = 0;      ///< account pairs with joint sums
    std::uint32_t worst = 0;      ///< worst paths kept per account
    View<std::uint16_t> pnl_row;  ///< per account
    View<float> threshold;        ///< [account][level] of the loss
    double excess_scale = 0.0;    ///< units per currency: 2^32 / gross notional, a power of two
};

/// One copy of the tallies.
struct TallyView {
    std::uint64_t* bins;          ///< [plan.bins]
    std::int64_t* moments;        ///< [cell][4][superaccumulator_limbs]
    std::uint32_t* extremes;      ///< [cell][2] order-preserving keys: lowest, highest
    std::uint64_t* clipped;       ///< [cell]
    TailCell* tails;              ///< [account][level]
    std::int64_t* joint_excess;   ///< [pair][level][superaccumulator_limbs]
    std::uint64_t* joint_beyond;  ///< [pair][level]
    WorstPath* worst;             ///< [account][plan.worst], a max-heap by (key, path)
    std::uint32_t* worst_count;   ///< [account]
    std::uint64_t* batch_paths;   ///< [tile_lanes] valid paths per batch
    std::uint64_t* flagged;       ///< [1]
    std::uint32_t* locks;         ///< [cells + accounts + 1] when threads share the copy, else null
};

/// The limbs of cell c's sum of (x - c)^(k + 1).
HS_FN std::int64_t* power_limbs(const TallyView& tally, const CellSpec& cell, std::uint32_t c,
                                std::uint32_t k) {
    return k < 4 ? tally.moments + (std::size_t(c) * 4 + k) * superaccumulator_limbs
                 : reinterpret_cast<std::int64_t*>(tally.bins + cell.first_bin) +
                       std::size_t(k - 4) * superaccumulator_limbs;
}

/// A pair's index: all pairs (a <= b) for up to 8 accounts, else (0, b) and (b, b).
HS_FN std::uint32_t pair_count(std::uint32_t accounts) {
    return accounts <= 8u ? accounts * (accounts + 1u) / 2u : 2u * accounts - 1u;
}
HS_FN std::uint32_t pair_index(std::uint32_t accounts, std::uint32_t a, std::uint32_t b) {
    if (accounts <= 8u) return b * (b + 1u) / 2u + a;
    return a == b ? b : accounts - 1u + b;
}

/// Order-preserving bits of a float: a < b exactly when key(a) < key(b), for finite values with +0
/// only.
HS_FN std::uint32_t ordered_key(std::uint32_t bits) {
    return bits ^ ((bits >> 31) != 0u ? 0xffffffffu : 0x80000000u);
}

}  // namespace hedgestorm
