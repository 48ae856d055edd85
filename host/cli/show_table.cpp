// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "host/cli/page.hpp"
#include "host/cli/show_text.hpp"
#include "host/risk/significance.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {

using risk::AccountRisk;
using risk::ColumnRisk;
using risk::Estimate;

namespace {

std::string rate(double per_second) {
    if (per_second >= 1e9) return fmt::format("{:.3g} billion", per_second / 1e9);
    if (per_second >= 1e6) return fmt::format("{:.3g} million", per_second / 1e6);
    return plain_number(per_second, 3);
}

void header(Page& page, const result::Result& result) {
    const result::Provenance& made = result.provenance;
    page.title(escaped(result.scenario.name));
    std::vector<std::string> items = {
        counted(result.risk.paths, "path"), counted(made.grid_steps, "step"),
        fmt::format("seed {}", result.scenario.simulation.seed),
        escaped(made.engine) + (made.device.empty() ? "" : " on " + escaped(made.device)),
        counted(static_cast<std::uint64_t>(made.threads), "thread")};
    if (made.seconds > 0.0) {
        const double steps =
            static_cast<double>(result.risk.paths) * static_cast<double>(made.grid_steps);
        items.push_back(fmt::format("{} s", plain_number(made.seconds, 3)));
        items.push_back(rate(steps / made.seconds) + " path-steps/s");
    }
    if (result.risk.flagged > 0) items.push_back(counted(result.risk.flagged, "path") + " flagged");
    page.items(items);
    const result::InitialBook& book = result.book;
    page.items({"book at t_0: value " + plain_number(book.value),
                "premium " + plain_number(book.premium), "delta " + plain_number(book.delta),
                "gamma " + plain_number(book.dollar_gamma) + " per 1 %",
                "vega " + plain_number(book.vega) + " per vol point",
                "theta " + plain_number(book.theta) + " per day",
                "gross notional " + plain_number(book.gross_notional)});
}

/// Columns of the main table: a row per policy, then the book without a hedge.
class MainTable {
  public:
    explicit MainTable(const result::Result& result)
        : accounts_(result.risk.accounts), settings_(result.scenario.risk) {
        unhedged_ = find(result.risk.path, Column::unhedged_pnl);
    }

    std::vector<std::string> rows() const {
        std::vector<std::string> names;
        for (const AccountRisk& account : accounts_) names.push_back(account.policy);
        if (unhedged_ != nullptr) names.emplace_back("(unhedged)");
        return names;
    }

    std::vector<TableColumn> columns() {
        outcome("mean P&L", Column::pnl, unhedged_,
                [](const ColumnRisk& c) { return with_error(c.mean); });
        outcome("sd", Column::pnl, unhedged_, [](const ColumnRisk& c) { return with_error(c.sd); });
        if (const auto level = headline(settings_.levels)) {
            const std::string percents = percent(settings_.levels[*level].text);
            outcome("VaR " + percents, Column::pnl, unhedged_,
                    [&](const ColumnRisk& c) { return at(c.var, *level); });
            outcome("ES " + percents, Column::pnl, unhedged_,
                    [&](const ColumnRisk& c) { return at(c.es, *level); });
        }
        const auto mean = [](const ColumnRisk& c) { return with_error(c.mean); };
        outcome("total cost", Column::total_cost, nullptr, mean);
        outcome("slippage", Column::hedge_slippage, nullptr, mean);
        outcome("trades", Column::trades, nullptr, mean);
        outcome("residual delta rms", Column::residual_delta_rms, nullptr, mean);
        effectiveness();
        loss_limits();
        std::erase_if(columns_, [](const TableColumn& column) { return column.empty(); });
        return std::move(columns_);
    }

