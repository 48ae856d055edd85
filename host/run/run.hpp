// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a scenario: chooses engines, hands tiles to threads, and turns the merged tallies into a
// Result.
//
// The result does not depend on the engine, the number of threads, or the order in which tiles
// finish.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/result/result.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::run {

/// First the pilot (host/run/pilot.hpp), then all paths.
enum class Stage { preparing, simulating };

/// Where a run stands.
struct Progress {
    Stage stage = Stage::simulating;
    std::uint64_t done = 0;   ///< paths
    std::uint64_t total = 0;  ///< paths
    double seconds = 0.0;
    std::string level;  ///< of the running figure, e.g. "0.99"
    risk::Estimate
        es{};  ///< running expected shortfall of the first policy's P&L; NaN if not wanted
};

struct Options {
    std::string engine = "auto";
    int threads = 0;                                 ///< 0: as many as this process may use
    double progress_every = 0.25;                    ///< seconds between reports
    bool running_estimate = false;                   ///< whether reports carry one
    std::function<void(const Progress&)> report;     ///< may be empty
    const std::atomic<bool>* interrupted = nullptr;  ///< when it turns true the run stops
};

/// A run that was stopped before its end; nothing is kept.
struct Interrupted : Error {
    Interrupted() : Error(ExitCode::interrupted, "interrupted; nothing was written") {}
};

/// Runs the scenario. Throws CapacityError, EngineError, Interrupted, ScenarioError.
result::Result run(const scenario::Scenario& scenario, const Options& options);

/// Names of the engines `wanted` stands for on this machine: "auto" takes all GPUs, else the widest
/// CPU; "cuda" all GPUs. Throws EngineError with the reason when there is none.
std::vector<std::string> choose_engines(const std::string& wanted);

}  // namespace hedgestorm::run
