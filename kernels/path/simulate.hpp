// SPDX-License-Identifier: Apache-2.0
#pragma once

// One path, from its first step to its last. Start reading here.
//
// R is a number of one path (a CUDA thread, the scalar engine) or of W paths side by side (a vector
// of the CPU engines): the same source gives the same bits. At each grid time, in this order:
//
//     market (diffusion, then stress; what the hedge trades at) -> book (mark, settlements) -> for
//     each account: accruals -> exposure -> policy (rebalance points only) -> execution -> ledger
//
// The market and the book are worked out once for a block of steps; then every account runs through
// the block with its state in registers. Drawing all noise of a block first, and switching on a
// policy's rule once per block, is what makes this fast (docs/decisions/0003-loop-shape.md).

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/philox.hpp"
#include "kernels/path/account.hpp"
#include "kernels/path/book.hpp"
#include "kernels/path/explain.hpp"
#include "kernels/path/market.hpp"
#include "kernels/path/outcome_rows.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/targets.hpp"
#include "kernels/path/targets/widths.hpp"
#include "kernels/path/unhedged.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// What is fixed when the path code is compiled: the columns, whether cash or the hedge earns
/// carry, steps in a block, the most accounts at a time, which markets there are, whether the steps
/// of a block are written out, so that a GPU thread keeps them in registers, or looped over, and
/// what draws the random words.
template <ColumnSet columns_, bool carry_, int block_, std::uint32_t accounts_,
          Markets markets_ = Markets::any, bool unrolled_ = false,
          template <class Word> class Random_ = math::Philox>
struct Shape {
    static constexpr ColumnSet columns = columns_;
    static constexpr bool carry = carry_;
    static constexpr bool detail = columns != ColumnSet::pnl;
    static constexpr bool equity = columns == ColumnSet::all;
    static constexpr int block = block_;
    static constexpr std::uint32_t accounts = accounts_;
    static constexpr std::uint32_t wishes = accounts == 1 ? 1 : max_accounts;
    static constexpr Markets markets = markets_;
    static constexpr bool unrolled = unrolled_;
    template <class Word>
    using Random = Random_<Word>;
};

/// Accounts [first, end) of a plan, simulated together on one market.
struct AccountRange {
    std::uint32_t first;
    std::uint32_t end;
};

/// The wishes of some accounts: bit w for wish w.
template <class T>
HS_FN std::uint32_t wishes_of(const PathParams<T>& params, AccountRange accounts) {
    static_assert(max_accounts <= 32);
    std::uint32_t wanted = 0;
    for (std::uint32_t a = accounts.first; a < accounts.end; ++a)
        wanted |= 1u << params.account.data[a].target;
    return wanted;
}

/// The hedges wanted over a block, and the bands around them that move: one row for each distinct
/// wish.
template <class S, class R, class Count, class T = typename LaneTraits<R>::Scalar>
HS_FN void wishes(const PathParams<T>& params, std::uint32_t first, Count count,
                  const MarketBlock<R, S::block>& market, const BookBlock<R, S::block>& book,
                  R log2_before, std::uint32_t wanted_by_some, RealisedVariance<R>* realised,
                  TargetBlock<R, S::block>* target, WidthBlock<R, S::block>* width) {
    for (std::uint32_t w = 0; w < params.target.size; ++w) {
        if ((wanted_by_some >> w & 1u) == 0) continue;
        const TargetParams<T>& wanted = params.target.data[w];
        const ValuationParams<T>& valuation = params.valuation.data[wanted.valuation];
        const bool moves = S::markets == Markets::any && wanted.width.kind != Width::none;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t alive = params.step.data[first + i].alive;
            const R at = market.log2_spot[i];
            R delta = book.delta[i];
            if (valuation.source == ValuationSource::realised) {
                const R before = i == 0 ? log2_before : market.log2_spot[i - 1];
                const R volatility = realised[w].update(valuation, first + i, at - before);
                delta = delta_at(params, first + i, alive, at, volatility);
                if (moves) width[w].half[i] = volatility;
            } else if (S::markets == Markets::any &&
                       valuation.source == ValuationSource::instantaneous) {
                delta = delta_at(params, first + i, alive, at, market.volatility[i]);
                if (moves) width[w].half[i] = market.volatility[i];
            } else if (S::markets == Markets::any &&
                       valuation.source == ValuationSource::expected) {
                delta =
                    delta_expected(params, valuation, first + i, alive, at, market.volatility[i]);
                if (moves) width[w].half[i] = market.volatility[i];
            } else if (wanted.valuation != 0) {
                delta = Book<R>::delta(params, valuation, first + i, alive, at);
            }
            target[w].hedge[i] = wish(wanted, delta);
        }
        if constexpr (S::markets == Markets::any) {
            using Random = typename S::template Random<typename LaneTraits<R>::Word>;
            if (moves) widen<Random>(params, wanted, first, count, market, target[w], width[w]);
        }
    }
}

