// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about the market and its model.

#include "host/scenario/problems.hpp"
#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

/// The key table has checked each value; what is missing is already a problem and stays 0.
Market validate_market(const MarketSpec& spec, const Calendar& calendar,
                       const Simulation& simulation, Problems& problems);

/// The same for [market.regime] and [market.garch].
Regime validate_regime(const RegimeSpec& spec, Problems& problems);
Garch validate_garch(const GarchSpec& spec, const Calendar& calendar, const Simulation& simulation,
                     Problems& problems);

/// Whether an option has a price in closed form under the model.
bool has_option_price(Model model);

}  // namespace hedgestorm::scenario
