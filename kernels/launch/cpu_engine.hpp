// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makers of engines, one per kind; engines.cpp is their only caller.

#include "hedgestorm/engine.hpp"
#include "kernels/launch/cpu_kernels.hpp"

namespace hedgestorm::launch {

/// A single-threaded engine on one instruction set. `name` and `device` must outlive it.
Engine* make_cpu_engine(const char* name, const char* device, const CpuKernels& kernels);

}  // namespace hedgestorm::launch
