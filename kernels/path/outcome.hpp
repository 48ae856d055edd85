// SPDX-License-Identifier: Apache-2.0
#pragma once

// The end of a path: accounts close, and their columns go to the rows of the outcome tile.

#include "hedgestorm/outcome.hpp"
#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/outcome_rows.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/sums.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// The hedge is traded out at `price` (or kept at mid) and the account becomes an outcome.
template <ColumnSet columns, bool carry, class R, class Record,
          class T = typename LaneTraits<R>::Scalar>
HS_FN void close(const PathParams<T>& params, const AccountParams<T>& account, R price,
                 R half_spread, R book_pnl, const AccountState<R>& state, const Record& record,
                 const OutcomeWriter<R>& write) {
    const R zero = splat<R>(T(0));
    const R notional = account.unwind ? magnitude(state.position.held) * price : zero;
    const R exit_fixed = select(notional > zero, splat<R>(params.fixed), zero);
    const R exit_spread = notional * half_spread;
    const R exit_fee = notional * params.fee;
    const R exit = exit_spread + exit_fee + exit_fixed;
    const R pnl = (book_pnl + state.net()) - exit;
    write.put(Column::pnl, pnl);
    if constexpr (columns != ColumnSet::pnl) {
        const T entry = account.spread_cost + account.fee_cost + account.fixed_cost;
        const Trading<R> trading = sum_of(record.trading, record.trading_before);
        const Carry<R> sums = sum_of(record.carry, record.carry_before);
        const R turnover = trading.turnover + notional;
        const R spread = trading.spread_cost + exit_spread;
        const R fee = turnover * params.fee;
        const R fixed = fused(trading.trades, splat<R>(params.fixed), exit_fixed);
        const R trading_cost = spread + fee + fixed;
        const R funding = sum_of(record.holding);
        const R total = trading_cost + funding;
        // Path code that has carry also takes plans that have none.
        const R slippage = carry && params.carry ? sums.slippage + exit : total;
        write.put(Column::ideal_pnl, pnl + slippage);
        write.put(Column::hedge_slippage, slippage);
        // The gains are what is left of the P&L, so that the reported parts add up to it.
        const R carried = sums.interest + sums.dividends;
        write.put(Column::hedge_pnl, (pnl - book_pnl) - carried + total);
        write.put(Column::interest, sums.interest);
        write.put(Column::dividends, sums.dividends);
        write.put(Column::spread_cost, spread);
        write.put(Column::fee_cost, fee);
        write.put(Column::fixed_cost, fixed);
        write.put(Column::funding_cost, funding);
        write.put(Column::total_cost, total);
        write.put(Column::entry_cost, splat<R>(entry));
        write.put(Column::rebalance_cost, larger(trading_cost - (exit + entry), zero));
        write.put(Column::exit_cost, exit);
        write.put(Column::trades, trading.trades);
        write.put(Column::turnover, turnover);
        write.put(Column::residual_delta_rms, square_root(record.exposure.square));
        write.put(Column::residual_delta_max, square_root(record.exposure.square_max));
        write.put(Column::residual_delta_rms_after_trade,
                  square_root(record.exposure.after_square));
        write.put(Column::residual_delta_max_after_trade,
                  square_root(record.exposure.after_square_max));
        write.put(Column::residual_dollar_delta_rms, square_root(record.exposure.dollar_square));
        write.put(Column::residual_dollar_delta_max,
                  square_root(record.exposure.dollar_square_max));
    }
    if constexpr (columns == ColumnSet::all) write.put(Column::drawdown, record.equity.drawdown);
}

}  // namespace hedgestorm::path
