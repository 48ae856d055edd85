// SPDX-License-Identifier: Apache-2.0

// Tables as an engine reads them: connected to the params, and in floats.

#include <type_traits>

#include "host/plan/tables.hpp"

namespace hedgestorm::plan {

template <class T>
void connect(Tables<T>& t) {
    const auto view = [](const auto& v) {
        using Element = typename std::remove_cvref_t<decltype(v)>::value_type;
        return View<Element>{v.data(), static_cast<std::uint32_t>(v.size())};
    };
    for (std::size_t v = 0; v < t.valuation.size(); ++v) {
        t.valuation[v].table = view(t.slices[v]);
        t.valuation[v].slice = view(t.slice_of[v]);
        t.valuation[v].keep = view(t.keep[v]);
        t.valuation[v].gain = view(t.gain[v]);
        t.valuation[v].expected = view(t.expected[v]);
    }
    for (std::size_t w = 0; w < t.target.size(); ++w) t.target[w].width.step = view(t.width[w]);
    connect(t.market, t.params.market);
    connect(t.instrument, t.params.instrument);
    t.params.step = view(t.step);
    t.params.split = view(t.split);
    t.params.option = view(t.option);
    t.params.expiry = view(t.expiry);
    t.params.expiry_step = view(t.expiry_step);
    t.params.valuation = view(t.valuation);
    t.params.target = view(t.target);
    t.params.account = view(t.account);
}

template void connect(Tables<float>& tables);
template void connect(Tables<double>& tables);

std::unique_ptr<Tables<float>> rounded(const Tables<double>& from) {
    auto to = std::make_unique<Tables<float>>();
    const auto f = [](double x) { return static_cast<float>(x); };
    for (const auto& s : from.step) {
        to->step.push_back({f(s.drift), f(s.volatility), f(s.growth), f(s.dividend), f(s.compound),
                            f(s.half_spread), f(s.unit_cost), f(s.weight), f(s.length),
                            f(s.implied_change), f(s.next_weight), s.draw, s.split, s.rebalance,
                            s.alive});
    }
    for (const auto& s : from.split)
        to->split.push_back({f(s.root), f(s.share), f(s.spread), f(s.scale), s.draw});
    for (const auto& o : from.option) {
        to->option.push_back(
            {f(o.log2_strike), f(o.strike), f(o.weight), f(o.strike_weight), f(o.sign)});
    }
    for (const auto& e : from.expiry)
        to->expiry.push_back({e.first, e.end, f(e.put_weight), f(e.put_strike_weight)});
    for (const auto& e : from.expiry_step) {
        to->expiry_step.push_back({f(e.dividend_discount), f(e.rate_discount), f(e.slope),
                                   f(e.carry), f(e.half_root), f(e.inverse_life)});
    }
    for (std::size_t v = 0; v < from.valuation.size(); ++v) {
        const auto& valuation = from.valuation[v];
        to->valuation.push_back({valuation.source,
                                 valuation.slices,
                                 {},
                                 {},
                                 {},
                                 {},
                                 f(valuation.initial_variance),
                                 f(valuation.floor_variance),
                                 {}});
        auto& slices = to->slices.emplace_back();
        for (const auto& s : from.slices[v])
            slices.push_back({f(s.slope), f(s.shift), f(s.deviation)});
        to->slice_of.push_back(from.slice_of[v]);
        to->keep.emplace_back(from.keep[v].begin(), from.keep[v].end());
        to->gain.emplace_back(from.gain[v].begin(), from.gain[v].end());
        auto& expected = to->expected.emplace_back();
        for (const auto& s : from.expected[v]) expected.push_back({f(s.known), f(s.per_square)});
    }
    for (const auto& t : from.target)
        to->target.push_back({t.valuation, f(t.ratio), f(t.low), f(t.high), {t.width.kind, {}}});
    for (const auto& of_target : from.width) {
        auto& steps = to->width.emplace_back();
        for (const auto& s : of_target) steps.push_back({f(s.band), f(s.base), f(s.shift)});
    }
    for (const auto& a : from.account) {
        to->account.push_back({a.rule, a.unwind, a.target, a.every, f(a.threshold), f(a.to_edge),
                               f(a.held), f(a.spread_cost), f(a.fee_cost), f(a.fixed_cost),
                               f(a.trades), f(a.turnover), f(a.after_trade)});
    }
    const auto& p = from.params;
    auto& q = to->params;
    q.seed = p.seed;
    q.spot = f(p.spot);
    q.premium = f(p.premium);
    q.initial_value = f(p.initial_value);
    q.fee = f(p.fee);
    q.fixed = f(p.fixed);
    q.first_weight = f(p.first_weight);
    q.entry_compound = f(p.entry_compound);
    q.exit_spread_vol = f(p.exit_spread_vol);
    q.rate = f(p.rate);
    q.dividend_yield = f(p.dividend_yield);
    q.initial_delta = f(p.initial_delta);
    q.initial_gamma = f(p.initial_gamma);
    q.initial_theta = f(p.initial_theta);
    q.initial_relative_vega = f(p.initial_relative_vega);
    q.explain = p.explain;
    q.carry = p.carry;
    q.value_at_end = p.value_at_end;
    q.mark_is_wanted = p.mark_is_wanted;
    q.has_moving_bands = p.has_moving_bands;
    q.columns = p.columns;
    q.steps = p.steps;
    round_market(from.market, p.market, to->market, q.market);
    round_instrument(from.instrument, p.instrument, to->instrument, q.instrument);
    connect(*to);
    return to;
}

}  // namespace hedgestorm::plan
