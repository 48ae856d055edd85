// SPDX-License-Identifier: Apache-2.0
#pragma once

// The simulation kernels as templates. Included where kernels are made: cuda_simulate_single.cu,
// cuda_simulate_reference.cu and cuda_simulate_markets.cu.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/launch/cuda_simulate.cuh"
#include "kernels/launch/curand_philox.cuh"
#include "kernels/launch/one_path.hpp"
#include "kernels/launch/tuning.hpp"

namespace hedgestorm::launch {

template <class T, path::Markets markets, ColumnSet columns, bool carry, std::uint32_t accounts>
__global__ void __launch_bounds__(tuning::simulate_threads,
                                  tuning::resident_blocks(std::is_same_v<T, float>,
                                                          markets == path::Markets::plain, columns,
                                                          accounts))
    simulate_paths(const __grid_constant__ PathParams<T> params, std::uint64_t first_path,
                   std::uint32_t rows, float* outcomes) {
    const std::uint32_t place = blockIdx.x * blockDim.x + threadIdx.x;
    simulate_one<T, markets, columns, carry, accounts, CurandPhilox>(params, first_path, place,
                                                                     blockIdx.y, rows, outcomes);
}

template <class T, ColumnSet columns, std::uint32_t accounts>
SimulateKernel<T> with_carry(const PathParams<T>& params) {
    constexpr auto plain = path::Markets::plain;
    return params.carry ? simulate_paths<T, plain, columns, true, accounts>
                        : simulate_paths<T, plain, columns, false, accounts>;
}

template <class T>
Simulation<T> in_groups(SimulateKernel<T> kernel, std::uint32_t group,
                        const PathParams<T>& params) {
    return {kernel, (params.account.size + group - 1) / group};
}

template <class T, ColumnSet columns, bool one>
Simulation<T> of_plain_market(const PathParams<T>& params) {
    constexpr std::uint32_t group = one ? 1 : tuning::account_group(columns);
    return in_groups(with_carry<T, columns, group>(params), group, params);
}

/// The one kernel for all columns, with carry, of a market that is not plain: its processes, and
/// what a plan lacks, are switched at run time, so that the next process costs no kernel.
template <class T, ColumnSet columns, std::uint32_t group>
Simulation<T> of_any_market(const PathParams<T>& params) {
    return in_groups<T>(simulate_paths<T, path::Markets::any, columns, true, group>, group, params);
}

/// The kernel of the plain market for one account, or for groups of them.
template <class T, bool one>
Simulation<T> with_columns(const PathParams<T>& params) {
    switch (params.columns) {
        case ColumnSet::pnl:
            return of_plain_market<T, ColumnSet::pnl, one>(params);
        case ColumnSet::standard:
            return of_plain_market<T, ColumnSet::standard, one>(params);
        case ColumnSet::all:
            return of_plain_market<T, ColumnSet::all, one>(params);
    }
    return {};
}

}  // namespace hedgestorm::launch
