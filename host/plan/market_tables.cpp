// SPDX-License-Identifier: Apache-2.0

#include "host/plan/market_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/plan/hawkes_tables.hpp"
#include "host/plan/heston_tables.hpp"
#include "host/plan/jump_tables.hpp"
#include "host/plan/series_tables.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

void make_momentum(const scenario::Momentum& momentum, const Grid& grid,
                   MarketTables<double>& tables, MarketParams<double>& params) {
    const auto& [kappa, volatility, initial] = momentum;
    params.has_momentum = true;
    params.momentum.initial = initial;
    double start = 0.0;
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const GridStep& step = grid.steps[i];
        MomentumStep<double> at = {(step.to - step.from) * log2_e, 1.0, 0.0};
        if (grid.ends_interval(i)) {
            const double whole = step.to - start;
            at.decay = std::exp(-kappa * whole);
            at.noise = volatility * std::sqrt(-std::expm1(-2.0 * kappa * whole) / (2.0 * kappa));
            start = step.to;
        }
        tables.momentum.push_back(at);
    }
}

}  // namespace

double diffusive_volatility(const scenario::Market& market) {
    return market.heston ? std::sqrt(market.heston->initial_variance) : market.volatility;
}

double total_volatility(const scenario::Market& market) {
    const JumpMoments jumps = jump_moments(market);
    const double diffusive = diffusive_volatility(market);
    double variance = diffusive * diffusive + jumps.intensity * jumps.square;
    if (const auto& h = market.hawkes)
        variance += h->mean_intensity() * (h->jump_mean * h->jump_mean + h->jump_sd * h->jump_sd);
    return std::sqrt(variance);
}

StepMove step_move(const scenario::Market& market, const GridStep& step,
                   const StressScript& script) {
    const double length = step.to - step.from;
    const double mu = market.drift ? *market.drift : market.rate - market.dividend_yield;
    const double scripted = script.log_move(step.from, step.to);
    const JumpMoments jumps = jump_moments(market);
    const double compensator = jumps.intensity * jumps.relative * step.clock();
    const double square = script.realised_square_integral(step.from, step.to);
    if (market.heston) {
        const double mean = std::max(market.heston->theta, market.heston->initial_variance);
        return {mu * length + scripted - compensator, mean * step.variance_weight * square};
    }
    if (market.replay) return {scripted, 0.0};
    // The order of these factors and terms is in the last bits of every result in doubles.
    const double variance = market.volatility * market.volatility * step.variance_weight * square;
    // The mean of resampled returns is the bootstrap's own affair.
    if (market.bootstrap) return {mu * length + scripted, variance};
    return {mu * length - 0.5 * variance + scripted - compensator, variance};
}

void make_market(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params) {
    const scenario::Market& market = scenario.market;
    params.is_plain = market.model == scenario::Model::gbm && !market.momentum;
    if (params.is_plain) return;
    params.least_volatility = least_volatility;
    params.diffusion = Diffusion::constant;
    for (const GridStep& step : grid.steps) {
        const double scale = market.heston ? 1.0 : market.volatility;
        tables.volatility.push_back(scale * script.realised_multiplier(step.to));
    }
    if (market.heston) make_heston(*market.heston, grid, script, tables, params);
    if (market.bootstrap) make_bootstrap(scenario, grid, script, tables, params);
    if (market.replay) make_replay(scenario, grid, tables, params);
    make_jumps(scenario, grid, tables, params.jumps);
    if (market.hawkes) make_hawkes(scenario, grid, tables, params);
    if (market.momentum) make_momentum(*market.momentum, grid, tables, params);
}

}  // namespace hedgestorm::plan
