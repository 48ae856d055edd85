// SPDX-License-Identifier: Apache-2.0

#include "host/tune/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/tune/across.hpp"

namespace hedgestorm::tune {
namespace {

void combine(const std::vector<std::size_t>& members, TuneResult& result) {
    std::vector<double> weights;
    for (const TuneScenario& scenario : result.file.scenarios) weights.push_back(scenario.weight);
    for (const std::size_t c : members) {
        Candidate& candidate = result.candidates[c];
        candidate.objectives.clear();
        candidate.is_feasible = keeps_constraints(result.file, candidate.scores);
    }
    if (members.empty()) return;
    for (const Expression& objective : result.file.objectives) {
        const auto figures = figures_by_scenario(objective, members, result);
        const std::vector<Figure> least = least_by_scenario(figures);
        for (std::size_t i = 0; i < members.size(); ++i)
            result.candidates[members[i]].objectives.push_back(
                across_scenarios(figures[i], weights, result.file.across, least));
    }
}

bool is_known(const Candidate& candidate) {
    return std::all_of(candidate.objectives.begin(), candidate.objectives.end(),
                       [](const Figure& figure) { return std::isfinite(figure.value); });
}

bool holds(const std::vector<std::size_t>& members, std::size_t c) {
    return std::find(members.begin(), members.end(), c) != members.end();
}

}  // namespace

std::size_t Ranking::best() const {
    return *std::min_element(eligible.begin(), eligible.end(), [&](std::size_t a, std::size_t b) {
        return sum[a].value < sum[b].value;
    });
}

std::vector<std::size_t> Ranking::in_order(std::vector<std::size_t> members) const {
    const auto merit = [&](std::size_t c) {
        const int kind = holds(front, c) ? 0 : holds(eligible, c) ? 1 : 2;
        return std::make_pair(kind, kind == 2 ? 0.0 : sum[c].value);
    };
    std::stable_sort(members.begin(), members.end(),
                     [&](std::size_t a, std::size_t b) { return merit(a) < merit(b); });
    return members;
}

Ranking rank(const std::vector<std::size_t>& members, TuneResult& result) {
    combine(members, result);
    Ranking ranking;
    for (const std::size_t c : members) {
        const Candidate& candidate = result.candidates[c];
        if (candidate.is_feasible && is_known(candidate)) ranking.eligible.push_back(c);
    }
    std::vector<std::vector<double>> values(result.candidates.size());
    std::vector<std::vector<Figure>> figures(result.candidates.size(),
                                             std::vector<Figure>(result.file.objectives.size()));
    for (const std::size_t c : ranking.eligible) {
        figures[c] = result.candidates[c].objectives;
        for (const Figure& figure : figures[c]) values[c].push_back(figure.value);
    }
    ranking.front = front_of(values, ranking.eligible);
    ranking.sum = scalarised(figures, ranking.front);
    return ranking;
}

std::vector<std::vector<Figure>> figures_by_scenario(const Expression& objective,
                                                     const std::vector<std::size_t>& members,
                                                     const TuneResult& result) {
    std::vector<std::vector<Figure>> figures;
    for (const std::size_t c : members) {
        std::vector<Figure>& of = figures.emplace_back();
        for (const Score& score : result.candidates[c].scores) of.push_back(objective.of(score));
    }
    return figures;
}

std::vector<std::size_t> most_advanced(const TuneResult& result) {
    std::size_t most = 0;
    for (const Candidate& candidate : result.candidates) most = std::max(most, candidate.paths);
    std::vector<std::size_t> members;
    for (std::size_t c = 0; c < result.candidates.size(); ++c) {
        if (most > 0 && result.candidates[c].paths == most) members.push_back(c);
    }
    return members;
}

bool keeps_constraints(const TuneFile& file, const std::vector<Score>& scores) {
    return std::all_of(scores.begin(), scores.end(), [&](const Score& score) {
        return std::all_of(file.constraints.begin(), file.constraints.end(),
                           [&](const Constraint& constraint) { return constraint.holds(score); });
    });
}

}  // namespace hedgestorm::tune
