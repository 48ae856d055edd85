// SPDX-License-Identifier: Apache-2.0
#pragma once

// A variance that answers to returns: with h the variance of a period and e its innovation,
//
//   h' = omega + (alpha + gamma [e < 0]) e^2 + beta h
//
// (Glosten, Jagannathan, Runkle, J. Finance 48, 1993; with gamma = 0 Bollerslev, J. Econometrics
// 31, 1986). Within a period h is constant and the price moves at every step, so that e is sqrt(h)
// times the period's share-weighted sum of normals.
//
// Student's t (Bollerslev, Rev. Economics and Statistics 69, 1987) is a normal times a random
// factor M with E[M^2] = 1, drawn once per period. Given M the return of a step is normal with
// variance h M^2, and its own half of that is taken from the drift: S is a martingale whatever M
// is, although e^e has no mean (Heyde and Leonenko, Adv. Applied Probability 37, 2005).

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/draws.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Garch {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Garch(const GarchParams<T>& params, std::uint64_t seed, Word path_low,
                std::uint32_t path_high)
        : mixing_(seed, path_low, path_high, garch_mixing_stream),
          variance_(splat<R>(params.initial)),
          volatility_(square_root(variance_)),
          deviation_(volatility_),
          innovation_(splat<R>(T(0))) {}

    /// log2 return of a step, less its deterministic drift; `scale` is what a stress on the path
    /// does to it, and not to the variance that follows.
    template <class Scale>
    HS_FN R move(const GarchParams<T>& params, const GarchStep<T>& step, R z, const Scale& scale) {
        if (step.opens) {
            deviation_ = volatility_;
            if (params.mixing.size > 0) deviation_ = volatility_ * factor(params, step.period);
        }
        innovation_ = fused(z, splat<R>(step.share), innovation_);
        return fused_negated(scale.variance(deviation_ * deviation_), splat<R>(step.half_variance),
                             scale.deviation(deviation_ * z) * splat<R>(step.deviation));
    }

    /// At the end of a step: the variance of the next period, where this one is over.
    HS_FN void close(const GarchParams<T>& params, const GarchStep<T>& step) {
        if (!step.closes) return;
        const R zero = splat<R>(T(0));
        const R e = deviation_ * innovation_;
        const R weight =
            select(e < zero, splat<R>(params.alpha_after_fall), splat<R>(params.alpha));
        const R kept = fused(variance_, splat<R>(params.beta), splat<R>(params.omega));
        variance_ = fused(e * e, weight, kept);
        volatility_ = square_root(variance_);
        innovation_ = zero;
    }

    /// Standard deviation of a period, as it is known at its start.
    HS_FN R volatility() const { return volatility_; }

  private:
    /// M of a period, by Clenshaw's recurrence (Math. Tables Aids Comput. 9, 1955) on a normal.
    HS_FN R factor(const GarchParams<T>& params, std::uint32_t period) {
        const R x = mixing_.at(period) * params.mixing_scale;
        const R twice = x + x;
        R one = splat<R>(T(0));
        R two = one;
        for (std::uint32_t k = params.mixing.size; k-- > 1;) {
            const R next = fused(twice, one, splat<R>(params.mixing.data[k]) - two);
            two = one;
            one = next;
        }
        return math::exp2_bounded(fused(x, one, splat<R>(params.mixing.data[0]) - two));
    }

    Normals<R, Random> mixing_;
    R variance_;    ///< h
    R volatility_;  ///< sqrt(h)
    R deviation_;   ///< sqrt(h) M
    R innovation_;  ///< of the period so far, in deviations
};

}  // namespace hedgestorm::path
