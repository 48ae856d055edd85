// SPDX-License-Identifier: Apache-2.0
#pragma once

// The second half of a policy: whether to trade now, and to where.
//
// A rule is switched once per account and block of steps; inside, it is a template argument. Adding
// a rule: one enumerator in params.hpp, its sentence here, one line in `with_rule`. A band whose
// width depends on the path needs none: it is a width (targets/widths.hpp) under `moving_band`
// (docs/adding-a-policy.md).

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// What a rule sees at a rebalance point.
template <class R>
struct Sight {
    const R& held;        ///< [underlying]
    const R& last_trade;  ///< as in AccountState
    const R& target;      ///< the hedge wished for [underlying]
    const R& half_width;  ///< moving_band alone [underlying]
    const R& log2_spot;
    const R& spot;            ///< [currency]
    std::uint32_t rebalance;  ///< number of the rebalance point
};

/// Decides at a rebalance point, from the wished hedge, the one held, and the market.
template <Rule rule, class R, class T = typename LaneTraits<R>::Scalar>
HS_FN Decision<R> decide(const AccountParams<T>& account, const Sight<R>& seen) {
    const R target = seen.target;
    const R spot = seen.spot;
    const R gap = target - seen.held;
    const R threshold = splat<R>(account.threshold);
    if constexpr (rule == Rule::interval) {
        return {magnitude(gap) > splat<R>(T(0)), target};
    } else if constexpr (rule == Rule::band) {
        return {magnitude(gap) > threshold, target};
    } else if constexpr (rule == Rule::dollar_band) {
        return {magnitude(gap) * spot > threshold, target};
    } else if constexpr (rule == Rule::band_to_edge) {
        const R edge = select(gap > splat<R>(T(0)), target - threshold, target + threshold);
        return {magnitude(gap) > threshold, edge};
    } else if constexpr (rule == Rule::dollar_band_to_edge) {
        const R width = threshold / spot;
        const R edge = select(gap > splat<R>(T(0)), target - width, target + width);
        return {magnitude(gap) * spot > threshold, edge};
    } else if constexpr (rule == Rule::price_move) {
        return {magnitude(seen.log2_spot - seen.last_trade) >= threshold, target};
    } else {
        static_assert(rule == Rule::moving_band);
        // Who has waited long enough goes to the target, wherever in the band the hedge stands.
        const R waited = splat<R>(T(seen.rebalance)) - seen.last_trade;
        const auto is_due = waited >= splat<R>(T(account.every));
        const R half = seen.half_width;
        const R side = select(gap > splat<R>(T(0)), half, half * T(-1));
        const R stop = fused_negated(side, splat<R>(account.to_edge), target);
        const typename LaneTraits<R>::Mask acts = (magnitude(gap) > half) | is_due;
        return {acts, select(is_due, target, stop)};
    }
}

/// Whether a decision to trade always has units to trade: the gap is beyond a threshold, and
/// closed.
constexpr bool always_moves(Rule rule) {
    return rule == Rule::interval || rule == Rule::band || rule == Rule::dollar_band;
}

/// Whether the rule may act at rebalance point number `rebalance` at all: the same for every path.
template <Rule rule, class T>
HS_FN bool may_act(const AccountParams<T>& account, std::uint32_t rebalance) {
    if constexpr (rule == Rule::hold) return false;
    if constexpr (rule == Rule::interval) return rebalance != 0 && rebalance % account.every == 0;
    return rebalance != 0;
}

/// Calls act(rule as a constant) for the rule of an account: the one list of rules. Bands that move
/// are the business of code for any market, so that a GPU's kernels of the plain one hold nothing
/// of them.
template <Markets markets, class Act>
HS_FN void with_rule(Rule rule, const Act& act) {
    switch (rule) {
        case Rule::hold:
            return act.template operator()<Rule::hold>();
        case Rule::interval:
            return act.template operator()<Rule::interval>();
        case Rule::band:
            return act.template operator()<Rule::band>();
        case Rule::band_to_edge:
            return act.template operator()<Rule::band_to_edge>();
        case Rule::dollar_band:
            return act.template operator()<Rule::dollar_band>();
        case Rule::dollar_band_to_edge:
            return act.template operator()<Rule::dollar_band_to_edge>();
        case Rule::price_move:
            return act.template operator()<Rule::price_move>();
        case Rule::moving_band:
            if constexpr (markets == Markets::any)
                return act.template operator()<Rule::moving_band>();
    }
}

}  // namespace hedgestorm::path
