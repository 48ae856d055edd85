// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the hedge trades at, and what holding it costs, where the hedge is not the underlying paid
// in cash.
//
//   perpetual   F = S (1 + b),  db = kappa (mean - b) dt + volatility dW    (Ornstein-Uhlenbeck)
//   proxy       dF / F = drift dt + volatility dW
//
// W is correlated with the normals that move the spot; the rest of it has a stream of its own, so
// that the spot is what it would be without. Both are exact between grid times. Formulas and
// sources: docs/model.md, "Hedge instrument".

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/traded.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// The rate of a funding time before its cap, by the exchanges' formula: premium + clamp(interest -
/// premium).
template <class R, class T>
HS_FN R premium_funding(const FundingParams<T>& funding, R premium) {
    const R most = splat<R>(funding.clamp);
    const R gap = splat<R>(funding.interest) - premium;
    return premium + smaller(larger(gap, -most), most);
}

/// Whether the hedge is more than the spot for cash.
template <class T>
HS_FN bool needs_instrument(const PathParams<T>& params) {
    return has_price_of_its_own(params) || params.instrument.costs_to_hold;
}

/// Whether stress shifts its basis, its funding or its borrow rate.
template <class T>
HS_FN bool shifts_instrument(const PathParams<T>& params) {
    return params.market.conditions.shifts_hedge && needs_instrument(params);
}

/// Notes by how much, where the instrument looks before it writes there.
template <class R, int B, class Count, class At>
HS_FN void note_shifts(MarketBlock<R, B>& market, std::uint32_t i, Count count, const At& now) {
    change_at(market.price + 1, i, count, [&](R& to) { to = now.basis(); });
    change_at(market.price_change, i, count, [&](R& to) { to = now.funding(); });
    change_at(market.holding, i, count, [&](R& to) { to = now.borrow(); });
}

template <class R, class Random>
class Instrument {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Instrument(const PathParams<T>& params, Word path_low, std::uint32_t path_high)
        : noise_(params.seed, path_low, path_high, instrument_stream, instrument_bridge_stream),
          funding_noise_(params.seed, path_low, path_high, funding_stream),
          state_(splat<R>(params.instrument.initial)),
          price_(splat<R>(params.instrument.price)),
          premium_(splat<R>(T(0))),
          rate_(splat<R>(params.instrument.funding.initial)) {}

    /// Prices the instrument in steps [first, first + count), over which z are the spot's own
    /// normals, and says what trading and holding a unit cost. The block has the shifts by stress,
    /// where there are any.
    template <int B, class Count>
    HS_APART void advance(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                          MarketBlock<R, B>& market) {
        const InstrumentParams<T>& how = params.instrument;
        const bool is_shifted = shifts_instrument(params);
        const R zero = splat<R>(T(0));
        if (how.kind != InstrumentKind::spot) {
            R w[B + 3];
            noise_.draw(params, first, count, w);
            market.price[0] = price_;
            HS_UNROLL
            for (std::uint32_t i = 0; i < count; ++i) {
                const InstrumentStep<T>& step = how.step.data[first + i];
                const R moved = fused(state_, splat<R>(step.decay), splat<R>(step.level));
                const R shock = fused(z[i], splat<R>(step.with_spot), w[i] * step.alone);
                state_ = moved + shock;
                const R basis = is_shifted ? market.price[i + 1] : zero;
                const R dearer = is_shifted ? market.price_change[i] : zero;
                price_ = how.kind == InstrumentKind::perpetual ? beside(market.spot[i + 1], basis)
                                                               : by_itself(how) * (basis + T(1));
                market.price[i + 1] = price_;
                market.price_change[i] = price_ - market.price[i];
                market.unit_cost[i] = price_ * (market.half_spread[i] + params.fee);
                if (how.funding.model != FundingModel::none)
                    market.holding[i] = price_ * funding(how.funding, first + i, basis, dearer);
            }
        }
        if (how.kind == InstrumentKind::perpetual || !how.costs_to_hold) return;
        const Traded<R> traded = traded_price<Markets::any>(params, market);
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const R shift = is_shifted ? market.holding[i] : zero;
            const R rate = larger(shift + how.borrow, zero);
            market.holding[i] = traded.price[i + 1] * (rate * params.step.data[first + i].length);
        }
    }

    HS_FN R price() const { return price_; }

  private:
    /// A basis can not take a price below this part of the spot.
    static constexpr T least_share = T(0.01);

    HS_FN R beside(R spot, R shift) const {
        return spot * larger((state_ + shift) + T(1), splat<R>(least_share));
    }

    /// Beyond this range 2^x is no price: such a path is not a number, and is flagged.
    HS_FN R by_itself(const InstrumentParams<T>& how) const {
        constexpr T widest = 120;
        const R nothing = splat<R>(T(__builtin_nan("")));
        const R price = math::exp2_bounded(state_) * how.price;
        return select(magnitude(state_) <= splat<R>(widest), price, nothing);
    }

    /// What the long side pays at the end of a step [fraction of notional], with the shifts by
    /// stress of the basis and of the rate [per year].
    HS_FN R funding(const FundingParams<T>& how, std::uint32_t number, R basis, R dearer) {
        const FundingStep<T>& step = how.step.data[number];
        premium_ = fused(state_ + basis, splat<R>(step.weight), premium_);
        if (step.stamp == 0) return splat<R>(T(0));
        R rate = splat<R>(step.known);
        if (how.model == FundingModel::premium) rate = premium_funding(how, premium_);
        if (how.model == FundingModel::mean_reverting) {
            const R shock = funding_noise_.alone(step.stamp - 1) * how.noise;
            rate_ = fused(rate_, splat<R>(how.decay), splat<R>(how.level)) + shock;
            rate = rate_;
        }
        premium_ = splat<R>(T(0));
        rate = fused(dearer, splat<R>(how.every), rate);
        const R cap = splat<R>(how.cap);
        return smaller(larger(rate, -cap), cap);
    }

    Noise<R, Random> noise_;
    Normals<R, Random> funding_noise_;
    R state_;    ///< basis [fraction of S], or log2(F/F_0)
    R price_;    ///< F [currency]
    R premium_;  ///< weighted sum of the basis since the last funding time
    R rate_;     ///< of mean-reverting funding [fraction of notional]
};

}  // namespace hedgestorm::path
