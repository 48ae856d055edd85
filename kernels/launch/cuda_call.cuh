// SPDX-License-Identifier: Apache-2.0
#pragma once

// CUDA calls whose failure is never lost: the first one leaves a sentence that names the call, the
// device and the error, and stays until it is read.

#include <cuda_runtime.h>

#include <cstdint>
#include <cstdio>
#include <type_traits>

namespace hedgestorm::launch {

class CudaCalls {
  public:
    explicit CudaCalls(std::uint32_t device) : device_(device) {}

    /// Takes the result of a call; true if it and all before it succeeded.
    bool check(cudaError_t result, const char* call) {
        if (result == cudaSuccess) return text_[0] == '\0';
        // An error that is not sticky would otherwise turn up in the next call's answer.
        static_cast<void>(cudaGetLastError());
        if (text_[0] == '\0') {
            no_memory_ = result == cudaErrorMemoryAllocation;
            std::snprintf(text_, sizeof text_, "%s failed on cuda:%u: %s (%s)", call, device_,
                          cudaGetErrorString(result), cudaGetErrorName(result));
        }
        return false;
    }

    /// Starts a kernel and checks that it could be started.
    template <class... Parameters>
    bool launch(const char* name, void (*kernel)(Parameters...), dim3 grid, std::uint32_t threads,
                cudaStream_t stream, const std::type_identity_t<Parameters>&... arguments) {
        void* pointers[] = {const_cast<void*>(static_cast<const void*>(&arguments))...};
        return check(cudaLaunchKernel(reinterpret_cast<const void*>(kernel), grid, dim3(threads),
                                      pointers, 0, stream),
                     name);
    }

    bool ok() const { return text_[0] == '\0'; }
    /// The first failure since `clear`, or nullptr.
    const char* failure() const { return ok() ? nullptr : text_; }
    /// Whether it was for want of memory, of the device or of the host.
    bool no_memory() const { return no_memory_; }
    void clear() {
        text_[0] = '\0';
        no_memory_ = false;
    }

  private:
    std::uint32_t device_;
    char text_[256] = "";
    bool no_memory_ = false;
};

}  // namespace hedgestorm::launch
