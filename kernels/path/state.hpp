// SPDX-License-Identifier: Apache-2.0
#pragma once

// The values that pass between the stages of a path: a block of consecutive steps at a time, so
// that the market and the book are worked out once and every account then reads them from the
// nearest cache.
//
// R is a number of one path, or of W paths side by side; B is the number of steps in a block.

#include <cstdint>
#include <type_traits>

#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::path {

/// A number of steps known to the compiler, so that a GPU thread keeps a block in registers.
template <std::uint32_t count>
using Steps = std::integral_constant<std::uint32_t, count>;

/// Element i of the values of some steps.
template <class R>
HS_FN R value_at(const R* values, std::uint32_t i, std::uint32_t) {
    return values[i];
}
template <class R, std::uint32_t count>
HS_FN R value_at(const R* values, std::uint32_t i, Steps<count>) {
    R value = values[0];
    HS_UNROLL
    for (std::uint32_t j = 1; j < count; ++j) value = j == i ? values[j] : value;
    return value;
}

/// Calls change(values[i]); values of a number of steps known to the compiler lie in registers, so
/// all of them are looked at.
template <class R, class Change>
HS_FN void change_at(R* values, std::uint32_t i, std::uint32_t, const Change& change) {
    change(values[i]);
}
template <class R, std::uint32_t count, class Change>
HS_FN void change_at(R* values, std::uint32_t i, Steps<count>, const Change& change) {
    R value = value_at(values, i, Steps<count>{});
    change(value);
    HS_UNROLL
    for (std::uint32_t j = 0; j < count; ++j) values[j] = j == i ? value : values[j];
}

/// Which markets path code is compiled for. A GPU thread that knows that its market is the plain
/// one keeps nothing of the others.
enum class Markets : std::uint8_t { plain, any };

/// The market over a block: what the stages after it read.
template <class R, int B>
struct MarketBlock {
    R log2_spot[B];     ///< log2(S/S_0) at the end of each step
    R spot[B + 1];      ///< S at the start of the block, then at the end of each step [currency]
    R change[B];        ///< S at the end less S at the start of each step [currency]
    R unit_cost[B];     ///< half-spread + fee of trading one unit at the end [currency]
    R half_spread[B];   ///< at the end [fraction of notional]
    R move[B];          ///< log2 return of each step; made by processes alone
    R volatility[B];    ///< instantaneous, at the end of each step [per year]; made by processes
                        ///< alone, where it is read
    R implied[B];       ///< multiplier of implied volatilities at the end; made by overlays alone
    R price[B + 1];     ///< of a hedge that is not the spot, as `spot` [currency]; made by the
                        ///< instrument alone, as is `holding`
    R price_change[B];  ///< as `change`
    R holding[B];       ///< cost at the end of each step of having held one unit [currency]
};

/// The book over a block, from the desk's side.
template <class R, int B>
struct BookBlock {
    R delta[B];          ///< mark delta of the living legs, for the policies [underlying]
    R carried_delta[B];  ///< the same before settlement: legs expiring now count with 0 or 1
                         ///< [underlying]
    R pnl[B];            ///< premium + settlements + mark value [currency]
    R cash[B + 1];  ///< premium + settlements up to the start, then the end of each step [currency]
};

/// The hedges the policies want over a block, one row for each distinct wish.
template <class R, int B>
struct TargetBlock {
    R hedge[B];  ///< [underlying]
};

/// Half-widths of the bands around them, where a target has one of its own.
template <class R, int B>
struct WidthBlock {
    R half[B];  ///< [underlying]; while the wish is made, the volatility that it is valued at
};

/// What decides an account's P&L.
template <class R>
struct Position {
    R held;  ///< hedge carried [underlying]
    R net;   ///< gains + interest + dividends - costs since the last gathering [currency]
};

/// One account on one path.
template <class R>
struct AccountState {
    Position<R> position;
    R net_before;  ///< net gathered before [currency]
    R last_trade;  ///< price_move: log2 spot at the last trade; moving_band: number of its
                   ///< rebalance point, exact in a float to 2^24

    HS_FN R net() const { return net_before + position.net; }
};

/// What the hedge has traded [currency].
template <class R>
struct Trading {
    R turnover;
    R spread_cost;
    R trades;  ///< a number; exact, so never gathered
};

/// What time has brought and costs have forgone [currency].
template <class R>
struct Carry {
    R interest;
    R dividends;
    R slippage;  ///< costs, each carried to the horizon at the rate
};

/// What holding the hedge has cost [currency].
template <class R>
struct Holding {
    R paid;  ///< since the last gathering; negative: received
    R paid_before;
};

/// Squares of the residual delta: sums weighted by time, and maxima.
template <class R>
struct Exposure {
    R square;  ///< before trading [underlying^2]
    R square_max;
    R dollar_square;  ///< the same in dollars [currency^2]
    R dollar_square_max;
    R after_square;  ///< after trading [underlying^2]
    R after_square_max;
};

/// The marked P&L over time [currency].
template <class R>
struct Equity {
    R peak;  ///< highest so far, at least 0
    R drawdown;
};

/// What columns beyond the P&L ask of an account. In parts, so that a loop carries in registers
/// those it works on.
template <class R>
struct AccountRecord {
    Trading<R> trading;         ///< since the last gathering
    Trading<R> trading_before;  ///< gathered before
    Carry<R> carry;             ///< since the last gathering
    Carry<R> carry_before;      ///< gathered before
    Holding<R> holding;
    Exposure<R> exposure;
    Equity<R> equity;
};

/// What a rule decides at one rebalance point.
template <class R>
struct Decision {
    typename lanes::LaneTraits<R>::Mask trade;
    R hedge;  ///< position after trading [underlying]
};

/// What a rebalance point did to one account.
template <class R>
struct Fill {
    R units;                                     ///< |units| traded, 0 where the rule did not trade
    R held;                                      ///< position afterwards [underlying]
    typename lanes::LaneTraits<R>::Mask traded;  ///< where units is not 0
};

}  // namespace hedgestorm::path
