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
#include <new>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/instrument.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/processes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random, Markets markets>
class Market {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Market(const PathParams<T>& params, Word path_low, std::uint32_t path_high)
        : noise_(params.seed, path_low, path_high),
          log2_spot_(splat<R>(T(0))),
          spot_(splat<R>(params.spot)),
          half_spread_(splat<R>(T(0))) {
        if constexpr (markets == Markets::any) {
            if (!params.market.is_plain) {
                // Of many paths side by side these are large, and made in place; a GPU thread
                // that copies them keeps them out of its registers, which then suffice.
                if constexpr (LaneTraits<R>::width > 1) {
                    ::new (&others_.processes) Processes<R, Random>(params, path_low, path_high);
                    ::new (&others_.instrument) Instrument<R, Random>(params, path_low, path_high);
                } else {
                    others_.processes = Processes<R, Random>(params, path_low, path_high);
                    others_.instrument = Instrument<R, Random>(params, path_low, path_high);
                }
            }
        }
    }

    /// Moves the market through steps [first, first + count). `watch(i, ConditionsAt)` sees the
    /// conditions at the end of step i of them.
    template <int B, class Count, class Watch = Unwatched>
    HS_FN void advance(const PathParams<T>& params, std::uint32_t first, Count count,
                       MarketBlock<R, B>& market, const Watch& watch = {}) {
        R z[B + 3];
        noise_.draw(params, first, count, z);
        if constexpr (markets == Markets::any) {
            if (!params.market.is_plain) {
                const bool is_shifted = shifts_instrument(params);
                if (params.market.overlay.size > 0) {
                    const auto both = [&](std::uint32_t i, const auto& now) {
                        watch(i, now);
                        if (is_shifted) note_shifts(market, i, count, now);
                    };
                    others_.processes.move_overlaid(params, first, count, z, market, log2_spot_,
                                                    both);
                } else {
                    others_.processes.move(params, first, count, z, market);
                    watch_script<R, Random>(params, first, count, watch);
                    const auto shifts = [&](std::uint32_t i, const auto& now) {
                        note_shifts(market, i, count, now);
                    };
                    if (is_shifted) watch_script<R, Random>(params, first, count, shifts);
                }
                prices<false>(params, first, count, market,
                              [&](std::uint32_t i) { return market.move[i]; });
                if (needs_instrument(params))
                    others_.instrument.advance(params, first, count, z, market);
                return;
            }
        }
        watch_script<R, Random>(params, first, count, watch);
        prices<true>(params, first, count, market, [&](std::uint32_t i) {
            // Drift and noise first: the drift alone would be rounded the same way at every step.
            const StepParams<T>& step = params.step.data[first + i];
            return fused(z[i], splat<R>(step.volatility), splat<R>(step.drift));
        });
    }

    HS_FN R log2_spot() const { return log2_spot_; }
    HS_FN R spot() const { return spot_; }
    /// Of the hedge at the horizon [currency].
    HS_FN R hedge_price(const PathParams<T>& params) const {
        if constexpr (markets == Markets::any) {
            if (has_price_of_its_own(params)) return others_.instrument.price();
        }
        return spot_;
    }
    /// At the horizon [fraction of notional].
    HS_FN R half_spread(const PathParams<T>& params) const {
        if (has_spread_on_path(params)) return half_spread_;
        return splat<R>(params.step.data[params.steps - 1].half_spread);
    }

  private:
    /// Processes, left as they are in the plain market: making their streams for each group of
    /// paths would cost it 3 %.
    struct Some {
        HS_FN Some() {}
        union {
            Processes<R, Random> processes;
        };
        union {
            Instrument<R, Random> instrument;
        };
    };
    using Others = std::conditional_t<markets == Markets::any, Some, NoProcesses>;

    /// What the later stages read; `move(i)` is the log2 return of step i of the block. Where it is
    /// not `bounded`, a jump may leave the range in which 2^x is a price: such a path is not a
    /// number, and is flagged.
    template <bool bounded, int B, class Count, class Move>
    HS_FN void prices(const PathParams<T>& params, std::uint32_t first, Count count,
                      MarketBlock<R, B>& market, const Move& move) {
        R log2_spot = log2_spot_;
        R before = spot_;
        market.spot[0] = before;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            log2_spot = log2_spot + move(i);
            R relative = math::exp2_bounded(log2_spot);
            if constexpr (!bounded) relative = in_range(log2_spot, relative);
            const R spot = relative * params.spot;
            market.log2_spot[i] = log2_spot;
            market.change[i] = spot - before;
            market.spot[i + 1] = spot;
            if (!bounded && has_spread_on_path(params)) {
                half_spread_ = market.half_spread[i];
                market.unit_cost[i] = spot * (half_spread_ + params.fee);
            } else {
                market.unit_cost[i] = spot * params.step.data[first + i].unit_cost;
                market.half_spread[i] = splat<R>(params.step.data[first + i].half_spread);
            }
            before = spot;
        }
        log2_spot_ = log2_spot;
        spot_ = before;
    }

    HS_FN static bool has_spread_on_path(const PathParams<T>& params) {
        return markets == Markets::any && params.market.spread_on_path;
    }

    HS_FN static R in_range(R log2_spot, R relative) {
        constexpr T widest = 120;
        const R nothing = splat<R>(T(__builtin_nan("")));
        return select(magnitude(log2_spot) <= splat<R>(widest), relative, nothing);
    }

    Noise<R, Random> noise_;
    Others others_;
    R log2_spot_;    ///< log2(S/S_0)
    R spot_;         ///< S [currency]
    R half_spread_;  ///< at the last step [fraction of notional], where the path decides it
};

}  // namespace hedgestorm::path