  private:
    static std::string at(const std::vector<Estimate>& row, std::size_t level) {
        return level < row.size() ? with_interval(row[level]) : "n/a";
    }
    void outcome(const std::string& title, Column column, const ColumnRisk* unhedged,
                 const std::function<std::string(const ColumnRisk&)>& shown) {
        TableColumn made = {title, {}};
        for (const AccountRisk& account : accounts_) {
            const ColumnRisk* risk = find(account.columns, column);
            made.cells.push_back(risk != nullptr ? std::optional(shown(*risk)) : std::nullopt);
        }
        finish(made, unhedged != nullptr ? std::optional(shown(*unhedged)) : std::nullopt);
    }
    void effectiveness() {
        TableColumn made = {"effectiveness", {}};
        for (const AccountRisk& account : accounts_) {
            const Estimate& figure = account.account.variance;
            made.cells.push_back(std::isnan(figure.value) ? std::nullopt
                                                          : std::optional(with_error(figure)));
        }
        finish(made, std::nullopt);
    }
    void loss_limits() {
        for (std::size_t i = 0; i < settings_.loss_limits.size(); ++i) {
            TableColumn made = {"P(loss > " + plain_number(settings_.loss_limits[i]) + ")", {}};
            for (const AccountRisk& account : accounts_)
                made.cells.push_back(at(account.loss_limits, i));
            finish(made, std::nullopt);
        }
    }
    void finish(TableColumn& made, std::optional<std::string> unhedged) {
        if (unhedged_ != nullptr) made.cells.push_back(std::move(unhedged));
        columns_.push_back(std::move(made));
    }

    const std::vector<AccountRisk>& accounts_;
    const scenario::RiskSettings& settings_;
    const ColumnRisk* unhedged_ = nullptr;
    std::vector<TableColumn> columns_;
};

/// A column of differences, a star at those that are not chance; true: there is one.
bool add_differences(const std::string& title, const std::vector<Estimate>& differences,
                     const std::vector<bool>& real, std::vector<TableColumn>& columns) {
    const bool any = std::find(real.begin(), real.end(), true) != real.end();
    TableColumn column{title, {}};
    for (std::size_t i = 0; i < differences.size(); ++i)
        column.cells.emplace_back(with_error(differences[i]) + (real[i] ? " *" : any ? "  " : ""));
    columns.push_back(std::move(column));
    return any;
}

void differences(Page& page, const result::Result& result) {
    const auto& paired = result.risk.paired;
    if (paired.empty()) return;
    const auto significant = risk::significance(paired);
    std::vector<TableColumn> columns;
    bool any = false;
    const auto add = [&](const std::string& title, const auto& figure, const auto& judged) {
        std::vector<Estimate> values;
        std::vector<bool> real;
        for (std::size_t i = 0; i < paired.size(); ++i) {
            values.push_back(figure(paired[i]));
            real.push_back(judged(significant[i]));
        }
        any = add_differences(title, values, real, columns) || any;
    };
    add(
        "mean P&L", [](const auto& pair) { return pair.mean_pnl; },
        [](const auto& is) { return is.mean_pnl; });
    const auto& levels = result.scenario.risk.levels;
    const auto level = headline(levels);
    if (level && *level < paired[0].var.size() && *level < paired[0].es.size()) {
        const std::string name = percent(levels[*level].text);
        add(
            "VaR " + name, [&](const auto& pair) { return pair.var[*level]; },
            [&](const auto& is) { return is.var[*level]; });
        add(
            "ES " + name, [&](const auto& pair) { return pair.es[*level]; },
            [&](const auto& is) { return is.es[*level]; });
    }
    add(
        "total cost", [](const auto& pair) { return pair.mean_total_cost; },
        [](const auto& is) { return is.mean_total_cost; });
    std::vector<std::string> rows;
    for (const risk::PairedRisk& pair : paired) rows.push_back(pair.policy);
    page.gap();
    page.table("less " + cut(escaped(paired[0].against), widest_name - 5), rows, columns);
    if (any) page.sentence("* ", "not chance: at 95 % for each column as a whole (Holm)");
}

}  // namespace

std::string show_table(const result::Result& result, const TableStyle& style) {
    Page page(style);
    header(page, result);
    page.gap();
    MainTable main_table(result);
    page.table("policy", main_table.rows(), main_table.columns());
    differences(page, result);
    page.gap();
    std::vector<std::string> legend = {"± standard error, [95 % interval]",
                                       "VaR and ES: more is worse"};
    const auto& columns = main_table.columns();
    if (std::any_of(columns.begin(), columns.end(),
                    [](const TableColumn& c) { return c.title == "effectiveness"; }))
        legend.emplace_back("effectiveness: 1 - Var(hedged) / Var(unhedged)");
    page.items(legend);
    for (const std::string& note : result.risk.notes) page.sentence("note: ", note);
    return page.take();
}

}  // namespace hedgestorm::cli
