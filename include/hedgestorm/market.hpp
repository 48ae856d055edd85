// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every path of a run shares of its market beyond drift and volatility of a step: the process
// that diffuses, the jumps upon it, and the momentum of its drift. Part of PathParams; T is float,
// or double for the reference precision. Made in double by host/plan, formulas in docs/model.md.
//
// "Clock" is market time: calendar time, times the variance weight of closed windows [years].

#include <cstdint>

#include "hedgestorm/view.hpp"

namespace hedgestorm {

/// What the volatility does between jumps.
enum class Diffusion : std::uint8_t {
    constant,        ///< a function of time, in StepParams
    heston_euler,    ///< Heston (1993), full-truncation Euler (Lord, Koekkoek, van Dijk 2010)
    heston_quadexp,  ///< Heston (1993), quadratic-exponential, martingale corrected (Andersen 2008)
    bootstrap,       ///< blocks of a series' returns (Politis and Romano 1994)
    replay,          ///< a series itself
};

enum class JumpSize : std::uint8_t {
    none,
    lognormal,           ///< Merton (1976)
    double_exponential,  ///< Kou (2002)
};

/// One step of the variance and of the log spot by full-truncation Euler.
template <class T>
struct HestonEulerStep {
    T reversion;      ///< kappa clock
    T noise;          ///< xi sqrt(clock)
    T deviation;      ///< m sqrt(clock) log2 e
    T half_variance;  ///< m^2 clock / 2 log2 e
};

/// One step of the variance and of the log spot by the quadratic-exponential scheme.
template <class T>
struct HestonQuadexpStep {
    T decay;  ///< E[v'] = decay v + level
    T level;
    T spread;  ///< Var[v'] = spread v + floor
    T floor;
    T slope;         ///< K2: of ln S' in v'
    T exponent;      ///< A = K2 + K4 / 2
    T before;        ///< K3, times log2(e)^2: variance of log2 S' given v and v', per v
    T after;         ///< K4, times log2(e)^2: per v'
    T half_before;   ///< K3 log2 e / 2
    T half_after;    ///< K4 log2 e / 2
    bool is_moving;  ///< false: no market time passes
};

template <class T>
struct HestonParams {
    T initial;      ///< v at t_0 [per year]
    T long_run;     ///< theta [per year]
    T correlation;  ///< rho
    T orthogonal;   ///< sqrt(1 - rho^2)
    View<HestonEulerStep<T>> euler;
    View<HestonQuadexpStep<T>> quadexp;
};

/// The jumps of one step: numbers are drawn for its whole rebalance interval, and each jump has its
/// time in it.
template <class T>
struct JumpStep {
    std::uint32_t counts;  ///< first of its thresholds in JumpParams::beyond
    T from;                ///< the step's share of the interval's clock: (from, to]
    T to;
};

template <class T>
struct JumpParams {
    JumpSize size;
    T mean;            ///< lognormal: mean of the log2 jump
    T deviation;       ///< lognormal: standard deviation of the log2 jump
    T up_probability;  ///< double exponential
    T up;              ///< double exponential: mean size of a jump up [log2]
    T down;            ///< double exponential: mean size of a jump down [log2]
    View<T> beyond;    ///< P(N >= 1), P(N >= 2), ... of each kind of interval, each ended by 0
    View<JumpStep<T>> step;
};

/// One step of jumps that excite further ones, in the clock of its rebalance interval, from 0.
template <class T>
struct HawkesStep {
    T from;      ///< [years]; -1 in the first step of an interval, whose jumps are all after it
    T to;        ///< [years]
    T certain;   ///< compensator of the baseline [log2]
    bool opens;  ///< the interval starts here
};

/// Jumps with intensity baseline + excess, each of which adds to the excess, which decays.
template <class T>
struct HawkesParams {
    T initial_excess;    ///< intensity above the baseline at t_0 [per year]
    T wait;              ///< 1 / baseline [years]
    T kick;              ///< what a jump adds to the intensity [per year]
    T decay;             ///< [per year]
    T lifetime;          ///< 1 / decay [years]
    T compensator;       ///< E[e^J] - 1 over the decay, times log2 e [years]
    T mean;              ///< of the log2 jump
    T deviation;         ///< of the log2 jump
    std::uint32_t most;  ///< jumps drawn in one interval
    View<HawkesStep<T>> step;
};

/// One step through resampled returns.
template <class T>
struct BootstrapStep {
    T restart;  ///< probability that a block starts with the interval's return; 0: the step draws
                ///< none, it goes on with the one before
    T scale;    ///< share of the return, times the realised-volatility multiplier
    T shift;    ///< deterministic move [log2]: drift, compensator and scripted stress
};

/// Where a step of a replayed series ends: so many rows after the path's first, and so far on the
/// way to the next row.
template <class T>
struct ReplayStep {
    T rows;      ///< a whole number
    T fraction;  ///< in [0, 1)
};

template <class T>
struct SeriesParams {
    View<T> row;           ///< bootstrap: log2 returns less their mean; replay: log2 prices
    std::uint32_t starts;  ///< replay: paths start at one of so many rows
    View<BootstrapStep<T>> bootstrap;
    View<ReplayStep<T>> replay;
};

/// One step of a mean-reverting addition to the drift.
template <class T>
struct MomentumStep {
    T length;  ///< calendar time, times log2 e [years]
    T decay;   ///< of the momentum to the end of the interval; 1 inside it
    T noise;   ///< standard deviation added at the end of the interval; 0 inside it
};

template <class T>
struct MomentumParams {
    T initial;  ///< [per year]
    View<MomentumStep<T>> step;
};

template <class T>
struct MarketParams {
    Diffusion diffusion;
    bool is_plain;  ///< nothing but drift and volatility of a step
    bool has_hawkes;
    bool has_momentum;
    HestonParams<T> heston;
    JumpParams<T> jumps;
    HawkesParams<T> hawkes;
    SeriesParams<T> series;
    MomentumParams<T> momentum;
    View<T> volatility;  ///< at the end of each step: the diffusive volatility, or the
                         ///< multiplier of a stochastic one
    T least_volatility;  ///< what an option is valued at, at least
};

}  // namespace hedgestorm
