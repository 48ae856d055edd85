// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario again and again with a few of its keys varied, on the same paths: every figure at
// every point of a grid, and how far it is from the scenario as it stands.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "host/result/labelled.hpp"
#include "host/risk/risk.hpp"
#include "host/scenario/scenario.hpp"
#include "host/tune/axis.hpp"
#include "host/tune/evaluate.hpp"

namespace hedgestorm::tune {

/// What a sweep, a search or a tuning is told besides what it looks for.
struct Work {
    std::filesystem::path scenario;
    std::vector<std::string> set;  ///< as --set; before anything that is varied
    std::size_t paths = 0;         ///< 0: as the scenario says
    std::function<void(std::size_t done, std::size_t total)> report;  ///< policies; may be empty
};

/// One figure of one policy at one point.
struct SweptFigure {
    risk::Estimate value;
    risk::Estimate difference;  ///< to the same policy of the scenario as it stands
};

/// A scenario as it stands, and at points each of which overrides some of its keys.
struct Swept {
    scenario::Scenario base;
    Paths paths;
    std::vector<std::string> policies;
    std::vector<Statistic> statistics;
    std::vector<risk::Estimate> of_base;  ///< [policy][statistic]
    std::vector<SweptFigure> figures;     ///< [point][policy][statistic]; NaN where refused
    std::vector<std::string> refusals;    ///< [point]: why the scenario is not one there, or ""

    const SweptFigure& at(std::size_t point, std::size_t policy, std::size_t statistic) const {
        return figures[(point * policies.size() + policy) * statistics.size() + statistic];
    }
};

/// What a point overrides, as --set.
using Overrides = std::vector<std::string>;

/// Throws UsageError and ScenarioError before the first path where the scenario, or every point, is
/// wrong; then as Evaluator.
Swept sweep(const Work& work, const scenario::Scenario& base, const std::vector<Overrides>& points,
            Evaluator& evaluator);

/// Every point of a grid.
struct GridSweep {
    Grid grid;
    Swept swept;
};
GridSweep sweep(const Work& work, Grid grid, Evaluator& evaluator);

/// As a file and `show` have it.
result::Labelled labelled(const GridSweep& sweep);

/// The scenario of `work` and the paths that are simulated of it. Throws UsageError where they are
/// too few or too many.
scenario::Scenario base_of(const Work& work);
Paths paths_of(const scenario::Scenario& scenario);

}  // namespace hedgestorm::tune
