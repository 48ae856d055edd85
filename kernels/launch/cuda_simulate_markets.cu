// SPDX-License-Identifier: Apache-2.0

// The kernels of every market that is not plain, and of bands that move: for the P&L alone and for
// all columns, which also serve the plans between. Few, because each holds the code of all
// processes.

#include "kernels/launch/simulate_kernel.cuh"

namespace hedgestorm::launch {

Simulation<float> simulation_of_any_market(const PathParams<float>& params) {
    constexpr auto pnl = ColumnSet::pnl;
    constexpr auto all = ColumnSet::all;
    const bool pnl_alone = params.columns == pnl;
    if (suits_one_account(params))
        return pnl_alone ? of_any_market<float, pnl, 1>(params)
                         : of_any_market<float, all, 1>(params);
    return pnl_alone ? of_any_market<float, pnl, tuning::account_group(pnl)>(params)
                     : of_any_market<float, all, tuning::account_group(all)>(params);
}

Simulation<double> simulation_of_any_market(const PathParams<double>& params) {
    return of_any_market<double, ColumnSet::all, tuning::account_group(ColumnSet::all)>(params);
}

}  // namespace hedgestorm::launch
