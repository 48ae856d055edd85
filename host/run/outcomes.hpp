// SPDX-License-Identifier: Apache-2.0
#pragma once

// The outcomes themselves, path by path: for figures that compare many policies on the same few
// paths. What a run of millions of paths keeps are tallies (host/run/run.hpp).
//
// The values do not depend on the engine or on the number of threads.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "hedgestorm/outcome.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::run {

/// Columns of every policy, or of the path itself, over the paths asked for.
class Outcomes {
  public:
    Outcomes(std::size_t accounts, std::vector<Column> columns, std::size_t paths);

    std::size_t accounts() const { return accounts_; }
    /// One value per path, in the order of path numbers; a column of the path itself is the same
    /// for every account. A path that left the range of numbers has a NaN.
    std::span<const float> values(std::size_t account, Column column) const;
    std::span<float> row(std::size_t account, std::size_t column);
    const std::vector<Column>& columns() const { return columns_; }

  private:
    std::size_t accounts_;
    std::vector<Column> columns_;
    std::size_t paths_;
    std::vector<float> values_;  ///< [account][column][path]
};

/// Threads with an engine each, kept between scenarios.
class OutcomeRuns {
  public:
    /// `engine` and `threads` as in run::Options. Throws EngineError, UsageError.
    OutcomeRuns(const std::string& engine, int threads, const std::atomic<bool>* interrupted);

    /// Simulates paths [first, first + count) of the scenario, `first` a multiple of tile_paths.
    /// Throws CapacityError, EngineError, Interrupted, ScenarioError.
    Outcomes outcomes(const scenario::Scenario& scenario, std::uint64_t first, std::size_t count,
                      const std::vector<Column>& columns);

    const std::string& engine() const { return names_.front(); }
    std::size_t threads() const { return names_.size(); }

  private:
    std::vector<std::string> names_;
    std::vector<std::unique_ptr<Engine>> engines_;  ///< made when first used
    const std::atomic<bool>* interrupted_;
};

/// The scenario with nothing computed beyond what `columns` need.
scenario::Scenario computing_only(scenario::Scenario scenario, const std::vector<Column>& columns);

}  // namespace hedgestorm::run
