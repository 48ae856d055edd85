// SPDX-License-Identifier: Apache-2.0
#pragma once

// The book at t_0, for the table every result opens with.

#include <vector>

#include "host/plan/grid.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// From the desk's side, by Black-Scholes-Merton at the legs' implied volatilities.
struct InitialBook {
    double value = 0.0;    ///< mark [currency]
    double premium = 0.0;  ///< cash received at t_0 [currency]
    double delta = 0.0;    ///< [underlying]
    double dollar_gamma =
        0.0;             ///< gamma * spot^2 / 100: change of dollar delta for a 1 % move [currency]
    double vega = 0.0;   ///< for one volatility point (0.01) [currency]
    double theta = 0.0;  ///< for one day [currency]
    double gross_notional = 0.0;        ///< sum of |quantity * multiplier| * spot [currency]
    double gross_units = 0.0;           ///< sum of |quantity * multiplier| [underlying]
    std::vector<double> initial_hedge;  ///< per policy, after the initial trade [underlying]
};

/// All but the hedges, which the policies decide.
InitialBook make_initial_book(const scenario::Scenario& scenario, const Grid& grid);

/// Change in value for a relative change of every implied volatility [currency].
double initial_relative_vega(const scenario::Scenario& scenario);

}  // namespace hedgestorm::plan
