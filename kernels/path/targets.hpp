// SPDX-License-Identifier: Apache-2.0
#pragma once

// The first half of a policy: the hedge it wants. Minus its own delta of the book times its hedge
// ratio, within its limits. Policies that want the same share one row.
//
// A valuation is a set of known volatilities (implied, the model's own, a number), tabulated by the
// host, or the volatility the path itself has realised: an exponentially weighted mean of squared
// log returns (RiskMetrics 1996) that includes the return into t_i. Where the market's volatility
// is a process of its own, it is that volatility now, or the mean variance it leads to until each
// expiry.

#include <cstddef>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/normal.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// The path's own variance, as one realised valuation sees it [per year].
template <class R>
class RealisedVariance {
  public:
    using T = typename LaneTraits<R>::Scalar;

    HS_FN void open(const ValuationParams<T>& valuation) {
        variance_ = splat<R>(valuation.initial_variance);
    }

    /// Takes in the log2 return of a step and gives the volatility.
    HS_FN R update(const ValuationParams<T>& valuation, std::uint32_t step, R log2_return) {
        variance_ = fused(log2_return * log2_return, splat<R>(valuation.gain.data[step]),
                          variance_ * valuation.keep.data[step]);
        return square_root(larger(variance_, splat<R>(valuation.floor_variance)));
    }

  private:
    R variance_;
};

/// Units held through the legs of an expiry that are valued at one volatility.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R units_at(const PathParams<T>& params, std::uint32_t e, const ExpiryStep<T>& at, R log2_spot,
                 R volatility, R inverse) {
    const ExpiryParams<T>& expiry = params.expiry.data[e];
    const R slope = inverse * at.slope;
    const R shift = fused(inverse, splat<R>(at.carry), volatility * at.half_root);
    R units = splat<R>(-expiry.put_weight);
    for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
        const OptionParams<T>& option = params.option.data[o];
        const R d1 = fused(log2_spot - option.log2_strike, slope, shift);
        units = fused(math::normal_cdf(d1), splat<R>(option.weight), units);
    }
    return units;
}

/// Delta of the living legs when every leg is valued at one volatility known only on the path.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R delta_at(const PathParams<T>& params, std::uint32_t step, std::uint32_t alive, R log2_spot,
                 R volatility) {
    R total = splat<R>(T(0));
    const R inverse = splat<R>(T(1)) / volatility;
    const ExpiryStep<T>* at = params.expiry_step.data + std::size_t(step) * params.expiry.size;
    for (std::uint32_t e = 0; e < alive; ++e) {
        const R units = units_at(params, e, at[e], log2_spot, volatility, inverse);
        total = fused(units, splat<R>(at[e].dividend_discount), total);
    }
    return total;
}

/// The same when each expiry has the volatility expected until then, given the market's own now.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R delta_expected(const PathParams<T>& params, const ValuationParams<T>& valuation,
                       std::uint32_t step, std::uint32_t alive, R log2_spot, R volatility) {
    R total = splat<R>(T(0));
    const R square = volatility * volatility;
    const std::size_t row = std::size_t(step) * params.expiry.size;
    const ExpiryStep<T>* at = params.expiry_step.data + row;
    const ExpectedStep<T>* mean = valuation.expected.data + row;
    for (std::uint32_t e = 0; e < alive; ++e) {
        const R variance = fused(square, splat<R>(mean[e].per_square), splat<R>(mean[e].known));
        const R until = square_root(larger(variance, splat<R>(valuation.floor_variance)));
        const R units = units_at(params, e, at[e], log2_spot, until, splat<R>(T(1)) / until);
        total = fused(units, splat<R>(at[e].dividend_discount), total);
    }
    return total;
}

/// -ratio x delta within the limits.
template <class R, class T>
HS_FN R wish(const TargetParams<T>& target, R delta) {
    return smaller(larger(delta * target.ratio, splat<R>(target.low)), splat<R>(target.high));
}

}  // namespace hedgestorm::path
