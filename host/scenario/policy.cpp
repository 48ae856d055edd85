// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/scenario/market.hpp"
#include "host/scenario/nearest.hpp"

namespace hedgestorm::scenario {

namespace {

/// A delta at the variance that is expected needs to know what to expect.
void check_valuations(const ScenarioSpec& spec, const Scenario& scenario,
                      const std::vector<Policy>& policies, Problems& problems) {
    const bool on_path =
        std::any_of(scenario.stresses.begin(), scenario.stresses.end(), [](const Stress& stress) {
            return stress.start != StressStart::at_time &&
                   stress.realised_volatility_multiplier != 1.0;
        });
    if (has_option_price(scenario.market.model) && !on_path) return;
    for (std::size_t p = 0; p < policies.size(); ++p) {
        if (policies[p].valuation.kind != ValuationKind::expected) continue;
        problems.add(spec.policies[p].valuation.place, spec.policies[p].path + ".valuation",
                     on_path ? "is \"expected\", but a stress may change the volatility at a time "
                               "nobody knows"
                             : "is \"expected\", but what this market expects is not known in "
                               "closed form",
                     "take \"implied\", \"instantaneous\", \"realised\" or a number");
    }
}

/// Leland's volatility is made of one that is known before any path.
void check_leland(const ScenarioSpec& spec, const Scenario& scenario,
                  const std::vector<Policy>& policies, Problems& problems) {
    const bool on_path =
        std::any_of(scenario.stresses.begin(), scenario.stresses.end(), [](const Stress& stress) {
            return stress.start != StressStart::at_time &&
                   stress.implied_volatility_multiplier != 1.0;
        });
    for (std::size_t p = 0; p < policies.size(); ++p) {
        if (policies[p].rule != Rule::leland) continue;
        const ValuationKind kind = policies[p].valuation.kind;
        if (kind != ValuationKind::implied && kind != ValuationKind::number)
            problems.add(
                spec.policies[p].valuation.place, spec.policies[p].path + ".valuation",
                "is not known in advance, but rule = \"leland\" raises a volatility that is",
                "take \"implied\" or a number");
        if (kind == ValuationKind::implied && on_path)
            problems.add(spec.policies[p].valuation.place, spec.policies[p].path + ".valuation",
                         "is \"implied\", but a stress may change implied volatilities at a time "
                         "nobody knows, and rule = \"leland\" raises a volatility that is known",
                         "take a number");
    }
}

Valuation valuation_of(const PolicySpec& typed, const Calendar& calendar) {
    Valuation valuation;
    if (!typed.valuation.has()) return valuation;
    const NumberOrWord& value = *typed.valuation;
    if (value.word.empty()) {
        valuation.kind = ValuationKind::number;
        valuation.volatility = value.number;
    } else if (value.word == "instantaneous") {
        valuation.kind = ValuationKind::instantaneous;
    } else if (value.word == "expected") {
        valuation.kind = ValuationKind::expected;
    } else if (value.word == "realised") {
        valuation.kind = ValuationKind::realised;
        if (typed.half_life.has()) valuation.half_life = calendar.years(*typed.half_life);
        if (typed.volatility_floor.has()) valuation.floor = *typed.volatility_floor;
    }
    return valuation;
}

void set_limits(const PolicySpec& typed, Policy& policy, Problems& problems) {
    if (typed.position_limit.typed && (typed.min_position.typed || typed.max_position.typed))
        problems.add(typed.position_limit.place, typed.path + ".position_limit",
                     "says what min_position and max_position say already", "keep one of the two");
    if (typed.position_limit.has()) {
        policy.min_position = -*typed.position_limit;
        policy.max_position = *typed.position_limit;
    }
    if (typed.min_position.has()) policy.min_position = *typed.min_position;
    if (typed.max_position.has()) policy.max_position = *typed.max_position;
    if (policy.min_position > policy.max_position)
        problems.add(typed.min_position.place, typed.path + ".min_position",
                     fmt::format("is {}, above max_position = {}", policy.min_position,
                                 policy.max_position));
}

/// What the rules that weigh costs against risk go by, in native units.
void set_trade_off(const PolicySpec& typed, const Calendar& calendar, Policy& policy) {
    constexpr double basis_point = 1e-4;
    if (typed.budget.has())
        policy.budget = *typed.budget * std::sqrt(calendar.days({1.0, TimeUnit::years}));
    if (typed.risk_aversion.has()) policy.risk_aversion = *typed.risk_aversion;
    if (typed.assumed_cost_bps.has()) policy.assumed_cost = *typed.assumed_cost_bps * basis_point;
    if (typed.coefficient.has()) policy.coefficient = *typed.coefficient;
    if (typed.band_coefficient.has()) policy.band_coefficient = *typed.band_coefficient;
    if (typed.volatility_coefficient.has())
        policy.volatility_coefficient = *typed.volatility_coefficient;
}

Policy policy_of(const PolicySpec& typed, const ScenarioSpec& spec, const Calendar& calendar,
                 Problems& problems) {
    Policy policy;
    if (typed.name.has()) policy.name = *typed.name;
    if (typed.name.has() && policy.name.empty())
        problems.add(typed.name.place, typed.path + ".name", "is empty", "results are named by it");
    if (typed.book.has() && *typed.book != "default")
        problems.add(typed.book.place, typed.path + ".book",
                     fmt::format("there is no book \"{}\"", *typed.book),
                     "only \"default\" is available in this version");
    std::vector<std::string> hedges;
    for (const HedgeSpec& hedge : spec.hedges)
        if (hedge.name.has()) hedges.push_back(*hedge.name);
    if (typed.hedge.has()) policy.hedge = *typed.hedge;
    if (typed.hedge.typed && typed.hedge.has() &&
        std::find(hedges.begin(), hedges.end(), policy.hedge) == hedges.end())
        problems.add(typed.hedge.place, typed.path + ".hedge",
                     fmt::format("there is no [[hedge]] named \"{}\"", policy.hedge),
                     did_you_mean(policy.hedge, hedges));
    if (typed.rule.has()) policy.rule = *typed.rule;
    if (typed.every.has()) policy.every = static_cast<std::uint32_t>(*typed.every);
    if (typed.half_width.has()) policy.half_width = *typed.half_width;
    if (typed.half_width_unit.has()) policy.half_width_unit = *typed.half_width_unit;
    if (typed.rebalance_to.has()) policy.rebalance_to = *typed.rebalance_to;
    if (typed.price_move.has()) policy.price_move = *typed.price_move;
    set_trade_off(typed, calendar, policy);
    if (typed.hedge_ratio.has()) policy.hedge_ratio = *typed.hedge_ratio;
    if (typed.final.has()) policy.final = *typed.final;
    if (typed.initial.has()) {
        const NumberOrWord& initial = *typed.initial;
        policy.initial = initial.word == "trade"      ? InitialMode::trade
                         : initial.word == "in_place" ? InitialMode::in_place
                                                      : InitialMode::units;
        if (policy.initial == InitialMode::units) policy.initial_units = initial.number;
    }
    policy.valuation = valuation_of(typed, calendar);
    set_limits(typed, policy, problems);
    return policy;
}

}  // namespace

std::vector<Policy> validate_policies(const ScenarioSpec& spec, const Calendar& calendar,
                                      const Scenario& scenario, Problems& problems) {
    std::vector<Policy> policies;
    for (const PolicySpec& typed : spec.policies)
        policies.push_back(policy_of(typed, spec, calendar, problems));
    check_valuations(spec, scenario, policies, problems);
    check_leland(spec, scenario, policies, problems);
    return policies;
}

}  // namespace hedgestorm::scenario
