// SPDX-License-Identifier: Apache-2.0
#pragma once

// The GPU against the CPU engines: the same outcomes and the same tallies, compared byte by byte.

#include <filesystem>

#include "bench/gpu_check/report.hpp"

namespace hedgestorm::gpu_check {

enum class Size { small, usual };

/// Runs a scenario's first paths on cuda:0 and on the CPU.
void check_parity(const std::filesystem::path& scenario, Size size, Report& report);

/// The same for scenarios in which everything happens, in every market that is not plain.
void check_parity_of_other_markets(Size size, Report& report);

}  // namespace hedgestorm::gpu_check
