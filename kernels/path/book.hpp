// SPDX-License-Identifier: Apache-2.0
#pragma once

// The book stage: mark and delta of the living legs, and the cash of those that settle.
//
// European options by Black-Scholes-Merton (Merton 1973): C = S e^{-q tau} N(d1) - K e^{-r tau}
// N(d2). Puts are valued as calls and corrected by parity, once per expiry. d1 is affine in log2 S,
// with coefficients per step and volatility prepared by the host. Signs are the desk's: short legs
// have negative weights.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/normal.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Book {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN explicit Book(const PathParams<T>& params)
        : cash_(splat<R>(params.premium)), implied_(splat<R>(T(1))) {}

    /// Marks the book at the end of each step of the block: its delta, and what the columns need of
    /// its value. Of a P&L alone whose policies hedge at other volatilities, nobody asks for the
    /// mark before the end.
    template <ColumnSet columns, bool implied_on_path = false, int B, class Count>
    HS_FN void mark(const PathParams<T>& params, std::uint32_t first, Count count,
                    const MarketBlock<R, B>& market, BookBlock<R, B>& book) {
        constexpr bool with_value = columns == ColumnSet::all;
        constexpr bool together = !std::is_same_v<Count, std::uint32_t>;
        const bool is_asked = columns != ColumnSet::pnl || params.mark_is_wanted;
        if constexpr (together) {
            if (is_asked) mark_legs<with_value>(params, first, count, market, book);
        }
        book.cash[0] = cash_;
        std::uint32_t alive_before =
            first == 0 ? params.expiry.size : params.step.data[first - 1].alive;
        const bool settles = params.step.data[first + count - 1].alive != alive_before;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t step = first + i;
            const R spot = market.spot[i + 1];
            R value = splat<R>(T(0));
            if constexpr (together) {
                if constexpr (with_value) value = book.pnl[i];
            } else if (is_asked) {
                const std::uint32_t alive = params.step.data[step].alive;
                const R at = market.log2_spot[i];
                if constexpr (with_value) {
                    book.delta[i] = value_and_delta(params, step, alive, at, spot, value);
                } else {
                    book.delta[i] = delta(params, params.valuation.data[0], step, alive, at);
                }
            }
            if constexpr (implied_on_path) {
                if (params.market.implied_on_path) {
                    implied_ = market.implied[i];
                    if (is_asked) {
                        const std::uint32_t alive = params.step.data[step].alive;
                        book.delta[i] = value_and_delta_at(params, step, alive, market.log2_spot[i],
                                                           spot, implied_, value);
                    }
                }
            }
            if constexpr (columns != ColumnSet::pnl) book.carried_delta[i] = book.delta[i];
            if (settles) {
                const std::uint32_t alive = params.step.data[step].alive;
                for (std::uint32_t e = alive; e < alive_before; ++e) {
                    const R expiring = settle(params, params.expiry.data[e], spot);
                    if constexpr (columns != ColumnSet::pnl)
                        book.carried_delta[i] = book.carried_delta[i] + expiring;
                }
                alive_before = alive;
            }
            book.cash[i + 1] = cash_;
            if constexpr (with_value) book.pnl[i] = cash_ + value;
        }
    }

    /// The book's P&L at the horizon: premium, settlements, and the mark of legs still alive less
    /// what their exit would cost.
    template <bool implied_on_path = false>
    HS_FN R close(const PathParams<T>& params, R log2_spot, R spot) {
        if (!params.value_at_end) return cash_;
        const std::uint32_t last = params.steps - 1;
        R value;
        const std::uint32_t alive = params.step.data[last].alive;
        if (implied_on_path && params.market.implied_on_path) {
            value_and_delta_at(params, last, alive, log2_spot, spot, implied_, value);
        } else {
            value_and_delta(params, last, alive, log2_spot, spot, value);
        }
        const R pnl = cash_ + value;
        if (params.exit_spread_vol == T(0)) return pnl;
        return fused_negated(gross_vega<implied_on_path>(params, log2_spot, spot),
                             splat<R>(params.exit_spread_vol), pnl);
    }

    /// Delta of the living legs under a valuation of known volatilities [underlying].
    HS_FN static R delta(const PathParams<T>& params, const ValuationParams<T>& valuation,
                         std::uint32_t step, std::uint32_t alive, R log2_spot) {
        R total = splat<R>(T(0));
        const SliceStep<T>* row = valuation.table.data + std::size_t(step) * valuation.slices;
        const ExpiryStep<T>* discount =
            params.expiry_step.data + std::size_t(step) * params.expiry.size;
        for (std::uint32_t e = 0; e < alive; ++e) {
            const ExpiryParams<T>& expiry = params.expiry.data[e];
            R units = splat<R>(-expiry.put_weight);
            for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
                const OptionParams<T>& option = params.option.data[o];
                const SliceStep<T>& slice = row[valuation.slice.data[o]];
                const R d1 = fused(log2_spot - option.log2_strike, splat<R>(slice.slope),
                                   splat<R>(slice.shift));
                units = fused(math::normal_cdf(d1), splat<R>(option.weight), units);
            }
            total = fused(units, splat<R>(discount[e].dividend_discount), total);
        }
        return total;
    }

  private:
    /// |vega| of the legs alive at the horizon, summed leg by leg [currency per unit of
    /// volatility].
    template <bool implied_on_path>
    HS_FN R gross_vega(const PathParams<T>& params, R log2_spot, R spot) const {
        R total = splat<R>(T(0));
        const std::uint32_t last = params.steps - 1;
        const ValuationParams<T>& valuation = params.valuation.data[0];
        const SliceStep<T>* row = valuation.table.data + std::size_t(last) * valuation.slices;
        const ExpiryStep<T>* discount =
            params.expiry_step.data + std::size_t(last) * params.expiry.size;
        for (std::uint32_t e = 0; e < params.step.data[last].alive; ++e) {
            R units = splat<R>(T(0));
            for (std::uint32_t o = params.expiry.data[e].first; o < params.expiry.data[e].end;
                 ++o) {
                const OptionParams<T>& option = params.option.data[o];
                const SliceStep<T>& slice = row[valuation.slice.data[o]];
                const R d1 = implied_on_path && params.market.implied_on_path
                                 ? d1_at(slice, log2_spot - option.log2_strike, implied_)
                                 : fused(log2_spot - option.log2_strike, splat<R>(slice.slope),
                                         splat<R>(slice.shift));
                const T size = option.weight < T(0) ? -option.weight : option.weight;
                units = fused(math::normal_pdf(d1), splat<R>(size), units);
            }
            const T root = discount[e].half_root + discount[e].half_root;
            total = fused(units * spot, splat<R>(discount[e].dividend_discount * root), total);
        }
        return total;
    }

    /// Delta of the living legs, and their value where asked for (left in book.pnl), at the end of
    /// each of a few steps: leg by leg, so that a GPU thread reads each leg once for all steps. At
    /// each step the same sums in the same order as step by step; a leg that has settled by then is
    /// worked out and not added.
    template <bool with_value, int B, std::uint32_t count>
    HS_FN static void mark_legs(const PathParams<T>& params, std::uint32_t first, Steps<count>,
                                const MarketBlock<R, B>& market, BookBlock<R, B>& book) {
        const ValuationParams<T>& valuation = params.valuation.data[0];
        const StepParams<T>* step = params.step.data + first;
        R total[count];
        R owed[count];
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) total[i] = owed[i] = splat<R>(T(0));
        for (std::uint32_t e = 0; e < step[0].alive; ++e) {
            const ExpiryParams<T>& expiry = params.expiry.data[e];
            R units[count];
            R strikes[count];
            HS_UNROLL
            for (std::uint32_t i = 0; i < count; ++i) {
                units[i] = splat<R>(-expiry.put_weight);
                strikes[i] = splat<R>(-expiry.put_strike_weight);
            }
            for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
                const OptionParams<T> option = params.option.data[o];
                const SliceStep<T>* slice = valuation.table.data +
                                            std::size_t(first) * valuation.slices +
                                            valuation.slice.data[o];
                HS_UNROLL
                for (std::uint32_t i = 0; i < count; ++i) {
                    const R d1 = fused(market.log2_spot[i] - option.log2_strike,
                                       splat<R>(slice->slope), splat<R>(slice->shift));
                    units[i] = fused(math::normal_cdf(d1), splat<R>(option.weight), units[i]);
                    if constexpr (with_value) {
                        strikes[i] = fused(math::normal_cdf(d1 - slice->deviation),
                                           splat<R>(option.strike_weight), strikes[i]);
                    }
                    slice += valuation.slices;
                }
            }
            const ExpiryStep<T>* discount =
                params.expiry_step.data + std::size_t(first) * params.expiry.size + e;
            HS_UNROLL
            for (std::uint32_t i = 0; i < count; ++i) {
                if (e < step[i].alive) {
                    total[i] = fused(units[i], splat<R>(discount->dividend_discount), total[i]);
                    if constexpr (with_value)
                        owed[i] = fused(strikes[i], splat<R>(discount->rate_discount), owed[i]);
                }
                discount += params.expiry.size;
            }
        }
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            book.delta[i] = total[i];
            if constexpr (with_value) book.pnl[i] = total[i] * market.spot[i + 1] - owed[i];
        }
    }

    /// Delta of the living legs at the mark, and their value.
    HS_FN static R value_and_delta(const PathParams<T>& params, std::uint32_t step,
                                   std::uint32_t alive, R log2_spot, R spot, R& value) {
        const ValuationParams<T>& valuation = params.valuation.data[0];
        R total = splat<R>(T(0));
        R owed = splat<R>(T(0));
        const SliceStep<T>* row = valuation.table.data + std::size_t(step) * valuation.slices;
        const ExpiryStep<T>* discount =
            params.expiry_step.data + std::size_t(step) * params.expiry.size;
        for (std::uint32_t e = 0; e < alive; ++e) {
            const ExpiryParams<T>& expiry = params.expiry.data[e];
            R units = splat<R>(-expiry.put_weight);
            R strikes = splat<R>(-expiry.put_strike_weight);
            for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
                const OptionParams<T>& option = params.option.data[o];
                const SliceStep<T>& slice = row[valuation.slice.data[o]];
                const R d1 = fused(log2_spot - option.log2_strike, splat<R>(slice.slope),
                                   splat<R>(slice.shift));
                units = fused(math::normal_cdf(d1), splat<R>(option.weight), units);
                strikes = fused(math::normal_cdf(d1 - slice.deviation),
                                splat<R>(option.strike_weight), strikes);
            }
            total = fused(units, splat<R>(discount[e].dividend_discount), total);
            owed = fused(strikes, splat<R>(discount[e].rate_discount), owed);
        }
        value = total * spot - owed;
        return total;
    }

    /// d1 of a slice whose volatility is m times the tabulated one: the part of the shift that the
    /// volatility makes grows with m, the rest and the slope shrink.
    HS_FN static R d1_at(const SliceStep<T>& slice, R log2_moneyness, R m) {
        const T half = slice.deviation * T(0.5);
        const R rest = fused(log2_moneyness, splat<R>(slice.slope), splat<R>(slice.shift - half));
        return fused(m, splat<R>(half), rest / m);
    }

    /// The same with every implied volatility m times the tabulated one.
    HS_FN static R value_and_delta_at(const PathParams<T>& params, std::uint32_t step,
                                      std::uint32_t alive, R log2_spot, R spot, R m, R& value) {
        const ValuationParams<T>& valuation = params.valuation.data[0];
        R total = splat<R>(T(0));
        R owed = splat<R>(T(0));
        const SliceStep<T>* row = valuation.table.data + std::size_t(step) * valuation.slices;
        const ExpiryStep<T>* discount =
            params.expiry_step.data + std::size_t(step) * params.expiry.size;
        for (std::uint32_t e = 0; e < alive; ++e) {
            const ExpiryParams<T>& expiry = params.expiry.data[e];
            R units = splat<R>(-expiry.put_weight);
            R strikes = splat<R>(-expiry.put_strike_weight);
            for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
                const OptionParams<T>& option = params.option.data[o];
                const SliceStep<T>& slice = row[valuation.slice.data[o]];
                const R d1 = d1_at(slice, log2_spot - option.log2_strike, m);
                const R d2 = fused_negated(m, splat<R>(slice.deviation), d1);
                units = fused(math::normal_cdf(d1), splat<R>(option.weight), units);
                strikes = fused(math::normal_cdf(d2), splat<R>(option.strike_weight), strikes);
            }
            total = fused(units, splat<R>(discount[e].dividend_discount), total);
            owed = fused(strikes, splat<R>(discount[e].rate_discount), owed);
        }
        value = total * spot - owed;
        return total;
    }

    /// Pays the legs of an expiry at intrinsic value; gives their delta just before (0 or 1 a
    /// unit).
    HS_FN R settle(const PathParams<T>& params, const ExpiryParams<T>& expiry, R spot) {
        R units = splat<R>(-expiry.put_weight);
        const R zero = splat<R>(T(0));
        for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
            const OptionParams<T>& option = params.option.data[o];
            const R moneyness = spot - option.strike;
            cash_ = fused(larger(moneyness * option.sign, zero), splat<R>(option.weight), cash_);
            units = units + select(moneyness > zero, splat<R>(option.weight), zero);
        }
        return units;
    }

    R cash_;
    R implied_;  ///< multiplier of implied volatilities, where the path decides it
};

}  // namespace hedgestorm::path
