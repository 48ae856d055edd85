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

/// Fills a decision in full at mid, at cost. `moves`: whether a decision to trade always has units
/// to trade.
template <bool moves, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN Fill<R> execute(const Decision<R>& decision, R held, R unit_cost, T fixed) {
    const R zero = splat<R>(T(0));
    Fill<R> fill;
    fill.units = select(decision.trade, magnitude(decision.hedge - held), zero);
    fill.cost = fill.units * unit_cost;
    fill.held = select(decision.trade, decision.hedge, held);
    fill.traded = moves ? decision.trade : fill.units > zero;
    if (fixed != T(0)) fill.cost = select(fill.traded, fill.cost + fixed, fill.cost);
    return fill;
}

}  // namespace hedgestorm::path
