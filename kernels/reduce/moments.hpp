// SPDX-License-Identifier: Apache-2.0
#pragma once

// The power sums of one row of a tile: sums of (x - c)^1..4 in double.
//
// Lane l sums the elements l, l + 64, l + 128, ... in that order; then halves are added, 32, 16,
// ... 1. The order is part of the format: a vector unit, a GPU block and plain code give the same
// bits.

#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::reduce {

/// The four running sums of one lane.
struct LaneSums {
    double power[4];
};

/// Adds one element to a lane.
HS_FN void add_element(float x, double centre, LaneSums& lane) {
    const double v = static_cast<double>(x) - centre;
    const double square = v * v;
    lane.power[0] += v;
    lane.power[1] += square;
    lane.power[2] += square * v;
    lane.power[3] += square * square;
}

/// The whole row on one thread, as many lanes at a time as D (real lanes of double) is wide.
template <class D>
HS_FN void tile_moments(const float* x, double centre, double sums[4]) {
    using namespace lanes;
    constexpr std::uint32_t width = LaneTraits<D>::width;
    static_assert(tile_lanes % width == 0);
    alignas(64) double first[tile_lanes];
    alignas(64) double second[tile_lanes];
    alignas(64) double third[tile_lanes];
    alignas(64) double fourth[tile_lanes];
    for (std::uint32_t l = 0; l < tile_lanes; l += width) {
        D one = splat<D>(0.0);
        D two = one;
        D three = one;
        D four = one;
        for (std::uint32_t i = l; i < tile_paths; i += tile_lanes) {
            const D v = load_floats<D>(x + i) - splat<D>(centre);
            const D square = v * v;
            one = one + v;
            two = two + square;
            three = three + square * v;
            four = four + square * square;
        }
        store(first + l, one);
        store(second + l, two);
        store(third + l, three);
        store(fourth + l, four);
    }
    for (std::uint32_t half = tile_lanes / 2; half > 0; half /= 2) {
        for (std::uint32_t l = 0; l < half; ++l) {
            first[l] += first[l + half];
            second[l] += second[l + half];
            third[l] += third[l + half];
            fourth[l] += fourth[l + half];
        }
    }
    sums[0] = first[0];
    sums[1] = second[0];
    sums[2] = third[0];
    sums[3] = fourth[0];
}

}  // namespace hedgestorm::reduce
