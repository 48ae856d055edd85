// SPDX-License-Identifier: Apache-2.0

// [[hedge]]: its keys, and the rules that bind them.

#include "host/scenario/hedge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/scenario/sections.hpp"
#include "host/scenario/series_file.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_path = 4096;
constexpr std::size_t longest_column = 200;
constexpr std::size_t longest_time = 64;

constexpr Word<Instrument> instruments[] = {
    {"spot", Instrument::spot}, {"perpetual", Instrument::perpetual}, {"proxy", Instrument::proxy}};
constexpr Word<FundingModel> funding_models[] = {{"premium", FundingModel::premium},
                                                 {"mean_reverting", FundingModel::mean_reverting},
                                                 {"known", FundingModel::known}};

/// A basis may stray this many standard deviations without losing the price's sign.
constexpr double most_deviations = 8.0;

template <class T>
T or_nothing(const Field<T>& field) {
    return field.has() ? *field : T();
}

Costs costs_of(const CostsSpec& spec) {
    constexpr double bps = 1e-4;
    Costs costs;
    costs.half_spread = or_nothing(spec.half_spread_bps) * bps;
    costs.fee = or_nothing(spec.fee_bps) * bps;
    costs.fixed = or_nothing(spec.fixed);
    return costs;
}

/// Whether the market has normals that move its price, which a hedge can be correlated with.
bool has_normals(const Market& market) {
    return market.model != Model::bootstrap && market.model != Model::replay;
}

void check_correlation(const Field<double>& correlation, const std::string& path,
                       const Market& market, Problems& problems) {
    if (!correlation.has() || *correlation == 0.0 || has_normals(market)) return;
    problems.add(correlation.place, path + ".correlation",
                 "needs a market that is moved by normal noise: history is not",
                 "set it to 0, or take another model");
}

Basis basis_of(const BasisSpec& spec, const Market& market, double horizon, Problems& problems) {
    Basis basis;
    basis.kappa = or_nothing(spec.kappa);
    basis.mean = or_nothing(spec.mean);
    basis.volatility = or_nothing(spec.volatility);
    basis.initial = spec.initial.has() ? *spec.initial : basis.mean;
    basis.correlation = or_nothing(spec.correlation);
    check_correlation(spec.correlation, spec.path, market, problems);
    const double kappa = basis.kappa;
    const double variance =
        basis.volatility * basis.volatility *
        (kappa > 0.0 ? -std::expm1(-2.0 * kappa * horizon) / (2.0 * kappa) : horizon);
    const double lowest =
        std::min(basis.mean, basis.initial) - most_deviations * std::sqrt(variance);
    if (lowest <= -1.0)
        problems.add(spec.volatility.typed ? spec.volatility.place : spec.place,
                     spec.path + ".volatility",
                     fmt::format("is {}: {} standard deviations of the basis reach {:.2f} by the "
                                 "horizon, where the hedge would cost less than nothing",
                                 basis.volatility, most_deviations, lowest),
                     "lower it, or raise kappa");
    return basis;
}

Funding funding_of(const FundingSpec& spec, const Calendar& calendar, double horizon,
                   Problems& problems) {
    Funding funding;
    funding.model = or_nothing(spec.model);
    funding.every = spec.every.has() ? calendar.years(*spec.every) : 0.0;
    funding.cap = or_nothing(spec.cap);
    funding.interest = or_nothing(spec.interest);
    funding.clamp = or_nothing(spec.clamp);
    funding.mean = or_nothing(spec.mean);
    funding.kappa = or_nothing(spec.kappa);
    funding.volatility = or_nothing(spec.volatility);
    funding.initial = spec.initial.has() ? *spec.initial : funding.mean;
    funding.rates = or_nothing(spec.rates);
    if (funding.model != FundingModel::known || !(funding.every > 0.0) || !spec.rates.has())
        return funding;
    if (funding.rates.empty() && !problems.empty()) return funding;  // of a file that is refused
    const double needed = std::floor(horizon / funding.every * (1.0 + same_time));
    if (static_cast<double>(funding.rates.size()) < needed)
        problems.add(spec.rates.place, spec.path + ".rates",
                     fmt::format("has {} of the {:.0f} rates until the horizon",
                                 funding.rates.size(), needed),
                     "start earlier in the file, or shorten the horizon");
    return funding;
}

