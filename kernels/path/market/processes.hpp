// SPDX-License-Identifier: Apache-2.0
#pragma once

// What moves a market besides a drift and a volatility known in advance: stochastic variance,
// jumps, momentum, stress that strikes at random or on a trigger. Each process has random streams
// of its own, so that none changes another's draws.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/heston.hpp"
#include "kernels/path/market/jumps.hpp"
#include "kernels/path/market/momentum.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/overlays.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Processes {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Processes(const PathParams<T>& params, Word path_low, std::uint32_t path_high)
        : variance_noise_(params.seed, path_low, path_high, variance_stream,
                          variance_bridge_stream),
          near_zero_(params.seed, path_low, path_high, variance_uniform_stream),
          near_zero_piece_(params.seed, path_low, path_high, variance_piece_stream),
          jumps_(params.seed, path_low, path_high),
          momentum_(params.market.momentum, params.seed, path_low, path_high),
          overlays_(params.market, params.seed, path_low, path_high) {
        heston_.open(params.market.heston);
    }

    /// Moves log2 S through steps [first, first + count): its value and the volatility at the end
    /// of each, and what overlays make of costs and marks. z are the spot's own normals.
    template <int B, class Count>
    HS_APART void move(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                       MarketBlock<R, B>& market, R& log2_spot) {
        if (params.market.overlay.size == 0) {
            const auto plain = [](std::uint32_t) { return NotOverlaid(); };
            diffuse(params, first, std::uint32_t(0), count, z, plain, market);
            add(params, first, std::uint32_t(0), count, market);
            HS_UNROLL
            for (std::uint32_t i = 0; i < count; ++i)
                market.log2_spot[i] = log2_spot = log2_spot + market.move[i];
            return;
        }
        // What starts a stress is known only when the price is: step by step.
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const StepParams<T>& step = params.step.data[first + i];
            const Overlaid<R> overlaid = overlays_.over(params.market, step.length);
            diffuse(
                params, first, i, i + 1, z, [&](std::uint32_t) { return overlaid; }, market);
            add(params, first, i, i + 1, market);
            market.move[i] = market.move[i] + overlaid.move;
            market.implied[i] = overlaid.implied;
            market.half_spread[i] = overlaid.half_spread * step.half_spread;
            market.log2_spot[i] = log2_spot = log2_spot + market.move[i];
            overlays_.start(params.market, first + i, step.draw, log2_spot, market.move[i]);
        }
    }

  private:
    /// Stands for Overlaid where there are no overlays.
    struct NotOverlaid {};

    /// log2 moves of the diffusion in steps [begin, end) of the block.
    template <int B, class End, class Over>
    HS_FN void diffuse(const PathParams<T>& params, std::uint32_t first, std::uint32_t begin,
                       End end, const R* z, const Over& over, MarketBlock<R, B>& market) {
        constexpr bool overlaid = std::is_same_v<decltype(over(0)), Overlaid<R>>;
        const MarketParams<T>& how = params.market;
        const StepParams<T>* step = params.step.data + first;
        const auto euler = [&](std::uint32_t i, R normal) {
            return heston_.euler(how.heston, how.heston.euler.data[first + i], z[i], normal);
        };
        const auto quadexp = [&](std::uint32_t i, R normal) {
            return heston_.quadexp(how.heston.quadexp.data[first + i], z[i], normal,
                                   [&] { return uniform(params, step[i]); });
        };
        switch (how.diffusion) {
            case Diffusion::constant:
                HS_UNROLL
                for (std::uint32_t i = begin; i < end; ++i) {
                    const R volatility = splat<R>(step[i].volatility);
                    const R now = splat<R>(how.volatility.data[first + i]);
                    if constexpr (overlaid) {
                        // Ito's term is quadratic: the drift has it for a multiplier of 1.
                        const R m = over(i).realised;
                        const T half =
                            step[i].volatility * step[i].volatility * T(0.34657359027997264);
                        const R more = fused_negated(m, m, splat<R>(T(1))) * half;
                        market.move[i] = fused(z[i] * m, volatility, more + step[i].drift);
                        market.volatility[i] = now * m;
                    } else {
                        market.move[i] = fused(z[i], volatility, splat<R>(step[i].drift));
                        market.volatility[i] = now;
                    }
                }
                break;
            case Diffusion::heston_euler:
                stochastic_variance(params, first, begin, end, market, euler);
                break;
            case Diffusion::heston_quadexp:
                stochastic_variance(params, first, begin, end, market, quadexp);
                break;
        }
    }

    /// Adds what jumps and momentum do in steps [begin, end) of the block.
    template <int B, class End>
    HS_FN void add(const PathParams<T>& params, std::uint32_t first, std::uint32_t begin, End end,
                   MarketBlock<R, B>& market) {
        if (params.market.jumps.size != JumpSize::none)
            jumps_.add(params, first, begin, end, market.move);
        if (params.market.has_momentum) momentum_.add(params, first, begin, end, market.move);
    }

    template <int B, class End, class Scheme>
    HS_FN void stochastic_variance(const PathParams<T>& params, std::uint32_t first,
                                   std::uint32_t begin, End end, MarketBlock<R, B>& market,
                                   const Scheme& scheme) {
        R normal[B + 3];
        variance_noise_.draw(params, first + begin, end - begin, normal);
        HS_UNROLL
        for (std::uint32_t i = begin; i < end; ++i) {
            market.move[i] = scheme(i, normal[i - begin]) + params.step.data[first + i].drift;
            const R volatility =
                square_root(heston_.variance()) * params.market.volatility.data[first + i];
            market.volatility[i] = larger(volatility, splat<R>(params.market.least_volatility));
        }
    }

    /// The uniform of a step, or of a piece of a divided interval.
    HS_FN R uniform(const PathParams<T>& params, const StepParams<T>& step) {
        if (step.split == no_split) return near_zero_.at(step.draw);
        return near_zero_piece_.at(params.split[step.split].draw);
    }

    Heston<R> heston_;
    Noise<R, Random> variance_noise_;
    Uniforms<R, Random> near_zero_;
    Uniforms<R, Random> near_zero_piece_;
    Jumps<R, Random> jumps_;
    Momentum<R, Random> momentum_;
    Overlays<R, Random> overlays_;
};

/// Stands for Processes where the plain market is all there is.
struct NoProcesses {};

}  // namespace hedgestorm::path
