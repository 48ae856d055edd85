// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/scenario/displacement.hpp"
#include "host/scenario/hedge.hpp"
#include "host/scenario/history.hpp"
#include "host/scenario/market.hpp"
#include "host/scenario/policy.hpp"
#include "host/scenario/scalar.hpp"
#include "host/scenario/timeline.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t most_decimals = 12;

/// Names tell the tables of one kind apart, so no two are the same.
template <class Spec>
void check_names(const std::vector<Spec>& sections, Problems& problems) {
    std::map<std::string, const Spec*> first;
    for (const Spec& section : sections) {
        if (!section.name.has() || (*section.name).empty()) continue;
        const auto [other, fresh] = first.try_emplace(*section.name, &section);
        if (!fresh)
            problems.add(
                section.name.place, section.path + ".name",
                fmt::format("\"{}\" is the name of {} too", *section.name, other->second->path),
                "names must differ");
    }
}

OptionLeg leg_of(const OptionSpec& typed, const Calendar& calendar, Problems& problems) {
    OptionLeg leg;
    if (typed.name.has()) leg.name = *typed.name;
    if (typed.kind.has()) leg.kind = *typed.kind;
    if (typed.strike.has()) leg.strike = *typed.strike;
    if (typed.multiplier.has()) leg.multiplier = *typed.multiplier;
    if (typed.implied_volatility.has()) leg.implied_volatility = *typed.implied_volatility;
    if (typed.quantity.has()) leg.quantity = *typed.quantity;
    if (typed.quantity.has() && leg.quantity == 0.0)
        problems.add(typed.quantity.place, typed.path + ".quantity", "is 0, must not be",
                     "take the leg out");
    constexpr double longest_expiry = 200.0;  // years
    if (typed.expiry.has()) leg.expiry = calendar.years(*typed.expiry);
    if (leg.expiry > longest_expiry)
        problems.add(
            typed.expiry.place, typed.path + ".expiry",
            fmt::format("is {:.6g} years, must be at most {}", leg.expiry, longest_expiry));
    return leg;
}

Book book_of(const BookSpec& spec, const Calendar& calendar, Problems& problems) {
    Book book;
    if (spec.exit_half_spread_vol.has()) book.exit_half_spread_vol = *spec.exit_half_spread_vol;
    if (spec.premium.has()) {
        const NumberOrWord& premium = *spec.premium;
        book.premium = premium.word == "mark"    ? Premium::mark
                       : premium.word == "model" ? Premium::model
                       : premium.word == "none"  ? Premium::none
                                                 : Premium::amount;
        if (book.premium == Premium::amount) book.premium_amount = premium.number;
    }
    for (const OptionSpec& typed : spec.options)
        book.options.push_back(leg_of(typed, calendar, problems));
    if (book.options.empty() && problems.empty())
        problems.add(spec.place, "book.option", "is missing: the book is empty",
                     "add a [[book.option]], or name a positions file in book.file");
    check_names(spec.options, problems);
    return book;
}

/// Highest strike floats are good for, in spots. A put is worth about its strike, and a float of
/// that size is coarse: measured against double over 30 days, the mean and standard deviation of a
/// hedged put's P&L are off by up to 1e-5 of the spot at 100 spots, 4e-5 at 1000, 2e-4 at 10 000
/// and 0.03 at a million. Up to 1000 that is below half a basis point, the size of the smallest
/// costs.
constexpr double most_spots_in_floats = 1000.0;

void check_strikes(const ScenarioSpec& spec, const Scenario& scenario, Problems& problems) {
    const double displacement = scenario.market.displacement;
    const double spot = scenario.market.spot + displacement;
    if (scenario.simulation.precision == Precision::double_precision || !(spot > 0.0)) return;
    for (const OptionSpec& typed : spec.book.options) {
        if (!typed.strike.has()) continue;
        const double spots = (*typed.strike + displacement) / spot;
        if (spots > most_spots_in_floats)
            problems.add(typed.strike.place, typed.path + ".strike",
                         fmt::format("is {:.6g} times the spot, must be at most {:.0f} times it in "
                                     "single precision: the rounding of a price that large would "
                                     "show in the P&L",
                                     spots, most_spots_in_floats),
                         "set simulation.precision = \"double\"");
    }
}

