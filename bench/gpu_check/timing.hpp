// SPDX-License-Identifier: Apache-2.0
#pragma once

// How fast cuda:0 is on the common jobs: medians of repeated timings.

#include "bench/gpu_check/report.hpp"

namespace hedgestorm::gpu_check {

void time_jobs(Report& report);

}  // namespace hedgestorm::gpu_check
