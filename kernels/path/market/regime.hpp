// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Markov chain of market states (Hamilton, Econometrica 57, 1989), in continuous market time: at
// every rebalance point it moves by the transition probabilities of the interval behind, and the
// state it reaches holds over the next one. In its state the market is a geometric Brownian motion
// with the state's volatility, spread and jumps.
//
// A lane keeps the number of its state as a real number, and picks what belongs to it by a chain of
// selects.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Regime {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Mask = typename LaneTraits<R>::Mask;

    HS_FN void open(const RegimeParams<T>& params) {
        state_ = splat<R>(static_cast<T>(params.initial));
        enter(params);
    }

    /// What `of` gives for the state of each lane.
    template <class Of>
    HS_FN R of_state(std::uint32_t states, const Of& of) const {
        R value = splat<R>(of(0));
        for (std::uint32_t s = 1; s < states; ++s)
            value = select(state_ >= splat<R>(static_cast<T>(s)), splat<R>(of(s)), value);
        return value;
    }

    /// log2 return of a step without jumps, less its deterministic drift; `scale` is what a stress
    /// on the path does to the volatility.
    template <class Scale>
    HS_FN R move(const RegimeStep<T>& step, R z, const Scale& scale) const {
        const R drift =
            fused_negated(compensation_, splat<R>(step.clock), drift_ * splat<R>(step.length));
        const R mean = fused_negated(scale.variance(half_variance_), splat<R>(step.square), drift);
        return fused(scale.deviation(z * volatility_), splat<R>(step.deviation), mean);
    }

    /// At the end of an interval: to the state of the next one. A small uniform leaves the state;
    /// the numbers near 0 are the finest there are, and so is a small probability.
    HS_FN void change(const RegimeParams<T>& params, const RegimeStep<T>& step, R uniform) {
        const std::uint32_t states = params.state.size;
        const T* leave = params.leave.data + step.leaves;
        const auto beyond = [&](std::uint32_t s) { return leave[s]; };
        if (states == 1 || !any(uniform < of_state(states, beyond))) return;
        R next = state_;
        for (std::uint32_t k = 1; k < states; ++k, leave += states) {
            const Mask goes = uniform < of_state(states, beyond);
            const R below = splat<R>(static_cast<T>(k - 1));
            const R other = select(state_ <= below, splat<R>(static_cast<T>(k)), below);
            next = select(goes, other, next);
        }
        state_ = next;
        enter(params);
    }

    HS_FN R volatility() const { return volatility_; }
    HS_FN R spread_multiplier() const { return half_spread_; }

  private:
    /// Fetches what every step of the state needs.
    HS_FN void enter(const RegimeParams<T>& params) {
        const RegimeState<T>* state = params.state.data;
        const std::uint32_t n = params.state.size;
        volatility_ = of_state(n, [&](std::uint32_t s) { return state[s].volatility; });
        half_variance_ = of_state(n, [&](std::uint32_t s) { return state[s].half_variance; });
        drift_ = of_state(n, [&](std::uint32_t s) { return state[s].drift; });
        compensation_ = of_state(n, [&](std::uint32_t s) { return state[s].compensation; });
        half_spread_ = of_state(n, [&](std::uint32_t s) { return state[s].half_spread; });
    }

    R state_;  ///< its number
    R volatility_;
    R half_variance_;
    R drift_;
    R compensation_;
    R half_spread_;
};

}  // namespace hedgestorm::path
