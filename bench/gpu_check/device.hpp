// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parts of the check that need kernels of their own.

#include <cstdint>
#include <string>
#include <vector>

#include "hedgestorm/engine.hpp"

namespace hedgestorm::gpu_check {

/// Blocks of four random words, as the kernels draw them through cuRAND, that differ from those of
/// the CPU engines' source, both drawn on the device; `failure` is set instead if the device could
/// not be asked.
struct Words {
    std::uint64_t compared = 0;
    std::uint64_t different = 0;
    std::string failure;
};
Words compare_words_with_curand();

/// Seconds the simulation kernel alone takes for `paths` paths, once per repetition after one that
/// is not counted; empty if the device failed.
std::vector<double> kernel_seconds(const PlanView& plan, std::uint64_t paths, int repetitions);

}  // namespace hedgestorm::gpu_check
