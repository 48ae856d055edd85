// SPDX-License-Identifier: Apache-2.0

#include <cub/device/device_radix_sort.cuh>

#include "kernels/launch/cuda_sort.cuh"

namespace hedgestorm::launch {

std::uint64_t* sort_keys(CudaCalls& calls, cudaStream_t stream, DeviceMemory& scratch,
                         std::uint64_t* keys, std::uint64_t* spare, std::uint32_t count) {
    constexpr int bits = 64;
    cub::DoubleBuffer<std::uint64_t> buffers(keys, spare);
    std::size_t bytes = 0;
    bool ok =
        calls.check(cub::DeviceRadixSort::SortKeys(nullptr, bytes, buffers, count, 0, bits, stream),
                    "measuring a sort (cub::DeviceRadixSort)");
    ok = ok && scratch.reserve(calls, bytes) &&
         calls.check(cub::DeviceRadixSort::SortKeys(scratch.as<void>(), bytes, buffers, count, 0,
                                                    bits, stream),
                     "sorting (cub::DeviceRadixSort)");
    return ok ? buffers.Current() : nullptr;
}

}  // namespace hedgestorm::launch
