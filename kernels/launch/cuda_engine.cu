// SPDX-License-Identifier: Apache-2.0

// The CUDA engine: paths are simulated and tallied on the device, a chunk of tiles at a time, and
// each call's tallies are added to the host's. Instances share nothing, so several may work on one
// device or on several at a time.

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "kernels/launch/cuda_call.cuh"
#include "kernels/launch/cuda_engine.hpp"
#include "kernels/launch/cuda_reducer.cuh"
#include "kernels/launch/cuda_simulate.cuh"
#include "kernels/launch/device_memory.cuh"
#include "kernels/launch/pack_plan.hpp"
#include "kernels/launch/tuning.hpp"

namespace hedgestorm::launch {
namespace {

constexpr std::uint32_t most_devices = 16;

/// What the driver said when it was first asked.
struct Devices {
    std::uint32_t count = 0;
    char absence[256] = "";
    char name[most_devices][sizeof(cudaDeviceProp::name) + 32] = {};
};

Devices ask_driver() {
    Devices found;
    int count = 0;
    const cudaError_t result = cudaGetDeviceCount(&count);
    static_cast<void>(cudaGetLastError());
    int driver = 0;
    static_cast<void>(cudaDriverGetVersion(&driver));
    constexpr int major = CUDART_VERSION / 1000;
    constexpr int minor = CUDART_VERSION % 1000 / 10;
    if (result == cudaErrorNoDevice || (result == cudaSuccess && count == 0)) {
        std::snprintf(found.absence, sizeof found.absence, "no CUDA device on this machine");
    } else if (result != cudaSuccess && driver == 0) {
        std::snprintf(found.absence, sizeof found.absence, "no NVIDIA driver on this machine");
    } else if (result == cudaErrorInsufficientDriver) {
        std::snprintf(found.absence, sizeof found.absence,
                      "the NVIDIA driver supports CUDA %d.%d, this build needs %d.%d or newer",
                      driver / 1000, driver % 1000 / 10, major, minor);
    } else if (result != cudaSuccess) {
        std::snprintf(found.absence, sizeof found.absence,
                      "asking for CUDA devices failed: %s (%s)", cudaGetErrorString(result),
                      cudaGetErrorName(result));
    } else {
        found.count = static_cast<std::uint32_t>(count);
        found.count = found.count < most_devices ? found.count : most_devices;
    }
    for (std::uint32_t d = 0; d < found.count; ++d) {
        cudaDeviceProp properties;
        if (cudaGetDeviceProperties(&properties, static_cast<int>(d)) != cudaSuccess) {
            static_cast<void>(cudaGetLastError());
            std::strcpy(properties.name, "CUDA device");
        }
        std::snprintf(found.name[d], sizeof found.name[d], "%s", properties.name);
    }
    return found;
}

const Devices& devices() {
    static const Devices found = ask_driver();
    return found;
}

class CudaEngine final : public Engine {
  public:
    explicit CudaEngine(std::uint32_t device) : device_(device), calls_(device), reducer_(calls_) {
        std::snprintf(name_, sizeof name_, "cuda:%u", device);
    }

    ~CudaEngine() override {
        static_cast<void>(cudaSetDevice(static_cast<int>(device_)));
        if (stream_ != nullptr) static_cast<void>(cudaStreamDestroy(stream_));
    }

    CudaEngine(const CudaEngine&) = delete;
    CudaEngine& operator=(const CudaEngine&) = delete;

    const char* name() const override { return name_; }
    const char* device() const override { return cuda_device_name(device_); }
    std::uint64_t paths_at_a_time() const override { return tuning::most_paths_at_a_time; }

    EngineStatus load(const PlanView& plan) override {
        loaded_ = begin() && upload(plan) && take_memory(plan.tally);
        if (loaded_) {
            if (packed_.is_single) {
                single_ = simulation(packed_.single);
            } else {
                reference_ = simulation(packed_.reference);
            }
        }
        return status();
    }

    EngineStatus run(PathRange paths, const TallyView& tally) override {
        if (!begin()) return status();
        if (!loaded_) return {"the engine has no plan"};
        // Longer ranges in turns: bins must reach the host before they could overflow.
        for (std::uint64_t first = paths.first; first < paths.end;) {
            const std::uint64_t turn_end =
                (first / tile_paths) * tile_paths + tuning::most_paths_at_a_time;
            const std::uint64_t end = turn_end < paths.end ? turn_end : paths.end;
            if (!run_turn({first, end}, tally)) break;
            first = end;
        }
        return status();
    }

    EngineStatus outcomes(std::uint64_t tile, float* rows) override {
        if (!begin()) return status();
        if (!loaded_) return {"the engine has no plan"};
        const std::size_t bytes = std::size_t(packed_.tally.rows) * tile_paths * sizeof(float);
        if (simulate(tile * tile_paths, 1) &&
            calls_.check(cudaMemcpyAsync(rows, outcomes_.as<float>(), bytes, cudaMemcpyDeviceToHost,
                                         stream_),
                         "copying outcomes (cudaMemcpyAsync)")) {
            calls_.check(cudaStreamSynchronize(stream_), "simulating (cudaStreamSynchronize)");
        }
        return status();
    }

