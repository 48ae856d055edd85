// SPDX-License-Identifier: Apache-2.0
#pragma once

// A finished run as one value: what the result file holds, what `show` prints.

#include <cstdint>
#include <string>
#include <vector>

#include "host/plan/initial_book.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::result {

using plan::InitialBook;

/// How and where the run was made.
struct Provenance {
    std::string program_version;
    std::string commit;
    std::string engine;  ///< e.g. "avx512"
    std::string device;  ///< e.g. the processor's name
    int threads = 1;
    std::string started;  ///< ISO 8601, UTC
    double seconds = 0.0;
    std::uint64_t rebalance_steps = 0;
    std::uint64_t grid_steps = 0;
};

struct Result {
    scenario::Scenario scenario;
    InitialBook book;
    Provenance provenance;
    risk::Sample sample;
    risk::Risk risk;
};

}  // namespace hedgestorm::result
