// SPDX-License-Identifier: Apache-2.0

// The CPU engine's kernels, compiled once per instruction set (HS_ISA = scalar, avx2, avx512).
// Exports one table; everything else is inlined into it or lives in the instruction set's own
// namespace.

#include <cstddef>
#include <cstdint>

#include "kernels/launch/cpu_kernels.hpp"
#include "kernels/launch/isa_lanes.hpp"
#include "kernels/path/market/trace.hpp"
#include "kernels/path/simulate.hpp"
#include "kernels/reduce/tally_tile.hpp"

#define HS_JOIN_(a, b) a##b
#define HS_JOIN(a, b) HS_JOIN_(a, b)

namespace hedgestorm::launch {
namespace {

/// Steps in a block: market, book and wishes of 16 steps leave room in the nearest cache (measured,
/// decision 0003).
constexpr int block_steps = 16;

/// A type of this object alone, so that what is instantiated with it and not inlined stays inside.
template <class Word>
class Random : public math::Philox<Word> {
    using math::Philox<Word>::Philox;
};

template <class R, ColumnSet columns, bool carry>
void simulate_paths(const PathParams<typename lanes::LaneTraits<R>::Scalar>& params,
                    std::uint64_t first_path, std::uint32_t paths, float* rows,
                    std::uint32_t stride) {
    using Traits = lanes::LaneTraits<R>;
    using Shape = path::Shape<columns, carry, block_steps, max_accounts, path::Markets::any,
                              /*unrolled=*/false, Random>;
    // A tile is aligned, so the high word of its path numbers is one number, and of a part's too.
    const auto high = static_cast<std::uint32_t>(first_path >> 32);
    for (std::uint32_t i = 0; i < paths; i += Traits::width) {
        const auto low =
            lanes::path_words<typename Traits::Word>(static_cast<std::uint32_t>(first_path) + i);
        path::simulate<Shape, R>(params, low, high, {rows + i, stride});
    }
}

/// The one list of shapes an engine is compiled for.
template <class R>
void simulate(const PathParams<typename lanes::LaneTraits<R>::Scalar>& params,
              std::uint64_t first_path, std::uint32_t paths, float* rows, std::uint32_t stride) {
    const auto as = [&](auto kernel) { kernel(params, first_path, paths, rows, stride); };
    switch (params.columns) {
        case ColumnSet::pnl:
            return params.carry ? as(simulate_paths<R, ColumnSet::pnl, true>)
                                : as(simulate_paths<R, ColumnSet::pnl, false>);
        case ColumnSet::standard:
            return params.carry ? as(simulate_paths<R, ColumnSet::standard, true>)
                                : as(simulate_paths<R, ColumnSet::standard, false>);
        case ColumnSet::all:
            return params.carry ? as(simulate_paths<R, ColumnSet::all, true>)
                                : as(simulate_paths<R, ColumnSet::all, false>);
    }
}

void simulate_single(const PathParams<float>& params, std::uint64_t first_path, std::uint32_t paths,
                     float* rows, std::uint32_t stride) {
    simulate<IsaFloat>(params, first_path, paths, rows, stride);
}

void simulate_reference(const PathParams<double>& params, std::uint64_t first_path,
                        std::uint32_t paths, float* rows, std::uint32_t stride) {
    simulate<IsaDouble>(params, first_path, paths, rows, stride);
}

template <class R>
void trace(const PathParams<typename lanes::LaneTraits<R>::Scalar>& params,
           std::uint64_t first_path, std::uint32_t paths, const TraceSink& sink) {
    using Traits = lanes::LaneTraits<R>;
    const auto high = static_cast<std::uint32_t>(first_path >> 32);
    for (std::uint32_t i = 0; i < paths; i += Traits::width) {
        const auto low =
            lanes::path_words<typename Traits::Word>(static_cast<std::uint32_t>(first_path) + i);
        path::trace_market<R, Random<typename Traits::Word>, block_steps>(params, first_path + i,
                                                                          low, high, sink);
    }
}

void trace_single(const PathParams<float>& params, std::uint64_t first_path, std::uint32_t paths,
                  const TraceSink& sink) {
    trace<IsaFloat>(params, first_path, paths, sink);
}

void trace_reference(const PathParams<double>& params, std::uint64_t first_path,
                     std::uint32_t paths, const TraceSink& sink) {
    trace<IsaDouble>(params, first_path, paths, sink);
}

void tally(const TallyPlan& plan, const float* rows, std::uint32_t stride, PathRange paths,
           void* workspace, const TallyView& view) {
    reduce::tally_tiles<IsaDouble>(plan, {rows, stride, paths.first, paths.end},
                                   *static_cast<reduce::Workspace*>(workspace), view);
}

}  // namespace

static_assert(most_tiles_at_a_time <= reduce::most_tiles);

constexpr std::uint32_t float_lanes = lanes::LaneTraits<IsaFloat>::width;
static_assert(float_lanes % lanes::LaneTraits<IsaDouble>::width == 0);

extern const CpuKernels HS_JOIN(HS_ISA, _kernels);
const CpuKernels HS_JOIN(HS_ISA, _kernels) = {
    simulate_single, simulate_reference,        tally,      trace_single,
    trace_reference, sizeof(reduce::Workspace), float_lanes};

}  // namespace hedgestorm::launch
