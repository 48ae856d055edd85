// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "host/support/escape.hpp"

namespace hedgestorm::cli {

using risk::Estimate;

namespace {

/// A name as one cell: printable, never a formula, quoted where it must be.
std::string cell(const std::string& name) {
    std::string text = escaped(name);
    if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
        text.insert(0, "'");
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char character : text)
        quoted += character == '"' ? "\"\"" : std::string(1, character);
    return quoted + "\"";
}

std::string number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "";
}

/// The lines about one policy, or about the path itself where the name is empty.
class Lines {
  public:
    Lines(std::string& out, const scenario::RiskSettings& settings, const std::string& policy)
        : out_(out), settings_(settings), policy_(cell(policy)) {}

    void one(const char* outcome, const char* statistic, const Estimate& e,
             const std::string& level = "") {
        out_ += fmt::format("{},{},{},{},{},{},{},{}\n", policy_, outcome, statistic, level,
                            number(e.value), number(e.se), number(e.low), number(e.high));
    }
    void exact(const char* outcome, const char* statistic, double value) {
        out_ += fmt::format("{},{},{},,{},,,\n", policy_, outcome, statistic, number(value));
    }
    void by_level(const char* outcome, const char* statistic, const std::vector<Estimate>& row) {
        for (std::size_t i = 0; i < row.size() && i < settings_.levels.size(); ++i)
            one(outcome, statistic, row[i], settings_.levels[i].text);
    }
    void columns(const std::vector<risk::ColumnRisk>& columns) {
        for (const risk::ColumnRisk& column : columns) {
            const char* name = column_info[static_cast<int>(column.column)].name;
            one(name, "mean", column.mean);
            one(name, "sd", column.sd);
            one(name, "skew", column.skewness);
            one(name, "excess_kurtosis", column.excess_kurtosis);
            exact(name, "min", column.min);
            exact(name, "max", column.max);
            for (std::size_t i = 0; i < column.quantiles.size(); ++i)
                if (i < std::size(risk::quantile_levels))
                    one(name, "quantile", column.quantiles[i], number(risk::quantile_levels[i]));
            by_level(name, "var", column.var);
            by_level(name, "es", column.es);
        }
    }
    void effectiveness(const char* outcome, const risk::Effectiveness& figures) {
        one(outcome, "effectiveness_variance", figures.variance);
        by_level(outcome, "effectiveness_es", figures.es);
    }

  private:
    std::string& out_;
    const scenario::RiskSettings& settings_;
    std::string policy_;
};

}  // namespace

std::string show_csv(const result::Result& result) {
    const scenario::RiskSettings& settings = result.scenario.risk;
    std::string out = "policy,outcome,statistic,level,value,se,low,high\n";
    for (const risk::AccountRisk& account : result.risk.accounts) {
        Lines lines(out, settings, account.policy);
        lines.columns(account.columns);
        for (std::size_t i = 0; i < account.loss_limits.size() && i < settings.loss_limits.size();
             ++i)
            lines.one("pnl", "loss_probability", account.loss_limits[i],
                      number(settings.loss_limits[i]));
        lines.effectiveness("pnl", account.account);
        lines.effectiveness("ideal_pnl", account.twin);
    }
    for (const risk::PairedRisk& pair : result.risk.paired) {
        Lines lines(out, settings, pair.policy);
        lines.one("pnl", "paired_mean", pair.mean_pnl);
        lines.one("total_cost", "paired_mean", pair.mean_total_cost);
        lines.by_level("pnl", "paired_var", pair.var);
        lines.by_level("pnl", "paired_es", pair.es);
    }
    Lines(out, settings, "").columns(result.risk.path);
    return out;
}

}  // namespace hedgestorm::cli
