// SPDX-License-Identifier: Apache-2.0

// The kernels in double, the reference precision: one kind for any number of accounts.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

SimulateKernel<double> simulate_kernel(const PathParams<double>& params) {
    return with_columns<double, max_accounts>(params);
}

}  // namespace hedgestorm::launch