/// How far a proxy goes with the spot beyond their common noise is not known to the scenario.
void check_proxy(const ProxySpec& spec, const Scenario& scenario, Problems& problems) {
    const Market& market = scenario.market;
    const bool jumps =
        market.merton || market.kou || market.hawkes ||
        (market.regime && std::any_of(market.regime->states.begin(), market.regime->states.end(),
                                      [](const RegimeState& s) { return s.intensity > 0.0; }));
    if (jumps)
        problems.add(spec.place, spec.path,
                     "cannot follow a market that jumps: how far a proxy jumps with it is unknown",
                     "take a model without jumps, or a scripted stress and stress_beta");
    check_correlation(spec.correlation, spec.path, market, problems);
    for (const Stress& stress : scenario.stresses)
        if (stress.start != StressStart::at_time && stress.spot_log_move != 0.0) {
            problems.add(spec.place, spec.path,
                         "does not follow a move of the spot at a time that only the path knows",
                         "give the stress a time");
            break;
        }
}

Proxy proxy_of(const ProxySpec& spec, const Scenario& scenario, Problems& problems) {
    check_proxy(spec, scenario, problems);
    Proxy proxy;
    proxy.price = or_nothing(spec.price);
    proxy.volatility = or_nothing(spec.volatility);
    proxy.correlation = or_nothing(spec.correlation);
    if (spec.correlation.has() && proxy.correlation == 0.0)
        problems.add(spec.correlation.place, spec.path + ".correlation",
                     "is 0: such a price hedges nothing", "take a proxy that moves with the spot");
    if (spec.drift.has() && (*spec.drift).word.empty()) proxy.drift = (*spec.drift).number;
    proxy.dividend_yield = or_nothing(spec.dividend_yield);
    if (spec.stress_beta.has()) proxy.stress_beta = *spec.stress_beta;
    return proxy;
}

}  // namespace

void describe(Keys& k, HedgeSpec& s) {
    k.text("name", s.name, longest_name, about("Name a policy refers to."));
    k.choice("instrument", s.instrument, instruments, {"future"},
             about("What is traded: spot (the underlying), perpetual (a perpetual future on it, "
                   "whose price strays by a basis), proxy (something correlated with it)."));
    const auto is = [&](Instrument instrument) {
        return !s.instrument.has() || *s.instrument == instrument;
    };
    const bool known = s.instrument.has();
    k.number("share", s.share, between(1.0, 1.0),
             about("Share of the hedge held in it.").in("fraction"));
    k.number("borrow_rate", s.borrow_rate, between(0.0, 100.0),
             about("Fee for borrowing what is sold short; absent: none.")
                 .in("per year")
                 .only(is(Instrument::spot) || is(Instrument::proxy),
                       "instrument = \"spot\" or \"proxy\""));
    k.table("basis", s.basis,
            about("How its price strays from the spot; absent: not at all.")
                .only(is(Instrument::perpetual), "instrument = \"perpetual\""));
    k.table("funding", s.funding,
            about("What the long side pays the short side; absent: nothing.")
                .only(is(Instrument::perpetual), "instrument = \"perpetual\""));
    k.table("proxy", s.proxy,
            about("The price that is traded.")
                .needed(known)
                .only(is(Instrument::proxy), "instrument = \"proxy\""));
    k.table("costs", s.costs, about("Its own costs; absent: the scenario's [costs]."));
}

void describe(Keys& k, BasisSpec& s) {
    k.number("kappa", s.kappa, between(0.0, 1e6),
             about("Speed at which the price returns to the spot.").in("per year"));
    k.number("mean", s.mean, between(-0.5, 0.5),
             about("Basis it returns to, price / spot - 1.").in("fraction"));
    k.number("volatility", s.volatility, between(0.0, 20.0),
             about("Volatility of the basis.").in("per square-root year"));
    k.number("initial", s.initial, between(-0.5, 0.5),
             about("Basis at time 0; absent: the mean.").in("fraction"));
    k.number("correlation", s.correlation, between(-1.0, 1.0),
             about("Of the basis with the noise that moves the spot."));
}

