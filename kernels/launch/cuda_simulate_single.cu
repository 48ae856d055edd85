// SPDX-License-Identifier: Apache-2.0

// The kernels in float: one account, all in registers, or as many as a plan may have.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

SimulateKernel<float> simulate_kernel(const PathParams<float>& params) {
    if (suits_one_account(params)) return with_columns<float, 1>(params);
    return with_columns<float, max_accounts>(params);
}

}  // namespace hedgestorm::launch