/// A price under the model needs a formula for it.
void check_premium(const ScenarioSpec& spec, const Scenario& scenario, Problems& problems) {
    if (scenario.book.premium != Premium::model) return;
    if (scenario.market.momentum)
        problems.add(
            spec.book.premium.place, "book.premium",
            "is \"model\", which needs a price in closed form: a market with momentum has none",
            "take \"mark\" or a number, or take [market.momentum] out");
    if (!has_option_price(scenario.market.model))
        problems.add(spec.book.premium.place, "book.premium",
                     "is \"model\", which needs a price in closed form: this market has none",
                     "take \"mark\", \"none\" or an amount");
}

/// The decimal `x` was typed as: the shortest that reads back as it.
Level level_of(double x) {
    const std::string text = shortest(x);
    Level level;
    level.text = text;
    for (const char digit : text.substr(text.find('.') + 1)) {
        level.numerator = level.numerator * 10 + static_cast<std::uint64_t>(digit - '0');
        level.denominator *= 10;
    }
    return level;
}

RiskSettings risk_of(const RiskSpec& spec, Problems& problems) {
    RiskSettings risk;
    if (spec.worst_paths.has()) risk.worst_paths = static_cast<std::uint32_t>(*spec.worst_paths);
    if (spec.columns.has()) risk.columns = *spec.columns;
    if (spec.quantiles.has()) risk.quantiles = *spec.quantiles;
    if (spec.outcomes.has()) risk.outcomes = *spec.outcomes;
    if (spec.explain.has()) risk.explain = *spec.explain;
    const auto ascending = [&](const Field<std::vector<double>>& field, const char* key) {
        const std::vector<double>& values = *field;
        for (std::size_t i = 1; i < values.size(); ++i)
            if (!(values[i - 1] < values[i]))
                problems.add(field.place, fmt::format("risk.{}[{}]", key, i),
                             fmt::format("is {}, not above {} before it", values[i], values[i - 1]),
                             "they must ascend");
    };
    if (spec.loss_limits.has()) {
        ascending(spec.loss_limits, "loss_limits");
        risk.loss_limits = *spec.loss_limits;
    }
    if (!spec.levels.has()) return risk;
    ascending(spec.levels, "levels");
    if ((*spec.levels).empty())
        problems.add(spec.levels.place, "risk.levels", "is empty", "at least one is needed");
    for (const double x : *spec.levels)
        if (shortest(x).size() > most_decimals + 2)
            problems.add(spec.levels.place, "risk.levels",
                         fmt::format("{} has more than {} decimals", x, most_decimals));
        else
            risk.levels.push_back(level_of(x));
    return risk;
}

}  // namespace

Scenario validate(const ScenarioSpec& spec, Problems& problems) {
    Scenario scenario;
    if (spec.name.has()) scenario.name = *spec.name;
    if (spec.description.has()) scenario.description = *spec.description;
    if (spec.severity.has()) scenario.severity = *spec.severity;
    const Field<double>& days = spec.simulation.days_per_year;
    const Calendar calendar(days.has() ? *days : 365.0);
    scenario.simulation = validate_simulation(spec.simulation, calendar, problems);
    scenario.market = validate_market(spec.market, calendar, scenario.simulation, problems);
    scenario.stresses = validate_stresses(spec.stresses, calendar, scenario.simulation.horizon,
                                          scenario.severity, problems);
    check_names(spec.stresses, problems);
    validate_history(spec, calendar, scenario, problems);
    scenario.hedges = validate_hedges(spec, calendar, scenario, problems);
    check_names(spec.hedges, problems);
    scenario.policies = validate_policies(spec, calendar, scenario, problems);
    check_names(spec.policies, problems);
    scenario.risk = risk_of(spec.risk, problems);
    scenario.book = book_of(spec.book, calendar, problems);
    check_displacement(spec, scenario, problems);
    check_premium(spec, scenario, problems);
    check_strikes(spec, scenario, problems);
    return scenario;
}

}  // namespace hedgestorm::scenario
