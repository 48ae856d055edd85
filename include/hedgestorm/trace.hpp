// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market alone, along single paths: what a picture of it is drawn from, and what a run's
// outcomes came from. The same path code as an engine's, so the same bits.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/engine.hpp"

namespace hedgestorm {

/// What is known of the market at the end of each step.
enum class TraceRow : std::uint8_t {
    log2_spot,    ///< log2(S/S_0)
    spot,         ///< S [currency]
    volatility,   ///< diffusive, per square-root year of market time; of a plan for traces
    implied,      ///< multiplier of implied volatilities by stress that is not scripted
    half_spread,  ///< [fraction of notional]
    price,        ///< of what the hedge trades in [currency]
    basis,        ///< of it, price / S - 1
    depth,        ///< multiplier by stress
    collateral,   ///< price by stress of what is worth 1
};
inline constexpr std::uint32_t trace_rows = 9;

/// Most paths side by side, and what path numbers of a trace are multiples of: a whole number of
/// lanes of every instruction set.
inline constexpr std::uint32_t trace_paths = 32;

/// Some consecutive steps of some neighbouring paths.
struct TraceBlock {
    std::uint64_t first_path;
    std::uint32_t paths;  ///< at most trace_paths
    std::uint32_t first_step;
    std::uint32_t steps;
    const float* rows;         ///< [row][step][path], rounded to float once
    std::uint32_t row_stride;  ///< floats from one row to the next

    /// The paths' numbers at the end of step first_step + i.
    const float* at(TraceRow row, std::uint32_t i) const {
        return rows + std::size_t(row) * row_stride + std::size_t(i) * paths;
    }
};

/// Who receives them: all blocks of a group of paths in the order of time, then the next group's.
struct TraceSink {
    void (*take)(void* of, const TraceBlock& block);
    void* of;
};

/// Takes the market along paths [first, end), multiples of trace_paths below the same multiple of
/// 2^32, on the CPU engine of that name. The plan is one made for traces.
EngineStatus trace_market(const char* engine, const PlanView& plan, PathRange paths,
                          const TraceSink& sink);

}  // namespace hedgestorm
