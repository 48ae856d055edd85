// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every path of a run shares of its market beyond drift and volatility of a step: the process
// that diffuses, the jumps upon it, and the momentum of its drift. Part of PathParams; T is float,
// or double for the reference precision. Made in double by host/plan, formulas in docs/model.md.
//
// "Clock" is market time: calendar time, times the variance weight of closed windows [years].

#include <cstdint>

#include "hedgestorm/conditions.hpp"
#include "hedgestorm/view.hpp"

namespace hedgestorm {

/// What the volatility does between jumps.
enum class Diffusion : std::uint8_t {
    constant,        ///< a function of time, in StepParams
    heston_euler,    ///< Heston (1993), full-truncation Euler (Lord, Koekkoek, van Dijk 2010)
    heston_quadexp,  ///< Heston (1993), quadratic-exponential, martingale corrected (Andersen 2008)
    regime,          ///< by the state of a Markov chain (Hamilton 1989)
    garch,           ///< Glosten, Jagannathan and Runkle (1993)
    bootstrap,       ///< blocks of a series' returns (Politis and Romano 1994)
    replay,          ///< a series itself
};

enum class JumpSize : std::uint8_t {
    none,
    lognormal,           ///< Merton (1976)
    double_exponential,  ///< Kou (2002)
    by_state,            ///< lognormal, numbers and sizes by the state of a Markov chain
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
    T curvature;     ///< minus the part of K2 that goes with m^2: clock m^2 / 4
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
    View<T> beyond;    ///< P(N >= 1), P(N >= 2), ... of each kind of interval, each ended by 0;
                       ///< by_state: each of them a row of one number per state
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

/// What starts a stress that is not scripted.
enum class OverlayStart : std::uint8_t {
    at_random,        ///< with OverlayParams::chance
    fall_from_start,  ///< log2(S/S_0) at most `threshold`
    fall_from_peak,   ///< log2(S / highest S so far) at most `threshold`
    volatility_above  ///< moving average of squared returns at least `threshold` [per year]
};

inline constexpr std::uint32_t max_overlays = 8;

/// A stress that is not scripted. Its strength rises over a ramp, is 1 until the duration after it
/// has passed, and then fades. A multiplier is M^strength while it rises and 1 + excess x strength
/// afterwards; the drift acts times the strength.
template <class T>
struct OverlayParams {
    OverlayStart start;
    T threshold;
    T duration;      ///< of the move [years]
    T ramp;          ///< [years]
    T rise;          ///< 1 / ramp [1/years]; 0: there is none
    T end;           ///< age at which the fading begins [years]
    T fading;        ///< 1 / half-life [1/years]; 0: ends with the duration
    T gap;           ///< log2 move of one without duration
    T speed;         ///< log2 move per year of one with duration
    T returned;      ///< age at which what is given back has been [years]
    T return_speed;  ///< log2 move given back per year, from the end of the duration on
    T drift;         ///< log2 move per year, times the strength
    OverlayMultiplier<T> realised;     ///< of diffusive volatility
    OverlayMultiplier<T> implied;      ///< of implied volatilities
    OverlayMultiplier<T> half_spread;  ///< of the half-spread
};

/// The moving average of squared log2 returns that overlays watch, in one step.
template <class T>
struct OverlayStep {
    T keep;
    T gain;
};

/// What the market is like in a state of its Markov chain.
template <class T>
struct RegimeState {
    T volatility;      ///< sigma [per square-root year]
    T half_variance;   ///< sigma^2 / 2 log2 e [per year]
    T drift;           ///< added to the market's, log2 e [per calendar year]
    T compensation;    ///< what its jumps add to the mean, log2 e [per year]
    T half_spread;     ///< multiplier
    T jump_mean;       ///< of the log2 jump
    T jump_deviation;  ///< of the log2 jump
};

inline constexpr std::uint32_t no_switch = 0xffffffffu;

template <class T>
struct RegimeStep {
    T deviation;           ///< m sqrt(clock) log2 e
    T square;              ///< m^2 clock
    T clock;               ///< [years]
    T length;              ///< calendar time [years]
    std::uint32_t leaves;  ///< first of its interval's numbers in RegimeParams::leave; no_switch
                           ///< inside an interval
};

template <class T>
struct RegimeParams {
    std::uint32_t initial;
    View<RegimeState<T>> state;
    View<RegimeStep<T>> step;
    View<T> leave;  ///< for each kind of interval, k = 1, 2, ... and each state: probability to
                    ///< leave it for its k-th other state or one after
};

template <class T>
struct GarchStep {
    T deviation;           ///< m sqrt(clock) log2 e, the clock in periods
    T half_variance;       ///< m^2 clock / 2 log2 e
    T share;               ///< of this step's normal in the period's innovation
    std::uint32_t period;  ///< that it is in
    bool opens;            ///< the first step of its period
    bool closes;           ///< the last one, and time has passed for the market in it
};

template <class T>
struct GarchParams {
    T initial;  ///< variance [per period]
    T omega;
    T alpha;
    T beta;
    T alpha_after_fall;  ///< alpha + gamma
    T mixing_scale;      ///< brings the normal that is drawn into [-1, 1]
    View<T> mixing;      ///< Chebyshev coefficients of log2 of the factor that makes a normal a
                         ///< Student t; none: it stays normal
    View<GarchStep<T>> step;
};

template <class T>
struct MarketParams {
    Diffusion diffusion;
    bool is_plain;  ///< nothing but drift and volatility of a step
    bool has_hawkes;
    bool has_momentum;
    bool volatility_is_read;  ///< by a policy's valuation
    HestonParams<T> heston;
    JumpParams<T> jumps;
    HawkesParams<T> hawkes;
    SeriesParams<T> series;
    MomentumParams<T> momentum;
    RegimeParams<T> regime;
    GarchParams<T> garch;
    View<OverlayParams<T>> overlay;
    View<OverlayStep<T>> overlay_step;
    View<T> overlay_chance;  ///< [step][overlay]: of a start at random at the end of the step
    T watched_variance;      ///< of overlays at t_0 [per year]
    bool implied_on_path;    ///< an overlay multiplies implied volatilities
    bool spread_on_path;     ///< an overlay, or the state of the market, multiplies half-spreads
    ConditionParams<T> conditions;
    View<T> volatility;  ///< at the end of each step: the diffusive volatility, or the
                         ///< multiplier of a stochastic one
    T least_volatility;  ///< what an option is valued at, at least
};

}  // namespace hedgestorm
