// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simulation kernels as templates. Included where kernels are made: cuda_simulate_single.cu and
// cuda_simulate_reference.cu.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/launch/cuda_simulate.cuh"
#include "kernels/launch/curand_philox.cuh"
#include "kernels/launch/one_path.hpp"
#include "kernels/launch/tuning.hpp"

namespace hedgestorm::launch {

template <class T, ColumnSet columns, bool carry, std::uint32_t accounts>
__global__ void __launch_bounds__(tuning::simulate_threads,
                                  tuning::resident_blocks(std::is_same_v<T, float>, columns,
                                                          accounts))
    simulate_paths(const __grid_constant__ PathParams<T> params, std::uint64_t first_path,
                   std::uint32_t rows, float* outcomes) {
    const std::uint32_t place = blockIdx.x * blockDim.x + threadIdx.x;
    simulate_one<T, columns, carry, accounts, CurandPhilox>(params, first_path, place, blockIdx.y,
                                                            rows, outcomes);
}

template <class T, ColumnSet columns, std::uint32_t accounts>
SimulateKernel<T> with_carry(const PathParams<T>& params) {
    return params.carry ? simulate_paths<T, columns, true, accounts>
                        : simulate_paths<T, columns, false, accounts>;
}

template <class T, ColumnSet columns, bool one>
Simulation<T> in_groups(const PathParams<T>& params) {
    constexpr std::uint32_t group = one ? 1 : tuning::account_group(columns);
    return {with_carry<T, columns, group>(params), (params.account.size + group - 1) / group};
}

/// The kernel for one account, or for groups of them.
template <class T, bool one>
Simulation<T> with_columns(const PathParams<T>& params) {
    switch (params.columns) {
        case ColumnSet::pnl:
            return in_groups<T, ColumnSet::pnl, one>(params);
        case ColumnSet::standard:
            return in_groups<T, ColumnSet::standard, one>(params);
        case ColumnSet::all:
            return in_groups<T, ColumnSet::all, one>(params);
    }
    return {};
}

}  // namespace hedgestorm::launch
