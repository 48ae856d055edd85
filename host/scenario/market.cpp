// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/market.hpp"

namespace hedgestorm::scenario {

namespace {

template <class T>
T or_nothing(const Field<T>& field) {
    return field.has() ? *field : T();
}

Heston heston_of(const HestonSpec& spec, const Calendar& calendar) {
    Heston heston;
    heston.kappa = or_nothing(spec.kappa);
    heston.theta = or_nothing(spec.theta);
    heston.xi = or_nothing(spec.xi);
    heston.rho = or_nothing(spec.rho);
    heston.initial_variance = or_nothing(spec.initial_variance);
    heston.scheme = or_nothing(spec.scheme);
    heston.longest_step = calendar.years(or_nothing(spec.longest_step));
    return heston;
}

}  // namespace

bool has_option_price(Model model) {
    return model == Model::gbm || model == Model::merton || model == Model::kou ||
           model == Model::heston || model == Model::bates;
}

Market validate_market(const MarketSpec& spec, const Calendar& calendar,
                       const Simulation& simulation, Problems& problems) {
    Market market;
    market.model = or_nothing(spec.model);
    market.spot = or_nothing(spec.spot);
    market.displacement = or_nothing(spec.displacement);
    market.rate = or_nothing(spec.rate);
    market.dividend_yield = or_nothing(spec.dividend_yield);
    if (spec.drift.has() && (*spec.drift).word.empty()) market.drift = (*spec.drift).number;
    market.volatility = or_nothing(spec.volatility);
    if (spec.heston.present) market.heston = heston_of(spec.heston, calendar);
    if (const MertonSpec& jumps = spec.merton; jumps.present) {
        market.merton = {or_nothing(jumps.intensity), or_nothing(jumps.jump_mean),
                         or_nothing(jumps.jump_sd)};
    }
    if (const KouSpec& jumps = spec.kou; jumps.present) {
        market.kou = {or_nothing(jumps.intensity), or_nothing(jumps.up_probability),
                      or_nothing(jumps.eta1), or_nothing(jumps.eta2)};
    }
    if (const MomentumSpec& m = spec.momentum; m.present) {
        market.momentum = {or_nothing(m.kappa), or_nothing(m.volatility), or_nothing(m.initial)};
    }
    if (spec.regime.present) market.regime = validate_regime(spec.regime, problems);
    if (spec.garch.present)
        market.garch = validate_garch(spec.garch, calendar, simulation, problems);
    return market;
}

}  // namespace hedgestorm::scenario
