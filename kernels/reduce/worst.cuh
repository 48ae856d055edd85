// SPDX-License-Identifier: Apache-2.0
#pragma once

// Candidates for the worst paths of each account. The host's heap (worst.hpp) says how bad a path
// must be; once it is full few are, and they go to the host as they are.

#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/reduce/chunk.cuh"

namespace hedgestorm::reduce {

/// A candidate in one word that sorts as `worse` does: the P&L's key, then the path's place in the
/// chunk.
HS_FN std::uint64_t candidate(std::uint32_t key, std::uint32_t place) {
    return std::uint64_t{key} << 32 | place;
}

/// Lists the paths of account `first_account` + blockIdx.y whose key is not above its bar, in any
/// order; a block per tile and account. `found` counts all of them, listed or not.
static __global__ void find_worst(const __grid_constant__ Chunk chunk,
                                  const __grid_constant__ View<std::uint16_t> pnl_row,
                                  std::uint32_t first_account, const std::uint32_t* bars,
                                  std::uint64_t* list, std::uint32_t capacity,
                                  std::uint32_t* found) {
    const std::uint32_t account = first_account + blockIdx.y;
    const std::uint32_t bar = bars[account];
    const float* pnl = chunk.row(blockIdx.x, pnl_row.data[account]);
    const std::uint8_t* skip = chunk.skipped(blockIdx.x);
    list += std::size_t(blockIdx.y) * capacity;
    for (std::uint32_t i = threadIdx.x; i < tile_paths; i += blockDim.x) {
        const std::uint32_t key = ordered_key(__float_as_uint(pnl[i]));
        const bool listed = skip[i] == 0 && key <= bar;
        const std::uint32_t slot = take_slot(listed, found + account);
        if (listed && slot < capacity) list[slot] = candidate(key, blockIdx.x * tile_paths + i);
    }
}

}  // namespace hedgestorm::reduce
