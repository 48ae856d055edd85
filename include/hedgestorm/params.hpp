// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every path of a run shares: flat, immutable, the same floats on every engine.
//
// Takes the Plan (host/plan makes it in double and rounds once), gives kernels/path all it reads.
// T is float, or double for the reference precision. Native units: years, base currency, fractions.
// Logarithms of the spot are to base 2 and relative to the initial spot, so that 2^x needs no range
// reduction. Step i (0-based) is the interval (t_i, t_{i+1}]; what it carries holds at its end.

#include <cstdint>

#include "hedgestorm/instrument.hpp"
#include "hedgestorm/market.hpp"
#include "hedgestorm/outcome.hpp"
#include "hedgestorm/view.hpp"
#include "hedgestorm/width.hpp"

namespace hedgestorm {

inline constexpr std::uint32_t max_accounts = 32;
inline constexpr std::uint32_t no_split = 0xffffffffu;
inline constexpr std::uint16_t no_row = 0xffffu;
inline constexpr std::uint32_t never = 0xffffffffu;

/// One interval of the grid and what holds at its end.
template <class T>
struct StepParams {
    T drift;           ///< [log2] deterministic move, scripted stress included
    T volatility;      ///< [log2] standard deviation of the interval
    T growth;          ///< e^{r dt} - 1
    T dividend;        ///< e^{q dt} - 1, q of the hedge; 0 where it pays none
    T compound;        ///< e^{r (horizon - t)}: what one unit of cost paid now costs at the horizon
    T half_spread;     ///< fraction of notional, stress included
    T unit_cost;       ///< half_spread + fee: proportional cost of a trade, fraction of notional
    T weight;          ///< dt / horizon, for averages before trading
    T length;          ///< [years]
    T implied_change;  ///< relative move of all implied volatilities over the interval
    T next_weight;     ///< next interval's dt / horizon, for averages after trading; 0 at the end
    std::uint32_t draw;  ///< number of the rebalance interval whose normal moves this step
    std::uint32_t
        split;  ///< index of the SplitParams when an event divides that interval, or no_split
    std::uint32_t rebalance;  ///< number of the rebalance point at the end, counted from 1; 0:
                              ///< none, nobody trades
    std::uint32_t alive;  ///< expiries not yet settled after this point (a prefix of `expiries`)
};

/// One piece of a divided rebalance interval: a Brownian bridge step (Glasserman 2003,
/// section 3.1).
template <class T>
struct SplitParams {
    T root;              ///< first piece: square root of the whole length; else 0
    T share;             ///< piece length / remaining length
    T spread;            ///< sqrt(piece (remaining - piece) / remaining)
    T scale;             ///< 1 / sqrt(piece length): back to a standard normal
    std::uint32_t draw;  ///< block << 2 | word of the bridge stream
};

/// A European option of the book; legs with one expiry stand together, latest expiry first.
template <class T>
struct OptionParams {
    T log2_strike;    ///< log2(strike / spot_0)
    T strike;         ///< [currency]
    T weight;         ///< quantity x multiplier, signed [underlying]
    T strike_weight;  ///< weight x strike [currency]
    T sign;           ///< +1 call, -1 put
};

/// The legs of one expiry. Puts are valued as calls by parity: their sums are kept apart.
template <class T>
struct ExpiryParams {
    std::uint32_t first;
    std::uint32_t end;
    T put_weight;         ///< sum of the puts' weights
    T put_strike_weight;  ///< sum of the puts' weight x strike
};

/// Discounting of one expiry at one step.
template <class T>
struct ExpiryStep {
    T dividend_discount;  ///< e^{-q tau}
    T rate_discount;      ///< e^{-r tau}
    T slope;              ///< ln 2 / sqrt(tau): for a volatility known only on the path
    T carry;              ///< (r - q) sqrt(tau)
    T half_root;          ///< sqrt(tau) / 2
    T inverse_life;       ///< 1 / tau [1/years]
};

/// d1 = (log2(S/S_0) - log2(K/S_0)) slope + shift, d2 = d1 - deviation, of one volatility at one
/// step.
template <class T>
struct SliceStep {
    T slope;      ///< ln 2 / (sigma sqrt(tau))
    T shift;      ///< ((r - q) + sigma^2/2) sqrt(tau) / sigma
    T deviation;  ///< sigma sqrt(tau)
};

enum class ValuationSource : std::uint8_t {
    slices,         ///< known volatilities, tabulated
    realised,       ///< the path's own, from its returns
    instantaneous,  ///< the market's, a process of its own
    expected,       ///< what that process makes of it on average until each expiry
};

/// Mean variance from one step to one expiry, affine in the square of the market's volatility then.
template <class T>
struct ExpectedStep {
    T known;       ///< per year
    T per_square;  ///< share of the volatility's square
};

/// A way to value the book's delta: known volatilities, or the path's own realised one.
template <class T>
struct ValuationParams {
    ValuationSource source;
    std::uint32_t slices;            ///< row length of `table`
    View<SliceStep<T>> table;        ///< [step][slice]
    View<std::uint32_t> slice;       ///< per option
    View<T> keep;                    ///< realised: EWMA weight of the old variance, per step
    View<T> gain;                    ///< realised: weight of the squared log2 return, per step
    T initial_variance;              ///< realised: per year
    T floor_variance;                ///< realised and expected: per year
    View<ExpectedStep<T>> expected;  ///< expected: [step][expiry]
};

/// A hedge a policy wants: clamp(ratio x delta), and the band around it where the path decides how
/// wide that is. Shared by all accounts that want the same.
template <class T>
struct TargetParams {
    std::uint32_t valuation;
    T ratio;               ///< minus the hedge ratio
    T low;                 ///< lowest position [underlying]
    T high;                ///< highest position [underlying]
    WidthParams<T> width;  ///< of the half-band [underlying]
};

enum class Rule : std::uint8_t {
    hold,
    interval,
    band,
    band_to_edge,
    dollar_band,
    dollar_band_to_edge,
    price_move,
    moving_band,
};

/// A policy's rule and its account at t_0, after the initial trade.
template <class T>
struct AccountParams {
    Rule rule;
    bool unwind;           ///< trade out at the horizon, at cost
    std::uint32_t target;  ///< index of its TargetParams
    std::uint32_t every;   ///< interval: rebalance points between trades; moving_band: the most of
                           ///< them, or never
    T threshold;           ///< half-width [underlying or currency] or price move [log2]
    T to_edge;             ///< moving_band: 1 to stop at the edge, 0 to go on to the target
    T held;                ///< [underlying]
    T spread_cost;         ///< entry costs [currency]
    T fee_cost;
    T fixed_cost;
    T trades;
    T turnover;     ///< [currency]
    T after_trade;  ///< residual delta after the initial trade [underlying]
};

enum class ColumnSet : std::uint8_t {
    pnl,       ///< net P&L alone
    standard,  ///< all but what needs the book's value at every step
    all,
};

template <class T>
struct PathParams {
    std::uint64_t seed;
    T spot;             ///< S_0 [currency]
    T premium;          ///< cash received at t_0 [currency]
    T initial_value;    ///< mark of the book at t_0 [currency]
    T fee;              ///< fraction of notional
    T fixed;            ///< per trade [currency]
    T first_weight;     ///< first interval's dt / horizon
    T entry_compound;   ///< e^{r horizon}
    T exit_spread_vol;  ///< [vol] charged on |vega| of legs alive at the horizon
    T rate;             ///< per year, with dividend_yield for the Taylor explain
    T dividend_yield;
    T initial_delta;          ///< of the mark at t_0 [underlying]
    T initial_gamma;          ///< [underlying per currency]
    T initial_theta;          ///< [currency per year]
    T initial_relative_vega;  ///< for doubling every implied volatility, to first order [currency]
    bool explain;             ///< the Taylor explain of the book is wanted
    bool carry;               ///< a rate or a dividend is not zero
    bool value_at_end;        ///< a leg lives beyond the horizon
    bool mark_is_wanted;      ///< a policy hedges the delta of the mark
    bool has_moving_bands;    ///< a target has a width of its own
    ColumnSet columns;
    std::uint32_t steps;
    MarketParams<T> market;
    InstrumentParams<T> instrument;
    View<StepParams<T>> step;
    View<SplitParams<T>> split;
    View<OptionParams<T>> option;
    View<ExpiryParams<T>> expiry;
    View<ExpiryStep<T>> expiry_step;     ///< [step][expiry]
    View<ValuationParams<T>> valuation;  ///< [0] is the mark
    View<TargetParams<T>> target;
    View<AccountParams<T>> account;
    View<std::uint16_t>
        row;  ///< [account][column] then [path column]: row of the outcome tile, or no_row
};

}  // namespace hedgestorm
