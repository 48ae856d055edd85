// SPDX-License-Identifier: Apache-2.0

// The kernels in double, the reference precision: for groups of accounts alone.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

Simulation<double> simulation(const PathParams<double>& params) {
    return with_columns<double, false>(params);
}

}  // namespace hedgestorm::launch
