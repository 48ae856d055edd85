// SPDX-License-Identifier: Apache-2.0

// [market.regime]: its keys, and the rules that bind them.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "host/scenario/market.hpp"
#include "host/scenario/nearest.hpp"
#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

/// Index of the state of this name, which is a problem where there is none.
std::optional<std::size_t> state_named(const Field<std::string>& name, const std::string& key,
                                       const Regime& regime, Problems& problems) {
    if (!name.has() || regime.states.empty()) return std::nullopt;
    std::vector<std::string> names;
    for (const RegimeState& state : regime.states) names.push_back(state.name);
    const auto found = std::find(names.begin(), names.end(), *name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    problems.add(name.place, key,
                 fmt::format("there is no [[market.regime.state]] named \"{}\"", *name),
                 did_you_mean(*name, names));
    return std::nullopt;
}

RegimeState state_of(const RegimeStateSpec& typed, const Regime& before, Problems& problems) {
    RegimeState state;
    if (typed.name.has()) state.name = *typed.name;
    for (std::size_t i = 0; typed.name.has() && i < before.states.size(); ++i)
        if (before.states[i].name == state.name)
            problems.add(
                typed.name.place, typed.path + ".name",
                fmt::format("\"{}\" is the name of market.regime.state[{}] too", state.name, i),
                "names must differ");
    if (typed.volatility.has()) state.volatility = *typed.volatility;
    if (typed.drift.has()) state.drift = *typed.drift;
    if (typed.half_spread_multiplier.has())
        state.half_spread_multiplier = *typed.half_spread_multiplier;
    if (typed.intensity.has()) state.intensity = *typed.intensity;
    if (typed.jump_mean.has()) state.jump_mean = *typed.jump_mean;
    if (typed.jump_sd.has()) state.jump_sd = *typed.jump_sd;
    const bool sized = state.jump_mean != 0.0 || state.jump_sd != 0.0;
    if (sized && typed.intensity.has() && state.intensity == 0.0)
        problems.add(typed.place, typed.path + ".intensity",
                     "is 0, so that the jumps described never happen",
                     "say how many a year there are, or take jump_mean and jump_sd out");
    return state;
}

}  // namespace

void describe(Keys& k, RegimeSpec& s) {
    k.text("initial", s.initial, longest_name, about("Name of the state at time 0.").needed());
    k.tables("state", s.states, most_regimes, about("What a state is like.").needed());
    k.tables("switch", s.switches, most_regimes * (most_regimes - 1),
             about("How often the market goes from a state to another; a pair not named: never."));
}

void describe(Keys& k, RegimeStateSpec& s) {
    k.text("name", s.name, longest_name, about("Names differ.").needed());
    k.number("volatility", s.volatility, above_to(0.0, 20.0),
             about("Diffusive volatility of the open, unstressed market in this state.")
                 .in("per square-root year")
                 .needed());
    k.number("drift", s.drift, between(-100.0, 100.0),
             about("Added to the market's drift in this state; a price that is to be risk neutral "
                   "has none.")
                 .in("per year"));
    k.number("half_spread_multiplier", s.half_spread_multiplier, above_to(0.0, 1000.0),
             about("Scales the half-spread of hedge trades in this state."));
    k.number("intensity", s.intensity, between(0.0, 1e6),
             about("Mean number of lognormal jumps in this state.").in("per year"));
    k.number("jump_mean", s.jump_mean, between(-5.0, 5.0),
             about("Mean of ln(price after / before).").in("log"));
    k.number("jump_sd", s.jump_sd, between(0.0, 5.0),
             about("Standard deviation of ln(price after / before).").in("log"));
}

void describe(Keys& k, RegimeSwitchSpec& s) {
    k.text("from", s.from, longest_name, about("Name of the state that is left.").needed());
    k.text("to", s.to, longest_name, about("Name of the state that follows.").needed());
    k.number("rate_per_year", s.rate_per_year, between(0.0, 1e6),
             about("Mean number of such switches per year spent in `from`, in market time.")
                 .in("per year")
                 .needed());
}

Regime validate_regime(const RegimeSpec& spec, Problems& problems) {
    Regime regime;
    for (const RegimeStateSpec& typed : spec.states)
        regime.states.push_back(state_of(typed, regime, problems));
    const std::size_t n = regime.states.size();
    regime.rates.assign(n, std::vector<double>(n, 0.0));
    regime.initial =
        state_named(spec.initial, "market.regime.initial", regime, problems).value_or(0);
    std::vector<std::pair<std::size_t, std::size_t>> known;
    for (const RegimeSwitchSpec& typed : spec.switches) {
        const auto from = state_named(typed.from, typed.path + ".from", regime, problems);
        const auto to = state_named(typed.to, typed.path + ".to", regime, problems);
        if (!from || !to) continue;
        if (*from == *to) {
            problems.add(typed.to.place, typed.path + ".to",
                         fmt::format("is the state \"{}\" that is left", *typed.to));
            continue;
        }
        if (std::find(known.begin(), known.end(), std::pair(*from, *to)) != known.end())
            problems.add(typed.place, typed.path,
                         fmt::format("says again how the market goes from \"{}\" to \"{}\"",
                                     *typed.from, *typed.to),
                         "keep one of the two");
        known.emplace_back(*from, *to);
        if (typed.rate_per_year.has()) regime.rates[*from][*to] = *typed.rate_per_year;
    }
    return regime;
}

}  // namespace hedgestorm::scenario
