// SPDX-License-Identifier: Apache-2.0

// The keys of [market] and of its models. Parameters have their names from the literature
// (docs/model.md).

#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr Range a_volatility = above_to(0.0, 20.0);
constexpr Range a_rate = between(-2.0, 2.0);
constexpr Range a_speed = above_to(0.0, 1e5);
constexpr Range a_variance = between(0.0, 400.0);
constexpr Range a_jump = between(-5.0, 5.0);
constexpr Range an_intensity = between(0.0, 1e6);

constexpr Word<Model> models[] = {
    {"gbm", Model::gbm},       {"merton", Model::merton}, {"kou", Model::kou},
    {"heston", Model::heston}, {"bates", Model::bates},   {"regime", Model::regime},
    {"garch", Model::garch},   {"hawkes", Model::hawkes}, {"bootstrap", Model::bootstrap},
    {"replay", Model::replay}};
constexpr Word<HestonScheme> schemes[] = {
    {"quadratic_exponential", HestonScheme::quadratic_exponential},
    {"full_truncation", HestonScheme::full_truncation}};

}  // namespace

std::string_view name_of(Model model) {
    for (const Word<Model>& word : models)
        if (word.value == model) return word.name;
    return "";
}

void describe(Keys& k, MarketSpec& s) {
    k.choice("model", s.model, models, {},
             about("How the price moves: gbm (geometric Brownian motion), merton or kou (with "
                   "jumps), heston (with stochastic variance), bates (with both), regime (by a "
                   "Markov chain of states), garch (with a variance that answers to returns), "
                   "hawkes (with jumps that excite further ones), bootstrap (blocks of a series' "
                   "returns), replay (a series itself)."));
    k.number("spot", s.spot, between(-1e15, 1e15),
             about("Price of the underlying at time 0, above -displacement.")
                 .in("base currency")
                 .needed());
    k.number("displacement", s.displacement, between(-1e15, 1e15),
             about("spot + displacement follows the model, so that the price may fall to "
                   "-displacement; volatilities, moves and costs are fractions of the sum. Needs "
                   "rate = dividend_yield. Absent: 0, and the price stays above 0.")
                 .in("base currency"));
    const bool drifts = !s.model.has() || *s.model != Model::replay;
    k.number_or_word("drift", s.drift, between(-100.0, 100.0), {{"risk_neutral"}, {}},
                     about("Price drift excluding dividends; risk_neutral: rate - dividend_yield.")
                         .in("per year")
                         .only(drifts, "any model but \"replay\", whose drift is the series'"));
    k.number("rate", s.rate, a_rate,
             about("Interest on cash, continuously compounded.").in("per year"));
    k.number("dividend_yield", s.dividend_yield, a_rate,
             about("Dividend, staking or foreign rate of the underlying, continuously compounded.")
                 .in("per year"));
    const auto is = [&](Model model) { return !s.model.has() || *s.model == model; };
    const bool variance = is(Model::heston) || is(Model::bates);
    const bool constant =
        is(Model::gbm) || is(Model::merton) || is(Model::kou) || is(Model::hawkes);
    const bool series = is(Model::bootstrap) || is(Model::replay);
    const bool known = s.model.has();
    k.number("volatility", s.volatility, a_volatility,
             about("Diffusive volatility of the open, unstressed market.")
                 .in("per square-root year")
                 .needed(known)
                 .only(constant, "model = \"gbm\", \"merton\", \"kou\" or \"hawkes\""));
    k.table("heston", s.heston,
            about("Stochastic variance: dv = kappa (theta - v) dt + xi sqrt(v) dW.")
                .needed(known)
                .only(variance, "model = \"heston\" or \"bates\""));
    k.table("merton", s.merton,
            about("Lognormal jumps.")
                .needed(known)
                .only(is(Model::merton) || is(Model::bates), "model = \"merton\" or \"bates\""));
    k.table(
        "kou", s.kou,
        about("Double exponential jumps.").needed(known).only(is(Model::kou), "model = \"kou\""));
    k.table("regime", s.regime,
            about("A Markov chain of states, each with a volatility of its own.")
                .needed(known)
                .only(is(Model::regime), "model = \"regime\""));
    k.table("garch", s.garch,
            about("Variance of a period from the return and the variance of the one before.")
                .needed(known)
                .only(is(Model::garch), "model = \"garch\""));
    k.table("hawkes", s.hawkes,
            about("Lognormal jumps that excite further ones.")
                .needed(known)
                .only(is(Model::hawkes), "model = \"hawkes\""));
    k.table("series", s.series,
            about("A history of prices, from a CSV file or written out.")
                .needed(known)
                .only(series, "model = \"bootstrap\" or \"replay\""));
    k.table("bootstrap", s.bootstrap,
            about("Stationary block bootstrap of the series' log returns.")
                .needed(known)
                .only(is(Model::bootstrap), "model = \"bootstrap\""));
    k.table("replay", s.replay,
            about("Which part of the series is replayed; absent: from its first price on.")
                .only(is(Model::replay), "model = \"replay\""));
    k.table("momentum", s.momentum,
            about("An addition m to the drift that reverts to 0: dm = -kappa m dt + volatility "
                  "dW; with any model."));
}

