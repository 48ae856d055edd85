// SPDX-License-Identifier: Apache-2.0
#include "host/run/processors.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

#include "hedgestorm/engine.hpp"

namespace hedgestorm::run {

int usable_processors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::string widest_cpu_engine() {
    const View<EngineOffer> offers = engine_offers();
    std::string widest;
    for (std::uint32_t i = 0; i < offers.size; ++i)
        if (offers[i].available && !offers[i].gpu) widest = offers[i].name;
    return widest;
}

}  // namespace hedgestorm::run
