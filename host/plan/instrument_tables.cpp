// SPDX-License-Identifier: Apache-2.0

#include "host/plan/instrument_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/plan/market_tables.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::Instrument;
using scenario::Scenario;

constexpr double log2_e = std::numbers::log2e;

/// Exact over a step of market time: mean and variance of an Ornstein-Uhlenbeck process, and its
/// correlation with the Brownian increment that moves the spot (docs/model.md, "Hedge instrument").
InstrumentStep<double> basis_step(const scenario::Basis& basis, double clock) {
    if (clock <= 0.0) return {1.0, 0.0, 0.0, 0.0};
    const double kappa = basis.kappa;
    const double decay = std::exp(-kappa * clock);
    const double square = kappa > 0.0 ? -std::expm1(-2.0 * kappa * clock) / (2.0 * kappa) : clock;
    const double overlap = kappa > 0.0 ? -std::expm1(-kappa * clock) / kappa : clock;
    const double deviation = basis.volatility * std::sqrt(square);
    const double correlation =
        std::clamp(basis.correlation * overlap / std::sqrt(clock * square), -1.0, 1.0);
    return {decay, basis.mean * (1.0 - decay), deviation * correlation,
            deviation * std::sqrt(1.0 - correlation * correlation)};
}

/// Exact: geometric Brownian motion, with the same stressed clock as the spot.
InstrumentStep<double> proxy_step(const Scenario& scenario, const GridStep& step,
                                  const StressScript& script) {
    const scenario::Proxy& proxy = *scenario.hedges.front().proxy;
    const double drift = proxy.drift ? *proxy.drift : scenario.market.rate - proxy.dividend_yield;
    const double variance = proxy.volatility * proxy.volatility * step.variance_weight *
                            script.realised_square_integral(step.from, step.to);
    const double deviation = std::sqrt(variance) * log2_e;
    const double regression =
        proxy.correlation * proxy.volatility / diffusive_volatility(scenario.market);
    const double beta = proxy.stress_beta.value_or(regression);
    const double level =
        drift * (step.to - step.from) - 0.5 * variance + beta * script.log_move(step.from, step.to);
    const double rho = proxy.correlation;
    return {1.0, level * log2_e, deviation * rho, deviation * std::sqrt(1.0 - rho * rho)};
}

void make_funding(const scenario::Funding& funding, const Grid& grid,
                  InstrumentTables<double>& tables, FundingParams<double>& params) {
    using scenario::FundingModel;
    switch (funding.model) {
        case FundingModel::premium:
            params.model = hedgestorm::FundingModel::premium;
            break;
        case FundingModel::mean_reverting:
            params.model = hedgestorm::FundingModel::mean_reverting;
            break;
        case FundingModel::known:
            params.model = hedgestorm::FundingModel::known;
            break;
    }
    params.every = funding.every;
    params.interest = funding.interest;
    params.clamp = funding.clamp;
    params.cap = funding.cap;
    params.initial = funding.initial;
    const double kappa = funding.kappa;
    params.decay = std::exp(-kappa * funding.every);
    params.level = funding.mean * (1.0 - params.decay);
    const double square =
        kappa > 0.0 ? -std::expm1(-2.0 * kappa * funding.every) / (2.0 * kappa) : funding.every;
    params.noise = funding.volatility * std::sqrt(square);
    std::uint32_t next = 1;
    for (const GridStep& step : grid.steps) {
        FundingStep<double> at = {(step.to - step.from) / funding.every, 0.0, 0};
        if (std::fabs(step.to - next * funding.every) <= grid.snap) {
            at.stamp = next;
            if (funding.model == FundingModel::known) at.known = funding.rates[next - 1];
            ++next;
        }
        tables.funding.push_back(at);
    }
}

/// Log return of the spot that goes with one of the proxy: rho sigma_S / sigma_F.
double sensitivity(const Scenario& scenario) {
    const auto& proxy = scenario.hedges.front().proxy;
    if (!proxy) return 1.0;
    return proxy->correlation * diffusive_volatility(scenario.market) / proxy->volatility;
}

}  // namespace

