// SPDX-License-Identifier: Apache-2.0
#pragma once

// Hedges other than the underlying for cash, as scenario text.

#include <string>

#include "tests/support/markets.hpp"

namespace hedgestorm::test {

/// A perpetual; `more` are further tables of it.
inline std::string perpetual(double kappa, double mean, double volatility, double correlation,
                             const std::string& more = "") {
    return "[[hedge]]\nname = 'perp'\ninstrument = 'perpetual'\n[hedge.basis]\nkappa = " +
           number(kappa) + "\nmean = " + number(mean) + "\nvolatility = " + number(volatility) +
           "\ncorrelation = " + number(correlation) + "\n" + more;
}

inline std::string proxy(double price, double volatility, double correlation,
                         const std::string& more = "") {
    return "[[hedge]]\nname = 'proxy'\ninstrument = 'proxy'\n" + more +
           "\n[hedge.proxy]\nprice = " + number(price) + "\nvolatility = " + number(volatility) +
           "\ncorrelation = " + number(correlation);
}

inline std::string borrowed(double rate) {
    return "[[hedge]]\nname = 'spot'\nborrow_rate = " + number(rate);
}

}  // namespace hedgestorm::test
