// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tune file: which policy is tuned, over which parameters, in which scenarios, for what.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/tune/axis.hpp"
#include "host/tune/objective.hpp"

namespace hedgestorm::tune {

struct TuneScenario {
    std::filesystem::path file;
    double weight = 1.0;
    std::vector<std::string> set;  ///< as --set
};

/// How the figures of several scenarios become one.
enum class Across {
    weighted,  ///< their weighted mean
    worst,     ///< the largest
    regret,    ///< the largest excess over the best candidate of the same scenario
};

enum class Search {
    grid,     ///< every point of the grid, all paths
    sobol,    ///< points of a Sobol sequence, halved round by round while the paths are doubled
    subplex,  ///< points of a Sobol sequence, then a search without derivatives from the best
};

struct TuneFile {
    std::string name;
    std::string description;
    std::string text;  ///< the file as read
    std::filesystem::path path;
    std::string policy;      ///< name of the policy that is tuned
    scenario::Node overlay;  ///< [[policy]] with the tuned policy and its rivals, laid over each
                             ///< scenario
    std::vector<TuneScenario> scenarios;  ///< at least one
    std::vector<TuneScenario> hold_out;   ///< further ones, never tuned on
    std::vector<Axis> parameters;         ///< keys as --set takes them in each scenario
    std::vector<Statistic> statistics;
    std::vector<Expression> objectives;  ///< at least one; several: a front
    std::vector<Constraint> constraints;
    Across across = Across::weighted;
    Search search = Search::grid;
    std::size_t points = 0;         ///< of Search::sobol
    bool stop_when_stable = false;  ///< of a grid or a design, as Steadiness tells
    std::size_t paths = 0;          ///< per candidate and scenario, at the end
    std::size_t hold_out_paths = 0;
};

/// Fewest and most candidates of a tuning.
inline constexpr std::size_t fewest_candidates = 2;
inline constexpr std::size_t most_candidates = 20'000;

/// Reads a tune file. Throws ScenarioError with every problem found, FileError where it cannot be
/// read.
TuneFile load_tune_file(const std::filesystem::path& path);

}  // namespace hedgestorm::tune