void describe(Keys& k, FundingSpec& s) {
    k.choice("model", s.model, funding_models, {},
             about("premium (mean basis + clamp(interest - mean basis), as exchanges do), "
                   "mean_reverting (a process of its own), known (a rate for each time)."));
    const auto is = [&](FundingModel model) { return !s.model.has() || *s.model == model; };
    const bool known = s.model.has();
    const char* premium = "model = \"premium\"";
    const char* reverting = "model = \"mean_reverting\"";
    const char* rates = "model = \"known\"";
    const char* per_time = "fraction of notional";
    k.time("every", s.every, above(0.0), about("From one funding time to the next."));
    k.number("cap", s.cap, between(0.0, 1.0),
             about("A rate is at most this, and at least minus this.").in(per_time));
    k.number(
        "interest", s.interest, between(-1.0, 1.0),
        about("Interest part of a rate.").in(per_time).only(is(FundingModel::premium), premium));
    k.number("clamp", s.clamp, between(0.0, 1.0),
             about("Most that interest less mean basis counts.")
                 .in(per_time)
                 .only(is(FundingModel::premium), premium));
    const bool reverts = is(FundingModel::mean_reverting);
    k.number("mean", s.mean, between(-1.0, 1.0),
             about("Rate it returns to.").in(per_time).needed(known).only(reverts, reverting));
    k.number(
        "kappa", s.kappa, between(0.0, 1e6),
        about("Speed at which it returns.").in("per year").needed(known).only(reverts, reverting));
    k.number("volatility", s.volatility, between(0.0, 100.0),
             about("Volatility of the rate.")
                 .in("per square-root year")
                 .needed(known)
                 .only(reverts, reverting));
    k.number("initial", s.initial, between(-1.0, 1.0),
             about("Rate at time 0; absent: the mean.").in(per_time).only(reverts, reverting));
    const bool listed = is(FundingModel::known);
    k.text("file", s.file, longest_path,
           about("A CSV file with a header, a row for each funding time; relative to this file. "
                 "The resolved scenario holds its rates instead.")
               .only(listed, rates));
    k.text("time_column", s.time_column, longest_column,
           about("Name of the column of times: ISO 8601, or whole seconds or milliseconds since "
                 "1970.")
               .only(listed, rates));
    k.text("rate_column", s.rate_column, longest_column,
           about("Name of the column of rates.").only(listed, rates));
    k.text("start", s.start, longest_time,
           about("Time of the row that comes one interval after time 0; absent: the first.")
               .only(listed, rates));
    k.numbers("rates", s.rates, between(-1.0, 1.0), most_prices,
              about("One after another, the first one interval after time 0; instead of file.")
                  .in(per_time)
                  .needed(known)
                  .only(listed, rates));
}

void describe(Keys& k, ProxySpec& s) {
    k.number("price", s.price, above_to(0.0, 1e15),
             about("Price at time 0.").in("base currency").needed());
    k.number("volatility", s.volatility, above_to(0.0, 20.0),
             about("Volatility.").in("per square-root year").needed());
    k.number("correlation", s.correlation, between(-1.0, 1.0),
             about("With the noise that moves the spot.").needed());
    k.number_or_word("drift", s.drift, between(-100.0, 100.0), {{"risk_neutral"}, {}},
                     about("Price drift excluding dividends; risk_neutral: rate - dividend_yield.")
                         .in("per year"));
    k.number("dividend_yield", s.dividend_yield, between(-2.0, 2.0),
             about("Dividend it pays, continuously compounded.").in("per year"));
    k.number("stress_beta", s.stress_beta, between(-100.0, 100.0),
             about("Its log move for one of the spot under a stress; absent: correlation times its "
                   "volatility over the market's."));
}

std::vector<Hedge> validate_hedges(const ScenarioSpec& spec, const Calendar& calendar,
                                   const Scenario& scenario, Problems& problems) {
    const double horizon = scenario.simulation.horizon;
    std::vector<Hedge> hedges;
    for (const HedgeSpec& typed : spec.hedges) {
        Hedge hedge;
        hedge.name = or_nothing(typed.name);
        hedge.instrument = or_nothing(typed.instrument);
        hedge.share = or_nothing(typed.share);
        hedge.borrow_rate = or_nothing(typed.borrow_rate);
        if (typed.basis.present)
            hedge.basis = basis_of(typed.basis, scenario.market, horizon, problems);
        if (typed.funding.present)
            hedge.funding = funding_of(typed.funding, calendar, horizon, problems);
        if (typed.proxy.present) hedge.proxy = proxy_of(typed.proxy, scenario, problems);
        hedge.costs = costs_of(typed.costs.present ? typed.costs : spec.costs);
        hedges.push_back(hedge);
    }
    return hedges;
}

}  // namespace hedgestorm::scenario
