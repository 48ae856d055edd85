// SPDX-License-Identifier: Apache-2.0

#include "host/plan/market_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/plan/condition_tables.hpp"
#include "host/plan/garch_tables.hpp"
#include "host/plan/hawkes_tables.hpp"
#include "host/plan/heston_tables.hpp"
#include "host/plan/instrument_tables.hpp"
#include "host/plan/jump_tables.hpp"
#include "host/plan/overlay_tables.hpp"
#include "host/plan/regime_tables.hpp"
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

bool has_volatility_of_its_own(const scenario::Market& market) {
    return market.heston || market.regime || market.garch;
}

double initial_spread_multiplier(const scenario::Market& market) {
    if (!market.regime) return 1.0;
    return market.regime->states[market.regime->initial].half_spread_multiplier;
}

double diffusive_volatility(const scenario::Market& market) {
    if (market.heston) return std::sqrt(market.heston->initial_variance);
    if (market.regime) return market.regime->states[market.regime->initial].volatility;
    if (market.garch) return std::sqrt(market.garch->initial_variance / market.garch->period);
    return market.volatility;
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
    const double square_integral = script.realised_square_integral(step.from, step.to);
    if (market.replay) return {scripted, 0.0};
    const double drift = mu * length + scripted - compensator;
    const auto variance_of = [&](double per_year) {
        return per_year * step.variance_weight * square_integral;
    };
    if (market.heston)
        return {drift,
                variance_of(std::max(market.heston->theta, market.heston->initial_variance))};
    if (market.regime) return {drift, variance_of(highest_variance(*market.regime))};
    if (market.garch) {
        const scenario::Garch& garch = *market.garch;
        const double period = std::max(garch.stationary_variance(), garch.initial_variance);
        return {drift, variance_of(period / garch.period)};
    }
    // The order of these factors and terms is in the last bits of every result in doubles.
    const double variance =
        market.volatility * market.volatility * step.variance_weight * square_integral;
    // The mean of resampled returns is the bootstrap's own affair.
    if (market.bootstrap) return {mu * length + scripted, variance};
    return {mu * length - 0.5 * variance + scripted - compensator, variance};
}

void make_market(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params) {
    const scenario::Market& market = scenario.market;
    const auto is_scripted = [](const scenario::Stress& stress) {
        return stress.start == scenario::StressStart::at_time;
    };
    params.is_plain = market.model == scenario::Model::gbm && !market.momentum &&
                      has_plain_hedge(scenario) &&
                      std::all_of(scenario.stresses.begin(), scenario.stresses.end(), is_scripted);
    make_conditions(scenario, grid, tables, params);
    if (params.is_plain && !params.volatility_is_read) return;
    params.least_volatility = least_volatility;
    params.diffusion = Diffusion::constant;
    for (const GridStep& step : grid.steps) {
        const double scale = market.heston || market.regime ? 1.0
                             : market.garch                 ? 1.0 / std::sqrt(market.garch->period)
                                                            : market.volatility;
        tables.volatility.push_back(scale * script.realised_multiplier(step.to));
    }
    if (market.heston) make_heston(*market.heston, grid, script, tables, params);
    if (market.regime) make_regime(*market.regime, grid, script, tables, params);
    if (market.garch) make_garch(*market.garch, grid, script, tables, params);
    if (market.bootstrap) make_bootstrap(scenario, grid, script, tables, params);
    if (market.replay) make_replay(scenario, grid, tables, params);
    make_jumps(scenario, grid, tables, params.jumps);
    if (market.hawkes) make_hawkes(scenario, grid, tables, params);
    if (market.momentum) make_momentum(*market.momentum, grid, tables, params);
    make_overlays(scenario, grid, tables, params);
    params.spread_on_path = market.regime.has_value() || !tables.overlay.empty();
}

}  // namespace hedgestorm::plan
