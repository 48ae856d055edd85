// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/displacement.hpp"

#include <fmt/format.h>

namespace hedgestorm::scenario {

namespace {

/// The model moves price + displacement, which is lognormal or nearly so: it has to be above 0.
void check_price(const Field<double>& price, const std::string& key, const MarketSpec& market,
                 Problems& problems) {
    const double displacement = market.displacement.has() ? *market.displacement : 0.0;
    if (!price.has() || *price + displacement > 0.0) return;
    if (displacement == 0.0) {
        problems.add(price.place, key, fmt::format("is {}, must be above 0", *price),
                     "for a price that may be negative, give market.displacement");
    } else {
        problems.add(price.place, key,
                     fmt::format("is {}, must be above {}, where a price with market.displacement "
                                 "= {} ends",
                                 *price, -displacement, displacement));
    }
}

/// Values of options on S are those of options on S + a where holding S costs nothing; a history
/// has returns of S itself; and a perpetual is quoted and funded by fractions of it.
void check_market(const ScenarioSpec& spec, const Scenario& scenario, Problems& problems) {
    const Market& market = scenario.market;
    const Field<double>& displacement = spec.market.displacement;
    const auto refuse = [&](std::string reason, std::string hint) {
        problems.add(displacement.place, "market.displacement", std::move(reason), std::move(hint));
    };
    if (market.model == Model::bootstrap || market.model == Model::replay)
        refuse("does not go with a history: its returns are fractions of the price itself",
               "take it out, or take a model that is not a history");
    if (market.rate != market.dividend_yield)
        refuse(fmt::format("needs dividend_yield = rate, which are {} and {}: what is displaced is "
                           "the price of a future, and a future costs nothing to hold",
                           market.dividend_yield, market.rate),
               fmt::format("set market.dividend_yield = {}", market.rate));
    for (const Hedge& hedge : scenario.hedges)
        if (hedge.instrument == Instrument::perpetual)
            refuse(
                "does not go with a perpetual: its basis and its funding are fractions of a "
                "price that may be 0",
                "hedge with the spot or with a proxy");
}

}  // namespace

void check_displacement(const ScenarioSpec& spec, const Scenario& scenario, Problems& problems) {
    // A displacement that is no number leaves nothing to hold prices against.
    if (spec.market.displacement.typed && !spec.market.displacement.has()) return;
    check_price(spec.market.spot, "market.spot", spec.market, problems);
    for (const OptionSpec& option : spec.book.options)
        check_price(option.strike, option.path + ".strike", spec.market, problems);
    if (spec.market.displacement.has()) check_market(spec, scenario, problems);
}

}  // namespace hedgestorm::scenario