/// Some accounts on a group of paths: numbers path_high << 32 | path_low, one per lane. The columns
/// of the path itself come with the first account.
template <class S, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void simulate(const PathParams<T>& params, AccountRange accounts,
                    typename LaneTraits<R>::Word path_low, std::uint32_t path_high,
                    OutcomeRows out) {
    using Random = typename S::template Random<typename LaneTraits<R>::Word>;
    Market<R, Random, S::markets> model(params, path_low, path_high);
    Book<R> positions(params);
    Unhedged<R> unhedged(params);
    Explain<R> explain(params);
    Account<S, R> account[S::accounts];
    RealisedVariance<R> realised[S::wishes];
    const bool leads = accounts.first == 0;
    const std::uint32_t wanted_by_some = wishes_of(params, accounts);
    for (std::uint32_t w = 0; w < params.target.size; ++w)
        realised[w].open(params.valuation.data[params.target.data[w].valuation]);
    for (std::uint32_t a = accounts.first; a < accounts.end; ++a)
        account[a - accounts.first].open(params, params.account.data[a]);

    MarketBlock<R, S::block> market;
    BookBlock<R, S::block> book;
    TargetBlock<R, S::block> target[S::wishes];
    WidthBlock<R, S::block> width[S::wishes];
    const auto advance = [&](std::uint32_t first, auto count) __attribute__((always_inline)) {
        const R log2_before = model.log2_spot();
        model.advance(params, first, count, market);
        positions.template mark<S::columns, S::markets == Markets::any>(params, first, count,
                                                                        market, book);
        wishes<S>(params, first, count, market, book, log2_before, wanted_by_some, realised, target,
                  width);
        if constexpr (S::detail) {
            if (leads) unhedged.template hold<S::equity, S::carry>(params, first, count, book);
        }
        if constexpr (S::equity) {
            if (leads && params.explain) explain.hold(params, first, count, market, book);
        }
        for (std::uint32_t a = accounts.first; a < accounts.end; ++a) {
            const AccountParams<T>& policy = params.account.data[a];
            account[a - accounts.first].advance(params, policy, first, count, market, book,
                                                target[policy.target], width[policy.target]);
        }
    };
    std::uint32_t first = 0;
    if constexpr (S::unrolled) {
        for (; params.steps - first >= S::block; first += S::block)
            advance(first, Steps<S::block>{});
        if constexpr (S::block > 4) {
            for (; params.steps - first >= 4; first += 4) advance(first, Steps<4>{});
        }
        for (; first < params.steps; ++first) advance(first, Steps<1>{});
    } else {
        for (; first < params.steps; first += S::block) {
            const std::uint32_t left = params.steps - first;
            advance(first, left < S::block ? left : std::uint32_t(S::block));
        }
    }

    const R spot = model.spot();
    const R hedge_price = model.hedge_price(params);
    const R half_spread = model.half_spread(params);
    const R book_pnl =
        positions.template close<S::markets == Markets::any>(params, model.log2_spot(), spot);
    for (std::uint32_t a = accounts.first; a < accounts.end; ++a)
        account[a - accounts.first].close(params, a, hedge_price, half_spread, book_pnl, out);
    if constexpr (S::detail) {
        if (!leads) return;
        const OutcomeWriter<R> write(params.row, params.account.size * account_columns, out);
        unhedged.close(spot, book_pnl, write);
        if constexpr (S::equity) {
            if (params.explain) explain.close(params, book_pnl, write);
        }
    }
}

/// All accounts of a plan.
template <class S, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN void simulate(const PathParams<T>& params, typename LaneTraits<R>::Word path_low,
                    std::uint32_t path_high, OutcomeRows out) {
    simulate<S, R>(params, AccountRange{0, params.account.size}, path_low, path_high, out);
}

}  // namespace hedgestorm::path
