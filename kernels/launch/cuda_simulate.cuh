// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simulation kernels: one thread is one path. A path's thread is a lane of width one of the
// same source that the CPU engines compile; which kernel runs is chosen on the host, once per plan.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"

namespace hedgestorm::launch {

/// Outcomes of tile_paths * tiles paths from `first_path` on, [tile][row][tile_paths].
template <class T>
using SimulateKernel = void (*)(PathParams<T> params, std::uint64_t first_path, std::uint32_t rows,
                                float* outcomes);

/// The kernel for the plan's columns, carry and number of accounts.
SimulateKernel<float> simulate_kernel(const PathParams<float>& params);
SimulateKernel<double> simulate_kernel(const PathParams<double>& params);

}  // namespace hedgestorm::launch
