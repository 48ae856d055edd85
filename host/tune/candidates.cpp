// SPDX-License-Identifier: Apache-2.0

#include "host/tune/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/scenario/load.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::tune {

Arena::Arena(const TuneFile& file, const TuneScenario& scenario)
    : file_(file),
      scenario_(scenario),
      base_(scenario::load_overlaid(scenario.file, file.overlay, scenario.set)) {
    for (const scenario::Policy& policy : base_.policies) {
        if (policy.name != file.policy) rivals_.push_back(policy);
    }
}

scenario::Scenario Arena::at(const std::vector<std::string>& overrides) const {
    std::vector<std::string> all = scenario_.set;
    all.insert(all.end(), overrides.begin(), overrides.end());
    return scenario::load_overlaid(scenario_.file, file_.overlay, all);
}

const scenario::Policy& Arena::tuned(const scenario::Scenario& scenario) const {
    const auto found =
        std::find_if(scenario.policies.begin(), scenario.policies.end(),
                     [&](const auto& policy) { return policy.name == file_.policy; });
    if (found == scenario.policies.end())
        throw UsageError(fmt::format("a tuning may not rename its policy \"{}\"", file_.policy));
    return *found;
}

std::vector<Score> Arena::scores(const std::vector<std::vector<std::string>>& overrides,
                                 Paths paths, Evaluator& evaluator,
                                 const std::function<void(std::size_t)>& done,
                                 const Refuse& refuse) const {
    const std::string own = fmt::format("policy[\"{}\"].", file_.policy);
    std::map<std::string, std::vector<std::size_t>> worlds;
    for (std::size_t c = 0; c < overrides.size(); ++c) {
        std::string world;
        for (const std::string& text : overrides[c]) {
            if (!text.starts_with(own)) world += text + "\n";
        }
        worlds[world].push_back(c);
    }
    std::vector<Score> scores(overrides.size());
    for (const auto& world_of : worlds) {
        const std::vector<std::size_t>& members = world_of.second;
        std::vector<scenario::Policy> policies;
        scenario::Scenario world;
        for (const std::size_t c : members) {
            scenario::Scenario here = at(overrides[c]);
            policies.push_back(tuned(here));
            if (policies.size() == 1) world = std::move(here);
        }
        const auto refuse_member = [&](std::size_t i, const ScenarioError& why) {
            refuse(members[i], why);
        };
        std::vector<Score> of_world = evaluator.scores(world, policies, paths, done,
                                                       refuse ? Refuse(refuse_member) : Refuse());
        for (std::size_t i = 0; i < members.size(); ++i)
            scores[members[i]] = std::move(of_world[i]);
    }
    return scores;
}

std::vector<Score> Arena::rival_scores(const std::vector<std::string>& overrides, Paths paths,
                                       Evaluator& evaluator, const Refuse& refuse) const {
    const scenario::Scenario world = at(overrides);
    std::vector<scenario::Policy> policies;
    for (const scenario::Policy& policy : world.policies) {
        if (policy.name != file_.policy) policies.push_back(policy);
    }
    return evaluator.scores(world, policies, paths, {}, refuse);
}

}  // namespace hedgestorm::tune
