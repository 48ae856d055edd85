// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a plan takes from its first outcomes: the centres of the moments (the first path) and the
// loss thresholds of paired tail figures (quantiles of the first 65 536 paths). Functions of
// scenario and seed.

#include <atomic>
#include <cstdint>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::run {

inline constexpr std::uint64_t pilot_paths = 65536;

/// Simulates the first paths on `engine`, which has loaded the plan, and fixes the plan's
/// constants. Throws Interrupted between two tiles when `interrupted` turns true.
void fly_pilot(const scenario::Scenario& scenario, Engine& engine, plan::Plan& plan,
               const std::atomic<bool>* interrupted = nullptr);

}  // namespace hedgestorm::run
