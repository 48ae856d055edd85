// SPDX-License-Identifier: Apache-2.0
#include "host/fit/market_block.hpp"

#include <fmt/format.h>

#include <cmath>

#include "host/fit/calibrate.hpp"
#include "host/plan/plan.hpp"
#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::fit {

namespace {

/// A scenario around a block, of ten rebalance intervals as long as the history's rows.
constexpr const char* around = R"(
[simulation]
paths = 1
horizon_hours = {}
steps = 10
seed = 1
[[book.option]]
kind = "call"
strike = 1.0
expiry_hours = {}
quantity = 1.0
implied_volatility = 0.5
[[policy]]
name = "none"
rule = "none"
)";

std::string error_comment(double se) {
    return std::isfinite(se) ? fmt::format("± {:.2g}", se) : "± n/a";
}

/// TOML with as many digits as keep a persistence below 1 below 1.
std::string number(double value) {
    std::string text = fmt::format("{:.9g}", value);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string line(const std::string& key, const std::string& value, const std::string& comment) {
    const std::string start = fmt::format("{} = {}", key, value);
    return comment.empty() ? start + "\n" : fmt::format("{:<36}# {}\n", start, comment);
}

scenario::Scenario scenario_with(const std::string& block, const Returns& returns) {
    const double horizon = 10.0 * returns.spacing_hours;
    return scenario::load_text(
        "name = \"a check\"\n" + block + fmt::format(around, horizon, horizon), "the fitted block");
}

}  // namespace

std::string label_of(const Entry& entry) {
    if (!entry.label.empty()) return entry.label;
    constexpr std::string_view nested = "[market.";
    if (!entry.table.starts_with(nested)) return entry.key;
    std::string table = entry.table.substr(nested.size());
    table.pop_back();
    return table + "." + entry.key;
}

std::string market_block(const Fit& fit, const Returns& returns, const std::string& history,
                         Drift drift) {
    std::string name;
    for (const std::string& model : fitted_models())
        if (model_named(model) == fit.model) name = model;
    std::string text =
        fmt::format("{}: {}\n# {} returns of {}, {} to {}\n", block_signature, escaped(history),
                    returns.size(), scenario::duration_in_words(returns.spacing_hours * 3.6e6),
                    scenario::shown(returns.first), scenario::shown(returns.last));
    text += fmt::format("# By {}; ± is a standard error.\n", fit.brief);
    text += fmt::format("[market]\nmodel = \"{}\"\n", name);
    text += line("spot", number(returns.last_price), "the last price");
    std::string table = "[market]";
    for (std::size_t i = 0; i < fit.entries.size(); ++i) {
        const Entry& entry = fit.entries[i];
        // Each state and each switch is a table of its own, which its first key begins.
        const bool repeats =
            entry.table.starts_with("[[") && (entry.key == "name" || entry.key == "from");
        if (entry.table != table || repeats) text += "\n" + entry.table + "\n";
        table = entry.table;
        const std::string comment =
            entry.text.empty()
                ? error_comment(fit.se[i]) + (entry.unit.empty() ? "" : " " + entry.unit)
                : "";
        if (entry.key == "drift" && drift == Drift::risk_neutral)
            text += line("drift", "\"risk_neutral\"",
                         fmt::format("estimated: {:.3g} {}", entry.value, comment));
        else
            text += line(entry.key, entry.text.empty() ? number(entry.value) : entry.text, comment);
    }
    return text;
}

void require_accepted(const std::string& block, const Returns& returns) {
    try {
        scenario_with(block, returns);
    } catch (const ScenarioError& error) {
        throw EngineError(fmt::format(
            "the estimates are outside what a scenario takes (another --model may fit better):\n{}",
            error.what()));
    }
}

std::string refused_by_run(const std::string& block, const Returns& returns) {
    const scenario::Scenario scenario = scenario_with(block, returns);
    try {
        const plan::Plan plan(scenario);
    } catch (const ScenarioError& error) {
        const Problem& problem = error.problems().front();
        return fmt::format(
            "a run with rebalance intervals as long as the rows refuses this market: {} {} "
            "({})",
            problem.key, problem.message, problem.hint);
    } catch (const CapacityError& error) {
        return fmt::format(
            "a run with rebalance intervals as long as the rows refuses this market: {}",
            error.what());
    }
    return {};
}

}  // namespace hedgestorm::fit
