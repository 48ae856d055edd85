// SPDX-License-Identifier: Apache-2.0

// The kernels of the plain market in double, the reference precision: for groups of accounts alone.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

Simulation<double> simulation(const PathParams<double>& params) {
    if (!is_all_plain(params)) return simulation_of_any_market(params);
    return with_columns<double, false>(params);
}

}  // namespace hedgestorm::launch
