// SPDX-License-Identifier: Apache-2.0

// The kernels of the plain market in float: for one account, all in registers, or for groups of
// them.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

Simulation<float> simulation(const PathParams<float>& params) {
    if (!is_all_plain(params)) return simulation_of_any_market(params);
    if (suits_one_account(params)) return with_columns<float, true>(params);
    return with_columns<float, false>(params);
}

}  // namespace hedgestorm::launch
