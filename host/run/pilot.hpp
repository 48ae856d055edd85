// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a plan takes from its first outcomes: the centres of the moments (the first path) and the
// loss thresholds of paired tail figures (quantiles of the first 65 536 paths). Functions of
// scenario and seed.

#include <cstdint>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/run.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::run {

inline constexpr std::uint64_t pilot_paths = 65536;

/// Simulates the first paths on engines that have loaded the plan, a thread each, and fixes the
/// plan's constants: the same whatever the engines. Reports as Stage::preparing. Throws
/// Interrupted when `options.interrupted` turns true, CapacityError when an engine lacks memory,
/// EngineError when it fails.
void fly_pilot(const scenario::Scenario& scenario, const std::vector<Engine*>& engines,
               plan::Plan& plan, const Options& options = {});

}  // namespace hedgestorm::run
