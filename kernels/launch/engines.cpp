// SPDX-License-Identifier: Apache-2.0

// What this machine offers: the instruction sets its processor has, and its CUDA devices.

#include <cstdint>
#include <cstdio>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "hedgestorm/engine.hpp"
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

}  // namespace

View<EngineOffer> engine_offers() {
    return {offers().offer, offers().count};
}

Engine* make_engine(const char* name) {
    for (std::uint32_t i = 0; i < offers().count; ++i) {
        const EngineOffer& offer = offers().offer[i];
        if (!offer.available || std::strcmp(offer.name, name) != 0) continue;
        if (offer.gpu) return launch::make_cuda_engine(i - cpu_kinds);
        const char* device = offer.device;
        if (i == 0) return launch::make_cpu_engine(offer.name, device, launch::scalar_kernels);
#if defined(__x86_64__)
        if (i == 1) return launch::make_cpu_engine(offer.name, device, launch::avx2_kernels);
        if (i == 2) return launch::make_cpu_engine(offer.name, device, launch::avx512_kernels);
#endif
    }
    return nullptr;
}

}  // namespace hedgestorm
