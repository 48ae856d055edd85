// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/unread.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hedgestorm::scenario {

namespace {

struct Condition {
    const char* key;
    bool (*is_in)(const Stress& stress);
    bool (*is_read)(const Hedge& hedge) = [](const Hedge&) { return false; };
};

bool has_basis(const Hedge& hedge) {
    return hedge.instrument != Instrument::spot;
}
bool has_funding(const Hedge& hedge) {
    return hedge.funding.has_value();
}
bool is_borrowed(const Hedge& hedge) {
    return hedge.instrument != Instrument::perpetual;
}

/// In the order of the documentation.
constexpr Condition all[] = {
    {"depth_multiplier", [](const Stress& s) { return s.depth_multiplier != 1.0; }},
    {"latency_multiplier", [](const Stress& s) { return s.latency_multiplier != 1.0; }},
    {"basis_move", [](const Stress& s) { return s.basis_move != 0.0; }, has_basis},
    {"funding_rate", [](const Stress& s) { return s.funding_rate != 0.0; }, has_funding},
    {"borrow_rate", [](const Stress& s) { return s.borrow_rate != 0.0; }, is_borrowed},
    {"outage", [](const Stress& s) { return s.outage; }},
    {"collateral_peg", [](const Stress& s) { return !s.collateral_peg.empty(); }},
    {"auto_deleverage", [](const Stress& s) { return s.auto_deleverage > 0.0; }},
    {"venue_failure", [](const Stress& s) { return s.venue_recovery.has_value(); }},
};

}  // namespace

std::vector<std::string> unread_conditions(const Scenario& scenario) {
    std::vector<std::string> sentences;
    for (const Condition& condition : all) {
        if (std::any_of(scenario.hedges.begin(), scenario.hedges.end(), condition.is_read))
            continue;
        std::string where;
        for (std::size_t i = 0; i < scenario.stresses.size(); ++i) {
            const Stress& stress = scenario.stresses[i];
            if (!condition.is_in(stress)) continue;
            if (!where.empty()) where += ", ";
            where += stress.name.empty() ? fmt::format("stress[{}]", i)
                                         : fmt::format("stress \"{}\"", stress.name);
        }
        if (where.empty()) continue;
        sentences.push_back(
            fmt::format("{} of {} is carried with the market, but nothing in this scenario reads "
                        "it: it changes no figure",
                        condition.key, where));
    }
    return sentences;
}

}  // namespace hedgestorm::scenario
