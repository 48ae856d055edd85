// SPDX-License-Identifier: Apache-2.0
#include "host/preview/quantity.hpp"

#include <algorithm>

namespace hedgestorm::preview {
namespace {

constexpr double percent = 100.0;
constexpr double basis_points = 1e4;

/// What 24 hours realise is shown where there are some of them, and returns inside them.
constexpr double shortest_days = 1.5;
constexpr double fewest_steps_a_day = 2.0;

double rebalance_steps(const scenario::Scenario& s) {
    double steps = 0.0;
    for (const scenario::Segment& segment : s.simulation.segments) steps += segment.steps;
    return steps;
}

/// In the order in which they are shown.
const QuantityInfo all[] = {
    {Quantity::spot, "spot", "Price", "price", "", 1.0, TraceRow::spot},
    {Quantity::volatility, "volatility", "Volatility in force", "volatility", "% per year", percent,
     TraceRow::volatility},
    {Quantity::realised_volatility, "realised_volatility_24h", "Volatility realised in 24 hours",
     "realised in 24 h", "% per year", percent, std::nullopt},
    {Quantity::implied_multiplier, "implied_volatility_multiplier",
     "Multiplier of implied volatilities", "implied volatilities", "times", 1.0, TraceRow::implied},
    {Quantity::half_spread, "half_spread", "Half-spread", "half-spread", "basis points",
     basis_points, TraceRow::half_spread},
    {Quantity::price, "proxy", "Price of the proxy", "proxy", "", 1.0, TraceRow::price},
    {Quantity::basis, "basis", "Basis of the perpetual", "basis", "basis points", basis_points,
     TraceRow::basis},
    {Quantity::depth, "depth_multiplier", "Multiplier of depth", "depth", "times", 1.0,
     TraceRow::depth},
    {Quantity::collateral, "collateral", "Price of the collateral", "collateral", "of par", 1.0,
     TraceRow::collateral},
};

/// Whether a perpetual strays from the spot.
bool has_basis(const scenario::Scenario& s) {
    const scenario::Hedge& hedge = s.hedges.front();
    if (hedge.instrument != scenario::Instrument::perpetual) return false;
    return hedge.basis || std::any_of(s.stresses.begin(), s.stresses.end(),
                                      [](const auto& stress) { return stress.basis_move != 0.0; });
}

bool is_there(Quantity quantity, const scenario::Scenario& s) {
    switch (quantity) {
        case Quantity::spot:
            return true;
        case Quantity::volatility:
            return !s.market.replay;  // a history has the volatility that it realised
        case Quantity::realised_volatility:
            return s.simulation.horizon > shortest_days * day(s) &&
                   rebalance_steps(s) * day(s) >= fewest_steps_a_day * s.simulation.horizon;
        case Quantity::implied_multiplier:
            return std::any_of(s.stresses.begin(), s.stresses.end(), [](const auto& stress) {
                return stress.implied_volatility_multiplier != 1.0;
            });
        case Quantity::half_spread:
            return s.hedges.front().costs.half_spread > 0.0;
        case Quantity::price:
            return s.hedges.front().proxy.has_value();
        case Quantity::basis:
            return has_basis(s);
        case Quantity::depth:
            return std::any_of(s.stresses.begin(), s.stresses.end(),
                               [](const auto& stress) { return stress.depth_multiplier != 1.0; });
        case Quantity::collateral:
            return std::any_of(s.stresses.begin(), s.stresses.end(),
                               [](const auto& stress) { return !stress.collateral_peg.empty(); });
    }
    return false;
}

}  // namespace

const QuantityInfo& info(Quantity quantity) {
    return *std::find_if(std::begin(all), std::end(all),
                         [&](const QuantityInfo& one) { return one.quantity == quantity; });
}

std::vector<Quantity> quantities_of(const scenario::Scenario& scenario) {
    std::vector<Quantity> there;
    for (const QuantityInfo& one : all)
        if (is_there(one.quantity, scenario)) there.push_back(one.quantity);
    return there;
}

double day(const scenario::Scenario& scenario) {
    return 1.0 / scenario.simulation.days_per_year;
}

}  // namespace hedgestorm::preview
