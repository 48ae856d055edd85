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
          spot_(splat<R>(params.spot)) {}

    /// Moves the market through steps [first, first + count).
    template <int B, class Count>
    HS_FN void advance(const PathParams<T>& params, std::uint32_t first, Count count,
                       MarketBlock<R, B>& market) {
        R z[B + 3];
        noise_.draw(params, first, count, z);
        if constexpr (markets == Markets::any) {
            if (!params.market.is_plain) {
                processes_.move(params, first, count, z, market);
                prices(params, first, count, market, [&](std::uint32_t i) {
                    log2_spot_ = log2_spot_ + market.move[i];
                    return in_range(math::exp2_bounded(log2_spot_));
                });
                if (params.market.diffusion == Diffusion::regime)
                    scale_spreads(params, count, market);
                return;
            }
        }
        prices(params, first, count, market, [&](std::uint32_t i) {
            // Drift and noise first: the drift alone would be rounded the same way at every step.
            const StepParams<T>& step = params.step.data[first + i];
            log2_spot_ = log2_spot_ + fused(z[i], splat<R>(step.volatility), splat<R>(step.drift));
            return math::exp2_bounded(log2_spot_);
        });
    }

    HS_FN R log2_spot() const { return log2_spot_; }
    HS_FN R spot() const { return spot_; }
    /// At the horizon [fraction of notional].
    HS_FN R half_spread(const PathParams<T>& params) const {
        const R quoted = splat<R>(params.step.data[params.steps - 1].half_spread);
        if constexpr (markets == Markets::any) {
            if (params.market.diffusion == Diffusion::regime)
                return quoted * processes_.spread_multiplier();
        }
        return quoted;
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
            market.log2_spot[i] = log2_spot_;
            market.change[i] = spot - spot_;
            market.spot[i + 1] = spot;
            market.unit_cost[i] = spot * params.step.data[first + i].unit_cost;
            market.half_spread[i] = splat<R>(params.step.data[first + i].half_spread);
            spot_ = spot;
        }
    }

    /// What trading costs, where the market's own state moves its spread.
    template <int B, class Count>
    HS_FN void scale_spreads(const PathParams<T>& params, Count count,
                             MarketBlock<R, B>& market) const {
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const R half_spread = market.half_spread[i] * market.spread_multiplier[i];
            market.half_spread[i] = half_spread;
            market.unit_cost[i] = market.spot[i + 1] * (half_spread + params.fee);
        }
    }

    /// A jump may leave the range in which 2^x is a price: such a path is not a number, and is
    /// flagged.
    HS_FN R in_range(R relative) const {
        constexpr T widest = 120;
        const R nothing = splat<R>(T(__builtin_nan("")));
        return select(magnitude(log2_spot_) <= splat<R>(widest), relative, nothing);
    }

    Noise<R, Random> noise_;
    Others processes_;
    R log2_spot_;  ///< log2(S/S_0)
    R spot_;       ///< S [currency]
};

}  // namespace hedgestorm::path
