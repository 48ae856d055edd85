// SPDX-License-Identifier: Apache-2.0

#include "host/run/outcomes.hpp"

#include <algorithm>

#include "host/plan/plan.hpp"
#include "host/run/engine_error.hpp"
#include "host/run/processors.hpp"
#include "host/run/run.hpp"
#include "host/run/work_together.hpp"

namespace hedgestorm::run {
namespace {

std::size_t index(Column column) {
    return static_cast<std::size_t>(column);
}

bool is_of_path(Column column) {
    return index(column) >= static_cast<std::size_t>(account_columns);
}

/// Row of the outcome tile that holds a column of an account, or no_row.
std::uint16_t row_of(const plan::Plan& plan, std::size_t account, Column column) {
    const PlanView view = plan.view();
    const View<std::uint16_t>& rows = view.single ? view.single->row : view.reference->row;
    const std::size_t at = is_of_path(column) ? plan.accounts() * std::size_t{account_columns} +
                                                    index(column) - account_columns
                                              : account * account_columns + index(column);
    return rows[static_cast<std::uint32_t>(at)];
}

}  // namespace

Outcomes::Outcomes(std::size_t accounts, std::vector<Column> columns, std::size_t paths)
    : accounts_(accounts),
      columns_(std::move(columns)),
      paths_(paths),
      values_(accounts_ * columns_.size() * paths_) {}

std::span<const float> Outcomes::values(std::size_t account, Column column) const {
    const auto found = std::find(columns_.begin(), columns_.end(), column);
    const auto c = static_cast<std::size_t>(found - columns_.begin());
    return std::span(values_).subspan((account * columns_.size() + c) * paths_, paths_);
}

std::span<float> Outcomes::row(std::size_t account, std::size_t column) {
    return std::span(values_).subspan((account * columns_.size() + column) * paths_, paths_);
}

OutcomeRuns::OutcomeRuns(const std::string& engine, int threads,
                         const std::atomic<bool>* interrupted)
    : names_(choose_engines(engine)), interrupted_(interrupted) {
    if (!names_.front().starts_with("cuda")) {
        const int wanted = threads > 0 ? threads : usable_processors();
        names_.assign(static_cast<std::size_t>(wanted), names_.front());
    }
    engines_.resize(names_.size());
}

Outcomes OutcomeRuns::outcomes(const scenario::Scenario& scenario, std::uint64_t first,
                               std::size_t count, const std::vector<Column>& columns) {
    const plan::Plan plan(computing_only(scenario, columns));
    Outcomes outcomes(plan.accounts(), columns, count);
    const std::uint64_t first_tile = first / tile_paths;
    const std::uint64_t end_tile = (first + count + tile_paths - 1) / tile_paths;
    std::atomic<std::uint64_t> next = first_tile;
    std::atomic<bool> stop = false;
    const auto is_interrupted = [&] { return interrupted_ != nullptr && interrupted_->load(); };
    const auto work = [&](std::size_t member) {
        std::unique_ptr<Engine>& engine = engines_[member];
        if (!engine) engine.reset(make_engine(names_[member].c_str()));
        if (!engine) throw EngineError("engine " + names_[member] + " could not be started");
        require(engine->load(plan.view()), names_[member]);
        std::vector<float> rows(std::size_t{plan.view().tally.rows} * tile_paths);
        for (std::uint64_t tile = next++; tile < end_tile && !stop; tile = next++) {
            if (is_interrupted()) throw Interrupted();
            require(engine->outcomes(tile, rows.data()), names_[member]);
            const std::size_t from = (tile - first_tile) * tile_paths;
            const std::size_t size = std::min<std::size_t>(tile_paths, count - from);
            for (std::size_t a = 0; a < outcomes.accounts(); ++a) {
                for (std::size_t c = 0; c < columns.size(); ++c) {
                    const std::uint16_t row = row_of(plan, a, columns[c]);
                    if (row == no_row) continue;  // 0 on every path
                    const auto at = rows.begin() + std::ptrdiff_t{row} * tile_paths;
                    const double too_high = columns[c] == Column::spot ? plan.displacement() : 0.0;
                    std::transform(at, at + static_cast<std::ptrdiff_t>(size),
                                   outcomes.row(a, c).begin() + std::ptrdiff_t(from),
                                   [&](float x) { return static_cast<float>(x - too_high); });
                }
            }
        }
    };
    const auto members = std::min<std::uint64_t>(names_.size(), end_tile - first_tile);
    constexpr double pause = 60.0;  // nothing to report meanwhile
    work_together(static_cast<std::size_t>(members), pause, stop, work, [] {});
    return outcomes;
}

scenario::Scenario computing_only(scenario::Scenario scenario, const std::vector<Column>& columns) {
    auto& risk = scenario.risk;
    risk.outcomes = scenario::Outcomes::pnl;
    risk.explain = false;
    for (const Column column : columns) {
        if (column == Column::pnl || column == Column::book_pnl) continue;
        const bool needs_value = column == Column::drawdown || column == Column::unhedged_drawdown;
        risk.outcomes = std::max(
            risk.outcomes, needs_value ? scenario::Outcomes::all : scenario::Outcomes::standard);
        risk.explain = risk.explain || column >= Column::explain_delta;
    }
    risk.levels.clear();
    risk.loss_limits.clear();
    risk.columns = {column_info[index(Column::pnl)].name};
    risk.quantiles = scenario::Quantiles::columns;
    return scenario;
}

}  // namespace hedgestorm::run
