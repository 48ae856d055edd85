// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of validation that is about the market and its model.

#include "host/scenario/scenario.hpp"
#include "host/scenario/spec.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

/// The key table has checked each value; what is missing is already a problem and stays 0.
Market validate_market(const MarketSpec& spec, const Calendar& calendar);

}  // namespace hedgestorm::scenario
