// SPDX-License-Identifier: Apache-2.0
#pragma once

// The power sums of one row of a tile: sums of (x - c)^1..4 in double, or to the eighth.
//
// Lane l sums the elements l, l + 64, l + 128, ... in that order; then halves are added, 32, 16,
// ... 1. The order is part of the format: a vector unit, a GPU block and plain code give the same
// bits.

#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::reduce {

/// Adds the powers of v, one element's deviation from the centre, to a lane's sums.
template <std::uint32_t powers, class D>
HS_FN void add_powers(D v, D* sum) {
    static_assert(powers == 4 || powers == 8);
    const D square = v * v;
    const D cube = square * v;
    const D fourth = square * square;
    sum[0] = sum[0] + v;
    sum[1] = sum[1] + square;
    sum[2] = sum[2] + cube;
    sum[3] = sum[3] + fourth;
    if constexpr (powers == 8) {
        using lanes::fused;
        sum[4] = fused(fourth, v, sum[4]);
        sum[5] = fused(fourth, square, sum[5]);
        sum[6] = fused(fourth, cube, sum[6]);
        sum[7] = fused(fourth, fourth, sum[7]);
    }
}

/// The whole row on one thread, as many lanes at a time as D (real lanes of double) is wide.
template <std::uint32_t powers, class D>
HS_FN void tile_moments(const float* x, double centre, double* sums) {
    using namespace lanes;
    constexpr std::uint32_t width = LaneTraits<D>::width;
    static_assert(tile_lanes % width == 0);
    alignas(64) double lane[powers][tile_lanes];
    for (std::uint32_t l = 0; l < tile_lanes; l += width) {
        D sum[powers];
        for (std::uint32_t k = 0; k < powers; ++k) sum[k] = splat<D>(0.0);
        for (std::uint32_t i = l; i < tile_paths; i += tile_lanes)
            add_powers<powers>(load_floats<D>(x + i) - splat<D>(centre), sum);
        for (std::uint32_t k = 0; k < powers; ++k) store(lane[k] + l, sum[k]);
    }
    for (std::uint32_t k = 0; k < powers; ++k) {
        for (std::uint32_t half = tile_lanes / 2; half > 0; half /= 2) {
            for (std::uint32_t l = 0; l < half; ++l) lane[k][l] += lane[k][l + half];
        }
        sums[k] = lane[k][0];
    }
}

}  // namespace hedgestorm::reduce
