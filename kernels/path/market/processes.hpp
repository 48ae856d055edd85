// SPDX-License-Identifier: Apache-2.0
#pragma once

// What moves a market besides a drift and a volatility known in advance: stochastic variance,
// jumps, momentum, histories. Each process has random streams of its own, so that none changes
// another's draws.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/bootstrap.hpp"
#include "kernels/path/market/hawkes.hpp"
#include "kernels/path/market/heston.hpp"
#include "kernels/path/market/jumps.hpp"
#include "kernels/path/market/momentum.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/replay.hpp"
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
          bootstrap_(params.seed, path_low, path_high),
          replay_(params, path_low, path_high),
          jumps_(params.seed, path_low, path_high),
          hawkes_(params.market.hawkes, params.seed, path_low, path_high),
          momentum_(params.market.momentum, params.seed, path_low, path_high) {
        heston_.open(params.market.heston);
    }

    /// The log2 moves of steps [first, first + count), and the volatility at the end of each; z are
    /// the spot's own normals.
    template <int B, class Count>
    HS_APART void move(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                       MarketBlock<R, B>& market) {
        const MarketParams<T>& how = params.market;
        const StepParams<T>* step = params.step.data + first;
        switch (how.diffusion) {
            case Diffusion::constant:
                HS_UNROLL
                for (std::uint32_t i = 0; i < count; ++i) {
                    market.move[i] =
                        fused(z[i], splat<R>(step[i].volatility), splat<R>(step[i].drift));
                    market.volatility[i] = splat<R>(how.volatility.data[first + i]);
                }
                break;
            case Diffusion::heston_euler:
                stochastic_variance(params, first, count, market, [&](std::uint32_t i, R normal) {
                    return heston_.euler(how.heston, how.heston.euler.data[first + i], z[i],
                                         normal);
                });
                break;
            case Diffusion::heston_quadexp:
                stochastic_variance(params, first, count, market, [&](std::uint32_t i, R normal) {
                    return heston_.quadexp(how.heston.quadexp.data[first + i], z[i], normal,
                                           [&] { return uniform(params, step[i]); });
                });
                break;
            case Diffusion::bootstrap:
                bootstrap_.move(params, first, count, market);
                break;
            case Diffusion::replay:
                replay_.move(params, first, count, market);
                break;
        }
        if (how.has_hawkes) hawkes_.add(params, first, count, market.move);
        if (how.jumps.size != JumpSize::none) jumps_.add(params, first, count, market.move);
        if (how.has_momentum) momentum_.add(params, first, count, market.move);
    }

  private:
    template <int B, class Count, class Scheme>
    HS_FN void stochastic_variance(const PathParams<T>& params, std::uint32_t first, Count count,
                                   MarketBlock<R, B>& market, const Scheme& scheme) {
        R normal[B + 3];
        variance_noise_.draw(params, first, count, normal);
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            market.move[i] = scheme(i, normal[i]) + params.step.data[first + i].drift;
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
    Bootstrap<R, Random> bootstrap_;
    Replay<R, Random> replay_;
    Jumps<R, Random> jumps_;
    Hawkes<R, Random> hawkes_;
    Momentum<R, Random> momentum_;
};

/// Stands for Processes where the plain market is all there is.
struct NoProcesses {};

}  // namespace hedgestorm::path
