// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reducing half of the CUDA engine: chunks of outcomes into device tallies, and those into the
// host's. One per engine, on the engine's stream.

#include <cuda_runtime.h>

#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/launch/cuda_call.cuh"
#include "kernels/launch/device_memory.cuh"
#include "kernels/reduce/chunk.cuh"

namespace hedgestorm::launch {

class CudaReducer {
  public:
    explicit CudaReducer(CudaCalls& calls) : calls_(calls) {}

    /// Takes the plan, as the host and as the device read it, and memory for chunks of
    /// `most_tiles`.
    bool load(const TallyPlan& host, const TallyPlan& device, std::uint32_t most_tiles,
              cudaStream_t stream);

    /// Device memory that chunks of one tile more take, and what is taken whatever the chunk.
    static std::uint64_t bytes_per_tile();
    static std::uint64_t fixed_bytes(const TallyPlan& plan);

    /// Where the marks of left-out paths lie, for the chunk.
    std::uint8_t* skip() const { return skip_.as<std::uint8_t>(); }

    /// Empties the device's tallies.
    bool start();
    /// Adds a chunk's outcomes to the device's tallies; its worst paths go to the host's at once.
    bool add(const reduce::Chunk& chunk, const TallyView& into);
    /// Adds the device's tallies to the host's.
    bool finish(const TallyView& into);

  private:
    bool add_worst(const reduce::Chunk& chunk, const TallyView& into);
    bool add_many_worst(const reduce::Chunk& chunk, std::uint32_t account, std::uint32_t found,
                        const TallyView& into);
    bool add_bins(const TallyView& into);
    bool copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind);
    bool zero(void* memory, std::size_t bytes);
    bool wait();

    CudaCalls& calls_;
    cudaStream_t stream_ = nullptr;
    TallyPlan host_;
    TallyPlan device_;
    TallyView tally_{};  ///< on the device
    bool dirty_ = true;  ///< bins may hold what a failed call left
    std::uint64_t most_places_ = 0;

    DeviceMemory bins_;
    DeviceMemory ledger_;
    DeviceMemory skip_;
    DeviceMemory touched_;     ///< TouchedBin[staged_bins]
    DeviceMemory candidates_;  ///< [account][most_candidates]
    DeviceMemory counters_;    ///< bars and counts per account, then the count of touched bins
    DeviceMemory many_;        ///< candidates of a whole chunk, twice; taken when first needed
    DeviceMemory scratch_;
    PinnedMemory empty_ledger_;
    PinnedMemory host_ledger_;
    PinnedMemory host_counters_;
    PinnedMemory staging_;  ///< touched bins, or candidates of all accounts
};

}  // namespace hedgestorm::launch
