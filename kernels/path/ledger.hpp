// SPDX-License-Identifier: Apache-2.0
#pragma once

// The ledger: what an account earns, pays and is exposed to; closes into the columns of an outcome.
//
// Gains accumulate (held x change of the spot), not cash balances: a balance is a small difference
// of large numbers. The cash that earns interest is found from them: premium + settlements + net -
// held S. The ideal twin of an account with costs alone holds what the account holds, so its P&L is
// the account's plus its costs carried to the horizon; slippage is accumulated directly.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// The account after the initial trade at t_0.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN AccountState<R> open(const PathParams<T>& params, const AccountParams<T>& account) {
    const R zero = splat<R>(T(0));
    const T cost = account.spread_cost + account.fee_cost + account.fixed_cost;
    const T exposure = account.after_trade < T(0) ? -account.after_trade : account.after_trade;
    AccountState<R> state;
    state.held = splat<R>(account.held);
    state.net = splat<R>(-cost);
    state.last_trade = zero;
    state.gains = zero;
    state.interest = zero;
    state.dividends = zero;
    state.slippage = splat<R>(cost * params.entry_compound);
    state.spread_cost = splat<R>(account.spread_cost);
    state.turnover = splat<R>(account.turnover);
    state.trades = splat<R>(account.trades);
    state.residual_square = zero;
    state.residual_max = zero;
    state.residual_after_square = splat<R>(exposure * exposure * params.first_weight);
    state.residual_after_max = splat<R>(exposure);
    state.residual_dollar_square = zero;
    state.residual_dollar_max = zero;
    const T equity = (params.premium + params.initial_value) - cost;
    const T peak = equity > T(0) ? equity : T(0);
    state.peak = splat<R>(peak);
    state.drawdown = splat<R>(peak - equity);
    return state;
}

/// Interest on the cash held over a step and dividends on the hedge; gives their sum.
template <bool detail, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R accrue(const StepParams<T>& step, R cash_before, R spot_before, R spot,
               AccountState<R>& state) {
    const R balance = fused_negated(state.held, spot_before, cash_before + state.net);
    const R interest = balance * step.growth;
    const R dividends = state.held * spot * step.dividend;
    if constexpr (detail) {
        state.interest = state.interest + interest;
        state.dividends = state.dividends + dividends;
    }
    return interest + dividends;
}

/// The gain of the hedge over a step.
template <bool detail, class R>
HS_FN void gain(R change, AccountState<R>& state) {
    state.net = fused(state.held, change, state.net);
    if constexpr (detail) state.gains = fused(state.held, change, state.gains);
}

/// The same with what the account accrued: one addition to `net`, because accruals are nearly the
/// same at every step and, added alone, would be rounded the same way every time.
template <bool detail, class R>
HS_FN void gain(R change, R accrued, AccountState<R>& state) {
    state.net = state.net + fused(state.held, change, accrued);
    if constexpr (detail) state.gains = fused(state.held, change, state.gains);
}

/// The exposure carried into a grid time, before anybody trades.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void observe(const StepParams<T>& step, R carried_delta, R spot, AccountState<R>& state) {
    const R residual = carried_delta + state.held;
    const R dollars = residual * spot;
    state.residual_square =
        fused(residual * residual, splat<R>(step.weight), state.residual_square);
    state.residual_max = larger(state.residual_max, magnitude(residual));
    state.residual_dollar_square =
        fused(dollars * dollars, splat<R>(step.weight), state.residual_dollar_square);
    state.residual_dollar_max = larger(state.residual_dollar_max, magnitude(dollars));
}

/// The exposure left for the next step, after anybody traded.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void observe_after(const StepParams<T>& step, R delta, AccountState<R>& state) {
    if (step.next_weight == T(0)) return;
    const R residual = delta + state.held;
    state.residual_after_square =
        fused(residual * residual, splat<R>(step.next_weight), state.residual_after_square);
    state.residual_after_max = larger(state.residual_after_max, magnitude(residual));
}

/// Books a fill.
template <bool detail, bool carry, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void record(const StepParams<T>& step, const Fill<R>& fill, R spot, AccountState<R>& state) {
    state.net = state.net - fill.cost;
    state.held = fill.held;
    if constexpr (detail) {
        const R notional = fill.units * spot;
        state.turnover = state.turnover + notional;
        state.spread_cost = fused(notional, splat<R>(step.half_spread), state.spread_cost);
        state.trades = state.trades + fill.traded;
        if constexpr (carry)
            state.slippage = fused(fill.cost, splat<R>(step.compound), state.slippage);
    }
}

/// The marked P&L against its highest value so far.
template <class R>
HS_FN void mark_to_market(R book_pnl, AccountState<R>& state) {
    const R equity = book_pnl + state.net;
    state.peak = larger(state.peak, equity);
    state.drawdown = larger(state.drawdown, state.peak - equity);
}

}  // namespace hedgestorm::path
