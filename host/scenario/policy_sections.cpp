// SPDX-License-Identifier: Apache-2.0

// The key table, continued: [[policy]].

#include <algorithm>
#include <initializer_list>

#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr Word<Rule> rules[] = {{"none", Rule::none},
                                {"static", Rule::static_},
                                {"interval", Rule::interval},
                                {"band", Rule::band},
                                {"price_move", Rule::price_move},
                                {"whalley_wilmott", Rule::whalley_wilmott},
                                {"zakamouline", Rule::zakamouline},
                                {"leland", Rule::leland},
                                {"variance_scaled", Rule::variance_scaled},
                                {"hybrid", Rule::hybrid}};
constexpr Word<HalfWidthUnit> half_width_units[] = {{"underlying", HalfWidthUnit::underlying},
                                                    {"relative", HalfWidthUnit::relative},
                                                    {"dollar", HalfWidthUnit::dollar}};
constexpr Word<RebalanceTo> destinations[] = {{"target", RebalanceTo::target},
                                              {"edge", RebalanceTo::edge}};
constexpr Word<FinalMode> final_modes[] = {{"unwind", FinalMode::unwind},
                                           {"mark", FinalMode::mark}};

/// When it trades: the rule, and the keys that go with each.
void describe_rule(Keys& k, PolicySpec& s) {
    k.choice(
        "rule", s.rule, rules, {"time_of_day", "liquidity_aware", "leverage_target", "table"},
        about("When it trades: none (never), static (once, at time 0), interval (every n rebalance "
              "points), band (when the hedge is further than half_width from its target), "
              "price_move (when the price has moved by price_move since the last trade), "
              "whalley_wilmott and zakamouline (when the hedge leaves the band that weighs costs "
              "against risk), leland (every n rebalance points, at a volatility that pays for "
              "it), variance_scaled (when the risk of the residual delta exceeds a budget), hybrid "
              "(at a band, and when it has not traded for n rebalance points).")
            .needed());
    const auto runs = [&](std::initializer_list<Rule> those) {
        return !s.rule.has() || std::find(those.begin(), those.end(), *s.rule) != those.end();
    };
    const bool is_known = s.rule.has();
    k.integer("every", s.every, 1, most_steps,
              about("Rebalance points from one trade to the next; of a hybrid, the most of them.")
                  .needed(is_known)
                  .only(runs({Rule::interval, Rule::leland, Rule::hybrid}),
                        "rule = \"interval\", \"leland\" or \"hybrid\""));
    const bool band = runs({Rule::band, Rule::hybrid});
    constexpr std::string_view of_band = "rule = \"band\" or \"hybrid\"";
    k.number("half_width", s.half_width, at_least(0.0),
             about("It trades when |target - hedge| is larger.")
                 .in("half_width_unit")
                 .needed(is_known)
                 .only(band, of_band));
    k.choice("half_width_unit", s.half_width_unit, half_width_units, {},
             about("Unit of half_width: underlying (units), relative (fraction of the book's gross "
                   "quantity), dollar (base currency).")
                 .only(band, of_band));
    const bool weighs = runs({Rule::whalley_wilmott, Rule::zakamouline});
    if (is_known && weighs && !s.rebalance_to.typed) s.rebalance_to.value = RebalanceTo::edge;
    k.choice("rebalance_to", s.rebalance_to, destinations, {},
             about("Where a trade of the band ends: at the target, or at the edge of the band, "
                   "which is the default of whalley_wilmott and zakamouline.")
                 .only(band || weighs || runs({Rule::variance_scaled}),
                       "rule = \"band\", \"hybrid\", \"variance_scaled\", \"whalley_wilmott\" or "
                       "\"zakamouline\""));
    k.number("price_move", s.price_move, above_to(0.0, 100.0),
             about("It trades when |ln(S / S at the last trade)| is at least this.")
                 .in("log")
                 .needed(is_known)
                 .only(runs({Rule::price_move}), "rule = \"price_move\""));
    k.number("budget", s.budget, above_to(0.0, 1e15),
             about("It trades when |target - hedge| x S x the market's volatility is larger: the "
                   "standard deviation that the residual delta has in a day.")
                 .in("base currency per square-root day")
                 .needed(is_known)
                 .only(runs({Rule::variance_scaled}), "rule = \"variance_scaled\""));
    k.number("risk_aversion", s.risk_aversion, above_to(0.0, 1e15),
             about("Of exponential utility: what variance weighs against costs.")
                 .in("per unit of base currency")
                 .needed(is_known)
                 .only(weighs, "rule = \"whalley_wilmott\" or \"zakamouline\""));
    k.number("assumed_cost_bps", s.assumed_cost_bps, between(0.0, 10'000.0),
             about("One-way cost the formula reckons with, of the notional traded; absent: "
                   "half-spread and fee of the hedge at time 0.")
                 .in("basis points")
                 .only(weighs || runs({Rule::leland}),
                       "rule = \"whalley_wilmott\", \"zakamouline\" or \"leland\""));
    k.number("coefficient", s.coefficient, above_to(0.0, 1000.0),
             about("Factor under the cube root of the half-width; 6 is the best for trades to the "
                   "target.")
                 .only(runs({Rule::whalley_wilmott}), "rule = \"whalley_wilmott\""));
    const bool zakamouline = runs({Rule::zakamouline});
    k.number("band_coefficient", s.band_coefficient, between(0.0, 1000.0),
             about("Factor of the half-width's main part, H1.")
                 .only(zakamouline, "rule = \"zakamouline\""));
    k.number("volatility_coefficient", s.volatility_coefficient, between(0.0, 1000.0),
             about("Factor of the correction of the squared volatility, K.")
                 .only(zakamouline, "rule = \"zakamouline\""));
}

/// The hedge it wants.
void describe_wish(Keys& k, PolicySpec& s) {
    k.number("hedge_ratio", s.hedge_ratio, between(-1000.0, 1000.0),
             about("Target hedge as a multiple of minus the book's delta.").in("fraction"));
    k.number_or_word(
        "valuation", s.valuation, above_to(0.0, 20.0),
        {{"implied", "instantaneous", "expected", "realised"}, {}},
        about("Volatility behind the delta it hedges: implied (each leg's own), "
              "instantaneous (the market's), expected (the market's, on average until each "
              "expiry), realised (a moving average of past moves), or a number.")
            .in("per square-root year"));
    const bool realised = !s.valuation.has() || (*s.valuation).word == "realised";
    k.time("half_life", s.half_life, above(0.0),
           about("Half-life of the moving average of squared returns.")
               .needed(s.valuation.has())
               .only(realised, "valuation = \"realised\""));
    k.number("volatility_floor", s.volatility_floor, between(0.0, 20.0),
             about("Lowest volatility the moving average gives.")
                 .in("per square-root year")
                 .only(realised, "valuation = \"realised\""));
    k.number("position_limit", s.position_limit, at_least(0.0),
             about("Largest hedge, long or short.").in("units"));
    k.number("min_position", s.min_position, any_number(),
             about("Lowest hedge (negative: short); instead of position_limit.").in("units"));
    k.number("max_position", s.max_position, any_number(),
             about("Highest hedge; instead of position_limit.").in("units"));
}

}  // namespace

void describe(Keys& k, PolicySpec& s) {
    k.text("name", s.name, longest_name, about("Name shown in reports.").needed());
    k.text("hedge", s.hedge, longest_name,
           about("Name of the [[hedge]] it trades; absent: the only one."));
    k.text("book", s.book, longest_name,
           about("Name of the book it hedges; only \"default\" yet."));
    describe_rule(k, s);
    describe_wish(k, s);
    k.number_or_word(
        "initial", s.initial, any_number(), {{"trade", "in_place"}, {}},
        about("Hedge at time 0: trade (to target, at cost), in_place (at target, free), or "
              "units held.")
            .in("units"));
    k.choice("final", s.final, final_modes, {},
             about("Hedge at the horizon: unwind (sold at cost) or mark (kept, at mid)."));
}

}  // namespace hedgestorm::scenario
