// SPDX-License-Identifier: Apache-2.0
#pragma once

// The account stage: one policy's account through the steps of a block, in the order in which money
// moves.
//
//     accruals -> gain of the hedge -> exposure -> policy -> execution -> ledger
//
// An account may be narrower than the block it reads: where many columns are kept it is one native
// vector of paths wide, so that all its sums stay in registers, and runs through a block once for
// each part of the block's lanes.

#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/execution.hpp"
#include "kernels/path/ledger.hpp"
#include "kernels/path/outcome.hpp"
#include "kernels/path/outcome_rows.hpp"
#include "kernels/path/policy.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/sums.hpp"
#include "kernels/path/traded.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Part p of a number of the block, or all of it, as wide as an account A is.
template <class A, int p, class R>
HS_FN const A& lanes_of(const R& whole) {
    if constexpr (std::is_same_v<A, R>) {
        return whole;
    } else {
        return part<p>(whole);
    }
}

/// One step of a block, as wide as an account A.
template <class A>
struct StepOf {
    const A& spot;
    const A& price_before;
    const A& price;
    const A& change;
    const A& log2_spot;
    const A& unit_cost;
    const A& half_spread;
    const A& holding;
    const A& cash_before;
    const A& delta;
    const A& carried_delta;
    const A& book_pnl;
    const A& wish;
    const A& half_width;
};

template <class A, int p, class R, int B>
HS_FN StepOf<A> step_of(const MarketBlock<R, B>& market, const Traded<R>& traded,
                        const BookBlock<R, B>& book, const TargetBlock<R, B>& target,
                        const WidthBlock<R, B>& width, std::uint32_t i) {
    return {lanes_of<A, p>(market.spot[i + 1]),    lanes_of<A, p>(traded.price[i]),
            lanes_of<A, p>(traded.price[i + 1]),   lanes_of<A, p>(traded.change[i]),
            lanes_of<A, p>(market.log2_spot[i]),   lanes_of<A, p>(market.unit_cost[i]),
            lanes_of<A, p>(market.half_spread[i]), lanes_of<A, p>(market.holding[i]),
            lanes_of<A, p>(book.cash[i]),          lanes_of<A, p>(book.delta[i]),
            lanes_of<A, p>(book.carried_delta[i]), lanes_of<A, p>(book.pnl[i]),
            lanes_of<A, p>(target.hedge[i]),       lanes_of<A, p>(width.half[i])};
}

/// The parts of an account that a loop over steps works on: those that the columns of S need.
template <class S, class A>
struct Working {
    Position<A> position;
    Trading<A> trading;
    Carry<A> carry;
    Exposure<A> exposure;
    Equity<A> equity;

    template <class Record>
    HS_FN Working(const AccountState<A>& state, const Record& record) {
        position = state.position;
        if constexpr (S::detail) trading = record.trading;
        if constexpr (S::detail && S::carry) carry = record.carry;
        if constexpr (S::detail) exposure = record.exposure;
        if constexpr (S::equity) equity = record.equity;
    }

    /// Keeps the parts; `gathers` when it is time to gather the sums of money.
    template <class Record>
    HS_FN void keep(bool gathers, AccountState<A>& state, Record& record) {
        if (gathers) {
            gather(position.net, state.net_before);
            if constexpr (S::detail) gather(trading, record.trading_before);
            if constexpr (S::detail && S::carry) gather(carry, record.carry_before);
            if constexpr (S::detail && S::markets == Markets::any) gather(record.holding);
        }
        state.position = position;
        if constexpr (S::detail) record.trading = trading;
        if constexpr (S::detail && S::carry) record.carry = carry;
        if constexpr (S::detail) record.exposure = exposure;
        if constexpr (S::equity) record.equity = equity;
    }
};

/// What a policy decides, in units of the instrument. A proxy's units stand for other numbers of
/// the underlying at each price; rules think in the underlying.
template <class S, Rule rule, class A, class T>
HS_FN Decision<A> decide_on(const InstrumentParams<T>& instrument, const AccountParams<T>& account,
                            const StepParams<T>& step, const StepOf<A>& here, A held,
                            A last_trade) {
    const auto at = [&](const A& covers) __attribute__((always_inline)) {
        return decide<rule>(account, Sight<A>{covers, last_trade, here.wish, here.half_width,
                                              here.log2_spot, here.spot, step.rebalance});
    };
    if (S::markets == Markets::any && instrument.kind == InstrumentKind::proxy) {
        const A units = units_per_underlying(instrument, here.spot, here.price);
        auto decision = at(held / units);
        decision.hedge = decision.hedge * units;
        return decision;
    }
    return at(held);
}

