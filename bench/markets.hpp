// SPDX-License-Identifier: Apache-2.0
#pragma once

// The markets that are measured beside the plain one, as scenario text: keys of [market] and the
// tables that follow it. The short call lives a quarter of a year, in 63 steps.

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace hedgestorm::bench {

inline const std::string gbm = "volatility = 0.2\n";

inline const std::string merton_jumps =
    "[market.merton]\nintensity = 1.0\njump_mean = -0.1\njump_sd = 0.15\n";
inline const std::string merton = "model = 'merton'\n" + gbm + merton_jumps;
inline const std::string kou =
    "model = 'kou'\n" + gbm +
    "[market.kou]\nintensity = 5.0\nup_probability = 0.4\neta1 = 25.0\neta2 = 20.0\n";

inline std::string heston_variance(const std::string& scheme) {
    return fmt::format(
        "[market.heston]\nkappa = 2.0\ntheta = 0.04\nxi = 0.5\nrho = -0.7\n"
        "initial_variance = 0.04\nscheme = '{}'\n",
        scheme);
}
inline std::string heston(const std::string& scheme) {
    return "model = 'heston'\n" + heston_variance(scheme);
}
inline const std::string bates =
    "model = 'bates'\n" + heston_variance("quadratic_exponential") + merton_jumps;

/// A calm state and a storm with jumps, which each last for weeks.
inline const std::string regime =
    "model = 'regime'\n[market.regime]\ninitial = 'calm'\n"
    "[[market.regime.state]]\nname = 'calm'\nvolatility = 0.15\n"
    "[[market.regime.state]]\nname = 'storm'\nvolatility = 0.5\nintensity = 12\njump_mean = -0.02\n"
    "jump_sd = 0.03\nhalf_spread_multiplier = 3\n"
    "[[market.regime.switch]]\nfrom = 'calm'\nto = 'storm'\nrate_per_year = 2\n"
    "[[market.regime.switch]]\nfrom = 'storm'\nto = 'calm'\nrate_per_year = 12\n";

/// A variance for each step.
inline std::string garch(const std::string& innovations) {
    return "model = 'garch'\n[market.garch]\nomega = 4e-6\nalpha = 0.05\nbeta = 0.85\ngamma = "
           "0.08\n"
           "period_years = 0.003968253968253968\n" +
           innovations;
}

inline const std::string hawkes =
    "model = 'hawkes'\n" + gbm +
    "[market.hawkes]\nbaseline = 6\nbranching_ratio = 0.5\ndecay = 100\njump_mean = -0.02\n"
    "jump_sd = 0.03\n";

/// A wave of a price with a row for each step, three years long.
inline std::string history(const std::string& model, const std::string& keys) {
    std::string prices;
    for (int i = 0; i < 756; ++i)
        prices += fmt::format(
            "{:.6f}, ", 100.0 * std::exp(0.1 * std::sin(0.37 * i) + 0.05 * std::sin(1.9 * i)));
    return fmt::format(
        "model = '{}'\n[market.{}]\n{}[market.series]\nspacing_years = 0.003968253968253968\n"
        "[[market.series.stretch]]\nstart = '2020-01-01'\nprices = [{}]\n",
        model, model, keys, prices);
}

/// A shock at random and one that answers to a drawdown.
inline const std::string overlays =
    gbm +
    "[[stress]]\nrate_per_year = 4\nspot_move = -0.05\nrealised_volatility_multiplier = 2\n"
    "half_life_days = 3\n"
    "[[stress]]\nwhen = { drawdown = 0.1 }\nduration_days = 2\nspot_move = -0.1\n"
    "half_spread_multiplier = 4\nhalf_life_days = 3\n";

inline const std::string perpetual =
    gbm +
    "[[hedge]]\nname = 'perpetual'\ninstrument = 'perpetual'\n"
    "[hedge.basis]\nkappa = 300\nvolatility = 0.05\ncorrelation = 0.3\n"
    "[hedge.funding]\nevery_years = 0.003968253968253968\n";
inline const std::string proxy =
    gbm +
    "[[hedge]]\nname = 'proxy'\ninstrument = 'proxy'\n"
    "[hedge.proxy]\nprice = 250\nvolatility = 0.3\ncorrelation = 0.9\n";

}  // namespace hedgestorm::bench
