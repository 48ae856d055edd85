// SPDX-License-Identifier: Apache-2.0
#pragma once

// A finished run as one value: what the result file holds, what `show` prints.

#include <cstdint>
#include <string>
#include <vector>

#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::result {

/// The book at t_0, from the desk's side, by Black-Scholes-Merton at the legs' implied
/// volatilities.
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

/// How and where the run was made.
struct Provenance {
    std::string program_version;
    std::string commit;
    std::string engine;  ///< e.g. "avx512"
    std::string device;  ///< e.g. the processor's name
    int threads = 1;
    std::string started;  ///< ISO 8601, UTC
    double seconds = 0.0;
    std::uint64_t rebalance_steps = 0;
    std::uint64_t grid_steps = 0;
};

struct Result {
    scenario::Scenario scenario;
    InitialBook book;
    Provenance provenance;
    risk::Sample sample;
    risk::Risk risk;
};

}  // namespace hedgestorm::result
