// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a stress on the path makes of a diffusion in one step: its volatility times m, the variance
// process itself left alone. Where m is 1 every number keeps its bits.

#include "hedgestorm/market.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// m is 1 on every path.
template <class R>
struct Unscaled {
    using T = typename LaneTraits<R>::Scalar;

    /// Move of a step by a volatility that is known.
    HS_FN R known(R z, T volatility, T drift) const {
        return fused(z, splat<R>(volatility), splat<R>(drift));
    }
    HS_FN R deviation(R x) const { return x; }
    HS_FN R variance(R x) const { return x; }
    HS_FN R slope(const HestonQuadexpStep<T>& step) const { return splat<R>(step.slope); }
    HS_FN R exponent(const HestonQuadexpStep<T>& step) const { return splat<R>(step.exponent); }
};

template <class R>
class Rescaled {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN explicit Rescaled(R m) : m_(m) {}

    /// What m adds to the move of a known volatility is (m - 1) times its noise, and Ito's term,
    /// which is quadratic.
    HS_FN R known(R z, T volatility, T drift) const {
        const R one = splat<R>(T(1));
        const T half_ln_2 = T(0.34657359027997264);
        const R ito = fused_negated(m_, m_, one) * (volatility * volatility * half_ln_2);
        const R more = fused(z * volatility, m_ - one, ito);
        return fused(z, splat<R>(volatility), splat<R>(drift)) + more;
    }
    HS_FN R deviation(R x) const { return x * m_; }
    HS_FN R variance(R x) const { return x * (m_ * m_); }

    /// K2 = a m - c m^2 = m ((a - c) + c (1 - m)), of which the step has a - c and c.
    HS_FN R slope(const HestonQuadexpStep<T>& step) const {
        const R less = splat<R>(T(1)) - m_;
        return m_ * fused(less, splat<R>(step.curvature), splat<R>(step.slope));
    }
    /// A = K2 + K4 / 2, K4 with m^2. What m adds to K2 is (m - 1)(a - c - c m); in other terms than
    /// the slope's, for a GPU thread would keep what they share in registers from the one to the
    /// other.
    HS_FN R exponent(const HestonQuadexpStep<T>& step) const {
        const T ln_2 = T(0.69314718055994531);
        const R more = fused(m_, m_, splat<R>(T(-1)));
        const R less = fused_negated(m_, splat<R>(step.curvature), splat<R>(step.slope));
        const R added = (m_ - splat<R>(T(1))) * less;
        return fused(more, splat<R>(step.half_after * ln_2), added) + step.exponent;
    }

  private:
    R m_;
};

}  // namespace hedgestorm::path
