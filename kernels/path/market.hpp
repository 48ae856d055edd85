// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market stage: geometric Brownian motion, exact between grid times, with scripted stress.
//
//   log2 S(t+dt) = log2 S(t) + drift + volatility z
//
// drift = ((mu - sigma^2 m^2 / 2) dt + stress move) log2 e, volatility = sigma sqrt(int m^2 dt)
// log2 e, m the realised-volatility multiplier (docs/model.md, "Market"); both are prepared in
// double by the host.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Gbm {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN explicit Gbm(const PathParams<T>& params)
        : log2_spot_(splat<R>(T(0))), spot_(splat<R>(params.spot)) {}

    /// Moves the market through steps [first, first + count) by the normals z.
    template <int B, class Count>
    HS_FN void advance(const PathParams<T>& params, std::uint32_t first, Count count, const R* z,
                       MarketBlock<R, B>& market) {
        const StepParams<T>* step = params.step.data + first;
        market.spot[0] = spot_;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            // Drift and noise first: the drift alone would be rounded the same way at every step.
            log2_spot_ =
                log2_spot_ + fused(z[i], splat<R>(step[i].volatility), splat<R>(step[i].drift));
            const R spot = math::exp2_bounded(log2_spot_) * params.spot;
            market.log2_spot[i] = log2_spot_;
            market.change[i] = spot - spot_;
            market.spot[i + 1] = spot;
            market.unit_cost[i] = spot * step[i].unit_cost;
            spot_ = spot;
        }
    }

    HS_FN R log2_spot() const { return log2_spot_; }
    HS_FN R spot() const { return spot_; }

  private:
    R log2_spot_;
    R spot_;
};

}  // namespace hedgestorm::path
