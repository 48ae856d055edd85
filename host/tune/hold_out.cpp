// SPDX-License-Identifier: Apache-2.0

#include "host/tune/hold_out.hpp"

#include <algorithm>
#include <optional>

#include "host/tune/across.hpp"
#include "host/tune/ranking.hpp"

namespace hedgestorm::tune {
namespace {

std::vector<Score> scores_of(const std::vector<Arena>& arenas, Paths paths,
                             const std::vector<std::string>& overrides, Evaluator& evaluator) {
    std::vector<Score> scores;
    for (const Arena& arena : arenas)
        scores.push_back(arena.scores({overrides}, paths, evaluator, {}).front());
    return scores;
}

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

}  // namespace

std::vector<Figure> objectives_of(const TuneFile& file, const std::vector<Arena>& arenas,
                                  const std::vector<Score>& scores) {
    std::vector<double> weights;
    for (const Arena& arena : arenas) weights.push_back(arena.weight());
    const Across across = file.across == Across::regret ? Across::worst : file.across;
    std::vector<Figure> all;
    for (const Expression& objective : file.objectives) {
        std::vector<Figure> figures;
        for (const Score& score : scores) figures.push_back(objective.of(score));
        all.push_back(across_scenarios({figures}, weights, across).front());
    }
    return all;
}

std::vector<Rival> rivals_of(const TuneFile& file, const std::vector<Arena>& arenas, Paths paths,
                             const std::vector<Figure>& recommended,
                             const std::vector<std::string>& overrides, Evaluator& evaluator) {
    std::vector<std::vector<Score>> scores;  // [arena][its rival]
    for (const Arena& arena : arenas)
        scores.push_back(arena.rival_scores(overrides, paths, evaluator));
    std::vector<Rival> rivals;
    for (const scenario::Policy& policy : arenas.front().rivals()) {
        const auto of = of_rival(policy.name, arenas, scores);
        if (!of) continue;
        Rival rival;
        rival.name = policy.name;
        rival.objectives = objectives_of(file, arenas, *of);
        for (std::size_t k = 0; k < recommended.size(); ++k)
            rival.difference.push_back(estimate(rival.objectives[k] - recommended[k]));
        rivals.push_back(std::move(rival));
    }
    return rivals;
}

HoldOut check(const TuneFile& file, const std::vector<Arena>& arenas,
              const std::vector<Arena>& elsewhere, const std::vector<std::string>& overrides,
              Evaluator& evaluator) {
    const auto on = [&](const std::vector<Arena>& where, HoldOut::Place& place) {
        const Paths fresh = {first_hold_out_path, file.hold_out_paths};
        const std::vector<Score> scores = scores_of(where, fresh, overrides, evaluator);
        place.objectives = objectives_of(file, where, scores);
        place.is_feasible = keeps_constraints(file, scores);
        place.rivals = rivals_of(file, where, fresh, place.objectives, overrides, evaluator);
    };
    HoldOut hold_out;
    hold_out.paths = file.hold_out_paths;
    on(arenas, hold_out.same_scenarios);
    for (const Arena& arena : elsewhere) {
        HoldOut::Place& place = hold_out.elsewhere.emplace_back();
        place.scenario = arena.name();
        on({arena}, place);
    }
    hold_out.is_done = true;
    return hold_out;
}

}  // namespace hedgestorm::tune
