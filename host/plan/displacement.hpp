// SPDX-License-Identifier: Apache-2.0
#pragma once

// Prices that may be negative, by displaced diffusion: X = S + a follows the market's model, so S
// may fall to -a (M. Rubinstein, "Displaced diffusion option pricing", J. Finance 38, 1983). Paths
// know X alone; the price is S = X - a.

#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// The scenario as its paths see it: the spot and every strike are X's, and nothing is displaced.
/// An option on X struck at K + a pays what one on S struck at K does, and a unit of X gains what a
/// unit of S gains. Where nothing is displaced, the scenario itself.
scenario::Scenario on_displaced_price(scenario::Scenario scenario);

}  // namespace hedgestorm::plan
