// SPDX-License-Identifier: Apache-2.0
#pragma once

// Memory that frees itself: on the device, and on the host where the device can reach it.

#include <cuda_runtime.h>

#include <cstddef>

#include "kernels/launch/cuda_call.cuh"

namespace hedgestorm::launch {

enum class Place { device, pinned_host };

template <Place place>
class Memory {
  public:
    Memory() = default;
    ~Memory() { release(); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    /// Room for `bytes`; what was in it is lost. Nothing happens where there is room already.
    bool reserve(CudaCalls& calls, std::size_t bytes) {
        if (bytes <= bytes_) return calls.ok();
        release();
        constexpr bool device = place == Place::device;
        const cudaError_t result =
            device ? cudaMalloc(&data_, bytes) : cudaMallocHost(&data_, bytes);
        if (result != cudaSuccess) data_ = nullptr;
        if (!calls.check(result, device ? "taking device memory (cudaMalloc)"
                                        : "taking pinned host memory (cudaMallocHost)"))
            return false;
        bytes_ = bytes;
        return true;
    }

    void release() {
        if (data_ == nullptr) return;
        static_cast<void>(place == Place::device ? cudaFree(data_) : cudaFreeHost(data_));
        data_ = nullptr;
        bytes_ = 0;
    }

    template <class T>
    T* as() const {
        return static_cast<T*>(data_);
    }
    std::size_t bytes() const { return bytes_; }

  private:
    void* data_ = nullptr;
    std::size_t bytes_ = 0;
};

using DeviceMemory = Memory<Place::device>;
using PinnedMemory = Memory<Place::pinned_host>;

}  // namespace hedgestorm::launch
