// SPDX-License-Identifier: Apache-2.0
#pragma once

// The CUDA side of the engine list. Defined in cuda_engine.cu, or in cuda_absent.cpp for a build
// without the CUDA toolkit: which file is compiled decides, no #if does.

#include <cstdint>

#include "hedgestorm/engine.hpp"

namespace hedgestorm::launch {

/// CUDA devices this process can use; 0 without a driver.
std::uint32_t cuda_devices();

/// Why there is none, in words; nullptr if there is at least one.
const char* cuda_absence();

/// The device's name; static storage.
const char* cuda_device_name(std::uint32_t device);

/// An engine on the device, or nullptr if it cannot be made.
Engine* make_cuda_engine(std::uint32_t device);

}  // namespace hedgestorm::launch
