// SPDX-License-Identifier: Apache-2.0
#pragma once

// Running sums of money, in two levels: those of the last few steps, and all that was gathered
// before. Small amounts are added to small sums, and are not rounded away beside a large one.

#include <cstdint>

#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

/// Steps after which running sums of money are gathered (`gather` below): a property of the path,
/// whatever the blocks an engine works in.
inline constexpr std::uint32_t gather_steps = 32;

/// Moves a sum of recent steps to what was gathered before; the rounding error stays in `recent`.
/// A sum over a month of minutes is so a sum of sums: small amounts are added to small ones and are
/// not rounded away beside a large balance (Kahan 1965, once every gather_steps).
template <class R>
HS_FN void gather(R& recent, R& before) {
    const R sum = before + recent;
    recent = recent - (sum - before);
    before = sum;
}

/// Gathers the sums of recent steps.
template <class R>
HS_FN void gather(Trading<R>& recent, Trading<R>& before) {
    gather(recent.turnover, before.turnover);
    gather(recent.spread_cost, before.spread_cost);
}
template <class R>
HS_FN void gather(Carry<R>& recent, Carry<R>& before) {
    gather(recent.interest, before.interest);
    gather(recent.dividends, before.dividends);
    gather(recent.slippage, before.slippage);
}

template <class R>
HS_FN void gather(Holding<R>& holding) {
    gather(holding.paid, holding.paid_before);
}

/// All of the sums: recent and gathered.
template <class R>
HS_FN Trading<R> sum_of(const Trading<R>& recent, const Trading<R>& before) {
    return {before.turnover + recent.turnover, before.spread_cost + recent.spread_cost,
            recent.trades};
}
template <class R>
HS_FN Carry<R> sum_of(const Carry<R>& recent, const Carry<R>& before) {
    return {before.interest + recent.interest, before.dividends + recent.dividends,
            before.slippage + recent.slippage};
}
template <class R>
HS_FN R sum_of(const Holding<R>& holding) {
    return holding.paid_before + holding.paid;
}

}  // namespace hedgestorm::path
