// SPDX-License-Identifier: Apache-2.0
#pragma once

// Many policies on the same paths: packed as many to a simulation as an engine takes, their
// outcomes turned into figures and forgotten, so that memory does not grow with their number.
//
// A policy's figures are the same whatever it is packed with.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "host/run/outcomes.hpp"
#include "host/scenario/scenario.hpp"
#include "host/support/error.hpp"
#include "host/tune/statistic.hpp"

namespace hedgestorm::tune {

/// The figures of one policy, one for each statistic.
using Score = std::vector<Figure>;

/// Paths [first, first + count), `first` a multiple of tile_paths.
struct Paths {
    std::uint64_t first = 0;
    std::size_t count = 0;
};

/// Outcomes held at a time [bytes].
inline constexpr std::size_t most_outcome_bytes = std::size_t{256} << 20;

/// Fewest and most paths that figures are taken of: two in each batch, and what fits.
inline constexpr std::size_t fewest_paths = 128;
inline constexpr std::size_t most_paths = 10'000'000;

/// Told which of the policies cannot be simulated, and why.
using Refuse = std::function<void(std::size_t policy, const ScenarioError& why)>;

/// The first thing that is wrong, for a list of what was left out.
std::string first_sentence(const ScenarioError& error);

class Evaluator {
  public:
    Evaluator(run::OutcomeRuns& runs, std::vector<Statistic> statistics);

    const std::vector<Statistic>& statistics() const { return statistics_; }

    /// Scores of policies in the market, with the book and the costs of `world`, whose own policies
    /// do not matter. Calls done(n) when n more policies are. Throws as OutcomeRuns does; but a
    /// policy that only the grid of times shows to be impossible is refused where there is a
    /// `refuse`, and has figures that are not numbers.
    std::vector<Score> scores(const scenario::Scenario& world,
                              const std::vector<scenario::Policy>& policies, Paths paths,
                              const std::function<void(std::size_t)>& done = {},
                              const Refuse& refuse = {});

  private:
    /// Of policies [first, first + size), simulated together.
    void work_out(scenario::Scenario& pack, const std::vector<scenario::Policy>& policies,
                  std::size_t first, std::size_t size, Paths paths, const Refuse& refuse,
                  std::vector<Score>& scores);

    run::OutcomeRuns& runs_;
    std::vector<Statistic> statistics_;
    std::vector<Column> columns_;
};

}  // namespace hedgestorm::tune
