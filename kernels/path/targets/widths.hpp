// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bands that move: how wide the band around a wish is, where that depends on the path. Only wishes
// with a width of their own come here.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"
#include "kernels/path/targets.hpp"
#include "kernels/path/targets/greeks.hpp"
#include "kernels/path/targets/whalley_wilmott.hpp"
#include "kernels/path/targets/zakamouline.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// How often a kind looks at the greeks: not at all, for the gamma, or once more for a delta at a
/// volatility which that gamma corrects.
HS_FN int looks_of(Width kind) {
    switch (kind) {
        case Width::none:
        case Width::units:
        case Width::dollars:
        case Width::risk:
            return 0;
        case Width::whalley_wilmott:
            return 1;
        case Width::zakamouline:
            return 2;
    }
    return 0;
}

/// The half-widths of a block, where `width` holds the volatilities that a valuation on the path
/// goes by; a policy whose delta hangs on its width wishes anew. The one list of widths. `Random`
/// only keeps an object's copy its own.
template <class Random, class R, int B, class Count, class T = typename LaneTraits<R>::Scalar>
HS_APART void widen(const PathParams<T>& params, const TargetParams<T>& wanted, std::uint32_t first,
                    Count count, const MarketBlock<R, B>& market, TargetBlock<R, B>& target,
                    WidthBlock<R, B>& width) {
    const ValuationParams<T>& valuation = params.valuation.data[wanted.valuation];
    const bool at_mark = wanted.valuation == 0 && params.market.implied_on_path;
    const R one = splat<R>(T(1));
    const Width kind = wanted.width.kind;
    const int looks = looks_of(kind);
    HS_ROLLED
    for (std::uint32_t i = 0; i < count; ++i) {
        const WidthStep<T>& step = wanted.width.step.data[first + i];
        const R log2_spot = value_at(market.log2_spot, i, count);
        const R spot = value_at(market.spot + 1, i, count);
        const R scale = at_mark ? value_at(market.implied, i, count) : one;
        R half = splat<R>(step.band);
        R gamma = half;
        R delta = half;
        // Zakamouline's delta is that of a volatility which the gamma corrects: a second look.
        R corrected = scale;
        HS_ROLLED
        for (int look = 0; look < looks; ++look) {
            const Greeks<R> seen = greeks_at(params, valuation, first + i, log2_spot,
                                             value_at(width.half, i, count), corrected);
            if (look == 0) gamma = seen.relative_gamma;
            if (look + 1 < looks) corrected = scale * zakamouline_scale(step, gamma, log2_spot);
            delta = seen.delta;
        }
        switch (kind) {
            case Width::none:
            case Width::units:
                break;
            case Width::dollars:
                half = half / spot;
                break;
            case Width::risk:
                half = half / (spot * value_at(market.volatility, i, count));
                break;
            case Width::whalley_wilmott:
                half = whalley_wilmott(step, gamma, log2_spot);
                break;
            case Width::zakamouline:
                change_at(target.hedge, i, count, [&](R& to) { to = wish(wanted, delta); });
                half = zakamouline(step, gamma, spot);
                break;
        }
        change_at(width.half, i, count, [&](R& to) { to = half; });
    }
}

}  // namespace hedgestorm::path
