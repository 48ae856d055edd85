// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tuning: many candidates for one policy on the same paths of several scenarios, the best of them,
// how sure that is, and what is left of it on paths and scenarios it was not tuned on.

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/result/labelled.hpp"
#include "host/risk/risk.hpp"
#include "host/tune/compare.hpp"
#include "host/tune/tune_file.hpp"

namespace hedgestorm::tune {

/// Tuning draws paths from [0, 2^40), the check from [2^40, 2^41).
inline constexpr std::uint64_t first_hold_out_path = std::uint64_t{1} << 40;

struct TuneProgress {
    std::size_t done = 0;  ///< candidates x scenarios
    std::size_t total = 0;
    std::string best;  ///< the best so far and its objective, or ""
};

struct TuneOptions {
    std::optional<std::chrono::duration<double>> budget;
    std::function<void(const TuneProgress&)> report;  ///< may be empty
};

/// Why no further candidates were worked out. Stable: the recommendation stood still.
enum class Ending { finished, stable, budget, interrupted };

struct Candidate {
    std::vector<std::string> values;     ///< of each parameter, as --set takes them
    std::vector<std::string> overrides;  ///< the same as key=value
    std::string refusal;                 ///< why it is no scenario, or ""
    std::size_t paths = 0;               ///< worked out with so many; 0: not at all
    std::vector<Score> scores;           ///< [scenario]
    std::vector<Figure> objectives;      ///< over the scenarios
    bool is_feasible = false;            ///< keeps every constraint in every scenario
};

/// A policy that the scenarios or the tune file bring along, by the same figures.
struct Rival {
    std::string name;
    std::vector<Figure> objectives;
    std::vector<risk::Estimate> difference;  ///< rival less the recommendation, by objective
};

/// The recommendation beside its rivals, on some paths of some scenarios.
struct Standing {
    std::string place;
    std::vector<Figure> objectives;  ///< of the recommendation
    std::vector<Rival> rivals;
    bool is_feasible = false;
    std::vector<std::string> refusals;  ///< policies that are impossible there: why
};

struct TuneResult {
    TuneFile file;
    std::vector<std::string> scenarios;  ///< names
    std::uint64_t seed = 0;              ///< of the first scenario
    std::vector<Candidate> candidates;
    std::vector<std::size_t> compared;  ///< candidates with all paths that keep the constraints
    std::vector<std::size_t> front;     ///< of them, by the first objective
    std::vector<double> on_front;       ///< probability of being on it, by member
    std::optional<std::size_t> recommended;
    std::vector<Against> against;  ///< the recommendation, by `compared`
    /// On the tuning paths, on fresh ones, then in each scenario kept for the check; the first
    /// alone and without rivals after an interruption, none without a recommendation.
    std::vector<Standing> standings;
    Ending ending = Ending::finished;
    double seconds = 0.0;
};

/// Throws ScenarioError, UsageError before the first path where a scenario or every candidate is
/// wrong; then as Evaluator, but an interruption only ends the search.
TuneResult tune(const TuneFile& file, run::OutcomeRuns& runs, const TuneOptions& options);

/// The first scenario with the recommended policy in place, resolved; "" without a recommendation.
std::string emitted_scenario(const TuneResult& result);

result::Labelled labelled(const TuneResult& result);

}  // namespace hedgestorm::tune
