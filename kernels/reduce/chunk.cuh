// SPDX-License-Identifier: Apache-2.0
#pragma once

// The outcomes of some consecutive tiles on the device, as the simulation leaves them and the
// reductions read them; and what the reduction kernels share.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

struct Chunk {
    float* outcomes;           ///< [tile][row][tile_paths]
    std::uint8_t* skip;        ///< [tile][tile_paths] not 0: left out of the tallies
    std::uint64_t first_path;  ///< of the first tile
    std::uint64_t begin;       ///< first path wanted
    std::uint64_t end;         ///< past the last path wanted
    std::uint32_t rows;
    std::uint32_t tiles;

    HS_FN const float* row(std::uint32_t tile, std::uint32_t r) const {
        return outcomes + (std::size_t(tile) * rows + r) * tile_paths;
    }
    HS_FN const std::uint8_t* skipped(std::uint32_t tile) const {
        return skip + std::size_t(tile) * tile_paths;
    }
};

inline constexpr unsigned whole_warp = 0xffffffffu;
inline constexpr std::uint32_t warp_lanes = 32;

/// Integer addition without a sign: the same bits as adding the signed numbers.
__device__ inline void add_to(std::uint64_t* to, std::uint64_t amount) {
    atomicAdd(reinterpret_cast<unsigned long long*>(to), static_cast<unsigned long long>(amount));
}
__device__ inline void add_to(std::int64_t* to, std::int64_t amount) {
    atomicAdd(reinterpret_cast<unsigned long long*>(to), static_cast<unsigned long long>(amount));
}

/// One slot for each thread of the warp that wants one, from a counter; what `counter` says
/// afterwards is how many wanted, whether they fit or not. Every thread of the warp takes part.
__device__ inline std::uint32_t take_slot(bool wants, std::uint32_t* counter) {
    const unsigned wanting = __ballot_sync(whole_warp, wants);
    if (wanting == 0) return 0;
    const std::uint32_t lane = threadIdx.x % warp_lanes;
    const int leader = __ffs(static_cast<int>(wanting)) - 1;
    std::uint32_t first = 0;
    if (static_cast<int>(lane) == leader)
        first = atomicAdd(counter, static_cast<std::uint32_t>(__popc(wanting)));
    first = __shfl_sync(whole_warp, first, leader);
    return first + static_cast<std::uint32_t>(__popc(wanting & ((1u << lane) - 1u)));
}

}  // namespace hedgestorm::reduce
