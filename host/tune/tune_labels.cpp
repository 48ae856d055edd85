// SPDX-License-Identifier: Apache-2.0

// A tuning as labelled numbers: every candidate's figures and objectives, the front, the region,
// the rivals and the check.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "host/tune/labels.hpp"
#include "host/tune/tune.hpp"

namespace hedgestorm::tune {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr risk::Estimate none = {nan, nan, nan, nan};

const char* word(Ending ending) {
    switch (ending) {
        case Ending::finished:
            return "finished";
        case Ending::stable:
            return "stable";
        case Ending::budget:
            return "budget";
        case Ending::interrupted:
            break;
    }
    return "interrupted";
}

void label_candidates(const TuneResult& result, result::Labelled& file) {
    std::vector<double> values, paths, feasible, on_front, p, excess, figures, objectives;
    std::string table = "candidate";
    for (const Axis& axis : result.file.parameters) table += ";" + axis.key;
    table += "\n";
    for (std::size_t c = 0; c < result.candidates.size(); ++c) {
        const Candidate& candidate = result.candidates[c];
        table += fmt::format("{};{}\n", c, fmt::join(candidate.values, ";"));
        for (std::size_t a = 0; a < candidate.values.size(); ++a) {
            const Axis& axis = result.file.parameters[a];
            values.push_back(
                axis.numbers.empty() ? nan : std::strtod(candidate.values[a].c_str(), nullptr));
        }
        paths.push_back(static_cast<double>(candidate.paths));
        feasible.push_back(candidate.paths > 0 && candidate.is_feasible ? 1.0 : 0.0);
        const auto member = std::find(result.front.begin(), result.front.end(), c);
        on_front.push_back(
            member == result.front.end()
                ? nan
                : result.on_front[static_cast<std::size_t>(member - result.front.begin())]);
        const auto compared = std::find(result.compared.begin(), result.compared.end(), c);
        const bool is_compared = compared != result.compared.end() && !result.against.empty();
        const auto at = static_cast<std::size_t>(compared - result.compared.begin());
        p.push_back(is_compared ? result.against[at].p : nan);
        append(is_compared ? result.against[at].difference : none, excess);
        for (std::size_t s = 0; s < result.scenarios.size(); ++s) {
            for (std::size_t f = 0; f < result.file.statistics.size(); ++f)
                append(s < candidate.scores.size() ? estimate(candidate.scores[s][f]) : none,
                       figures);
        }
        for (std::size_t k = 0; k < result.file.objectives.size(); ++k)
            append(k < candidate.objectives.size() ? estimate(candidate.objectives[k]) : none,
                   objectives);
    }
    file.texts["candidates"] = table;
    file.arrays.push_back({"parameter_value",
                           {"candidate", "parameter"},
                           std::move(values),
                           {"value of a parameter; missing where it is a word"}});
    file.arrays.push_back({"candidate_paths",
                           {"candidate"},
                           std::move(paths),
                           {"paths it was worked out with; 0: not at all"}});
    file.arrays.push_back({"is_feasible",
                           {"candidate"},
                           std::move(feasible),
                           {"1 where it keeps every constraint in every scenario"}});
    file.arrays.push_back({"on_front",
                           {"candidate"},
                           std::move(on_front),
                           {"of members of the front: probability of being on it"}});
    file.arrays.push_back({"p",
                           {"candidate"},
                           std::move(p),
                           {"p-value of being as good as the recommendation, after Holm"}});
    file.arrays.push_back({"excess",
                           {"candidate", "statistic"},
                           std::move(excess),
                           {"ranking figure less that of the recommendation, on the same paths"}});
    file.arrays.push_back({"figures",
                           {"candidate", "scenario", "figure", "statistic"},
                           std::move(figures),
                           {"figures of the tuned policy"}});
    file.arrays.push_back({"objectives",
                           {"candidate", "objective", "statistic"},
                           std::move(objectives),
                           {"objectives over the scenarios"}});
}

void label_rivals(const TuneResult& result, result::Labelled& file) {
    std::vector<std::string> names, rivals;
    std::string refusals;
    for (const Standing& standing : result.standings) {
        names.push_back(standing.place);
        for (const Rival& rival : standing.rivals) {
            if (std::find(rivals.begin(), rivals.end(), rival.name) == rivals.end())
                rivals.push_back(rival.name);
        }
        for (const std::string& why : standing.refusals)
            refusals += fmt::format("{}: {}\n", standing.place, why);
    }
    if (!refusals.empty()) file.texts["impossible"] = refusals;
    file.dimensions.push_back({"place", names, {}, {"paths and scenarios of a comparison"}});
    file.dimensions.push_back(
        {"rival", rivals, {}, {"policy that the scenarios or the tune file bring along"}});
    std::vector<double> recommendation, kept, values, differences;
    for (const Standing& standing : result.standings) {
        kept.push_back(standing.is_feasible ? 1.0 : 0.0);
        for (const Figure& figure : standing.objectives) append(estimate(figure), recommendation);
        for (const std::string& name : rivals) {
            const auto found = std::find_if(standing.rivals.begin(), standing.rivals.end(),
                                            [&](const Rival& rival) { return rival.name == name; });
            const bool here = found != standing.rivals.end();
            for (std::size_t k = 0; k < result.file.objectives.size(); ++k) {
                append(here ? estimate(found->objectives[k]) : none, values);
                append(here ? found->difference[k] : none, differences);
            }
        }
    }
    file.arrays.push_back({"recommendation",
                           {"place", "objective", "statistic"},
                           std::move(recommendation),
                           {"objectives of the recommendation"}});
    file.arrays.push_back({"keeps_constraints",
                           {"place"},
                           std::move(kept),
                           {"1 where the recommendation keeps every constraint"}});
    file.arrays.push_back({"rival_objectives",
                           {"place", "rival", "objective", "statistic"},
                           std::move(values),
                           {"objectives of the rivals"}});
    file.arrays.push_back({"rival_excess",
                           {"place", "rival", "objective", "statistic"},
                           std::move(differences),
                           {"rival less recommendation, on the same paths"}});
}

}  // namespace

