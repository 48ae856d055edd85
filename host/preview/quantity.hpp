// SPDX-License-Identifier: Apache-2.0
#pragma once

// What of the market a preview follows. A quantity more is a line here, one in quantity.cpp, and
// where paths decide it a TraceRow (hedgestorm/trace.hpp).

#include <optional>
#include <string>
#include <vector>

#include "hedgestorm/trace.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::preview {

enum class Quantity {
    spot,
    volatility,           ///< diffusive, in force, in market time
    realised_volatility,  ///< of hourly closes in the last 24 hours
    implied_multiplier,   ///< of implied volatilities
    half_spread,
    price,       ///< of a proxy
    basis,       ///< of a perpetual
    depth,       ///< multiplier by stress
    collateral,  ///< its price by stress
};

struct QuantityInfo {
    Quantity quantity;
    std::string key;              ///< in a CSV file
    std::string title;            ///< for people
    std::string brief;            ///< the same where there is little room
    std::string unit;             ///< of what is shown; empty: the base currency
    double scale;                 ///< from native units to that one
    std::optional<TraceRow> row;  ///< where it is traced; none: made of the returns
};

const QuantityInfo& info(Quantity quantity);

/// Those that a scenario's market has: no multiplier that nothing moves, no spread that is 0.
std::vector<Quantity> quantities_of(const scenario::Scenario& scenario);

/// A day of 24 hours [years].
double day(const scenario::Scenario& scenario);

}  // namespace hedgestorm::preview