/// Units of the underlying that a position stands for.
template <class S, class A, class T>
HS_FN A covered(const InstrumentParams<T>& instrument, const StepOf<A>& here, A held) {
    if (S::markets == Markets::any && instrument.kind == InstrumentKind::proxy)
        return held / units_per_underlying(instrument, here.spot, here.price);
    return held;
}

/// A rebalance point: what the policy decides is done, paid for and booked.
template <class S, Rule rule, class A, class T>
HS_FN void trade(const InstrumentParams<T>& instrument, const AccountParams<T>& account, T fixed,
                 const StepParams<T>& step, const StepOf<A>& here, A& last_trade,
                 Working<S, A>& now) {
    const auto decision =
        decide_on<S, rule>(instrument, account, step, here, now.position.held, last_trade);
    const auto fill = execute<always_moves(rule)>(decision, now.position.held);
    now.position.held = fill.held;
    pay(fill, here.unit_cost, fixed, now.position);
    if constexpr (rule == Rule::price_move)
        last_trade = select(decision.trade, here.log2_spot, last_trade);
    if constexpr (rule == Rule::moving_band)
        last_trade = select(decision.trade, splat<A>(T(step.rebalance)), last_trade);
    if constexpr (S::detail) book_trade<A, T>(fill, here.price, here.half_spread, now.trading);
    if constexpr (S::detail && S::carry)
        book_slippage(step, cost_of(fill, here.unit_cost, fixed), now.carry);
}

/// Pays for having held the hedge over a step.
template <class S, class A, class T, class Record>
HS_FN void hold(const InstrumentParams<T>& instrument, const StepParams<T>& step, const A& holding,
                Working<S, A>& now, Record& record) {
    const A cost = cost_of_holding(instrument, now.position.held, holding);
    now.position.net = now.position.net - cost;
    if constexpr (S::detail) book_holding(cost, record.holding);
    if constexpr (S::detail && S::carry) book_slippage(step, cost, now.carry);
}

/// Part p of an account through steps [first, first + count) of a block. `plain`: every step is a
/// rebalance point at which the rule acts, and no trade has a fixed charge, so that neither is
/// asked at each step.
template <class S, Rule rule, int p, bool plain, class A, class Record, class R, class Count,
          class T = typename LaneTraits<R>::Scalar>
HS_FN void hedge(const PathParams<T>& params, const AccountParams<T> account, std::uint32_t first,
                 Count count, const MarketBlock<R, S::block>& market,
                 const BookBlock<R, S::block>& book, const TargetBlock<R, S::block>& target,
                 const WidthBlock<R, S::block>& width, AccountState<A>& state, Record& record) {
    Working<S, A> now(state, record);
    const T fixed = plain ? T(0) : params.fixed;
    const StepParams<T>* step = params.step.data + first;
    const InstrumentParams<T>& instrument = params.instrument;
    const Traded<R> traded = traded_price<S::markets>(params, market);
    HS_UNROLL
    for (std::uint32_t i = 0; i < count; ++i, ++step) {
        const StepOf<A> here = step_of<A, p>(market, traded, book, target, width, i);
        const A held = now.position.held;
        if constexpr (S::carry) {
            const A cash = here.cash_before + (state.net_before + now.position.net);
            const A paid_for = S::markets == Markets::any ? held * instrument.financed : held;
            const auto accrued = accrue(*step, cash, here.price_before, here.price, held, paid_for);
            now.position.net = now.position.net + (accrued.interest + accrued.dividends);
            if constexpr (S::detail) book_accrual(accrued, now.carry);
        }
        now.position.net = fused(held, here.change, now.position.net);
        if (S::markets == Markets::any && instrument.costs_to_hold)
            hold<S>(instrument, *step, here.holding, now, record);
        if constexpr (S::detail)
            observe(*step, here.carried_delta + covered<S>(instrument, here, held),
                    here.spot * here.spot, now.exposure);

        if constexpr (rule != Rule::hold) {
            if (plain || may_act<rule>(account, step->rebalance))
                trade<S, rule>(instrument, account, fixed, *step, here, state.last_trade, now);
        }
        if constexpr (S::detail)
            observe_after(*step, here.delta + covered<S>(instrument, here, now.position.held),
                          now.exposure);
        if constexpr (S::equity) {
            const A net = state.net_before + now.position.net;
            mark_to_market(here.book_pnl + net, now.equity);
        }
    }
    static_assert(gather_steps % S::block == 0);
    now.keep((first + count) % gather_steps == 0, state, record);
}

