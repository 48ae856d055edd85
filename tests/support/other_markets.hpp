// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario's text in a market that is not plain: between them, every process there is.

#include <functional>
#include <string>
#include <vector>

#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

struct OtherMarket {
    std::string name;
    std::function<ScenarioText(ScenarioText)> put;
};

/// Variance that often comes near 0, so that both branches of a scheme are taken.
inline ScenarioText with_heston(ScenarioText text, const std::string& scheme,
                                const std::string& model = "heston") {
    return text.without("market.volatility")
        .set("market.model", "'" + model + "'")
        .append(
            "[market.heston]\nkappa = 1.5\ntheta = 0.04\nxi = 0.9\nrho = -0.6\n"
            "initial_variance = 0.03\nscheme = '" +
            scheme + "'");
}

/// Enough jumps that some intervals have several.
inline ScenarioText with_merton(ScenarioText text) {
    return text.append("[market.merton]\nintensity = 60\njump_mean = -0.01\njump_sd = 0.03");
}

inline const std::vector<OtherMarket>& other_markets() {
    static const std::vector<OtherMarket> all = {
        {"heston full_truncation",
         [](ScenarioText text) { return with_heston(text, "full_truncation"); }},
        {"heston quadratic_exponential",
         [](ScenarioText text) { return with_heston(text, "quadratic_exponential"); }},
        {"heston in short steps",
         [](ScenarioText text) {
             text = with_heston(text, "full_truncation");
             return text.append("longest_step_hours = 7");
         }},
        {"merton",
         [](ScenarioText text) { return with_merton(text.set("market.model", "'merton'")); }},
        {"kou",
         [](ScenarioText text) {
             return text.set("market.model", "'kou'")
                 .append(
                     "[market.kou]\nintensity = 80\nup_probability = 0.4\neta1 = 40\neta2 = 30");
         }},
        {"momentum",
         [](ScenarioText text) {
             return text.append("[market.momentum]\nkappa = 20\nvolatility = 3\ninitial = 0.5");
         }},
        {"bates with momentum",
         [](ScenarioText text) {
             return with_merton(with_heston(text, "quadratic_exponential", "bates"))
                 .append("[market.momentum]\nkappa = 20\nvolatility = 3");
         }},
    };
    return all;
}

}  // namespace hedgestorm::test
