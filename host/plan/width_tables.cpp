// SPDX-License-Identifier: Apache-2.0

#include "host/plan/width_tables.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/black_scholes.hpp"
#include "host/plan/market_tables.hpp"

namespace hedgestorm::plan {

using scenario::OptionLeg;
using scenario::Policy;
using scenario::Scenario;

namespace {

BlackScholes greeks(const Scenario& scenario, const OptionLeg& leg, double volatility) {
    return black_scholes(leg.kind, scenario.market.spot, leg.strike, leg.expiry, volatility,
                         scenario.market.rate, scenario.market.dividend_yield);
}

}  // namespace

double assumed_cost(const Scenario& scenario, const Policy& policy) {
    if (policy.assumed_cost) return *policy.assumed_cost;
    const auto& costs = scenario.hedges.front().costs;
    return costs.half_spread * initial_spread_multiplier(scenario.market) + costs.fee;
}

BandTable Bands::table_of(const Policy& policy, const InitialBook& book) const {
    switch (policy.rule) {
        case scenario::Rule::whalley_wilmott:
            return whalley_wilmott(policy);
        case scenario::Rule::zakamouline:
            return zakamouline(policy);
        case scenario::Rule::variance_scaled:
            return variance_scaled(policy);
        case scenario::Rule::hybrid: {
            const bool dollar = policy.half_width_unit == scenario::HalfWidthUnit::dollar;
            const bool relative = policy.half_width_unit == scenario::HalfWidthUnit::relative;
            const double width = policy.half_width * (relative ? book.gross_units : 1.0);
            return each_step(dollar ? Width::dollars : Width::units, [&](std::size_t) {
                return WidthStep<double>{width, 0.0, 0.0};
            });
        }
        case scenario::Rule::none:
        case scenario::Rule::static_:
        case scenario::Rule::interval:
        case scenario::Rule::band:
        case scenario::Rule::price_move:
        case scenario::Rule::leland:
            break;
    }
    return {};
}

double Bands::initial_scale(const Policy& policy) const {
    if (policy.rule != scenario::Rule::zakamouline) return 1.0;
    double gamma = 0.0;
    double life = 0.0;
    for (const OptionLeg& leg : scenario_.book.options) {
        const double volatility = valuations_.initial_volatility(leg, policy.valuation);
        gamma += leg.quantity * leg.multiplier * greeks(scenario_, leg, volatility).gamma;
        life = std::max(life, leg.expiry);
    }
    // As on the path (kernels/path/targets/zakamouline.hpp), floor included.
    const double relative = std::abs(gamma) * scenario_.market.spot;
    const double k = zakamouline_shift(policy, life) * std::pow(relative, 0.15);
    return std::sqrt(std::max(gamma > 0.0 ? 1.0 - k : 1.0 + k, 0.01));
}

template <class RowAt>
BandTable Bands::each_step(Width kind, const RowAt& row_at) const {
    BandTable table;
    table.kind = kind;
    for (std::size_t i = 0; i < grid_.steps.size(); ++i) table.step.push_back(row_at(i));
    return table;
}

/// H = (c e^{-r tau} kappa S Gamma^2 / a)^{1/3}, of which the path adds (g^2 S_0 / S)^{1/3}, g =
/// Gamma S.
BandTable Bands::whalley_wilmott(const Policy& policy) const {
    const double weight = policy.coefficient * assumed_cost(scenario_, policy) /
                          (policy.risk_aversion * scenario_.market.spot);
    return each_step(Width::whalley_wilmott, [&](std::size_t i) {
        const double life = life_after(i);
        if (life == 0.0) return WidthStep<double>{};
        return WidthStep<double>{std::cbrt(weight * std::exp(-scenario_.market.rate * life)), 0.0,
                                 0.0};
    });
}

BandTable Bands::zakamouline(const Policy& policy) const {
    const double cost = assumed_cost(scenario_, policy);
    const double a = policy.risk_aversion;
    const double volatility = book_volatility(policy);
    return each_step(Width::zakamouline, [&](std::size_t i) {
        const double life = life_after(i);
        if (life == 0.0) return WidthStep<double>{};
        const double discount = std::exp(-scenario_.market.rate * life);
        const double band = policy.band_coefficient * std::pow(cost, 0.31) * std::pow(life, 0.05) *
                            std::pow(discount / volatility, 0.25) / std::sqrt(a);
        return WidthStep<double>{band, cost / (a * volatility * volatility * life),
                                 zakamouline_shift(policy, life)};
    });
}

double Bands::zakamouline_shift(const Policy& policy, double life) const {
    const double discount = std::exp(-scenario_.market.rate * life);
    return policy.volatility_coefficient * std::pow(assumed_cost(scenario_, policy), 0.78) *
           std::pow(life, -0.02) * std::pow(discount / book_volatility(policy), 0.25) *
           std::pow(policy.risk_aversion * scenario_.market.spot, 0.15);
}

/// The budget over the volatility, where that is known; elsewhere the path divides by its own.
BandTable Bands::variance_scaled(const Policy& policy) const {
    if (valuations_.is_volatility_on_path()) {
        return each_step(Width::risk, [&](std::size_t) {
            return WidthStep<double>{policy.budget, 0.0, 0.0};
        });
    }
    return each_step(Width::dollars, [&](std::size_t i) {
        const double volatility =
            scenario_.market.volatility * script_.realised_multiplier(grid_.steps[i].to);
        return WidthStep<double>{policy.budget / std::max(volatility, least_volatility), 0.0, 0.0};
    });
}

double Bands::book_volatility(const Policy& policy) const {
    double sum = 0.0;
    double weights = 0.0;
    for (const OptionLeg& leg : scenario_.book.options) {
        const double volatility = valuations_.initial_volatility(leg, policy.valuation);
        const double weight =
            std::abs(leg.quantity * leg.multiplier * greeks(scenario_, leg, volatility).vega);
        sum += weight * volatility;
        weights += weight;
    }
    if (weights > 0.0) return sum / weights;
    // Legs so far from the money that none has a vega: any of their volatilities will do.
    return valuations_.initial_volatility(scenario_.book.options.front(), policy.valuation);
}

double Bands::life_after(std::size_t step) const {
    if (layout_.alive_after(step) == 0) return 0.0;
    return layout_.life(grid_.steps[step], 0);  // expiries stand latest first
}

}  // namespace hedgestorm::plan
