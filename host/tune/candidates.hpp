// SPDX-License-Identifier: Apache-2.0
#pragma once

// The candidates of a tuning as policies in scenarios, and their scores.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/tune/evaluate.hpp"
#include "host/tune/tune_file.hpp"

namespace hedgestorm::tune {

/// One scenario of a tune file with the tuned policy laid over it.
class Arena {
  public:
    /// Throws ScenarioError, FileError.
    Arena(const TuneFile& file, const TuneScenario& scenario);

    const std::string& name() const { return base_.name; }
    const scenario::Scenario& base() const { return base_; }
    double weight() const { return scenario_.weight; }
    /// Policies that the scenario brings along.
    const std::vector<scenario::Policy>& rivals() const { return rivals_; }

    /// The scenario with keys overridden. Throws ScenarioError.
    scenario::Scenario at(const std::vector<std::string>& overrides) const;

    /// The tuned policy of it.
    const scenario::Policy& tuned(const scenario::Scenario& scenario) const;

    /// The tuned policy at each of `overrides`, by market: those that differ in that policy alone
    /// are simulated together. Calls done(n) when n more are, refuse(i, why) for one that only the
    /// grid of times shows to be impossible.
    std::vector<Score> scores(const std::vector<std::vector<std::string>>& overrides, Paths paths,
                              Evaluator& evaluator, const std::function<void(std::size_t)>& done,
                              const Refuse& refuse) const;

    /// The rivals in the market at `overrides`, in the order of rivals().
    std::vector<Score> rival_scores(const std::vector<std::string>& overrides, Paths paths,
                                    Evaluator& evaluator, const Refuse& refuse) const;

  private:
    const TuneFile& file_;
    TuneScenario scenario_;
    scenario::Scenario base_;
    std::vector<scenario::Policy> rivals_;
};

}  // namespace hedgestorm::tune
