// SPDX-License-Identifier: Apache-2.0
#pragma once

// Stochastic variance: dv = kappa (theta - v) dt + xi sqrt(v) dW_v, d ln S = (mu - v/2) dt +
// sqrt(v) dW_S, correlation rho (Heston, Rev. Financial Studies 6, 1993). Stress scales dW_S's
// sqrt(v) by m, not v itself.
//
// Two schemes. Full-truncation Euler (Lord, Koekkoek, van Dijk, Quantitative Finance 10, 2010) is
// biased in the step. The quadratic-exponential scheme with martingale correction, QE-M (Andersen,
// J. Computational Finance 11, 2008), matches mean and variance of v exactly and keeps S a
// martingale at any step.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/log1p.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
class Heston {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN void open(const HestonParams<T>& params) {
        variance_ = splat<R>(params.initial);
        root_ = square_root(larger(variance_, splat<R>(T(0))));
    }

    /// Instantaneous volatility, of the scheme that is used.
    HS_FN R euler_volatility() const { return root_; }
    HS_FN R quadexp_volatility() const { return square_root(variance_); }

    /// log2 return of a step, less its deterministic drift. z moves the spot, and with `other` the
    /// variance; `scale` is what a stress on the path does to the spot's volatility.
    template <class Scale>
    HS_FN R euler(const HestonParams<T>& params, const HestonEulerStep<T>& step, R z, R other,
                  const Scale& scale) {
        const R truncated = larger(variance_, splat<R>(T(0)));
        const R root = root_;
        const R z_variance = fused(z, splat<R>(params.correlation), other * params.orthogonal);
        const R pull = splat<R>(params.long_run) - truncated;
        variance_ = fused(pull, splat<R>(step.reversion), variance_);
        variance_ = fused(root * z_variance, splat<R>(step.noise), variance_);
        root_ = square_root(larger(variance_, splat<R>(T(0))));
        return fused_negated(scale.variance(truncated), splat<R>(step.half_variance),
                             scale.deviation(root * z) * splat<R>(step.deviation));
    }

    /// The same by QE-M. z moves the spot given the variance; the variance moves by `normal`, and
    /// where it is near 0 by `uniform`, a function that gives one in (0, 1].
    ///
    /// Andersen's ln S' = K0* + K1 v + K2 v' + sqrt(K3 v + K4 v') z with K0* = -ln M - (K1 + K3/2)
    /// v, M = E[e^{A v'} | v], A = K2 + K4/2. Here v' enters as its deviation from its mean m, so
    /// that nothing large cancels: ln S' = -(K3 v + K4 m)/2 - L + K2 (v' - m) + sqrt(...) z, where
    /// L = ln M - A m is of second order. K2 and A are those of the step's stress on the path.
    template <class Scale, class Uniform>
    HS_FN R quadexp(const HestonQuadexpStep<T>& step, R z, R normal, const Scale& scale,
                    const Uniform& uniform) {
        if (!step.is_moving) return splat<R>(T(0));
        const R one = splat<R>(T(1));
        const R before = variance_;
        const R mean = fused(before, splat<R>(step.decay), splat<R>(step.level));
        const R variance = fused(before, splat<R>(step.spread), splat<R>(step.floor));
        // 2 / psi, as far as its square is a number; with less noise a step has none that shows.
        const R inverse = smaller((mean + mean) * mean / variance, splat<R>(T(1e18)));
        const R exponent = scale.exponent(step);

        // v' = a (b + normal)^2, a (1 + b^2) = m.
        const R above_one = larger(inverse, one);
        const R b_squared =
            square_root(fused(above_one, above_one, -above_one)) + (above_one - one);
        const R b = square_root(b_squared);
        const R a = mean / (b_squared + one);
        R deviation = a * fused(normal, normal + (b + b), -one);
        const R c = (exponent + exponent) * a;
        const R bend = b_squared * (c * c) / (one - c) - math::log1p_less_x(-c);
        R correction = select(c < one, bend * T(0.5), splat<R>(T(0)));

        // Near 0: v' = 0 with probability p, else exponential with rate beta.
        const auto near_zero = inverse < splat<R>(T(4) / T(3));  // psi > 1.5
        if (any(near_zero)) {
            const R positive = (inverse + inverse) / (inverse + splat<R>(T(2)));  // 1 - p
            const R width = mean / positive;                                      // 1 / beta
            const R drawn = uniform();
            const R there =
                select(drawn < positive, math::log(positive / drawn) * width, splat<R>(T(0)));
            const R share = exponent * width;  // A / beta
            const R growth = exponent * mean / (one - share);
            const R logarithm = fused(growth, share, math::log1p_less_x(growth));
            deviation = select(near_zero, there - mean, deviation);
            correction =
                select(near_zero, select(share < one, logarithm, splat<R>(T(0))), correction);
        }
        const R after = larger(mean + deviation, splat<R>(T(0)));
        variance_ = after;
        const R spread = fused(before, splat<R>(step.before), after * step.after);
        const R shift = fused(deviation, scale.slope(step), -correction);
        const R ito =
            scale.variance(fused(before, splat<R>(step.half_before), mean * step.half_after));
        return fused(scale.deviation(square_root(spread)), z,
                     fused(shift, splat<R>(T(1.4426950408889634)), -ito));
    }

  private:
    R variance_;  ///< [per year]; negative at times by Euler
    R root_;      ///< of the variance where positive; Euler alone keeps it, for the next step
};

}  // namespace hedgestorm::path