void describe(Keys& k, HestonSpec& s) {
    k.number("kappa", s.kappa, a_speed,
             about("Speed at which the variance reverts to theta.").in("per year").needed());
    k.number("theta", s.theta, a_variance, about("Long-run variance.").in("per year").needed());
    k.number("xi", s.xi, above_to(0.0, 100.0),
             about("Volatility of the variance.").in("per year").needed());
    k.number("rho", s.rho, between(-1.0, 1.0),
             about("Correlation of the variance with the spot.").needed());
    k.number("initial_variance", s.initial_variance, a_variance,
             about("Variance at time 0.").in("per year").needed());
    k.choice("scheme", s.scheme, schemes, {},
             about("quadratic_exponential (Andersen's QE-M) or full_truncation (Euler)."));
    k.time("longest_step", s.longest_step, above(0.0),
           about("Longer rebalance intervals are divided on the grid, for the scheme's sake."));
}

void describe(Keys& k, MertonSpec& s) {
    k.number("intensity", s.intensity, an_intensity,
             about("Mean number of jumps, lambda.").in("per year").needed());
    k.number("jump_mean", s.jump_mean, a_jump,
             about("Mean of ln(price after / before).").in("log").needed());
    k.number("jump_sd", s.jump_sd, between(0.0, 5.0),
             about("Standard deviation of ln(price after / before).").in("log").needed());
}

void describe(Keys& k, KouSpec& s) {
    k.number("intensity", s.intensity, an_intensity,
             about("Mean number of jumps, lambda.").in("per year").needed());
    k.number("up_probability", s.up_probability, between(0.0, 1.0),
             about("Probability p that a jump goes up.").in("fraction").needed());
    k.number("eta1", s.eta1, above_to(1.0, 1e6),
             about("Upward log jumps are exponential with mean 1/eta1; above 1, or the price has "
                   "no mean.")
                 .in("1/log")
                 .needed());
    k.number("eta2", s.eta2, above_to(0.0, 1e6),
             about("Downward log jumps are exponential with mean 1/eta2.").in("1/log").needed());
}

void describe(Keys& k, MomentumSpec& s) {
    k.number("kappa", s.kappa, a_speed,
             about("Speed at which the momentum reverts to 0.").in("per year").needed());
    k.number("volatility", s.volatility, between(0.0, 1e6),
             about("Volatility of the momentum.").in("per year^(3/2)").needed());
    k.number("initial", s.initial, between(-100.0, 100.0),
             about("Momentum at time 0.").in("per year"));
}

}  // namespace hedgestorm::scenario