  private:
    EngineStatus status() const {
        return {calls_.failure(), calls_.no_memory() ? Refusal::no_memory : Refusal::broken};
    }

    /// Each call may come from another thread, whose current device is its own.
    bool begin() {
        calls_.clear();
        if (!calls_.check(cudaSetDevice(static_cast<int>(device_)),
                          "choosing the device (cudaSetDevice)"))
            return false;
        return stream_ != nullptr ||
               calls_.check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking),
                            "making a stream (cudaStreamCreateWithFlags)");
    }

    bool upload(const PlanView& plan) {
        const std::size_t bytes = packed_bytes(plan);
        if (!tables_.reserve(calls_, bytes) || !image_.reserve(calls_, bytes)) return false;
        packed_ = pack(plan, image_.as<void>(), tables_.as<void>());
        return calls_.check(cudaMemcpyAsync(tables_.as<void>(), image_.as<void>(), bytes,
                                            cudaMemcpyHostToDevice, stream_),
                            "copying the plan (cudaMemcpyAsync)") &&
               calls_.check(cudaStreamSynchronize(stream_),
                            "copying the plan (cudaStreamSynchronize)");
    }

    /// Memory for as many tiles at a time as a share of what is free holds.
    bool take_memory(const TallyPlan& plan) {
        std::size_t free = 0;
        std::size_t total = 0;
        if (!calls_.check(cudaMemGetInfo(&free, &total), "asking for free memory (cudaMemGetInfo)"))
            return false;
        const std::uint64_t tile_bytes = std::uint64_t{plan.rows} * tile_paths * sizeof(float);
        const std::uint64_t per_tile = tile_bytes + CudaReducer::bytes_per_tile();
        const std::uint64_t fixed = CudaReducer::fixed_bytes(plan);
        const std::uint64_t share = (free + outcomes_.bytes()) / tuning::share_of_free;
        std::uint64_t room = share > fixed ? share - fixed : 0;
        room = room < tuning::most_outcome_bytes ? room : tuning::most_outcome_bytes;
        const std::uint64_t most = tuning::most_paths_at_a_time / tile_paths;
        const std::uint64_t fit = room / per_tile;
        tiles_ = static_cast<std::uint32_t>(fit < 1 ? 1 : (fit < most ? fit : most));
        return outcomes_.reserve(calls_, tiles_ * tile_bytes) &&
               reducer_.load(plan, packed_.tally, tiles_, stream_);
    }

    bool simulate(std::uint64_t first_path, std::uint32_t tiles) {
        constexpr std::uint32_t threads = tuning::simulate_threads;
        static_assert(tile_paths % threads == 0);
        const std::uint32_t blocks = tiles * (tile_paths / threads);
        float* rows = outcomes_.as<float>();
        const char* what = "simulating paths";
        return packed_.is_single
                   ? calls_.launch(what, single_.kernel, dim3(blocks, single_.groups), threads,
                                   stream_, packed_.single, first_path, packed_.tally.rows, rows)
                   : calls_.launch(what, reference_.kernel, dim3(blocks, reference_.groups),
                                   threads, stream_, packed_.reference, first_path,
                                   packed_.tally.rows, rows);
    }

    bool run_turn(PathRange paths, const TallyView& tally) {
        if (!reducer_.start()) return false;
        const std::uint64_t tile_end = (paths.end + tile_paths - 1) / tile_paths;
        for (std::uint64_t tile = paths.first / tile_paths; tile < tile_end; tile += tiles_) {
            const std::uint64_t left = tile_end - tile;
            const std::uint32_t tiles = left < tiles_ ? static_cast<std::uint32_t>(left) : tiles_;
            const reduce::Chunk chunk = {outcomes_.as<float>(),
                                         reducer_.skip(),
                                         tile * tile_paths,
                                         paths.first,
                                         paths.end,
                                         packed_.tally.rows,
                                         tiles};
            if (!simulate(chunk.first_path, tiles) || !reducer_.add(chunk, tally)) return false;
        }
        return reducer_.finish(tally);
    }

    char name_[16] = "";
    std::uint32_t device_;
    CudaCalls calls_;
    cudaStream_t stream_ = nullptr;
    bool loaded_ = false;
    std::uint32_t tiles_ = 0;  ///< simulated at a time
    PackedPlan packed_{};
    Simulation<float> single_;
    Simulation<double> reference_;
    PinnedMemory image_;
    DeviceMemory tables_;
    DeviceMemory outcomes_;
    CudaReducer reducer_;
};

}  // namespace

std::uint32_t cuda_devices() {
    return devices().count;
}

const char* cuda_absence() {
    return devices().count > 0 ? nullptr : devices().absence;
}

const char* cuda_device_name(std::uint32_t device) {
    return device < devices().count ? devices().name[device] : "";
}

Engine* make_cuda_engine(std::uint32_t device) {
    return device < devices().count ? new (std::nothrow) CudaEngine(device) : nullptr;
}

}  // namespace hedgestorm::launch
