// SPDX-License-Identifier: Apache-2.0

#include "host/tune/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "host/tune/across.hpp"
#include "host/tune/ranking.hpp"

namespace hedgestorm::tune {
namespace {

/// The scores of a rival in every arena; nothing where one does not have it.
std::optional<std::vector<Score>> of_rival(const std::string& name,
                                           const std::vector<Arena>& arenas,
                                           const std::vector<std::vector<Score>>& scores) {
    std::vector<Score> of;
    for (std::size_t s = 0; s < arenas.size(); ++s) {
        const auto& here = arenas[s].rivals();
        const auto found = std::find_if(here.begin(), here.end(),
                                        [&](const auto& policy) { return policy.name == name; });
        if (found == here.end()) return std::nullopt;
        of.push_back(scores[s][static_cast<std::size_t>(found - here.begin())]);
    }
    return of;
}

/// Takes down why a policy is impossible in an arena.
Refuse into(std::vector<std::string>& refusals, const Arena& arena) {
    return [&](std::size_t, const ScenarioError& why) {
        refusals.push_back(arena.name() + ": " + first_sentence(why));
    };
}

}  // namespace

Paths Standings::fresh() const {
    return {first_hold_out_path, result_.file.hold_out_paths};
}

std::vector<Figure> Standings::objectives(const std::vector<Arena>& arenas,
                                          const std::vector<Score>& scores,
                                          const Yardstick& yardstick) const {
    std::vector<double> weights;
    for (const Arena& arena : arenas) weights.push_back(arena.weight());
    const bool is_figure_itself = result_.file.across == Across::regret && yardstick.empty();
    const Across across = is_figure_itself ? Across::worst : result_.file.across;
    std::vector<Figure> all;
    for (std::size_t k = 0; k < result_.file.objectives.size(); ++k) {
        std::vector<Figure> figures;
        for (const Score& score : scores) figures.push_back(result_.file.objectives[k].of(score));
        all.push_back(across_scenarios(figures, weights, across,
                                       yardstick.empty() ? std::vector<Figure>() : yardstick[k]));
    }
    return all;
}

Yardstick Standings::tuning_yardstick() const {
    Yardstick yardstick;
    if (result_.file.across != Across::regret) return yardstick;
    for (const Expression& objective : result_.file.objectives)
        yardstick.push_back(
            least_by_scenario(figures_by_scenario(objective, most_advanced(result_), result_)));
    return yardstick;
}

Yardstick Standings::fresh_yardstick() const {
    Yardstick yardstick;
    if (result_.file.across != Across::regret) return yardstick;
    const std::vector<std::size_t> members = most_advanced(result_);
    for (const Expression& objective : result_.file.objectives) {
        std::vector<Figure>& least = yardstick.emplace_back();
        for (std::size_t s = 0; s < arenas_.size(); ++s) {
            const auto figure = [&](std::size_t c) {
                const double value = objective.of(result_.candidates[c].scores[s]).value;
                return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
            };
            const std::size_t champion = *std::min_element(
                members.begin(), members.end(),
                [&](std::size_t a, std::size_t b) { return figure(a) < figure(b); });
            const std::vector<Score> scores = arenas_[s].scores(
                {result_.candidates[champion].overrides}, fresh(), evaluator_, {}, {});
            least.push_back(objective.of(scores.front()));
        }
    }
    return yardstick;
}

Standing Standings::alone() const {
    Standing standing;
    standing.place = "tuning paths";
    standing.objectives = objectives(arenas_, winner().scores, tuning_yardstick());
    standing.is_feasible = winner().is_feasible;
    return standing;
}

Standing Standings::on_tuning_paths() const {
    Standing standing = alone();
    add_rivals(arenas_, {0, winner().paths}, tuning_yardstick(), standing);
    return standing;
}

Standing Standings::on_fresh_paths() const {
    Standing standing = simulated(arenas_, fresh(), fresh_yardstick());
    standing.place = "fresh paths";
    return standing;
}

Standing Standings::in(const Arena& elsewhere) const {
    Standing standing = simulated({elsewhere}, fresh(), {});
    standing.place = elsewhere.name() + ", fresh paths";
    return standing;
}

Standing Standings::simulated(const std::vector<Arena>& arenas, Paths paths,
                              const Yardstick& yardstick) const {
    Standing standing;
    std::vector<Score> scores;
    for (const Arena& arena : arenas)
        scores.push_back(
            arena
                .scores({winner().overrides}, paths, evaluator_, {}, into(standing.refusals, arena))
                .front());
    standing.objectives = objectives(arenas, scores, yardstick);
    standing.is_feasible = keeps_constraints(result_.file, scores);
    add_rivals(arenas, paths, yardstick, standing);
    return standing;
}

void Standings::add_rivals(const std::vector<Arena>& arenas, Paths paths,
                           const Yardstick& yardstick, Standing& standing) const {
    std::vector<std::vector<Score>> scores;  // [arena][its rival]
    for (const Arena& arena : arenas)
        scores.push_back(arena.rival_scores(winner().overrides, paths, evaluator_,
                                            into(standing.refusals, arena)));
    for (const scenario::Policy& policy : arenas.front().rivals()) {
        const auto of = of_rival(policy.name, arenas, scores);
        if (!of) continue;
        Rival rival;
        rival.name = policy.name;
        rival.objectives = objectives(arenas, *of, yardstick);
        for (std::size_t k = 0; k < standing.objectives.size(); ++k)
            rival.difference.push_back(estimate(rival.objectives[k] - standing.objectives[k]));
        standing.rivals.push_back(std::move(rival));
    }
}

}  // namespace hedgestorm::tune
