// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market stage: where the price stands at each grid time.
//
//   log2 S(t+dt) = log2 S(t) + drift + volatility z               the plain market
//   log2 S(t+dt) = log2 S(t) + moves of the processes             any other
//
// Plain is geometric Brownian motion with scripted stress, exact between grid times: drift = ((mu -
// sigma^2 m^2 / 2) dt + stress move) log2 e, volatility = sigma sqrt(int m^2 dt) log2 e, m the
// realised-volatility multiplier (docs/model.md, "Market"); both are prepared in double by the
// host. The processes of any other market are in market/processes.hpp.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/processes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Which markets path code is compiled for. A GPU thread that knows that its market is the plain
/// one keeps nothing of the others.
enum class Markets : std::uint8_t { plain, any };

template <class R, class Random, Markets markets>
class Market {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Market(const PathParams<T>& params, Word path_low, std::uint32_t path_high)
        : noise_(params.seed, path_low, path_high),
          processes_(processes(params, path_low, path_high)),
          log2_spot_(splat<R>(T(0))),
          spot_(splat<R>(params.spot)),
          half_spread_(splat<R>(T(0))) {}

    /// Moves the market through steps [first, first + count).
    template <int B, class Count>
    HS_FN void advance(const PathParams<T>& params, std::uint32_t first, Count count,
                       MarketBlock<R, B>& market) {
        R z[B + 3];
        noise_.draw(params, first, count, z);
        if constexpr (markets == Markets::any) {
            if (!params.market.is_plain) {
                processes_.move(params, first, count, z, market, log2_spot_);
                prices(params, first, count, market,
                       [&](std::uint32_t i) { return in_range(market.log2_spot[i]); });
                return;
            }
        }
        prices(params, first, count, market, [&](std::uint32_t i) {
            // Drift and noise first: the drift alone would be rounded the same way at every step.
            const StepParams<T>& step = params.step.data[first + i];
            log2_spot_ = log2_spot_ + fused(z[i], splat<R>(step.volatility), splat<R>(step.drift));
            market.log2_spot[i] = log2_spot_;
            return math::exp2_bounded(log2_spot_);
        });
    }

    HS_FN R log2_spot() const { return log2_spot_; }
    HS_FN R spot() const { return spot_; }
    /// At the horizon [fraction of notional].
    HS_FN R half_spread(const PathParams<T>& params) const {
        if (has_spread_on_path(params)) return half_spread_;
        return splat<R>(params.step.data[params.steps - 1].half_spread);
    }

  private:
    using Others = std::conditional_t<markets == Markets::any, Processes<R, Random>, NoProcesses>;

    HS_FN static Others processes(const PathParams<T>& params, Word path_low,
                                  std::uint32_t path_high) {
        if constexpr (markets == Markets::any) {
            return Others(params, path_low, path_high);
        } else {
            return Others();
        }
    }

    /// What the later stages read; `relative(i)` is S/S_0 at the end of step i of the block.
    template <int B, class Count, class Relative>
    HS_FN void prices(const PathParams<T>& params, std::uint32_t first, Count count,
                      MarketBlock<R, B>& market, const Relative& relative) {
        market.spot[0] = spot_;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const R spot = relative(i) * params.spot;
            market.change[i] = spot - spot_;
            market.spot[i + 1] = spot;
            const StepParams<T>& step = params.step.data[first + i];
            if (has_spread_on_path(params)) {
                market.unit_cost[i] = spot * (market.half_spread[i] + params.fee);
            } else {
                market.unit_cost[i] = spot * step.unit_cost;
                market.half_spread[i] = splat<R>(step.half_spread);
            }
            spot_ = spot;
        }
        if (has_spread_on_path(params)) half_spread_ = market.half_spread[count - 1];
    }

    HS_FN static bool has_spread_on_path(const PathParams<T>& params) {
        return markets == Markets::any && params.market.overlay.size > 0;
    }

    /// A jump may leave the range in which 2^x is a price: such a path is not a number, and is
    /// flagged.
    HS_FN static R in_range(R log2_spot) {
        constexpr T widest = 120;
        const R nothing = splat<R>(T(__builtin_nan("")));
        const auto is_price = magnitude(log2_spot) <= splat<R>(widest);
        return select(is_price, math::exp2_bounded(log2_spot), nothing);
    }

    Noise<R, Random> noise_;
    Others processes_;
    R log2_spot_;    ///< log2(S/S_0)
    R spot_;         ///< S [currency]
    R half_spread_;  ///< at the end of the last block [fraction], where overlays widen it
};

}  // namespace hedgestorm::path
