// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_set.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/cli/show_text.hpp"

namespace hedgestorm::cli {

void SetSummary::add(const result::Result& result) {
    const std::string& scenario = result.scenario.name;
    rows_.push_back({scenario, "", "", "", "", ""});  // blank, not without: a heading is a row
    const auto& levels = result.scenario.risk.levels;
    const auto level = headline(levels);
    for (const risk::AccountRisk& account : result.risk.accounts) {
        Row row;
        row.name = "  " + account.policy;
        if (const auto* pnl = find(account.columns, Column::pnl)) {
            row.pnl = with_error(pnl->mean);
            row.sd = with_error(pnl->sd);
            if (level && *level < pnl->es.size()) {
                row.level = percent(levels[*level].text);
                row.es = with_interval(pnl->es[*level]);
            }
        }
        if (const auto* cost = find(account.columns, Column::total_cost))
            row.cost = with_error(cost->mean);
        rows_.push_back(row);
    }
    for (const std::string& note : result.risk.notes) {
        auto& about = noted_[note];
        if (about.empty()) notes_.push_back(note);
        about.push_back(scenario);
    }
}

std::string SetSummary::show(const TableStyle& style) const {
    std::string level;  // of all rows, where they have one in common
    bool common = true;
    for (const Row& row : rows_) {
        if (row.level.empty()) continue;
        if (level.empty()) level = row.level;
        common = common && row.level == level;
    }
    std::vector<std::string> names;
    TableColumn pnl{"mean P&L", {}}, sd{"sd", {}}, cost{"total cost", {}};
    TableColumn es{common ? "ES " + level : "ES", {}};
    for (const Row& row : rows_) {
        names.push_back(row.name);
        pnl.cells.push_back(row.pnl);
        sd.cells.push_back(row.sd);
        es.cells.push_back(common || row.level.empty() || !row.es
                               ? row.es
                               : std::optional(row.level + ": " + *row.es));
        cost.cells.push_back(row.cost);
    }
    Page page(style);
    std::vector<TableColumn> columns = {pnl, sd};
    if (!level.empty()) columns.push_back(es);
    columns.push_back(cost);
    page.table("scenario, policy", names, columns);
    page.gap();
    page.items({"± standard error, [95 % interval]", "ES: more is worse"});
    for (const std::string& note : notes_)
        page.sentence("note: ", fmt::format("{}: {}", fmt::join(noted_.at(note), ", "), note));
    return page.take();
}

}  // namespace hedgestorm::cli