result::Labelled labelled(const TuneResult& result) {
    result::Labelled file;
    file.kind = "tune";
    file.title = result.file.name;
    file.texts["tune_file"] = result.file.text;
    file.attributes["description"] = result.file.description;
    file.attributes["policy"] = result.file.policy;
    file.attributes["seed"] = std::to_string(result.seed);
    file.attributes["paths"] = std::to_string(result.file.paths);
    file.attributes["hold_out_paths"] =
        std::to_string(result.standings.size() > 1 ? result.file.hold_out_paths : 0);
    file.attributes["ending"] = word(result.ending);
    file.attributes["seconds"] = fmt::format("{:.3f}", result.seconds);
    file.attributes["recommended"] =
        result.recommended ? std::to_string(*result.recommended) : "none";
    std::vector<double> numbers(result.candidates.size());
    std::iota(numbers.begin(), numbers.end(), 0.0);
    std::vector<std::string> keys, figures, objectives;
    for (const Axis& axis : result.file.parameters) keys.push_back(axis.key);
    for (const Statistic& statistic : result.file.statistics) figures.push_back(statistic.text);
    for (const Expression& objective : result.file.objectives) objectives.push_back(objective.text);
    file.dimensions.push_back({"candidate", {}, std::move(numbers), {"number of a candidate"}});
    file.dimensions.push_back({"parameter", std::move(keys), {}, {"key that is varied"}});
    file.dimensions.push_back({"scenario", result.scenarios, {}, {"scenario tuned on"}});
    file.dimensions.push_back({"figure", std::move(figures), {}, {"statistic of an outcome"}});
    file.dimensions.push_back({"objective", std::move(objectives), {}, {"what is minimised"}});
    file.dimensions.push_back({"statistic",
                               {"value", "se", "low", "high"},
                               {},
                               {"value, standard error, ends of the 95 % interval"}});
    label_candidates(result, file);
    label_rivals(result, file);
    std::string refusals;
    for (const Candidate& candidate : result.candidates) {
        if (!candidate.refusal.empty())
            refusals +=
                fmt::format("{}: {}\n", fmt::join(candidate.overrides, ", "), candidate.refusal);
    }
    if (!refusals.empty()) file.texts["refusals"] = refusals;
    std::string constraints;
    for (const Constraint& constraint : result.file.constraints)
        constraints += constraint.text + "\n";
    if (!constraints.empty()) file.texts["constraints"] = constraints;
    return file;
}

}  // namespace hedgestorm::tune