/// Whether every step of a block is a rebalance point (they are numbered one by one) and no trade
/// has a fixed charge.
template <class T>
HS_FN bool is_plain(const PathParams<T>& params, std::uint32_t first, std::uint32_t count) {
    const std::uint32_t number = params.step.data[first].rebalance;
    return number != 0 && params.step.data[first + count - 1].rebalance == number + count - 1 &&
           params.fixed == T(0);
}

/// Calls act(p as a constant) for each of `count` parts.
template <int count, class Act>
HS_FN void for_parts(const Act& act) {
    act.template operator()<0>();
    static_assert(count == 1 || count == 2);
    if constexpr (count == 2) act.template operator()<1>();
}

/// What stands for a record where the P&L is all that is asked.
struct NoRecord {};

/// One policy's account on the paths of R.
template <class S, class R>
class Account {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN void open(const PathParams<T>& params, const AccountParams<T>& account) {
        for (int p = 0; p < parts; ++p) {
            state_[p] = open_account<Lanes>(account);
            if constexpr (S::detail) record_[p] = open_record<Lanes>(params, account);
        }
    }

    /// Runs through steps [first, first + count), its rule switched once.
    template <class Count>
    HS_FN void advance(const PathParams<T>& params, const AccountParams<T>& account,
                       std::uint32_t first, Count count, const MarketBlock<R, S::block>& market,
                       const BookBlock<R, S::block>& book, const TargetBlock<R, S::block>& target,
                       const WidthBlock<R, S::block>& width) {
        // Worth a second copy of the rules only where an account's step is a few instructions long.
        constexpr bool ask_once = S::unrolled && !S::detail;
        const bool plain = ask_once && is_plain(params, first, count);
        with_rule<S::markets>(
            account.rule, [&]<Rule rule>() __attribute__((always_inline)) {
                for_parts<parts>([&]<int p>() __attribute__((always_inline)) {
                    const auto run = [&]<bool known>() __attribute__((always_inline)) {
                        hedge<S, rule, p, known>(params, account, first, count, market, book,
                                                 target, width, state_[p], record_[p]);
                    };
                    if constexpr (ask_once && rule != Rule::hold) {
                        if (plain && (rule != Rule::interval || account.every == 1))
                            return run.template operator()<true>();
                    }
                    run.template operator()<false>();
                });
            });
    }

    /// Trades out, or marks, and writes the columns of account number a.
    HS_FN void close(const PathParams<T>& params, std::uint32_t a, R price, R half_spread,
                     R book_pnl, OutcomeRows out) const {
        for_parts<parts>([&]<int p>() __attribute__((always_inline)) {
            const OutcomeRows rows = {out.data + p * LaneTraits<Lanes>::width, out.stride};
            const OutcomeWriter<Lanes> write(params.row, a * account_columns, rows);
            path::close<S::columns, S::carry>(
                params, params.account.data[a], lanes_of<Lanes, p>(price),
                lanes_of<Lanes, p>(half_spread), lanes_of<Lanes, p>(book_pnl), state_[p],
                record_[p], write);
        });
    }

  private:
    using Lanes = std::conditional_t<S::detail, typename LaneParts<R>::Part, R>;
    static constexpr int parts = S::detail ? LaneParts<R>::count : 1;

    AccountState<Lanes> state_[parts];
    std::conditional_t<S::detail, AccountRecord<Lanes>, NoRecord> record_[parts];
};

}  // namespace hedgestorm::path
