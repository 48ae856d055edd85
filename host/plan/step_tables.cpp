// SPDX-License-Identifier: Apache-2.0

#include "host/plan/step_tables.hpp"

#include <cmath>
#include <numbers>

#include "host/plan/instrument_tables.hpp"

namespace hedgestorm::plan {

namespace {

constexpr double log2_e = std::numbers::log2e;

}  // namespace

void make_steps(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                const BookLayout& layout, Tables<double>& tables) {
    const auto& market = scenario.market;
    const double horizon = scenario.simulation.horizon;
    const auto& hedge = scenario.hedges.front();
    const auto& costs = hedge.costs;
    const double dividend_yield = hedge_dividend_yield(scenario);
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const GridStep& g = grid.steps[i];
        const double length = g.to - g.from;
        const StepMove move = step_move(market, g, script);
        StepParams<double> step{};
        step.drift = move.drift * log2_e;
        step.volatility = std::sqrt(move.variance) * log2_e;
        step.growth = std::expm1(market.rate * length);
        step.dividend = std::expm1(dividend_yield * length);
        step.compound = std::exp(market.rate * (horizon - g.to));
        step.half_spread = costs.half_spread * script.half_spread_multiplier(g.to);
        step.unit_cost = step.half_spread + costs.fee;
        step.weight = length / horizon;
        step.length = length;
        const double implied_before = script.implied_multiplier(g.from);
        step.implied_change = script.implied_multiplier(g.to) / implied_before - 1.0;
        step.next_weight = i + 1 < grid.steps.size()
                               ? (grid.steps[i + 1].to - grid.steps[i + 1].from) / horizon
                               : 0.0;
        step.draw = g.draw;
        step.split = g.piece < 0 ? no_split : static_cast<std::uint32_t>(g.piece);
        step.rebalance = g.rebalance;
        step.alive = layout.alive_after(i);
        tables.step.push_back(step);
    }
    for (const Piece& piece : grid.pieces) {
        tables.split.push_back({piece.root, piece.share, piece.spread, piece.scale, piece.draw});
    }
}

}  // namespace hedgestorm::plan
