// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "host/risk/significance.hpp"

namespace hedgestorm::cli {

using Json = nlohmann::ordered_json;
using risk::Estimate;

namespace {

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json estimate(const Estimate& e) {
    return {{"value", number(e.value)},
            {"se", number(e.se)},
            {"low", number(e.low)},
            {"high", number(e.high)}};
}

using Levels = std::vector<scenario::Level>;

Json by_level(const Levels& levels, const std::vector<Estimate>& figures) {
    Json object = Json::object();
    for (std::size_t i = 0; i < levels.size() && i < figures.size(); ++i)
        object[levels[i].text] = estimate(figures[i]);
    return object;
}

Json quantiles(const std::vector<Estimate>& figures) {
    Json object = Json::object();
    for (std::size_t i = 0; i < std::size(risk::quantile_levels) && i < figures.size(); ++i)
        object[fmt::format("{}", risk::quantile_levels[i])] = estimate(figures[i]);
    return object;
}

Json outcomes(const std::vector<risk::ColumnRisk>& columns, const Levels& levels) {
    Json object = Json::object();
    for (const risk::ColumnRisk& column : columns)
        object[column_info[static_cast<int>(column.column)].name] = {
            {"mean", estimate(column.mean)},
            {"sd", estimate(column.sd)},
            {"skew", estimate(column.skewness)},
            {"excess_kurtosis", estimate(column.excess_kurtosis)},
            {"min", number(column.min)},
            {"max", number(column.max)},
            {"quantiles", quantiles(column.quantiles)},
            {"var", by_level(levels, column.var)},
            {"es", by_level(levels, column.es)},
        };
    return object;
}

Json effectiveness(const risk::Effectiveness& figures, const Levels& levels) {
    return {{"variance", estimate(figures.variance)}, {"es", by_level(levels, figures.es)}};
}

Json policy(const risk::AccountRisk& account, const scenario::RiskSettings& settings) {
    Json losses = Json::array();
    for (std::size_t i = 0; i < settings.loss_limits.size() && i < account.loss_limits.size(); ++i)
        losses.push_back({{"loss", number(settings.loss_limits[i])},
                          {"probability", estimate(account.loss_limits[i])}});
    return {{"name", account.policy},
            {"outcomes", outcomes(account.columns, settings.levels)},
            {"effectiveness",
             {{"account", effectiveness(account.account, settings.levels)},
              {"twin", effectiveness(account.twin, settings.levels)}}},
            {"loss_probability", std::move(losses)}};
}

Json by_level(const Levels& levels, const std::vector<bool>& real) {
    Json object = Json::object();
    for (std::size_t i = 0; i < levels.size() && i < real.size(); ++i)
        object[levels[i].text] = static_cast<bool>(real[i]);
    return object;
}

Json paired(const risk::PairedRisk& pair, const risk::PairedSignificance& real,
            const Levels& levels) {
    return {{"policy", pair.policy},
            {"against", pair.against},
            {"mean_pnl", estimate(pair.mean_pnl)},
            {"mean_total_cost", estimate(pair.mean_total_cost)},
            {"var", by_level(levels, pair.var)},
            {"es", by_level(levels, pair.es)},
            {"significant",
             {{"mean_pnl", real.mean_pnl},
              {"mean_total_cost", real.mean_total_cost},
              {"var", by_level(levels, real.var)},
              {"es", by_level(levels, real.es)}}}};
}

Json book(const result::Result& result) {
    const result::InitialBook& book = result.book;
    Json hedges = Json::array();
    for (const double hedge : book.initial_hedge) hedges.push_back(number(hedge));
    return {{"value", number(book.value)},
            {"premium", number(book.premium)},
            {"delta", number(book.delta)},
            {"dollar_gamma", number(book.dollar_gamma)},
            {"vega", number(book.vega)},
            {"theta", number(book.theta)},
            {"gross_notional", number(book.gross_notional)},
            {"gross_units", number(book.gross_units)},
            {"initial_hedge", std::move(hedges)}};
}

Json provenance(const result::Result& result) {
    const result::Provenance& made = result.provenance;
    return {{"version", made.program_version}, {"commit", made.commit},
            {"device", made.device},           {"threads", made.threads},
            {"started", made.started},         {"seconds", number(made.seconds)},
            {"grid_steps", made.grid_steps},   {"sha256", result.scenario.sha256}};
}

}  // namespace

std::string show_json(const result::Result& result) {
    const scenario::RiskSettings& settings = result.scenario.risk;
    Json policies = Json::array(), pairs = Json::array();
    for (const risk::AccountRisk& account : result.risk.accounts)
        policies.push_back(policy(account, settings));
    const auto real = risk::significance(result.risk.paired);
    for (std::size_t i = 0; i < real.size(); ++i)
        pairs.push_back(paired(result.risk.paired[i], real[i], settings.levels));
    const Json summary = {
        {"scenario", result.scenario.name},
        {"paths", result.risk.paths},
        {"steps", result.provenance.rebalance_steps},
        {"seed", std::to_string(result.scenario.simulation.seed)},
        {"engine", result.provenance.engine},
        {"policies", std::move(policies)},
        {"paired", std::move(pairs)},
        {"path", outcomes(result.risk.path, settings.levels)},
        {"notes", result.risk.notes},
        {"flagged", result.risk.flagged},
        {"book", book(result)},
        {"provenance", provenance(result)},
    };
    constexpr bool ascii = true;  // names are untrusted; no terminal interprets an escape
    return summary.dump(2, ' ', ascii, Json::error_handler_t::replace) + "\n";
}

}  // namespace hedgestorm::cli
