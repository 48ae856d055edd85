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

/// A kernel and the groups of accounts it is started for: blocks of tuning::simulate_threads paths
/// along x, groups along y.
template <class T>
struct Simulation {
    SimulateKernel<T> kernel = nullptr;
    std::uint32_t groups = 0;
};

/// For the plan's market, columns, carry and number of accounts.
Simulation<float> simulation(const PathParams<float>& params);
Simulation<double> simulation(const PathParams<double>& params);

/// Whether the kernels of the plain market know all that the plan asks for.
template <class T>
bool is_all_plain(const PathParams<T>& params) {
    return params.market.is_plain && !params.has_moving_bands;
}

/// The same for a plan whose market is not plain, or whose bands move.
Simulation<float> simulation_of_any_market(const PathParams<float>& params);
Simulation<double> simulation_of_any_market(const PathParams<double>& params);

}  // namespace hedgestorm::launch
