// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sorting on the device, through CUB. Apart from the engine because it takes long to compile.

#include <cuda_runtime.h>

#include <cstdint>

#include "kernels/launch/cuda_call.cuh"
#include "kernels/launch/device_memory.cuh"

namespace hedgestorm::launch {

/// Sorts `count` keys in ascending order. Gives where they are: `keys` or `spare`, both of that
/// length; nullptr if it failed. Waits for nothing.
std::uint64_t* sort_keys(CudaCalls& calls, cudaStream_t stream, DeviceMemory& scratch,
                         std::uint64_t* keys, std::uint64_t* spare, std::uint32_t count);

}  // namespace hedgestorm::launch
