// SPDX-License-Identifier: Apache-2.0
#pragma once

// Black-Scholes-Merton prices and greeks in double, for the table at t_0 and the initial trades.
//
// Black & Scholes (1973); Merton (1973) for the dividend yield. One unit of one option, long.

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

struct BlackScholes {
    double value;  ///< [currency]
    double delta;  ///< dV/dS
    double gamma;  ///< d2V/dS2
    double vega;   ///< dV/dsigma, for sigma + 1
    double theta;  ///< dV/dt, per year, at constant spot
};

/// `life` is the time to expiry in years; at 0 the option is worth its intrinsic value.
BlackScholes black_scholes(scenario::OptionKind kind, double spot, double strike, double life,
                           double volatility, double rate, double dividend_yield);

/// The standard normal distribution function.
double normal_cdf(double x);

}  // namespace hedgestorm::plan
