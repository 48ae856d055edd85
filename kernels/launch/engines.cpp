// SPDX-License-Identifier: Apache-2.0

// What this machine offers: the instruction sets its processor has, and its CUDA devices.

#include <cstdint>
#include <cstdio>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "hedgestorm/contract.hpp"
#include "hedgestorm/engine.hpp"
#include "hedgestorm/trace.hpp"
#include "kernels/launch/cpu_engine.hpp"
#include "kernels/launch/cuda_engine.hpp"

namespace hedgestorm {
namespace {

constexpr std::uint32_t most_cuda_devices = 16;
constexpr std::uint32_t cpu_kinds = 3;

/// The processor's own name, or the architecture where it has none to give.
const char* processor_name() {
    static char name[49] = "";
    if (name[0] != '\0') return name;
#if defined(__x86_64__)
    unsigned int registers[12] = {};
    for (unsigned int i = 0; i < 3; ++i) {
        __get_cpuid(0x80000002u + i, &registers[4 * i], &registers[4 * i + 1],
                    &registers[4 * i + 2], &registers[4 * i + 3]);
    }
    std::memcpy(name, registers, 48);
#endif
    if (name[0] == '\0') std::strcpy(name, "CPU");
    return name;
}

#if defined(__x86_64__)
bool has_avx2() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi2");
}
bool has_avx512() {
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#else
bool has_avx2() {
    return false;
}
bool has_avx512() {
    return false;
}
#endif

struct Offers {
    EngineOffer offer[cpu_kinds + most_cuda_devices];
    std::uint32_t count = 0;
};

Offers find_offers() {
    static char names[most_cuda_devices][16];  // "cuda:" and ten digits
    Offers found{};
    const char* cpu = processor_name();
    const char* lacking = "this processor does not have the instructions";
    found.offer[found.count++] = {"scalar", cpu, true, nullptr, false};
    found.offer[found.count++] = {"avx2", cpu, has_avx2(), has_avx2() ? nullptr : lacking, false};
    found.offer[found.count++] = {"avx512", cpu, has_avx512(), has_avx512() ? nullptr : lacking,
                                  false};
    std::uint32_t devices = launch::cuda_devices();
    if (devices == 0) {
        found.offer[found.count++] = {"cuda", "", false, launch::cuda_absence(), true};
    }
    devices = devices < most_cuda_devices ? devices : most_cuda_devices;
    for (std::uint32_t d = 0; d < devices; ++d) {
        std::snprintf(names[d], sizeof names[d], "cuda:%u", d);
        found.offer[found.count++] = {names[d], launch::cuda_device_name(d), true, nullptr, true};
    }
    return found;
}

const Offers& offers() {
    static const Offers found = find_offers();
    return found;
}

/// The kernels of a CPU offer.
const launch::CpuKernels& kernels_of(std::uint32_t cpu_kind) {
#if defined(__x86_64__)
    if (cpu_kind == 1) return launch::avx2_kernels;
    if (cpu_kind == 2) return launch::avx512_kernels;
#endif
    (void)cpu_kind;
    return launch::scalar_kernels;
}

/// Index of the engine of that name, where this machine offers it; else the number of offers.
std::uint32_t find_offer(const char* name) {
    std::uint32_t i = 0;
    while (i < offers().count &&
           !(offers().offer[i].available && std::strcmp(offers().offer[i].name, name) == 0))
        ++i;
    return i;
}

}  // namespace

View<EngineOffer> engine_offers() {
    return {offers().offer, offers().count};
}

Engine* make_engine(const char* name) {
    const std::uint32_t i = find_offer(name);
    if (i == offers().count) return nullptr;
    const EngineOffer& offer = offers().offer[i];
    if (offer.gpu) return launch::make_cuda_engine(i - cpu_kinds);
    return launch::make_cpu_engine(offer.name, offer.device, kernels_of(i));
}

EngineStatus trace_market(const char* engine, const PlanView& plan, PathRange paths,
                          const TraceSink& sink) {
    HS_EXPECT(paths.first % trace_paths == 0 && paths.end % trace_paths == 0);
    const std::uint32_t i = find_offer(engine);
    if (i >= cpu_kinds) return {"the market is traced by CPU engines alone", Refusal::broken};
    const launch::CpuKernels& kernels = kernels_of(i);
    for (std::uint64_t path = paths.first; path < paths.end; path += trace_paths) {
        if (plan.single != nullptr) {
            kernels.trace_single(*plan.single, path, trace_paths, sink);
        } else {
            kernels.trace_reference(*plan.reference, path, trace_paths, sink);
        }
    }
    return {};
}

}  // namespace hedgestorm
