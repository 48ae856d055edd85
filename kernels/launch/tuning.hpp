// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers of the CUDA engine that change its speed and memory, never its results. Chosen from
// registers and instruction counts (docs/gpu-status.md); none was measured on hardware yet.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"

namespace hedgestorm::launch::tuning {

/// Threads of a block that simulates; a tile is a whole number of blocks.
inline constexpr std::uint32_t simulate_threads = 128;

/// Accounts that a thread simulates at a time. Their states lie in local memory, which is fast
/// while the caches hold it: with more columns than the P&L, 32 accounts would take 2 KB a path.
/// The market is worked out anew for each group, which for the P&L alone would cost more.
constexpr std::uint32_t account_group(ColumnSet columns) {
    return columns == ColumnSet::pnl ? max_accounts : 8;
}

/// Steps that are written out, so that market and book of a block stay in registers: four normals
/// come from one Philox block. With several accounts each account's state is in local memory, and
/// longer blocks move it less often; beside the processes of a market that is not plain they would
/// spill, and in doubles more than one step at a time would.
constexpr int block_steps(bool single, bool plain, std::uint32_t accounts) {
    if (!single && !plain) return 1;
    return single && plain && accounts > 1 ? 8 : 4;
}

/// Blocks that must fit on a multiprocessor at a time: the most that leaves no spill, and whose
/// accounts' states the nearest cache (256 KB) holds.
constexpr int resident_blocks(bool single, bool plain, ColumnSet columns, std::uint32_t accounts) {
    if (!single) return 2;
    if (!plain) return columns == ColumnSet::pnl ? 3 : 2;
    if (accounts > 1) return columns == ColumnSet::pnl ? 4 : 3;
    if (columns == ColumnSet::all) return 4;
    return columns == ColumnSet::pnl ? 8 : 5;
}

/// Threads of the kernels that reduce whole tiles and of those that walk over bins.
inline constexpr std::uint32_t tile_threads = 256;
inline constexpr std::uint32_t bin_threads = 256;

/// Paths of one call: never so many that a packed bin could overflow.
inline constexpr std::uint64_t most_paths_at_a_time = paths_between_drains;

/// Memory for outcomes: this share of what is free, but no more than `most_outcome_bytes` (several
/// waves of threads even with the most columns), and at least one tile.
inline constexpr std::uint64_t share_of_free = 4;
inline constexpr std::uint64_t most_outcome_bytes = std::uint64_t{4} << 30;

/// Candidates for the worst paths that an account may send to the host in one go; more are sorted
/// on the device first.
inline constexpr std::uint32_t most_candidates = 1u << 14;

/// Touched bins downloaded at a time.
inline constexpr std::uint32_t staged_bins = 1u << 19;

}  // namespace hedgestorm::launch::tuning