bool has_plain_hedge(const Scenario& scenario) {
    return scenario.hedges.front().instrument == Instrument::spot && !costs_to_hold(scenario);
}

bool costs_to_hold(const Scenario& scenario) {
    const scenario::Hedge& hedge = scenario.hedges.front();
    if (hedge.instrument == Instrument::perpetual) return hedge.funding.has_value();
    return hedge.borrow_rate != 0.0 ||
           std::any_of(scenario.stresses.begin(), scenario.stresses.end(),
                       [](const scenario::Stress& s) { return s.borrow_rate != 0.0; });
}

double hedge_dividend_yield(const Scenario& scenario) {
    const scenario::Hedge& hedge = scenario.hedges.front();
    switch (hedge.instrument) {
        case Instrument::perpetual:
            return 0.0;
        case Instrument::proxy:
            return hedge.proxy->dividend_yield;
        case Instrument::spot:
            break;
    }
    return scenario.market.dividend_yield;
}

double initial_price(const Scenario& scenario) {
    const scenario::Hedge& hedge = scenario.hedges.front();
    if (hedge.proxy) return hedge.proxy->price;
    return scenario.market.spot * (1.0 + (hedge.basis ? hedge.basis->initial : 0.0));
}

double initial_units_per_underlying(const Scenario& scenario) {
    if (!scenario.hedges.front().proxy) return 1.0;
    return sensitivity(scenario) * scenario.market.spot / initial_price(scenario);
}

void make_instrument(const Scenario& scenario, const Grid& grid, const StressScript& script,
                     InstrumentTables<double>& tables, InstrumentParams<double>& params) {
    const scenario::Hedge& hedge = scenario.hedges.front();
    params.price = initial_price(scenario);
    params.financed = hedge.instrument == Instrument::perpetual ? 0.0 : 1.0;
    params.costs_to_hold = costs_to_hold(scenario);
    params.borrow = hedge.borrow_rate;
    params.sensitivity = sensitivity(scenario);
    params.kind = InstrumentKind::spot;
    if (hedge.instrument == Instrument::perpetual) {
        params.kind = InstrumentKind::perpetual;
        const scenario::Basis none;
        const scenario::Basis& basis = hedge.basis ? *hedge.basis : none;
        params.initial = basis.initial;
        for (const GridStep& step : grid.steps)
            tables.step.push_back(basis_step(basis, step.clock()));
    }
    if (hedge.instrument == Instrument::proxy) {
        params.kind = InstrumentKind::proxy;
        for (const GridStep& step : grid.steps)
            tables.step.push_back(proxy_step(scenario, step, script));
    }
    if (hedge.funding) make_funding(*hedge.funding, grid, tables, params.funding);
}

void round_instrument(const InstrumentTables<double>& tables,
                      const InstrumentParams<double>& params, InstrumentTables<float>& to,
                      InstrumentParams<float>& out) {
    const auto f = [](double x) { return static_cast<float>(x); };
    for (const auto& s : tables.step)
        to.step.push_back({f(s.decay), f(s.level), f(s.with_spot), f(s.alone)});
    for (const auto& s : tables.funding) to.funding.push_back({f(s.weight), f(s.known), s.stamp});
    const FundingParams<double>& p = params.funding;
    out.kind = params.kind;
    out.costs_to_hold = params.costs_to_hold;
    out.price = f(params.price);
    out.initial = f(params.initial);
    out.financed = f(params.financed);
    out.sensitivity = f(params.sensitivity);
    out.borrow = f(params.borrow);
    out.funding = {p.model,      f(p.every), f(p.interest), f(p.clamp), f(p.cap),
                   f(p.initial), f(p.decay), f(p.level),    f(p.noise), {}};
}

template <class T>
void connect(const InstrumentTables<T>& tables, InstrumentParams<T>& params) {
    params.step = {tables.step.data(), static_cast<std::uint32_t>(tables.step.size())};
    params.funding.step = {tables.funding.data(),
                           static_cast<std::uint32_t>(tables.funding.size())};
}

template void connect(const InstrumentTables<float>& tables, InstrumentParams<float>& params);
template void connect(const InstrumentTables<double>& tables, InstrumentParams<double>& params);

}  // namespace hedgestorm::plan
