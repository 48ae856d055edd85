// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario in which everything happens that the model has, for tests that engines agree.

#include <string>

#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

/// Steps that fill no whole block, an event inside a rebalance interval, legs that settle early and
/// late, both signs of everything.
inline ScenarioText busy_scenario() {
    return ScenarioText()
        .set("simulation.steps", "39")
        .set("market.rate", "0.03")
        .set("market.dividend_yield", "0.01")
        .set("book.exit_half_spread_vol", "0.01")
        .set("costs.half_spread_bps", "5")
        .set("costs.fee_bps", "2")
        .set("costs.fixed", "0.01")
        .append(
            "[[book.option]]\nname = 'put'\nkind = 'put'\nstrike = 95\nexpiry_days = 11\n"
            "quantity = -2\nimplied_volatility = 0.25")
        .append(
            "[[book.option]]\nname = 'later'\nkind = 'put'\nstrike = 90\nexpiry_days = 60\n"
            "quantity = 3\nimplied_volatility = 0.3")
        .append(
            "[[stress]]\nname = 'gap'\nat_days = 7.3\nduration_days = 0.7\nspot_move = -0.1\n"
            "realised_volatility_multiplier = 2\nimplied_volatility_multiplier = 1.5\n"
            "half_spread_multiplier = 3");
}

inline ScenarioText with_every_rule(ScenarioText text) {
    return text
        .append(
            "[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width = 0.05\nrebalance_to = 'edge'")
        .append("[[policy]]\nname = 'move'\nrule = 'price_move'\nprice_move = 0.02")
        .append("[[policy]]\nname = 'third'\nrule = 'interval'\nevery = 3\nhedge_ratio = 0.8")
        .append(
            "[[policy]]\nname = 'dollars'\nrule = 'band'\nhalf_width = 5\n"
            "half_width_unit = 'dollar'")
        .append(
            "[[policy]]\nname = 'realised'\nrule = 'interval'\nevery = 1\n"
            "valuation = 'realised'\nhalf_life_days = 5\nvolatility_floor = 0.05")
        .append("[[policy]]\nname = 'nothing'\nrule = 'none'");
}

}  // namespace hedgestorm::test
