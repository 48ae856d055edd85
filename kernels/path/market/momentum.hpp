// SPDX-License-Identifier: Apache-2.0
#pragma once

// Price momentum: a drift of its own that reverts to 0, dm = -kappa m dt + eta dW (an
// Ornstein-Uhlenbeck process, exact at the rebalance points and held between them), independent of
// what moves the price.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Momentum {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Momentum(const MomentumParams<T>& params, std::uint64_t seed, Word path_low,
                   std::uint32_t path_high)
        : noise_(seed, path_low, path_high, momentum_stream), drift_(splat<R>(params.initial)) {}

    /// Adds the log2 moves it makes in steps [first, first + count).
    template <int B, class Count>
    HS_FN void add(const PathParams<T>& params, std::uint32_t first, Count count,
                   MarketBlock<R, B>& market) {
        R z[B + 3];
        noise_.draw(params.step.data + first, count, z);
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const MomentumStep<T>& step = params.market.momentum.step.data[first + i];
            market.move[i] = fused(drift_, splat<R>(step.length), market.move[i]);
            if (step.decay == T(1)) continue;  // still inside a rebalance interval
            drift_ = fused(drift_, splat<R>(step.decay), z[i] * step.noise);
        }
    }

  private:
    Normals<R, Random> noise_;
    R drift_;  ///< [per year]
};

}  // namespace hedgestorm::path
