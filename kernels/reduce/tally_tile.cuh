// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tiles of outcomes into the tallies on a GPU: the sums of tally_tile.hpp with a block of threads
// per tile and row.
//
// The same bits by construction: a thread is one of the 64 fixed lanes and adds its elements in
// their order, the lanes are folded by the same tree, and everything that leaves the block is an
// integer, added atomically. Doubles are never added atomically.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/reduce/bins.hpp"
#include "kernels/reduce/chunk.cuh"
#include "kernels/reduce/moments.hpp"
#include "kernels/reduce/superaccumulator.hpp"
#include "kernels/reduce/tails.hpp"

namespace hedgestorm::reduce {

/// Two accounts whose losses are tallied together.
struct AccountPair {
    std::uint32_t a;
    std::uint32_t b;
};

/// The pair of that index: the inverse of pair_index.
HS_FN AccountPair pair_at(std::uint32_t accounts, std::uint32_t index) {
    if (accounts > 8u) {
        return index < accounts ? AccountPair{index, index}
                                : AccountPair{0u, index - accounts + 1u};
    }
    std::uint32_t b = 0;
    while ((b + 1u) * (b + 2u) / 2u <= index) ++b;
    return {index - b * (b + 1u) / 2u, b};
}

/// Folds one number of each of the 64 threads of a block in the order of tile_moments; thread 0
/// has the result.
template <class N>
__device__ inline N fold_lanes(N mine, N* half_of_lanes) {
    static_assert(tile_lanes == 2 * warp_lanes);
    const std::uint32_t lane = threadIdx.x;
    if (lane >= warp_lanes) half_of_lanes[lane - warp_lanes] = mine;
    __syncthreads();
    if (lane < warp_lanes) {
        mine += half_of_lanes[lane];
        for (std::uint32_t half = warp_lanes / 2; half > 0; half /= 2)
            mine += __shfl_down_sync(whole_warp, mine, half);
    }
    __syncthreads();
    return mine;
}

__device__ inline void add_exactly(double value, std::int64_t* limbs) {
    accumulate(value, [&](std::uint32_t limb, std::int64_t amount) {
        if (amount != 0) add_to(limbs + limb, amount);
    });
}

/// Counts an outcome of each thread that has one. Columns that are constant, or nearly, send whole
/// warps to one bin: then one thread adds for all.
__device__ inline void count_outcome(bool has, const BinPlace& place, std::uint32_t mantissa_bits,
                                     std::uint64_t* bins) {
    const unsigned having = __ballot_sync(whole_warp, has);
    if (having == 0) return;
    const int leader = __ffs(static_cast<int>(having)) - 1;
    const std::uint32_t bin = __shfl_sync(whole_warp, place.bin, leader);
    if (__all_sync(whole_warp, !has || place.bin == bin)) {
        const std::uint32_t low = __reduce_add_sync(whole_warp, has ? place.low : 0u);
        if (static_cast<int>(threadIdx.x % warp_lanes) == leader) {
            const std::uint64_t count = static_cast<std::uint64_t>(__popc(having));
            add_to(bins + bin, (count << count_shift(mantissa_bits)) + low);
        }
    } else if (has) {
        add_to(bins + place.bin, packed_outcome(place.low, mantissa_bits));
    }
}

/// Marks the paths to leave out and counts the others by batch; a block per tile.
static __global__ void find_skipped(const __grid_constant__ Chunk chunk,
                                    const __grid_constant__ TallyView tally) {
    __shared__ std::uint32_t valid[tile_lanes];
    const std::uint32_t tile = blockIdx.x;
    const std::uint64_t first = chunk.first_path + std::uint64_t{tile} * tile_paths;
    if (threadIdx.x < tile_lanes) valid[threadIdx.x] = 0;
    __syncthreads();
    std::uint32_t flagged = 0;
    std::uint32_t counted = 0;
    for (std::uint32_t i = threadIdx.x; i < tile_paths; i += blockDim.x) {
        bool bad = false;
        for (std::uint32_t r = 0; r < chunk.rows; ++r) {
            const std::uint32_t bits = __float_as_uint(chunk.row(tile, r)[i]);
            bad = bad || (bits & 0x7f800000u) == 0x7f800000u;
        }
        const bool wanted = first + i >= chunk.begin && first + i < chunk.end;
        chunk.skip[std::size_t(tile) * tile_paths + i] = bad || !wanted ? 1 : 0;
        flagged += bad && wanted ? 1u : 0u;
        counted += wanted && !bad ? 1u : 0u;
    }
    // The block is a multiple of 64 threads: all of a thread's paths are of one batch.
    atomicAdd(&valid[threadIdx.x % tile_lanes], counted);
    flagged = __reduce_add_sync(whole_warp, flagged);
    if (threadIdx.x % warp_lanes == 0 && flagged != 0)
        add_to(tally.flagged, std::uint64_t{flagged});
    __syncthreads();
    if (threadIdx.x < tile_lanes)
        add_to(tally.batch_paths + threadIdx.x, std::uint64_t{valid[threadIdx.x]});
}

/// Moments, extremes and, if the cell has any, bins: a block of 64 threads per tile and cell.
static __global__ void __launch_bounds__(tile_lanes)
    tally_cells(const __grid_constant__ Chunk chunk, const __grid_constant__ View<CellSpec> cells,
                const __grid_constant__ TallyView tally) {
    __shared__ double scratch[warp_lanes];
    const CellSpec cell = cells.data[blockIdx.y];
    const float* row = chunk.row(blockIdx.x, cell.row);
    const float* other = chunk.row(blockIdx.x, cell.other_row);
    const std::uint8_t* skip = chunk.skipped(blockIdx.x);
    const bool difference = cell.other_row != cell.row;
    const float centre = static_cast<float>(cell.centre);
    const BinCut cut = cut_of(cell);
    std::uint64_t* bins = tally.bins + cell.first_bin;

    double sums[8] = {};
    std::uint32_t low = 0xffffffffu;
    std::uint32_t high = 0;
    std::uint32_t clipped = 0;
    bool any = false;
    for (std::uint32_t i = threadIdx.x; i < tile_paths; i += tile_lanes) {
        const bool has = skip[i] == 0;
        float x = difference ? (row[i] - other[i]) + 0.0f : row[i];
        x = has ? x : centre;
        const double deviation = static_cast<double>(x) - cell.centre;
        const std::uint32_t key = ordered_key(__float_as_uint(x));
        low = has && key < low ? key : low;
        high = has && key > high ? key : high;
        any = any || has;
        if (!has_bins(cell)) {
            add_powers<8>(deviation, sums);
            continue;
        }
        add_powers<4>(deviation, sums);
        const BinPlace place = place_of(x, cut);
        clipped += has ? place.clipped : 0u;
        count_outcome(has, place, cell.mantissa_bits, bins);
    }

    // Left-out paths stand at the centre rounded to float; a tile of nothing else adds nothing.
    if (__syncthreads_or(any ? 1 : 0) == 0) return;
    for (std::uint32_t k = 0; k < 8; ++k) {
        if (k >= cell_powers(cell)) break;
        const double sum = fold_lanes(sums[k], scratch);
        if (threadIdx.x == 0) add_exactly(sum, power_limbs(tally, cell, blockIdx.y, k));
    }
    low = __reduce_min_sync(whole_warp, low);
    high = __reduce_max_sync(whole_warp, high);
    clipped = __reduce_add_sync(whole_warp, clipped);
    if (threadIdx.x % warp_lanes == 0) {
        atomicMin(tally.extremes + std::size_t(blockIdx.y) * 2, low);
        atomicMax(tally.extremes + std::size_t(blockIdx.y) * 2 + 1, high);
        if (clipped != 0) add_to(tally.clipped + blockIdx.y, std::uint64_t{clipped});
    }
}

/// What the tail kernels take from the plan.
struct TailPlan {
    View<std::uint16_t> pnl_row;
    View<float> threshold;
    std::uint32_t accounts;
    std::uint32_t levels;
    double excess_scale;
};

/// Losses beyond the thresholds by batch: a block of 64 threads per tile, account and level.
static __global__ void __launch_bounds__(tile_lanes)
    tally_tails(const __grid_constant__ Chunk chunk, const __grid_constant__ TailPlan plan,
                const __grid_constant__ TallyView tally) {
    const float threshold = plan.threshold.data[blockIdx.y];
    const float* pnl = chunk.row(blockIdx.x, plan.pnl_row.data[blockIdx.y / plan.levels]);
    const std::uint8_t* skip = chunk.skipped(blockIdx.x);
    double excess = 0.0;
    std::uint32_t beyond = 0;
    for (std::uint32_t i = threadIdx.x; i < tile_paths; i += tile_lanes) {
        const double over = skip[i] != 0 ? 0.0 : excess_of(pnl[i], threshold);
        excess += over;
        beyond += over > 0.0 ? 1u : 0u;
    }
    if (beyond == 0) return;
    TailCell& cell = tally.tails[blockIdx.y];
    add_to(cell.excess + threadIdx.x, excess_units(excess, plan.excess_scale));
    add_to(cell.beyond + threadIdx.x, std::uint64_t{beyond});
}

/// Joint losses of two accounts: a block of 64 threads per tile, pair and level.
static __global__ void __launch_bounds__(tile_lanes)
    tally_pairs(const __grid_constant__ Chunk chunk, const __grid_constant__ TailPlan plan,
                const __grid_constant__ TallyView tally) {
    __shared__ double products[warp_lanes];
    __shared__ std::uint32_t counts[warp_lanes];
    const AccountPair pair = pair_at(plan.accounts, blockIdx.y / plan.levels);
    const std::uint32_t level = blockIdx.y % plan.levels;
    const float q_a = plan.threshold.data[pair.a * plan.levels + level];
    const float q_b = plan.threshold.data[pair.b * plan.levels + level];
    const float* pnl_a = chunk.row(blockIdx.x, plan.pnl_row.data[pair.a]);
    const float* pnl_b = chunk.row(blockIdx.x, plan.pnl_row.data[pair.b]);
    const std::uint8_t* skip = chunk.skipped(blockIdx.x);
    double product = 0.0;
    std::uint32_t both = 0;
    for (std::uint32_t i = threadIdx.x; i < tile_paths; i += tile_lanes) {
        double joint = excess_of(pnl_a[i], q_a) * excess_of(pnl_b[i], q_b);
        joint = skip[i] != 0 ? 0.0 : joint;
        product += joint;
        both += joint > 0.0 ? 1u : 0u;
    }
    product = fold_lanes(product, products);
    both = fold_lanes(both, counts);
    if (threadIdx.x != 0 || both == 0) return;
    add_exactly(product, tally.joint_excess + std::size_t(blockIdx.y) * superaccumulator_limbs);
    add_to(tally.joint_beyond + blockIdx.y, std::uint64_t{both});
}

}  // namespace hedgestorm::reduce
