// SPDX-License-Identifier: Apache-2.0

#include "host/plan/account_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "host/plan/instrument_tables.hpp"
#include "host/plan/leland.hpp"
#include "host/plan/market_tables.hpp"
#include "host/plan/width_tables.hpp"

namespace hedgestorm::plan {

using scenario::Policy;
using scenario::Scenario;

namespace {

constexpr double log2_e = std::numbers::log2e;

/// Far beyond any position; a limit that does not limit.
constexpr double no_limit = 1e37;

double finite_limit(double limit) {
    return std::clamp(limit, -no_limit, no_limit);
}

bool same(const WidthStep<double>& a, const WidthStep<double>& b) {
    return a.band == b.band && a.base == b.base && a.shift == b.shift;
}

/// Index of a target with these numbers and this band.
std::uint32_t add_target(const TargetParams<double>& wanted, BandTable band,
                         Tables<double>& tables) {
    for (std::size_t t = 0; t < tables.target.size(); ++t) {
        const auto& known = tables.target[t];
        const auto& step = tables.width[t];
        if (known.valuation == wanted.valuation && known.ratio == wanted.ratio &&
            known.low == wanted.low && known.high == wanted.high &&
            known.width.kind == wanted.width.kind &&
            std::equal(step.begin(), step.end(), band.step.begin(), band.step.end(), same)) {
            return static_cast<std::uint32_t>(t);
        }
    }
    tables.target.push_back(wanted);
    tables.width.push_back(std::move(band.step));
    return static_cast<std::uint32_t>(tables.target.size() - 1);
}

/// What a policy wants: its target, and the delta it sees at t_0.
struct Wish {
    std::uint32_t target;
    double initial_delta;
};

Wish wish_of(const Policy& policy, const PlanContext& context, Valuations& valuations,
             const InitialBook& book, Tables<double>& tables) {
    const Bands bands(context.scenario, context.grid, context.script, context.layout, valuations);
    BandTable band = bands.table_of(policy, book);
    if (band.kind == Width::risk) tables.params.market.volatility_is_read = true;
    TargetParams<double> wanted = {0,
                                   -policy.hedge_ratio,
                                   finite_limit(policy.min_position),
                                   finite_limit(policy.max_position),
                                   {band.kind, {}}};
    if (policy.rule == scenario::Rule::leland) {
        const Leland leland(context.scenario, context.grid, context.script, policy,
                            assumed_cost(context.scenario, policy));
        wanted.valuation = valuations.index_of(policy.valuation, leland);
        return {add_target(wanted, std::move(band), tables),
                valuations.initial_delta(policy.valuation, leland)};
    }
    wanted.valuation = valuations.index_of(policy.valuation);
    return {add_target(wanted, std::move(band), tables),
            valuations.initial_delta(book, policy.valuation, bands.initial_scale(policy))};
}

void set_rule(const Policy& policy, const InitialBook& book, AccountParams<double>& account) {
    const bool dollar = policy.half_width_unit == scenario::HalfWidthUnit::dollar;
    const bool edge = policy.rebalance_to == scenario::RebalanceTo::edge;
    account.every = 1;
    switch (policy.rule) {
        case scenario::Rule::none:
        case scenario::Rule::static_:
            account.rule = Rule::hold;
            break;
        case scenario::Rule::interval:
        case scenario::Rule::leland:
            account.rule = Rule::interval;
            account.every = policy.every;
            break;
        case scenario::Rule::band:
            account.rule = dollar ? (edge ? Rule::dollar_band_to_edge : Rule::dollar_band)
                                  : (edge ? Rule::band_to_edge : Rule::band);
            account.threshold = policy.half_width;
            if (policy.half_width_unit == scenario::HalfWidthUnit::relative) {
                account.threshold *= book.gross_units;
            }
            break;
        case scenario::Rule::price_move:
            account.rule = Rule::price_move;
            account.threshold = policy.price_move * log2_e;
            break;
        case scenario::Rule::hybrid:
        case scenario::Rule::whalley_wilmott:
        case scenario::Rule::zakamouline:
        case scenario::Rule::variance_scaled:
            account.rule = Rule::moving_band;
            account.every = policy.rule == scenario::Rule::hybrid ? policy.every : never;
            account.to_edge = edge ? 1.0 : 0.0;
            break;
    }
}

}  // namespace

void add_account(const PlanContext& context, const Policy& policy, Valuations& valuations,
                 InitialBook& book, Tables<double>& tables) {
    const Scenario& scenario = context.scenario;
    const double price = initial_price(scenario);
    const double per_underlying = initial_units_per_underlying(scenario);
    const auto& costs = scenario.hedges.front().costs;
    AccountParams<double> account{};
    set_rule(policy, book, account);
    account.unwind = policy.final == scenario::FinalMode::unwind;
    const Wish wish = wish_of(policy, context, valuations, book, tables);
    account.target = wish.target;
    const TargetParams<double>& wanted = tables.target[wish.target];
    const double target =
        std::clamp(wish.initial_delta * wanted.ratio, wanted.low, wanted.high) * per_underlying;
    switch (policy.initial) {
        case scenario::InitialMode::trade:
            account.held = policy.rule == scenario::Rule::none ? 0.0 : target;
            if (account.held != 0.0) {
                account.turnover = std::abs(account.held) * price;
                account.spread_cost = account.turnover * costs.half_spread *
                                      initial_spread_multiplier(scenario.market);
                account.fee_cost = account.turnover * costs.fee;
                account.fixed_cost = costs.fixed;
                account.trades = 1.0;
            }
            break;
        case scenario::InitialMode::in_place:
            account.held = policy.rule == scenario::Rule::none ? 0.0 : target;
            break;
        case scenario::InitialMode::units:
            account.held = policy.initial_units;
            break;
    }
    account.after_trade = book.delta + account.held / per_underlying;
    book.initial_hedge.push_back(account.held);
    tables.account.push_back(account);
}

}  // namespace hedgestorm::plan
