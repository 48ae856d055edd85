// SPDX-License-Identifier: Apache-2.0

#include "host/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/plan/displacement.hpp"
#include "host/plan/instrument_tables.hpp"
#include "host/plan/tables.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr std::uint8_t fine_bits = 11;
constexpr std::uint8_t coarse_bits = 7;

/// Octaves below the scale of a column that share one linear page.
constexpr int octaves_below_scale = 20;

/// Columns with fine bins unless the scenario names its own.
constexpr Column default_fine[] = {Column::pnl, Column::hedge_slippage, Column::residual_delta_rms,
                                   Column::unhedged_pnl};

/// A path whose log2 spot could leave this is refused: its price would leave the range of a float.
constexpr double most_log2_spot = 120.0;

std::size_t index(Column column) {
    return static_cast<std::size_t>(column);
}

/// Columns that are 0 on every path of this scenario, and so neither computed nor tallied.
bool identically_zero(Column column, const scenario::Scenario& s) {
    const auto& costs = s.hedges.front().costs;
    switch (column) {
        case Column::interest:
        case Column::unhedged_interest:
            return s.market.rate == 0.0;
        case Column::dividends:
            return hedge_dividend_yield(s) == 0.0;
        case Column::spread_cost:
            return costs.half_spread == 0.0;
        case Column::fee_cost:
            return costs.fee == 0.0;
        case Column::fixed_cost:
            return costs.fixed == 0.0;
        case Column::funding_cost:
            return !costs_to_hold(s);
        default:
            return false;
    }
}

/// An account that never holds a hedge earns nothing with it.
bool identically_zero(Column column, const scenario::Policy& policy, const scenario::Scenario& s) {
    if (column == Column::hedge_pnl && policy.rule == scenario::Rule::none &&
        policy.initial != scenario::InitialMode::units)
        return true;
    return identically_zero(column, s);
}

/// Whether the scenario asks for the column at all.
bool wanted(Column column, const scenario::Scenario& s) {
    if (column >= Column::explain_delta) return s.risk.explain;
    const auto outcomes = s.risk.outcomes;
    if (column == Column::pnl || column == Column::pnl_difference || column == Column::book_pnl)
        return true;
    if (outcomes == scenario::Outcomes::pnl) return false;
    const bool needs_value = column == Column::drawdown || column == Column::unhedged_drawdown;
    return !needs_value || outcomes == scenario::Outcomes::all;
}

int floor_exponent(Column column, const scenario::Scenario& s, const InitialBook& book) {
    double scale = 1.0;
    switch (column_info[index(column)].unit) {
        case Unit::currency:
            scale = column == Column::spot ? s.market.spot : book.gross_notional;
            break;
        case Unit::underlying:
            scale = book.gross_units;
            break;
        case Unit::count:
            return -1;  // counts below one half are 0
    }
    if (!(scale > 0.0)) scale = 1.0;
    return std::clamp(std::ilogb(scale) - octaves_below_scale, -100, 90);
}

void require_finite_prices(const scenario::Scenario& s, const Tables<double>& tables) {
    double drift = 0.0;
    double variance = 0.0;
    double widest = 0.0;
    for (const auto& step : tables.step) {
        drift += step.drift;
        variance += step.volatility * step.volatility;
        widest = std::max(widest, std::abs(drift) + 10.0 * std::sqrt(variance));
    }
    if (widest > most_log2_spot) {
        throw ScenarioError({s.places.problem(
            "market.volatility",
            fmt::format("ten standard deviations of the price reach 2^{:.0f} times the spot by the "
                        "horizon, beyond what can be computed",
                        widest),
            "lower the volatility, the drift, the stress or the horizon")});
    }
}

}  // namespace

Plan::Plan(const scenario::Scenario& scenario, Purpose purpose)
    : grid_(make_grid(scenario)),
      accounts_(static_cast<std::uint32_t>(scenario.policies.size())),
      worst_(scenario.risk.worst_paths),
      first_path_(scenario.simulation.first_path),
      paths_(scenario.simulation.paths),
      displacement_(scenario.market.displacement) {
    const scenario::Scenario on_paths = on_displaced_price(scenario);
    auto tables = make_tables(on_paths, grid_, book_, purpose);
    require_finite_prices(on_paths, *tables);
    // Tails are compared between policies; a single one has nothing to compare with.
    levels_ = accounts_ > 1 ? static_cast<std::uint32_t>(scenario.risk.levels.size()) : 0;
    lay_out_cells(on_paths);
    if (tally_bytes() > most_tally_bytes) {
        throw CapacityError(
            fmt::format("one copy of the tallies takes {} MiB, more than the {} MiB allowed (name "
                        "fewer columns in risk.columns or fewer policies, or set risk.quantiles to "
                        "\"columns\")",
                        tally_bytes() >> 20, most_tally_bytes >> 20));
    }
    const View<std::uint16_t> rows = {rows_.data(), static_cast<std::uint32_t>(rows_.size())};
    if (scenario.simulation.precision == scenario::Precision::double_precision) {
        reference_ = std::move(tables);
        reference_->params.row = rows;
    } else {
        single_ = rounded(*tables);
        single_->params.row = rows;
    }
}

