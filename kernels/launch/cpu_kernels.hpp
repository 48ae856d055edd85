// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an object built for one instruction set exports: one table of plain functions.

#include <cstdint>

#include "hedgestorm/engine.hpp"
#include "hedgestorm/params.hpp"
#include "hedgestorm/tally.hpp"
#include "hedgestorm/trace.hpp"

namespace hedgestorm::launch {

/// Tiles that visit a tally together keep its bins near (docs/decisions/0004-tallies.md).
inline constexpr std::uint64_t most_tiles_at_a_time = 8;

struct CpuKernels {
    /// Outcomes of `paths` paths of one tile, a multiple of `lanes`, from `first_path` on: a row of
    /// floats per column, `stride` floats apart.
    void (*simulate_single)(const PathParams<float>& params, std::uint64_t first_path,
                            std::uint32_t paths, float* rows, std::uint32_t stride);
    void (*simulate_reference)(const PathParams<double>& params, std::uint64_t first_path,
                               std::uint32_t paths, float* rows, std::uint32_t stride);
    /// Adds the wanted paths of at most most_tiles tiles of outcomes, [tile][row][stride], to the
    /// tallies; `workspace` has workspace_bytes.
    void (*tally)(const TallyPlan& plan, const float* rows, std::uint32_t stride, PathRange paths,
                  void* workspace, const TallyView& tally);
    /// The market along `paths` paths, a multiple of `lanes`, from `first_path` on.
    void (*trace_single)(const PathParams<float>& params, std::uint64_t first_path,
                         std::uint32_t paths, const TraceSink& sink);
    void (*trace_reference)(const PathParams<double>& params, std::uint64_t first_path,
                            std::uint32_t paths, const TraceSink& sink);
    std::uint64_t workspace_bytes;
    std::uint32_t lanes;  ///< paths simulated side by side
};

extern const CpuKernels scalar_kernels;
extern const CpuKernels avx2_kernels;
extern const CpuKernels avx512_kernels;

}  // namespace hedgestorm::launch
