// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a device's bins to a list of those that hold something: a few megabytes travel to the host
// instead of all bins.

#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/reduce/chunk.cuh"
#include "kernels/reduce/touched_bins.hpp"

namespace hedgestorm::reduce {

/// Lists the bins that hold something and empties them. `listed` counts all found; those that found
/// no room in the list keep what they hold, for another call.
static __global__ void list_touched(std::uint64_t* bins, std::uint64_t count, TouchedBin* list,
                                    std::uint32_t capacity, std::uint32_t* listed) {
    const std::uint64_t stride = std::uint64_t{gridDim.x} * blockDim.x;
    const std::uint64_t thread = std::uint64_t{blockIdx.x} * blockDim.x + threadIdx.x;
    // The whole warp stays in the loop until its last bin.
    for (std::uint64_t bin = thread; bin - threadIdx.x % warp_lanes < count; bin += stride) {
        const std::uint64_t packed = bin < count ? bins[bin] : 0;
        const std::uint32_t slot = take_slot(packed != 0, listed);
        if (packed != 0 && slot < capacity) {
            list[slot] = {bin, packed};
            bins[bin] = 0;
        }
    }
}

}  // namespace hedgestorm::reduce
