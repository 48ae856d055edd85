// SPDX-License-Identifier: Apache-2.0

#include "host/plan/account_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/plan/instrument_tables.hpp"
#include "host/plan/market_tables.hpp"

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

std::uint32_t target_of(const Policy& policy, Valuations& valuations, Tables<double>& tables) {
    const TargetParams<double> wanted = {valuations.index_of(policy.valuation), -policy.hedge_ratio,
                                         finite_limit(policy.min_position),
                                         finite_limit(policy.max_position)};
    for (std::size_t t = 0; t < tables.target.size(); ++t) {
        const auto& known = tables.target[t];
        if (known.valuation == wanted.valuation && known.ratio == wanted.ratio &&
            known.low == wanted.low && known.high == wanted.high) {
            return static_cast<std::uint32_t>(t);
        }
    }
    tables.target.push_back(wanted);
    return static_cast<std::uint32_t>(tables.target.size() - 1);
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
    }
}

}  // namespace

void add_account(const Scenario& scenario, const Policy& policy, Valuations& valuations,
                 InitialBook& book, Tables<double>& tables) {
    const double price = initial_price(scenario);
    const double per_underlying = initial_units_per_underlying(scenario);
    const auto& costs = scenario.hedges.front().costs;
    AccountParams<double> account{};
    set_rule(policy, book, account);
    account.unwind = policy.final == scenario::FinalMode::unwind;
    account.target = target_of(policy, valuations, tables);
    const TargetParams<double>& wanted = tables.target[account.target];
    const double wish = std::clamp(valuations.initial_delta(book, policy.valuation) * wanted.ratio,
                                   wanted.low, wanted.high);
    const double target = wish * per_underlying;
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
