// SPDX-License-Identifier: Apache-2.0
#pragma once

// The outcomes of a scenario's paths, one column at a time, as an engine writes them: no tallies
// between the test and the simulation.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/processors.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::test {

/// The account of columns that belong to the path itself.
inline constexpr int the_path = -1;

/// A column of an account, or of the_path.
struct Wanted {
    int account;
    Column column;
};

/// Row of the outcome tile that holds a column, or no_row.
inline std::uint16_t row_of(const plan::Plan& plan, Wanted wanted) {
    const PlanView view = plan.view();
    const View<std::uint16_t>& rows = view.single ? view.single->row : view.reference->row;
    const auto column = static_cast<std::uint32_t>(wanted.column);
    if (wanted.account != the_path)
        return rows[static_cast<std::uint32_t>(wanted.account) * account_columns + column];
    return rows[plan.accounts() * account_columns + (column - account_columns)];
}

using run::widest_cpu_engine;

/// Each wanted column over `tiles` whole tiles of paths from `first_tile` on; a column that the
/// plan knows to be 0 comes as zeros.
inline std::vector<std::vector<float>> outcomes(const scenario::Scenario& scenario,
                                                std::uint64_t tiles,
                                                const std::vector<Wanted>& wanted,
                                                std::uint64_t first_tile = 0,
                                                const std::string& engine_name = "") {
    const plan::Plan plan(scenario);
    const std::unique_ptr<Engine> engine(
        make_engine((engine_name.empty() ? widest_cpu_engine() : engine_name).c_str()));
    if (!engine || !engine->load(plan.view()).ok()) throw std::runtime_error("no engine");
    std::vector<float> rows(std::size_t(plan.view().tally.rows) * tile_paths);
    std::vector<std::vector<float>> columns(wanted.size());
    for (std::uint64_t tile = first_tile; tile < first_tile + tiles; ++tile) {
        if (!engine->outcomes(tile, rows.data()).ok()) throw std::runtime_error("engine failed");
        for (std::size_t w = 0; w < wanted.size(); ++w) {
            const std::uint16_t row = row_of(plan, wanted[w]);
            if (row == no_row) {
                columns[w].resize(columns[w].size() + tile_paths, 0.0f);
            } else {
                const auto from = rows.begin() + std::ptrdiff_t(row) * tile_paths;
                columns[w].insert(columns[w].end(), from, from + tile_paths);
            }
        }
    }
    return columns;
}

}  // namespace hedgestorm::test
