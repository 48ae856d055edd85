// SPDX-License-Identifier: Apache-2.0

#include <cuda_runtime.h>

#include "bench/gpu_check/device.hpp"
#include "kernels/launch/cuda_call.cuh"
#include "kernels/launch/cuda_simulate.cuh"
#include "kernels/launch/curand_philox.cuh"
#include "kernels/launch/device_memory.cuh"
#include "kernels/launch/pack_plan.hpp"
#include "kernels/launch/tuning.hpp"
#include "kernels/math/philox.hpp"

namespace hedgestorm::gpu_check {
namespace {

constexpr std::uint32_t paths = 4096;
constexpr std::uint32_t blocks = 64;
constexpr std::uint32_t streams = 3;
constexpr std::uint64_t seed = 0x123456789abcdef0ull;
/// The path numbers straddle 2^32.
constexpr std::uint64_t first_path = (std::uint64_t{1} << 32) - paths / 2;

__global__ void compare_words(unsigned long long* different) {
    const std::uint64_t path = first_path + blockIdx.x * blockDim.x + threadIdx.x;
    unsigned long long found = 0;
    for (std::uint32_t stream = 0; stream < streams; ++stream) {
        const auto low = static_cast<std::uint32_t>(path);
        const auto high = static_cast<std::uint32_t>(path >> 32);
        const math::Philox<std::uint32_t> cpu(seed, low, high, stream);
        const launch::CurandPhilox<std::uint32_t> gpu(seed, low, high, stream);
        for (std::uint32_t b = 0; b < blocks; ++b) {
            std::uint32_t expected[4];
            std::uint32_t words[4];
            cpu.block(b, expected);
            gpu.block(b, words);
            bool same = true;
            for (int i = 0; i < 4; ++i) same = same && words[i] == expected[i];
            found += same ? 0 : 1;
        }
    }
    atomicAdd(different, found);
}

}  // namespace

Words compare_words_with_curand() {
    launch::CudaCalls calls(0);
    launch::DeviceMemory count;
    Words words;
    words.compared = std::uint64_t{paths} * blocks * streams;
    unsigned long long different = 0;
    constexpr std::uint32_t threads = 128;
    if (calls.check(cudaSetDevice(0), "cudaSetDevice") && count.reserve(calls, sizeof different) &&
        calls.check(cudaMemset(count.as<void>(), 0, sizeof different), "cudaMemset") &&
        calls.launch("comparing words", compare_words, dim3(paths / threads), threads, nullptr,
                     count.as<unsigned long long>())) {
        calls.check(
            cudaMemcpy(&different, count.as<void>(), sizeof different, cudaMemcpyDeviceToHost),
            "comparing words (cudaMemcpy)");
    }
    words.different = different;
    if (!calls.ok()) words.failure = calls.failure();
    return words;
}

std::vector<double> kernel_seconds(const PlanView& plan, std::uint64_t wanted, int repetitions) {
    launch::CudaCalls calls(0);
    launch::DeviceMemory tables;
    launch::PinnedMemory image;
    launch::DeviceMemory outcomes;
    const auto tiles = static_cast<std::uint32_t>(wanted / tile_paths);
    const std::size_t bytes = launch::packed_bytes(plan);
    const std::size_t outcome_bytes =
        std::size_t(tiles) * plan.tally.rows * tile_paths * sizeof(float);
    if (!calls.check(cudaSetDevice(0), "cudaSetDevice") || !tables.reserve(calls, bytes) ||
        !image.reserve(calls, bytes) || !outcomes.reserve(calls, outcome_bytes))
        return {};
    const launch::PackedPlan packed = launch::pack(plan, image.as<void>(), tables.as<void>());
    calls.check(cudaMemcpy(tables.as<void>(), image.as<void>(), bytes, cudaMemcpyHostToDevice),
                "cudaMemcpy");
    cudaEvent_t start = nullptr;
    cudaEvent_t stop = nullptr;
    calls.check(cudaEventCreate(&start), "cudaEventCreate");
    calls.check(cudaEventCreate(&stop), "cudaEventCreate");
    const launch::Simulation<float> simulation = launch::simulation(packed.single);
    const dim3 grid(tiles * (tile_paths / launch::tuning::simulate_threads), simulation.groups);
    std::vector<double> seconds;
    for (int i = 0; i <= repetitions && calls.ok(); ++i) {
        calls.check(cudaEventRecord(start), "cudaEventRecord");
        calls.launch("simulating", simulation.kernel, grid, launch::tuning::simulate_threads,
                     nullptr, packed.single, std::uint64_t{0}, plan.tally.rows,
                     outcomes.as<float>());
        calls.check(cudaEventRecord(stop), "cudaEventRecord");
        calls.check(cudaEventSynchronize(stop), "cudaEventSynchronize");
        float milliseconds = 0.0f;
        calls.check(cudaEventElapsedTime(&milliseconds, start, stop), "cudaEventElapsedTime");
        if (i > 0) seconds.push_back(static_cast<double>(milliseconds) * 1e-3);
    }
    static_cast<void>(cudaEventDestroy(start));
    static_cast<void>(cudaEventDestroy(stop));
    if (!calls.ok()) seconds.clear();
    return seconds;
}

}  // namespace hedgestorm::gpu_check
