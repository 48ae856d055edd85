// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the hedge trades at, and what holding it costs, where the hedge is not
// the underlying paid in cash.
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

/// The rate of a funding time: the exchanges' formula, premium + clamp(interest - premium), within
/// the cap.
template <class R, class T>
HS_FN R premium_funding(const FundingParams<T>& funding, R premium) {
    const R most = splat<R>(funding.clamp);
    const R gap = splat<R>(funding.interest) - premium;
    return premium + smaller(larger(gap, -most), most);
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
    /// normals, and says what trading and holding a unit cost.
    template <int B, class Count>
    HS_APART void advance(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                          MarketBlock<R, B>& market) {
        const InstrumentParams<T>& how = params.instrument;
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
                price_ = how.kind == InstrumentKind::perpetual ? beside(market.spot[i + 1])
                                                               : by_itself(how);
                market.price[i + 1] = price_;
                market.price_change[i] = price_ - market.price[i];
                market.unit_cost[i] = price_ * (market.half_spread[i] + params.fee);
                if (how.funding.model != FundingModel::none)
                    market.holding[i] = price_ * funding(how.funding, first + i);
            }
        }
        if (how.borrow == T(0)) return;
        const Traded<R> traded = traded_price<Markets::any>(params, market);
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const T share = params.step.data[first + i].length * how.borrow;
            market.holding[i] = traded.price[i + 1] * share;
        }
    }

    HS_FN R price() const { return price_; }

  private:
    /// A basis can not take a price below this part of the spot.
    static constexpr T least_share = T(0.01);

    HS_FN R beside(R spot) const { return spot * larger(state_ + T(1), splat<R>(least_share)); }

    /// Beyond this range 2^x is no price: such a path is not a number, and is flagged.
    HS_FN R by_itself(const InstrumentParams<T>& how) const {
        constexpr T widest = 120;
        const R nothing = splat<R>(T(__builtin_nan("")));
        const R price = math::exp2_bounded(state_) * how.price;
        return select(magnitude(state_) <= splat<R>(widest), price, nothing);
    }

    /// What the long side pays at the end of a step [fraction of notional].
    HS_FN R funding(const FundingParams<T>& how, std::uint32_t number) {
        const FundingStep<T>& step = how.step.data[number];
        premium_ = fused(state_, splat<R>(step.weight), premium_);
        if (step.stamp == 0) return splat<R>(T(0));
        R rate = splat<R>(step.known);
        if (how.model == FundingModel::premium) rate = premium_funding(how, premium_);
        if (how.model == FundingModel::mean_reverting) {
            const R shock = funding_noise_.alone(step.stamp - 1) * how.noise;
            rate_ = fused(rate_, splat<R>(how.decay), splat<R>(how.level)) + shock;
            rate = rate_;
        }
        premium_ = splat<R>(T(0));
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
