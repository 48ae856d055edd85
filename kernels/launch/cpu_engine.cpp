// SPDX-License-Identifier: Apache-2.0

// The CPU engine: one thread, one instruction set, some tiles of paths at a time.

#include "kernels/launch/cpu_engine.hpp"

#include <cstddef>
#include <cstdlib>

namespace hedgestorm::launch {
namespace {

constexpr std::size_t cache_line = 64;

/// Up to this many steps x accounts, eight tiles take well under a second.
constexpr std::uint32_t few_account_steps = 8192;

/// Past this much memory for their outcomes, tiles that visit a tally together would push each
/// other out of the cache (measured, docs/decisions/0004-tallies.md).
constexpr std::uint64_t most_outcome_bytes = std::uint64_t{8} << 20;

/// Floats from one row of outcomes to the next: not a power of two, which would send the rows of a
/// path all to one set of the cache.
constexpr std::uint32_t row_stride = tile_paths + cache_line / sizeof(float);

std::uint64_t lesser(std::uint64_t a, std::uint64_t b) {
    return a < b ? a : b;
}

class CpuEngine final : public Engine {
  public:
    CpuEngine(const char* name, const char* device, const CpuKernels& kernels)
        : name_(name), device_(device), kernels_(kernels) {}

    ~CpuEngine() override {
        std::free(rows_);
        std::free(workspace_);
    }

    CpuEngine(const CpuEngine&) = delete;
    CpuEngine& operator=(const CpuEngine&) = delete;

    const char* name() const override { return name_; }
    const char* device() const override { return device_; }
    std::uint64_t paths_at_a_time() const override { return paths_at_a_time_; }

    void heed(const StopSign& sign) override { sign_ = sign; }

    EngineStatus load(const PlanView& plan) override {
        plan_ = plan;
        // A long grid takes one tile in small pieces, so that a run that is to stop does so within
        // a second or two.
        const std::uint32_t steps =
            plan.single != nullptr ? plan.single->steps : plan.reference->steps;
        const std::uint64_t tile_bytes =
            std::uint64_t{plan.tally.rows} * row_stride * sizeof(float);
        const std::uint64_t near = most_outcome_bytes / tile_bytes;
        const bool brief = steps * plan.tally.accounts <= few_account_steps;
        paths_at_a_time_ = tile_paths * (brief ? most_tiles_at_a_time : 1);
        piece_ = brief ? tile_paths : kernels_.lanes;
        tiles_together_ = lesser(near > 0 ? near : 1, paths_at_a_time_ / tile_paths);
        std::free(rows_);
        rows_ = static_cast<float*>(std::aligned_alloc(cache_line, tiles_together_ * tile_bytes));
        if (workspace_ == nullptr)
            workspace_ = std::aligned_alloc(cache_line, kernels_.workspace_bytes);
        if (rows_ == nullptr || workspace_ == nullptr)
            return {"no memory for a tile of outcomes", Refusal::no_memory};
        return {};
    }

    EngineStatus run(PathRange paths, const TallyView& tally) override {
        for (std::uint64_t path = paths.first; path < paths.end;) {
            const std::uint64_t first = path / tile_paths;
            const std::uint64_t end = lesser((first + tiles_together_) * tile_paths, paths.end);
            for (std::uint64_t tile = first; tile * tile_paths < end; ++tile) {
                float* rows = rows_ + (tile - first) * plan_.tally.rows * row_stride;
                if (!simulate(tile * tile_paths, rows, row_stride)) return stopped();
            }
            kernels_.tally(plan_.tally, rows_, row_stride, {path, end}, workspace_, tally);
            path = end;
        }
        return {};
    }

    EngineStatus outcomes(std::uint64_t tile, float* rows) override {
        return simulate(tile * tile_paths, rows, tile_paths) ? EngineStatus{} : stopped();
    }

  private:
    static EngineStatus stopped() { return {"it was told to stop", Refusal::stopped}; }

    /// A tile; false where it was left unfinished.
    bool simulate(std::uint64_t first_path, float* rows, std::uint32_t stride) const {
        for (std::uint32_t i = 0; i < tile_paths; i += piece_) {
            if (sign_.is_up()) return false;
            if (plan_.single != nullptr) {
                kernels_.simulate_single(*plan_.single, first_path + i, piece_, rows + i, stride);
            } else {
                kernels_.simulate_reference(*plan_.reference, first_path + i, piece_, rows + i,
                                            stride);
            }
        }
        return true;
    }

    const char* name_;
    const char* device_;
    const CpuKernels& kernels_;
    PlanView plan_;
    StopSign sign_;
    std::uint32_t piece_ = tile_paths;  ///< paths between two looks at the sign
    std::uint64_t paths_at_a_time_ = tile_paths;
    std::uint64_t tiles_together_ = 1;
    float* rows_ = nullptr;
    void* workspace_ = nullptr;
};

}  // namespace

Engine* make_cpu_engine(const char* name, const char* device, const CpuKernels& kernels) {
    return new CpuEngine(name, device, kernels);
}

}  // namespace hedgestorm::launch
