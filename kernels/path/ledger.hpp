// SPDX-License-Identifier: Apache-2.0
#pragma once

// The ledger: what an account earns, pays and is exposed to; closes into the columns of an outcome.
//
// Gains accumulate (held x change of the spot), not cash balances: a balance is a small difference
// of large numbers. The cash that earns interest is found from them: premium + settlements + net -
// held S. The ideal twin of an account with costs alone holds what the account holds, so its P&L is
// the account's plus its costs carried to the horizon; slippage is accumulated directly.
//
// Exposure is kept as squares: the root of a square is the magnitude itself, and comes once.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/sums.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// The account after the initial trade at t_0.
template <class R, class T>
HS_FN AccountState<R> open_account(const AccountParams<T>& account) {
    const R zero = splat<R>(T(0));
    const T cost = account.spread_cost + account.fee_cost + account.fixed_cost;
    return {{splat<R>(account.held), zero}, splat<R>(-cost), zero};
}

/// What is recorded of the initial trade.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN AccountRecord<R> open_record(const PathParams<T>& params, const AccountParams<T>& account) {
    const R zero = splat<R>(T(0));
    const T cost = account.spread_cost + account.fee_cost + account.fixed_cost;
    const T square = account.after_trade * account.after_trade;
    const T equity = (params.premium + params.initial_value) - cost;
    const T peak = equity > T(0) ? equity : T(0);
    AccountRecord<R> record;
    record.trading = {zero, zero, splat<R>(account.trades)};
    record.trading_before = {splat<R>(account.turnover), splat<R>(account.spread_cost), zero};
    record.carry = {zero, zero, zero};
    record.holding = {zero, zero};
    record.carry_before = {zero, zero, splat<R>(cost * params.entry_compound)};
    record.exposure = {
        zero, zero, zero, zero, splat<R>(square * params.first_weight), splat<R>(square)};
    record.equity = {splat<R>(peak), splat<R>(peak - equity)};
    return record;
}

/// What a position earns in a step beside its gain.
template <class R>
struct Accrual {
    R interest;   ///< on the cash held over the step [currency]
    R dividends;  ///< on the hedge [currency]
};

/// `paid_for`: the part of the position that cash has paid for [underlying].
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN Accrual<R> accrue(const StepParams<T>& step, R cash_before, R price_before, R price, R held,
                        R paid_for) {
    const R balance = fused_negated(paid_for, price_before, cash_before);
    return {balance * step.growth, held * price * step.dividend};
}

/// Funding paid on a position, or the fee for borrowing a short one [currency].
template <class R, class T>
HS_FN R cost_of_holding(const InstrumentParams<T>& instrument, R held, R holding) {
    const R borrowed = smaller(held, splat<R>(T(0))) * splat<R>(T(-1));
    return (instrument.kind == InstrumentKind::perpetual ? held : borrowed) * holding;
}

/// Pays for a fill.
template <class R, class T>
HS_FN void pay(const Fill<R>& fill, R unit_cost, T fixed, Position<R>& position) {
    position.net = fused_negated(fill.units, unit_cost, position.net);
    if (fixed != T(0)) position.net = select(fill.traded, position.net - fixed, position.net);
}

/// The exposure carried into a grid time, before anybody trades.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void observe(const StepParams<T>& step, R residual, R spot_square, Exposure<R>& exposure) {
    const R square = residual * residual;
    const R dollar_square = square * spot_square;
    exposure.square = fused(square, splat<R>(step.weight), exposure.square);
    exposure.square_max = larger(exposure.square_max, square);
    exposure.dollar_square = fused(dollar_square, splat<R>(step.weight), exposure.dollar_square);
    exposure.dollar_square_max = larger(exposure.dollar_square_max, dollar_square);
}

/// The exposure left for the next step, after anybody traded.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void observe_after(const StepParams<T>& step, R residual, Exposure<R>& exposure) {
    if (step.next_weight == T(0)) return;
    const R square = residual * residual;
    exposure.after_square = fused(square, splat<R>(step.next_weight), exposure.after_square);
    exposure.after_square_max = larger(exposure.after_square_max, square);
}

/// Books what accrued.
template <class R>
HS_FN void book_accrual(const Accrual<R>& accrued, Carry<R>& carry) {
    carry.interest = carry.interest + accrued.interest;
    carry.dividends = carry.dividends + accrued.dividends;
}

/// Books what was traded.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void book_trade(const Fill<R>& fill, R spot, R half_spread, Trading<R>& trading) {
    const R notional = fill.units * spot;
    trading.turnover = trading.turnover + notional;
    trading.spread_cost = fused(notional, half_spread, trading.spread_cost);
    trading.trades = select(fill.traded, trading.trades + T(1), trading.trades);
}

/// Books what holding the hedge cost.
template <class R>
HS_FN void book_holding(R cost, Holding<R>& holding) {
    holding.paid = holding.paid + cost;
}

/// Books a cost, with the interest forgone on it until the horizon.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void book_slippage(const StepParams<T>& step, R cost, Carry<R>& carry) {
    carry.slippage = fused(cost, splat<R>(step.compound), carry.slippage);
}

/// The marked P&L against its highest value so far.
template <class R>
HS_FN void mark_to_market(R pnl, Equity<R>& equity) {
    equity.peak = larger(equity.peak, pnl);
    equity.drawdown = larger(equity.drawdown, equity.peak - pnl);
}

}  // namespace hedgestorm::path
