// SPDX-License-Identifier: Apache-2.0
#pragma once

// Prices of European options under the scenario's own market, risk neutral and unstressed, to 1e-10
// of the forward.
//
// By the characteristic function of the log price and one integral (Lewis, "A simple option formula
// for general jump-diffusion and other exponential Levy processes", 2001).

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// One unit of one leg, long [currency]. `clock` is the market time to its expiry [years], in which
/// the market moves; interest and dividends go by the calendar. Throws ScenarioError where the
/// integral does not converge.
double model_price(const scenario::Scenario& scenario, const scenario::OptionLeg& leg,
                   double clock);

}  // namespace hedgestorm::plan
