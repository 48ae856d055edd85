// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is traded against the book: where its price stands in a block, and what a unit of it stands
// for.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Whether the hedge trades at a price that is not the spot.
template <class T>
HS_FN bool has_price_of_its_own(const PathParams<T>& params) {
    return params.instrument.kind != InstrumentKind::spot;
}

/// Units of a proxy that stand for one unit of the underlying: the minimum-variance ratio beta S/F
/// (Ederington 1979), of returns over a short time.
template <class R, class T>
HS_FN R units_per_underlying(const InstrumentParams<T>& params, R spot, R price) {
    return spot / price * params.sensitivity;
}

/// Where the price of what is traded stands in a block: at the start, then at the end of each step.
template <class R>
struct Traded {
    const R* price;
    const R* change;
};

template <Markets markets, class R, int B, class T>
HS_FN Traded<R> traded_price(const PathParams<T>& params, const MarketBlock<R, B>& market) {
    if (markets == Markets::any && has_price_of_its_own(params))
        return {market.price, market.price_change};
    return {market.spot, market.change};
}

}  // namespace hedgestorm::path
