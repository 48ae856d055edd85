// SPDX-License-Identifier: Apache-2.0
#pragma once

// The body of every simulation kernel. Included where kernels are made: cuda_simulate_single.cu and
// cuda_simulate_reference.cu.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"
#include "kernels/launch/cuda_simulate.cuh"
#include "kernels/launch/tuning.hpp"
#include "kernels/path/simulate.hpp"

namespace hedgestorm::launch {

template <class T, ColumnSet columns, bool carry, std::uint32_t accounts>
__global__ void __launch_bounds__(tuning::simulate_threads,
                                  tuning::resident_blocks(std::is_same_v<T, float>, columns,
                                                          accounts))
    simulate_paths(const __grid_constant__ PathParams<T> given, std::uint64_t first_path,
                   std::uint32_t rows, float* outcomes) {
    using Shape = path::Shape<columns, carry, tuning::block_steps(columns, accounts), accounts,
                              /*unrolled=*/true>;
    PathParams<T> params = given;
    AccountParams<T> only;
    if constexpr (accounts == 1) {
        // With one account and one wish, known to be one, nothing is indexed: all of it lies in
        // registers.
        only = given.account.data[0];
        only.target = 0;
        params.account = {&only, 1};
        params.target.size = 1;
    }
    const std::uint32_t place = blockIdx.x * blockDim.x + threadIdx.x;
    const std::uint64_t path = first_path + place;
    float* row = outcomes + std::size_t(place / tile_paths) * rows * tile_paths;
    path::simulate<Shape, T>(params, static_cast<std::uint32_t>(path),
                             static_cast<std::uint32_t>(path >> 32),
                             {row + place % tile_paths, tile_paths});
}

template <class T, ColumnSet columns, std::uint32_t accounts>
SimulateKernel<T> with_carry(const PathParams<T>& params) {
    return params.carry ? simulate_paths<T, columns, true, accounts>
                        : simulate_paths<T, columns, false, accounts>;
}

/// The kernel with room for `accounts` accounts.
template <class T, std::uint32_t accounts>
SimulateKernel<T> with_columns(const PathParams<T>& params) {
    switch (params.columns) {
        case ColumnSet::pnl:
            return with_carry<T, ColumnSet::pnl, accounts>(params);
        case ColumnSet::standard:
            return with_carry<T, ColumnSet::standard, accounts>(params);
        case ColumnSet::all:
            return with_carry<T, ColumnSet::all, accounts>(params);
    }
    return nullptr;
}

}  // namespace hedgestorm::launch
