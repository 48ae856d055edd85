// SPDX-License-Identifier: Apache-2.0
#include "host/plan/displacement.hpp"

namespace hedgestorm::plan {

scenario::Scenario on_displaced_price(scenario::Scenario scenario) {
    scenario.market.spot += scenario.market.displacement;
    for (scenario::OptionLeg& leg : scenario.book.options)
        leg.strike += scenario.market.displacement;
    scenario.market.displacement = 0.0;
    return scenario;
}

}  // namespace hedgestorm::plan
