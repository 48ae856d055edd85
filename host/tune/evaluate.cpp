// SPDX-License-Identifier: Apache-2.0

#include "host/tune/evaluate.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>

#include "hedgestorm/params.hpp"
#include "host/run/work_together.hpp"

namespace hedgestorm::tune {

std::string first_sentence(const ScenarioError& error) {
    const Problem& problem = error.problems().front();
    return problem.key.empty() ? problem.message : problem.key + ": " + problem.message;
}

Evaluator::Evaluator(run::OutcomeRuns& runs, std::vector<Statistic> statistics)
    : runs_(runs), statistics_(std::move(statistics)) {
    for (const Statistic& statistic : statistics_) {
        if (std::find(columns_.begin(), columns_.end(), statistic.column) == columns_.end())
            columns_.push_back(statistic.column);
    }
}

std::vector<Score> Evaluator::scores(const scenario::Scenario& world,
                                     const std::vector<scenario::Policy>& policies, Paths paths,
                                     const std::function<void(std::size_t)>& done,
                                     const Refuse& refuse) {
    const std::size_t bytes = paths.count * columns_.size() * sizeof(float);
    const std::size_t at_a_time =
        std::clamp<std::size_t>(most_outcome_bytes / bytes, 1, max_accounts);
    std::vector<Score> scores(policies.size());
    scenario::Scenario pack = world;
    for (std::size_t first = 0; first < policies.size(); first += at_a_time) {
        const std::size_t size = std::min(at_a_time, policies.size() - first);
        work_out(pack, policies, first, size, paths, refuse, scores);
        if (done) done(size);
    }
    return scores;
}

void Evaluator::work_out(scenario::Scenario& pack, const std::vector<scenario::Policy>& policies,
                         std::size_t first, std::size_t size, Paths paths, const Refuse& refuse,
                         std::vector<Score>& scores) {
    const auto from = policies.begin() + static_cast<std::ptrdiff_t>(first);
    pack.policies.assign(from, from + static_cast<std::ptrdiff_t>(size));
    std::optional<run::Outcomes> outcomes;
    try {
        outcomes = runs_.outcomes(pack, paths.first, paths.count, columns_);
    } catch (const ScenarioError& error) {
        if (!refuse) throw;
        if (size == 1) {
            refuse(first, error);
            scores[first].assign(statistics_.size(),
                                 {std::numeric_limits<double>::quiet_NaN(), {}});
            return;
        }
    }
    if (!outcomes) {  // one of them stops the others: by halves, until it stands alone
        work_out(pack, policies, first, size / 2, paths, refuse, scores);
        work_out(pack, policies, first + size / 2, size - size / 2, paths, refuse, scores);
        return;
    }
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> stop = false;
    const auto work = [&](std::size_t) {
        for (std::size_t a = next++; a < size; a = next++) {
            Score& score = scores[first + a];
            for (const Statistic& statistic : statistics_)
                score.push_back(figure(statistic, outcomes->values(a, statistic.column)));
        }
    };
    constexpr double pause = 60.0;  // nothing to report meanwhile
    run::work_together(std::min(size, runs_.threads()), pause, stop, work, [] {});
}

}  // namespace hedgestorm::tune
