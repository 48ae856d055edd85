// SPDX-License-Identifier: Apache-2.0

// The kernels in float: for one account, all in registers, or for groups of them.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

Simulation<float> simulation(const PathParams<float>& params) {
    if (suits_one_account(params)) return with_columns<float, true>(params);
    return with_columns<float, false>(params);
}

}  // namespace hedgestorm::launch
