// SPDX-License-Identifier: Apache-2.0

#include "host/plan/leland.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "host/support/error.hpp"

namespace hedgestorm::plan {

namespace {

/// Rebalance intervals over the horizon, as `every` counts them.
double intervals(const Grid& grid) {
    std::uint32_t points = 0;
    for (const GridStep& step : grid.steps) points = std::max(points, step.rebalance);
    return points + 1.0;
}

}  // namespace

Leland::Leland(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
               const scenario::Policy& policy, double cost) {
    const double between = scenario.simulation.horizon * policy.every / intervals(grid);
    addition = std::sqrt(8.0 * std::numbers::inv_pi / between) * cost;
    double lowest = 1.0;
    for (const GridStep& step : grid.steps)
        lowest = std::min(lowest, script.implied_multiplier(step.to));
    std::vector<Problem> problems;
    for (const scenario::OptionLeg& leg : scenario.book.options) {
        const bool is_number = policy.valuation.kind == scenario::ValuationKind::number;
        const double sigma =
            is_number ? policy.valuation.volatility : leg.implied_volatility * lowest;
        if (leg.quantity < 0.0 || sigma > addition) continue;
        problems.push_back(scenario.places.problem(
            fmt::format("policy[\"{}\"].rule", policy.name),
            fmt::format("is \"leland\", which takes sqrt(8/pi) cost / sqrt(dt) = {:.3g} from the "
                        "volatility of a long leg, which is {:.3g} for {}: nothing is left",
                        addition, sigma,
                        leg.name.empty() ? std::string("one of them") : '"' + leg.name + '"'),
            "trade less often (every), or lower assumed_cost_bps"));
    }
    if (!problems.empty()) throw ScenarioError(std::move(problems));
}

double Leland::volatility(double sigma, double quantity) const {
    return std::sqrt(sigma * (quantity < 0.0 ? sigma + addition : sigma - addition));
}

}  // namespace hedgestorm::plan
