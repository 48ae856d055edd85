// SPDX-License-Identifier: Apache-2.0
#pragma once

// What moves a market besides a drift and a volatility known in advance: stochastic variance,
// a chain of states, a variance that answers to returns, histories, jumps, momentum, stress that
// strikes at random or on a condition. Each process has random streams of its own, so that none
// changes another's draws.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/bootstrap.hpp"
#include "kernels/path/market/conditions.hpp"
#include "kernels/path/market/garch.hpp"
#include "kernels/path/market/hawkes.hpp"
#include "kernels/path/market/heston.hpp"
#include "kernels/path/market/jumps.hpp"
#include "kernels/path/market/momentum.hpp"
#include "kernels/path/market/noise.hpp"
#include "kernels/path/market/overlays.hpp"
#include "kernels/path/market/regime.hpp"
#include "kernels/path/market/replay.hpp"
#include "kernels/path/market/rescaling.hpp"
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
          bootstrap_(params.seed, path_low, path_high),
          replay_(params, path_low, path_high),
          jumps_(params.seed, path_low, path_high),
          hawkes_(params.market.hawkes, params.seed, path_low, path_high),
          momentum_(params.market.momentum, params.seed, path_low, path_high),
          overlays_(params.market, params.seed, path_low, path_high) {
        heston_.open(params.market.heston);
        if (params.market.diffusion == Diffusion::regime) regime_.open(params.market.regime);
    }

    /// The log2 moves of steps [first, first + count), and the volatility at the end of each; z are
    /// the spot's own normals.
    template <int B, class Count>
    HS_APART void move(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                       MarketBlock<R, B>& market) {
        undisturbed(params, first, count, z, Unscaled<R>{}, market);
    }

    /// The same with overlays, and what these make of half-spreads and implied volatilities. What
    /// starts a stress is known only when the price is, so the block goes step by step from
    /// log2_spot on. `watch` sees the conditions at the end of each step.
    template <int B, class Count, class Watch>
    HS_APART void move_overlaid(const PathParams<T>& params, std::uint32_t first, Count count,
                                const R* z, MarketBlock<R, B>& market, R log2_spot,
                                const Watch& watch) {
        HS_ROLLED
        for (std::uint32_t i = 0; i < count; ++i) {
            const StepParams<T>& step = params.step.data[first + i];
            const Overlaid<R> over = overlays_.over(params.market, step.length);
            // What the step does not need before it has moved waits in the block, so that a GPU
            // thread has registers for the diffusion.
            change_at(market.move, i, count, [&](R& to) { to = over.move; });
            change_at(market.implied, i, count, [&](R& to) { to = over.implied; });
            change_at(market.half_spread, i, count, [&](R& to) { to = over.half_spread; });
            const R normal[4] = {value_at(z, i, count)};
            MarketBlock<R, 1> one;
            undisturbed(params, first + i, std::uint32_t(1), normal, Rescaled<R>(over.realised),
                        one);
            const R move = one.move[0] + value_at(market.move, i, count);
            log2_spot = log2_spot + move;
            watch(i, ConditionsAt<R, Random>(params, first + i, &overlays_));
            overlays_.start(params.market, first + i, step.draw, log2_spot, move);
            change_at(market.move, i, count, [&](R& to) { to = move; });
            if (params.market.volatility_is_read) {
                change_at(market.volatility, i, count,
                          [&](R& to) { to = one.volatility[0] * over.realised; });
            }
            const bool moves = params.market.diffusion == Diffusion::regime;
            const R quoted = moves ? one.half_spread[0] : splat<R>(step.half_spread);
            change_at(market.half_spread, i, count, [&](R& to) { to = to * quoted; });
        }
    }

  private:
    /// `scale` is what a stress on the path does to the volatility; a series knows nothing of it.
    template <int B, class Count, class Scale>
    HS_FN void undisturbed(const PathParams<T>& params, std::uint32_t first, Count count,
                           const R* z, const Scale& scale, MarketBlock<R, B>& market) {
        const MarketParams<T>& how = params.market;
        const StepParams<T>* step = params.step.data + first;
        switch (how.diffusion) {
            case Diffusion::constant:
                HS_UNROLL
                for (std::uint32_t i = 0; i < count; ++i) {
                    market.move[i] = scale.known(z[i], step[i].volatility, step[i].drift);
                    if (how.volatility_is_read)
                        market.volatility[i] = splat<R>(how.volatility.data[first + i]);
                }
                break;
            case Diffusion::heston_euler:
                stochastic_variance(
                    params, first, count, market,
                    [&](Heston<R>& heston, std::uint32_t i, R normal) {
                        return heston.euler(how.heston, how.heston.euler.data[first + i], z[i],
                                            normal, scale);
                    },
                    [](const Heston<R>& heston) { return heston.euler_volatility(); });
                break;
            case Diffusion::heston_quadexp:
                stochastic_variance(
                    params, first, count, market,
                    [&](Heston<R>& heston, std::uint32_t i, R normal) {
                        return heston.quadexp(how.heston.quadexp.data[first + i], z[i], normal,
                                              scale,
                                              [&] { return uniform(params, step[i], count); });
                    },
                    [](const Heston<R>& heston) { return heston.quadexp_volatility(); });
                break;
            case Diffusion::regime:
                chain_of_states(params, first, count, z, scale, market);
                break;
            case Diffusion::garch:
                HS_UNROLL
                for (std::uint32_t i = 0; i < count; ++i) {
                    const GarchStep<T>& here = how.garch.step.data[first + i];
                    market.move[i] = garch_.move(how.garch, here, z[i], scale) + step[i].drift;
                    garch_.close(how.garch, here);
                    market.volatility[i] = scaled(params, first + i, garch_.volatility());
                }
                break;
            case Diffusion::bootstrap:
                bootstrap_.move(params, first, count, market);
                break;
            case Diffusion::replay:
                replay_.move(params, first, count, market);
                break;
        }
        if (how.jumps.size == JumpSize::lognormal || how.jumps.size == JumpSize::double_exponential)
            jumps_.add(params, first, count, market);
        if (how.has_hawkes) hawkes_.add(params, first, count, market.move);
        if (how.has_momentum) momentum_.add(params, first, count, market);
    }

    template <int B, class Count, class Scheme, class Volatility>
    HS_FN void stochastic_variance(const PathParams<T>& params, std::uint32_t first, Count count,
                                   MarketBlock<R, B>& market, const Scheme& scheme,
                                   const Volatility& volatility) {
        R normal[B + 3];
        variance_noise_.draw(params, first, count, normal);
        Heston<R> heston = heston_;  // by value, so that the loop keeps it in registers
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            market.move[i] = scheme(heston, i, normal[i]) + params.step.data[first + i].drift;
            if (params.market.volatility_is_read)
                market.volatility[i] = scaled(params, first + i, volatility(heston));
        }
        heston_ = heston;
    }

    template <int B, class Count, class Scale>
    HS_FN void chain_of_states(const PathParams<T>& params, std::uint32_t first, Count count,
                               const R* z, const Scale& scale, MarketBlock<R, B>& market) {
        const RegimeParams<T>& how = params.market.regime;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const StepParams<T>& step = params.step.data[first + i];
            const RegimeStep<T>& here = how.step.data[first + i];
            R move = regime_.move(here, z[i], scale) + step.drift;
            if (params.market.jumps.size == JumpSize::by_state)
                move = move + jumps_.in_state(params, first + i, regime_);
            if (here.leaves != no_switch) regime_.change(how, here, switching_.at(step.draw));
            market.move[i] = move;
            market.volatility[i] = scaled(params, first + i, regime_.volatility());
            market.half_spread[i] = regime_.spread_multiplier() * step.half_spread;
        }
    }

    /// Volatility at the end of a step under its multiplier.
    HS_FN R scaled(const PathParams<T>& params, std::uint32_t step, R volatility) const {
        return larger(volatility * params.market.volatility.data[step],
                      splat<R>(params.market.least_volatility));
    }

    /// The uniform of a step, or of a piece of a divided interval. Where the number of steps is
    /// known to the compiler, nothing is kept for the next one.
    template <class Count>
    HS_FN R uniform(const PathParams<T>& params, const StepParams<T>& step, Count) {
        constexpr bool keeps = std::is_same_v<Count, std::uint32_t>;
        const bool whole = step.split == no_split;
        const std::uint32_t number = whole ? step.draw : params.split[step.split].draw;
        if (keeps) return whole ? near_zero_.at(number) : near_zero_piece_.at(number);
        return whole ? near_zero_.alone(number) : near_zero_piece_.alone(number);
    }

    Heston<R> heston_;
    Noise<R, Random> variance_noise_;
    Uniforms<R, Random> near_zero_;
    Uniforms<R, Random> near_zero_piece_;
    Regime<R> regime_;
    Uniforms<R, Random> switching_;
    Garch<R, Random> garch_;
    Bootstrap<R, Random> bootstrap_;
    Replay<R, Random> replay_;
    Jumps<R, Random> jumps_;
    Hawkes<R, Random> hawkes_;
    Momentum<R, Random> momentum_;
    Overlays<R, Random> overlays_;
};

/// Stands for Processes where the plain market is all there is.
struct NoProcesses {};

}  // namespace hedgestorm::path
