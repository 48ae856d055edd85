// SPDX-License-Identifier: Apache-2.0
#pragma once

// What stress makes of a market besides its price: how dear, deep, quick and open it is, where the
// hedge trades beside the spot, what it costs to hold, what the collateral is worth, and whether
// the venue takes positions away or fails. Part of MarketParams; T is float, or double for the
// reference precision. Made in double by host/plan, formulas in docs/model.md, "Conditions".

#include <cstdint>

#include "hedgestorm/view.hpp"

namespace hedgestorm {

/// A multiplier M of a stress that is not scripted.
template <class T>
struct OverlayMultiplier {
    T excess;  ///< M - 1
    T log2;    ///< log2 M
};

/// What scripted stress makes of it at the end of a step, after what happens then.
template <class T>
struct ConditionStep {
    T half_spread;  ///< multiplier
    T depth;        ///< multiplier; below 1 is thinner
    T latency;      ///< multiplier
    T basis;        ///< added to the hedge's basis [fraction of spot]
    T funding;      ///< added to the funding rate [per year]
    T borrow;       ///< added to the borrow rate [per year]
    T collateral;   ///< price of what is worth 1
    T kept;         ///< share of the hedge that auto-deleveraging at this time leaves; 1: none
    T recovery;     ///< share a venue that fails at this time pays back; 1 where none does
    bool is_open;   ///< the hedge's venue
    bool fails;     ///< it fails at this time
};

/// A straight line of a collateral's price, from an age on to the next one's.
template <class T>
struct PegStretch {
    T from;   ///< age [years]
    T price;  ///< there
    T slope;  ///< [per year]; 0 in the last one
};

/// What a stress that is not scripted makes of it, beside its OverlayParams of the same number.
/// Levels act times its strength.
template <class T>
struct OverlayConditions {
    OverlayMultiplier<T> depth;
    OverlayMultiplier<T> latency;
    T basis;
    T funding;
    T borrow;
    T closed_until;           ///< age at which the venue opens again [years]; 0: it does not close
    T kept;                   ///< 1: no auto-deleveraging
    T recovery;               ///< of a venue that fails
    bool fails;               ///< the venue, at the start
    std::uint32_t peg_first;  ///< of its stretches
    std::uint32_t peg_end;
};

template <class T>
struct ConditionParams {
    bool shifts_hedge;                   ///< a stress moves basis, funding or borrow rate
    View<ConditionStep<T>> step;         ///< empty: no scripted stress changes any
    View<OverlayConditions<T>> overlay;  ///< empty: no other stress does
    View<PegStretch<T>> peg;
};

}  // namespace hedgestorm
