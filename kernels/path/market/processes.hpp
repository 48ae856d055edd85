// SPDX-License-Identifier: Apache-2.0
#pragma once

// What moves a market besides a drift and a volatility known in advance: stochastic variance,
// a chain of states, a variance that answers to returns, jumps, momentum. Each process has random
// streams of its own, so that none changes another's draws.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/garch.hpp"
#include "kernels/path/market/heston.hpp"
#include "kernels/path/market/jumps.hpp"
#include "kernels/path/market/momentum.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/regime.hpp"
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
          switching_(params.seed, path_low, path_high, regime_stream),
          garch_(params.market.garch, params.seed, path_low, path_high),
          jumps_(params.seed, path_low, path_high),
          momentum_(params.market.momentum, params.seed, path_low, path_high) {
        heston_.open(params.market.heston);
        if (params.market.diffusion == Diffusion::regime) regime_.open(params.market.regime);
    }

    /// Of the half-spread, now.
    HS_FN R spread_multiplier() const { return regime_.spread_multiplier(); }

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
            case Diffusion::regime:
                chain_of_states(params, first, count, z, market);
                break;
            case Diffusion::garch:
                HS_UNROLL
                for (std::uint32_t i = 0; i < count; ++i) {
                    const GarchStep<T>& here = how.garch.step.data[first + i];
                    market.move[i] = garch_.move(how.garch, here, z[i]) + step[i].drift;
                    garch_.close(how.garch, here);
                    market.volatility[i] = scaled(params, first + i, garch_.volatility());
                }
                break;
        }
        if (how.jumps.size == JumpSize::lognormal || how.jumps.size == JumpSize::double_exponential)
            jumps_.add(params, first, count, market.move);
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
            market.volatility[i] = scaled(params, first + i, square_root(heston_.variance()));
        }
    }

    template <int B, class Count>
    HS_FN void chain_of_states(const PathParams<T>& params, std::uint32_t first, Count count,
                               const R* z, MarketBlock<R, B>& market) {
        const RegimeParams<T>& how = params.market.regime;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const StepParams<T>& step = params.step.data[first + i];
            const RegimeStep<T>& here = how.step.data[first + i];
            R move = regime_.move(here, z[i]) + step.drift;
            if (params.market.jumps.size == JumpSize::by_state)
                move = move + jumps_.in_state(params, first + i, regime_);
            if (here.leaves != no_switch) regime_.change(how, here, switching_.at(step.draw));
            market.move[i] = move;
            market.volatility[i] = scaled(params, first + i, regime_.volatility());
            market.spread_multiplier[i] = regime_.spread_multiplier();
        }
    }

    /// Volatility at the end of a step under its multiplier.
    HS_FN R scaled(const PathParams<T>& params, std::uint32_t step, R volatility) const {
        return larger(volatility * params.market.volatility.data[step],
                      splat<R>(params.market.least_volatility));
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
    Regime<R> regime_;
    Uniforms<R, Random> switching_;
    Garch<R, Random> garch_;
    Jumps<R, Random> jumps_;
    Momentum<R, Random> momentum_;
};

/// Stands for Processes where the plain market is all there is.
struct NoProcesses {};

}  // namespace hedgestorm::path
