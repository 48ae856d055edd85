// SPDX-License-Identifier: Apache-2.0
#pragma once

// Markets other than the plain one, as scenario text.

#include <fmt/format.h>

#include <string>

#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

struct HestonNumbers {
    double kappa, theta, xi, rho, initial;
};

inline std::string number(double x) {
    return fmt::format("{:#.17g}", x);
}

inline std::string merton_table(double intensity, double mean, double sd) {
    return "[market.merton]\nintensity = " + number(intensity) + "\njump_mean = " + number(mean) +
           "\njump_sd = " + number(sd);
}

inline std::string kou_table(double intensity, double up, double eta1, double eta2) {
    return "[market.kou]\nintensity = " + number(intensity) + "\nup_probability = " + number(up) +
           "\neta1 = " + number(eta1) + "\neta2 = " + number(eta2);
}

inline std::string momentum_table(double kappa, double volatility, double initial) {
    return "[market.momentum]\nkappa = " + number(kappa) + "\nvolatility = " + number(volatility) +
           "\ninitial = " + number(initial);
}

/// A valid scenario in Heston's market; `more` are further keys of its table.
inline ScenarioText heston(const HestonNumbers& h, const std::string& more = "",
                           ScenarioText text = {}) {
    text.set("market.model", "'heston'").without("market.volatility");
    return text.append("[market.heston]\nkappa = " + number(h.kappa) + "\ntheta = " +
                       number(h.theta) + "\nxi = " + number(h.xi) + "\nrho = " + number(h.rho) +
                       "\ninitial_variance = " + number(h.initial) + "\n" + more);
}

/// A horizon in years that the first leg shares, in so many steps.
inline ScenarioText over(ScenarioText text, double years, int steps) {
    text.without("simulation.horizon_days").set("simulation.horizon_years", number(years));
    text.without("option.expiry_days").set("option.expiry_years", number(years));
    return text.set("simulation.steps", std::to_string(steps));
}

}  // namespace hedgestorm::test
