// SPDX-License-Identifier: Apache-2.0

#include "host/plan/initial_book.hpp"

#include <cmath>

#include "host/plan/black_scholes.hpp"
#include "host/plan/model_price.hpp"

namespace hedgestorm::plan {

using scenario::OptionLeg;
using scenario::Scenario;

namespace {

BlackScholes greeks(const Scenario& scenario, const OptionLeg& leg, double volatility) {
    return black_scholes(leg.kind, scenario.market.spot, leg.strike, leg.expiry, volatility,
                         scenario.market.rate, scenario.market.dividend_yield);
}

}  // namespace

InitialBook make_initial_book(const Scenario& scenario, const Grid& grid) {
    InitialBook book;
    const double spot = scenario.market.spot;
    double gamma = 0.0;
    for (const OptionLeg& leg : scenario.book.options) {
        const double units = leg.quantity * leg.multiplier;
        const BlackScholes at = greeks(scenario, leg, leg.implied_volatility);
        book.value += units * at.value;
        book.delta += units * at.delta;
        gamma += units * at.gamma;
        book.vega += units * at.vega * 0.01;
        book.theta += units * at.theta / scenario.simulation.days_per_year;
        book.gross_units += std::abs(units);
    }
    book.dollar_gamma = gamma * spot * spot / 100.0;
    book.gross_notional = book.gross_units * spot;
    switch (scenario.book.premium) {
        case scenario::Premium::mark:
            book.premium = -book.value;
            break;
        case scenario::Premium::model:
            for (const OptionLeg& leg : scenario.book.options) {
                book.premium -= leg.quantity * leg.multiplier *
                                model_price(scenario, leg, grid.clock_until(leg.expiry));
            }
            break;
        case scenario::Premium::none:
            book.premium = 0.0;
            break;
        case scenario::Premium::amount:
            book.premium = scenario.book.premium_amount;
            break;
    }
    return book;
}

double initial_relative_vega(const Scenario& scenario) {
    double vega = 0.0;
    for (const OptionLeg& leg : scenario.book.options) {
        vega += leg.quantity * leg.multiplier * greeks(scenario, leg, leg.implied_volatility).vega *
                leg.implied_volatility;
    }
    return vega;
}

}  // namespace hedgestorm::plan
