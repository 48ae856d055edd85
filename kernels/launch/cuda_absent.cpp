// SPDX-License-Identifier: Apache-2.0

// A build without the CUDA toolkit: no devices, and the reason in words.

#include "kernels/launch/cuda_engine.hpp"

namespace hedgestorm::launch {

std::uint32_t cuda_devices() {
    return 0;
}

const char* cuda_absence() {
    return "this build has no CUDA (the toolkit was not found when it was configured)";
}

const char* cuda_device_name(std::uint32_t) {
    return "";
}

Engine* make_cuda_engine(std::uint32_t) {
    return nullptr;
}

}  // namespace hedgestorm::launch
