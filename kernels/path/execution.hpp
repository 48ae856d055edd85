// SPDX-License-Identifier: Apache-2.0
#pragma once

// The execution stage: a decision becomes a fill and its costs.
//
// Trading x units at S costs |x| S (half-spread + fee) and a fixed charge when x is not 0. The mid
// is the price of the trade itself, so costs stay apart from gains.

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Fills a decision in full at mid. `moves`: whether a decision to trade always has units to trade.
template <bool moves, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN Fill<R> execute(const Decision<R>& decision, R held) {
    const R zero = splat<R>(T(0));
    Fill<R> fill;
    fill.units = select(decision.trade, magnitude(decision.hedge - held), zero);
    fill.held = select(decision.trade, decision.hedge, held);
    fill.traded = moves ? decision.trade : fill.units > zero;
    return fill;
}

/// What a fill costs in all [currency].
template <class R, class T>
HS_FN R cost_of(const Fill<R>& fill, R unit_cost, T fixed) {
    const R proportional = fill.units * unit_cost;
    if (fixed == T(0)) return proportional;
    return select(fill.traded, proportional + fixed, proportional);
}

}  // namespace hedgestorm::path
