// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market's share of a PathParams: what the scenario's model does in each step of the grid.

#include <vector>

#include "hedgestorm/market.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Below any volatility that matters; keeps a division by it finite.
inline constexpr double least_volatility = 1e-4;

/// The tables behind a MarketParams<T>.
template <class T>
struct MarketTables {
    std::vector<HestonEulerStep<T>> heston_euler;
    std::vector<HestonQuadexpStep<T>> heston_quadexp;
    std::vector<T> jumps_beyond;
    std::vector<JumpStep<T>> jumps;
    std::vector<HawkesStep<T>> hawkes;
    std::vector<T> series_row;
    std::vector<BootstrapStep<T>> bootstrap;
    std::vector<ReplayStep<T>> replay;
    std::vector<MomentumStep<T>> momentum;
    std::vector<OverlayParams<T>> overlay;
    std::vector<OverlayStep<T>> overlay_step;
    std::vector<T> overlay_chance;
    std::vector<ConditionStep<T>> condition_step;
    std::vector<OverlayConditions<T>> overlay_conditions;
    std::vector<PegStretch<T>> peg;
    std::vector<RegimeState<T>> regime_state;
    std::vector<RegimeStep<T>> regime;
    std::vector<T> regime_leave;
    std::vector<GarchStep<T>> garch;
    std::vector<T> garch_mixing;
    std::vector<T> volatility;
};

/// What is known in advance of the log return of a step.
struct StepMove {
    double drift;     ///< deterministic part, scripted stress included; with a stochastic variance
                      ///< without that variance's half
    double variance;  ///< its diffusive variance, where that is stochastic its mean
};

/// Volatility at time 0: without jumps, as a delta at "instantaneous" sees it; with the variance
/// they add, as a long average of squared returns sees it [per square-root year].
double diffusive_volatility(const scenario::Market& market);
double total_volatility(const scenario::Market& market);

/// Whether the diffusive volatility is known only on the path.
bool has_volatility_of_its_own(const scenario::Market& market);

/// What the half-spread is multiplied by at time 0.
double initial_spread_multiplier(const scenario::Market& market);

StepMove step_move(const scenario::Market& market, const GridStep& step,
                   const StressScript& script);

/// Fills tables and params; the volatility of a plain market too, where `params` says that it is
/// read. Throws ScenarioError for what only the grid can tell.
void make_market(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params);

/// The same tables, each number rounded to float once.
void round_market(const MarketTables<double>& from, const MarketParams<double>& params,
                  MarketTables<float>& to, MarketParams<float>& rounded);

/// Points the views of `params` at the tables.
template <class T>
void connect(const MarketTables<T>& tables, MarketParams<T>& params);

}  // namespace hedgestorm::plan
