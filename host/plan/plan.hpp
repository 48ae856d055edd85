// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a valid Scenario to what engines run: flat tables in native units, prepared in double and
// rounded once, and the layout of the tallies. A Plan owns the memory its views point into; it does
// not move.

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/initial_book.hpp"
#include "host/plan/instrument_tables.hpp"
#include "host/plan/market_tables.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// The tables behind a PathParams<T>.
template <class T>
struct Tables {
    MarketTables<T> market;
    InstrumentTables<T> instrument;
    std::vector<StepParams<T>> step;
    std::vector<SplitParams<T>> split;
    std::vector<OptionParams<T>> option;
    std::vector<ExpiryParams<T>> expiry;
    std::vector<ExpiryStep<T>> expiry_step;
    std::vector<ValuationParams<T>> valuation;
    std::vector<std::vector<SliceStep<T>>> slices;
    std::vector<std::vector<std::uint32_t>> slice_of;
    std::vector<std::vector<T>> keep;
    std::vector<std::vector<T>> gain;
    std::vector<std::vector<ExpectedStep<T>>> expected;
    std::vector<TargetParams<T>> target;
    std::vector<std::vector<WidthStep<T>>> width;  ///< per target
    std::vector<AccountParams<T>> account;
    PathParams<T> params{};

    Tables() = default;
    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;
};

/// What the paths of a plan are for: traces of the market tell its volatility, whether or not a
/// policy follows it.
enum class Purpose { outcomes, traces };

class Plan {
  public:
    /// Flattens the scenario as written. Throws ScenarioError for what only the grid can tell,
    /// CapacityError for what does not fit.
    explicit Plan(const scenario::Scenario& scenario, Purpose purpose = Purpose::outcomes);

    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    /// What an engine takes; valid while the Plan lives.
    PlanView view() const;

    const std::vector<CellSpec>& cells() const { return cells_; }
    /// Columns that are 0 on every path, neither computed nor tallied: (account or path_cell,
    /// column).
    const std::vector<std::pair<std::uint16_t, Column>>& zero_columns() const {
        return zero_columns_;
    }
    const Grid& grid() const { return grid_; }
    const InitialBook& initial_book() const { return book_; }
    std::uint32_t accounts() const { return accounts_; }
    std::uint32_t levels() const { return levels_; }
    std::uint64_t first_path() const { return first_path_; }
    std::uint64_t paths() const { return paths_; }
    /// What the prices that paths leave and trace are too high by [currency]: they are those of
    /// host/plan/displacement.hpp.
    double displacement() const { return displacement_; }

    /// Fixes what depends on the first outcomes: centres of the moments, and the loss thresholds
    /// [account][level] of paired tail figures (empty: none are kept).
    void fix_centres(const std::vector<double>& centre_of_row);
    void fix_thresholds(std::vector<float> thresholds);

    /// Bytes of one copy of the tallies.
    std::uint64_t tally_bytes() const;

  private:
    void lay_out_cells(const scenario::Scenario& scenario);

    Grid grid_;
    InitialBook book_;
    std::unique_ptr<Tables<float>> single_;
    std::unique_ptr<Tables<double>> reference_;
    std::vector<std::uint16_t> rows_;
    std::vector<CellSpec> cells_;
    std::vector<std::pair<std::uint16_t, Column>> zero_columns_;
    std::vector<std::uint16_t> pnl_rows_;
    std::vector<float> thresholds_;
    std::uint64_t bins_ = 0;
    std::uint32_t row_count_ = 0;
    std::uint32_t accounts_ = 0;
    std::uint32_t levels_ = 0;
    std::uint32_t worst_ = 0;
    std::uint64_t first_path_ = 0;
    std::uint64_t paths_ = 0;
    double displacement_ = 0.0;
};

/// Most memory all copies of the tallies may take together.
inline constexpr std::uint64_t most_tally_bytes = std::uint64_t{256} << 20;

}  // namespace hedgestorm::plan
