// SPDX-License-Identifier: Apache-2.0

// The CPU engine: one thread, one instruction set, a tile of paths at a time.

#include "kernels/launch/cpu_engine.hpp"

#include <cstddef>
#include <cstdlib>

namespace hedgestorm::launch {
namespace {

constexpr std::size_t cache_line = 64;

/// Up to this many steps x accounts, eight tiles take well under a second.
constexpr std::uint32_t few_account_steps = 8192;

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
    std::uint64_t paths_at_a_time() const override { return tiles_at_a_time_ * tile_paths; }

    EngineStatus load(const PlanView& plan) override {
        plan_ = plan;
        // Eight tiles visit a tally while it is in the cache; a long grid takes one, so that a run
        // that is to stop does so within a second or two.
        const std::uint32_t steps =
            plan.single != nullptr ? plan.single->steps : plan.reference->steps;
        tiles_at_a_time_ = steps * plan.tally.accounts <= few_account_steps ? 8 : 1;
        std::free(rows_);
        const std::size_t bytes = std::size_t(plan.tally.rows) * tile_paths * sizeof(float);
        rows_ = static_cast<float*>(std::aligned_alloc(cache_line, bytes));
        if (workspace_ == nullptr)
            workspace_ = std::aligned_alloc(cache_line, kernels_.workspace_bytes);
        if (rows_ == nullptr || workspace_ == nullptr) return {"no memory for a tile of outcomes"};
        return {};
    }

    EngineStatus run(PathRange paths, const TallyView& tally) override {
        for (std::uint64_t path = paths.first; path < paths.end;) {
            const std::uint64_t tile = path / tile_paths;
            const std::uint64_t first = tile * tile_paths;
            const std::uint64_t end =
                first + tile_paths < paths.end ? first + tile_paths : paths.end;
            simulate(first, rows_);
            kernels_.tally(plan_.tally, rows_, first, static_cast<std::uint32_t>(path - first),
                           static_cast<std::uint32_t>(end - first), workspace_, tally);
            path = end;
        }
        return {};
    }

    EngineStatus outcomes(std::uint64_t tile, float* rows) override {
        simulate(tile * tile_paths, rows);
        return {};
    }

  private:
    void simulate(std::uint64_t first_path, float* rows) const {
        if (plan_.single != nullptr) {
            kernels_.simulate_single(*plan_.single, first_path, rows);
        } else {
            kernels_.simulate_reference(*plan_.reference, first_path, rows);
        }
    }

    const char* name_;
    const char* device_;
    const CpuKernels& kernels_;
    PlanView plan_;
    std::uint64_t tiles_at_a_time_ = 1;
    float* rows_ = nullptr;
    void* workspace_ = nullptr;
};

}  // namespace

Engine* make_cpu_engine(const char* name, const char* device, const CpuKernels& kernels) {
    return new CpuEngine(name, device, kernels);
}

}  // namespace hedgestorm::launch