void Plan::lay_out_cells(const scenario::Scenario& scenario) {
    rows_.assign(std::size_t(accounts_) * account_columns + path_columns, no_row);
    const auto fine = [&](Column column) {
        if (scenario.risk.columns.empty()) {
            return std::find(std::begin(default_fine), std::end(default_fine), column) !=
                   std::end(default_fine);
        }
        const auto& names = scenario.risk.columns;
        return column == Column::pnl || std::find(names.begin(), names.end(),
                                                  column_info[index(column)].name) != names.end();
    };
    const std::uint8_t other_bits =
        scenario.risk.quantiles == scenario::Quantiles::all ? coarse_bits : 0;
    const auto add_cell = [&](std::uint16_t account, Column column, std::uint16_t row,
                              std::uint16_t other) {
        CellSpec cell{};
        cell.account = account;
        cell.column = column;
        cell.mantissa_bits = fine(column) ? fine_bits : other_bits;
        // Costs are costs, unless who holds the hedge can be paid for it.
        cell.two_sided = column_info[index(column)].two_sided ||
                         (column == Column::total_cost && scenario.hedges.front().funding);
        cell.floor_exponent = static_cast<std::int16_t>(floor_exponent(column, scenario, book_));
        cell.row = row;
        cell.other_row = other;
        cell.first_bin = bins_;
        bins_ += cell_bins(cell);
        cells_.push_back(cell);
    };
    const auto add_row = [&](std::size_t slot) {
        return rows_[slot] = static_cast<std::uint16_t>(row_count_++);
    };
    for (std::uint32_t a = 0; a < accounts_; ++a) {
        for (int c = 0; c < account_columns; ++c) {
            const auto column = static_cast<Column>(c);
            const bool difference =
                column == Column::pnl_difference || column == Column::total_cost_difference;
            if (difference || !wanted(column, scenario)) continue;
            if (identically_zero(column, scenario.policies[a], scenario)) {
                zero_columns_.emplace_back(static_cast<std::uint16_t>(a), column);
                continue;
            }
            const std::uint16_t row =
                add_row(std::size_t(a) * account_columns + static_cast<std::size_t>(c));
            add_cell(static_cast<std::uint16_t>(a), column, row, row);
        }
        pnl_rows_.push_back(rows_[std::size_t(a) * account_columns + index(Column::pnl)]);
        if (a == 0) continue;
        for (const auto& [difference, of] :
             {std::pair{Column::pnl_difference, Column::pnl},
              std::pair{Column::total_cost_difference, Column::total_cost}}) {
            const std::uint16_t row = rows_[std::size_t(a) * account_columns + index(of)];
            if (row != no_row)
                add_cell(static_cast<std::uint16_t>(a), difference, row, rows_[index(of)]);
        }
    }
    for (int c = 0; c < path_columns; ++c) {
        const auto column = static_cast<Column>(account_columns + c);
        if (!wanted(column, scenario)) continue;
        if (column == Column::book_pnl && scenario.risk.outcomes == scenario::Outcomes::pnl)
            continue;
        if (identically_zero(column, scenario)) {
            zero_columns_.emplace_back(path_cell, column);
            continue;
        }
        const std::uint16_t row =
            add_row(std::size_t(accounts_) * account_columns + static_cast<std::size_t>(c));
        add_cell(path_cell, column, row, row);
    }
    thresholds_.assign(std::size_t(accounts_) * levels_, 0.0f);
}

PlanView Plan::view() const {
    PlanView view;
    if (single_) view.single = &single_->params;
    if (reference_) view.reference = &reference_->params;
    TallyPlan& tally = view.tally;
    tally.cell = {cells_.data(), static_cast<std::uint32_t>(cells_.size())};
    tally.bins = bins_;
    tally.rows = row_count_;
    tally.accounts = accounts_;
    tally.levels = levels_;
    tally.pairs = levels_ == 0 ? 0 : pair_count(accounts_);
    tally.worst = worst_;
    tally.pnl_row = {pnl_rows_.data(), accounts_};
    tally.threshold = {thresholds_.data(), static_cast<std::uint32_t>(thresholds_.size())};
    // 2^32 units to the power of two above the gross notional: exact scaling, and room for 2^28 of
    // them.
    const double scale = book_.gross_notional > 0.0 ? book_.gross_notional : 1.0;
    tally.excess_scale = std::ldexp(1.0, 32 - (std::ilogb(scale) + 1));
    return view;
}

void Plan::fix_centres(const std::vector<double>& centre_of_row) {
    for (CellSpec& cell : cells_) {
        double centre = centre_of_row[cell.row];
        if (cell.other_row != cell.row) {
            centre = static_cast<float>(centre) - static_cast<float>(centre_of_row[cell.other_row]);
        }
        cell.centre = std::isfinite(centre) ? centre : 0.0;
    }
}

void Plan::fix_thresholds(std::vector<float> thresholds) {
    thresholds_ = std::move(thresholds);
}

std::uint64_t Plan::tally_bytes() const {
    const std::uint64_t limbs = superaccumulator_limbs * sizeof(std::int64_t);
    const std::uint64_t pairs = levels_ == 0 ? 0 : pair_count(accounts_);
    return bins_ * sizeof(std::uint64_t) +
           cells_.size() * (4 * limbs + 2 * sizeof(std::uint32_t) + 8) +
           std::uint64_t{accounts_} * levels_ * sizeof(TailCell) + pairs * levels_ * (limbs + 8) +
           std::uint64_t{accounts_} * worst_ * sizeof(WorstPath);
}

}  // namespace hedgestorm::plan
