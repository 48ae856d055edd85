// SPDX-License-Identifier: Apache-2.0
#pragma once

// Delta and gamma of the living legs as one policy values them, whatever its valuation is, with
// every volatility scaled: what a band that moves is made of. Black-Scholes-Merton (Merton 1973):
// delta e^{-q tau} N(d1), gamma e^{-q tau} n(d1) / (S sigma sqrt(tau)).

#include <cstddef>
#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/normal.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R>
struct Greeks {
    R delta;           ///< [underlying]
    R relative_gamma;  ///< gamma x spot [underlying]
};

/// A leg at one step.
template <class R>
struct LegAt {
    R d1;
    R slope;  ///< ln 2 / (sigma sqrt(tau))
};

/// Sums the living legs up: `legs(e)(o, log2_moneyness)` is leg o, which is of expiry e.
template <class R, class Legs, class T = typename LaneTraits<R>::Scalar>
HS_FN Greeks<R> greeks_of(const PathParams<T>& params, std::uint32_t step, R log2_spot,
                          const Legs& legs) {
    constexpr T log2_e = T(1.4426950408889634);  // 1 / ln 2 takes the ln 2 out of a slope
    Greeks<R> sum = {splat<R>(T(0)), splat<R>(T(0))};
    const ExpiryStep<T>* at = params.expiry_step.data + std::size_t(step) * params.expiry.size;
    for (std::uint32_t e = 0; e < params.step.data[step].alive; ++e) {
        const ExpiryParams<T>& expiry = params.expiry.data[e];
        const auto leg = legs(e);
        R units = splat<R>(-expiry.put_weight);
        R density = splat<R>(T(0));
        for (std::uint32_t o = expiry.first; o < expiry.end; ++o) {
            const OptionParams<T>& option = params.option.data[o];
            const LegAt<R> here = leg(o, log2_spot - option.log2_strike);
            units = fused(math::normal_cdf(here.d1), splat<R>(option.weight), units);
            density =
                fused(math::normal_pdf(here.d1) * here.slope, splat<R>(option.weight), density);
        }
        const T discount = at[e].dividend_discount;
        sum.delta = fused(units, splat<R>(discount), sum.delta);
        sum.relative_gamma = fused(density, splat<R>(discount * log2_e), sum.relative_gamma);
    }
    return sum;
}

/// The same under a valuation, its volatilities `scale` times what it says. `volatility` is the one
/// known only on the path, where the valuation goes by that.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN Greeks<R> greeks_at(const PathParams<T>& params, const ValuationParams<T>& valuation,
                          std::uint32_t step, R log2_spot, R volatility, R scale) {
    if (valuation.source == ValuationSource::slices) {
        const SliceStep<T>* row = valuation.table.data + std::size_t(step) * valuation.slices;
        const R inverse = splat<R>(T(1)) / scale;
        return greeks_of(params, step, log2_spot, [&](std::uint32_t) {
            return [&](std::uint32_t o, R moneyness) -> LegAt<R> {
                // The part of the shift that the volatility makes grows with it, the rest and the
                // slope shrink.
                const SliceStep<T>& slice = row[valuation.slice.data[o]];
                const T half = slice.deviation * T(0.5);
                const R rest =
                    fused(moneyness, splat<R>(slice.slope), splat<R>(slice.shift - half));
                return {fused(scale, splat<R>(half), rest * inverse), inverse * slice.slope};
            };
        });
    }
    const std::size_t first = std::size_t(step) * params.expiry.size;
    const ExpiryStep<T>* at = params.expiry_step.data + first;
    const bool looks_ahead = valuation.source == ValuationSource::expected;
    return greeks_of(params, step, log2_spot, [&](std::uint32_t e) {
        R until = volatility;
        if (looks_ahead) {
            const ExpectedStep<T>& mean = valuation.expected.data[first + e];
            const R variance =
                fused(volatility * volatility, splat<R>(mean.per_square), splat<R>(mean.known));
            until = square_root(larger(variance, splat<R>(valuation.floor_variance)));
        }
        const R sigma = until * scale;
        const R inverse = splat<R>(T(1)) / sigma;
        const R slope = inverse * at[e].slope;
        const R shift = fused(inverse, splat<R>(at[e].carry), sigma * at[e].half_root);
        return [slope, shift](std::uint32_t, R moneyness) -> LegAt<R> {
            return {fused(moneyness, slope, shift), slope};
        };
    });
}

/// log2 |g| of a gamma x spot. Below 2^-96 it is taken for that, so that a book without gamma has a
/// logarithm: its bands are then narrower than 1e-14 units.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R log2_magnitude(R relative_gamma) {
    constexpr T least = T(1.262177448353619e-29);  // 2^-96
    constexpr T log2_e = T(1.4426950408889634);
    return math::log(larger(magnitude(relative_gamma), splat<R>(least))) * log2_e;
}

}  // namespace hedgestorm::path
