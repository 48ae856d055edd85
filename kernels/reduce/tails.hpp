// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loss beyond fixed thresholds, for the errors of paired tail figures (docs/statistics.md).
//
// Per batch (path number modulo 64) an account's (L - q)+ is summed in double over the tile, then
// added as an integer in units of gross notional / 2^32: the same bits in any order. L = -P&L.

#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

/// (L - q)+ of one outcome.
HS_FN double excess_of(float pnl, float threshold) {
    const double over = -static_cast<double>(pnl) - static_cast<double>(threshold);
    return over > 0.0 ? over : 0.0;
}

/// A sum of excesses in integer units, rounded to nearest; saturates far outside any book's losses.
HS_FN std::int64_t excess_units(double sum, double scale) {
    const double units = sum * scale + 0.5;
    return units < 4.0e18 ? static_cast<std::int64_t>(units) : std::int64_t{4000000000000000000};
}

}  // namespace hedgestorm::reduce
