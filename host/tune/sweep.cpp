// SPDX-License-Identifier: Apache-2.0

#include "host/tune/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>

#include "hedgestorm/params.hpp"
#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::tune {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr risk::Estimate none = {nan, nan, nan, nan};

bool is_of_policy(const std::string& override_text) {
    return override_text.starts_with("policy[");
}

/// What is the same for points that differ in their policies alone.
std::string world_of(const std::vector<std::string>& overrides) {
    std::string world;
    for (const std::string& text : overrides) {
        if (!is_of_policy(text)) world += text + "\n";
    }
    return world;
}

/// Points that share a market, and the different policies among them.
struct World {
    scenario::Scenario scenario;
    std::vector<scenario::Policy> policies;
    std::vector<std::size_t> points;
    std::vector<std::vector<std::size_t>> policies_of;  ///< [point of the world][its policy]

    void add(std::size_t point, const scenario::Scenario& at) {
        points.push_back(point);
        std::vector<std::size_t>& mine = policies_of.emplace_back();
        for (const scenario::Policy& policy : at.policies) {
            const auto known = std::find(policies.begin(), policies.end(), policy);
            mine.push_back(static_cast<std::size_t>(known - policies.begin()));
            if (known == policies.end()) policies.push_back(policy);
        }
    }
};

scenario::Scenario at_point(const Work& work, const scenario::Scenario& base,
                            const Overrides& overrides) {
    Overrides all = work.set;
    all.insert(all.end(), overrides.begin(), overrides.end());
    scenario::Scenario scenario = scenario::load_text(base.source_text, work.scenario, all);
    if (scenario.policies.size() != base.policies.size())
        throw UsageError("a sweep varies policies, not how many there are");
    return scenario;
}

}  // namespace

scenario::Scenario base_of(const Work& work) {
    scenario::Scenario base = scenario::load(work.scenario, work.set);
    if (work.paths > 0) base.simulation.paths = work.paths;
    return base;
}

Paths paths_of(const scenario::Scenario& scenario) {
    const std::uint64_t first = scenario.simulation.first_path;
    const std::uint64_t count = scenario.simulation.paths;
    if (count < fewest_paths || count > most_paths) {
        throw UsageError(fmt::format("{} paths cannot be compared; from {} to {} can (see --paths)",
                                     count, fewest_paths, most_paths));
    }
    if (first % tile_paths != 0)
        throw UsageError(
            fmt::format("simulation.first_path must be a multiple of {} here", tile_paths));
    return {first, static_cast<std::size_t>(count)};
}

Swept sweep(const Work& work, const scenario::Scenario& base, const std::vector<Overrides>& points,
            Evaluator& evaluator) {
    Swept swept;
    swept.base = base;
    swept.paths = paths_of(base);
    swept.statistics = evaluator.statistics();
    for (const scenario::Policy& policy : base.policies) swept.policies.push_back(policy.name);
    const std::size_t policies = swept.policies.size();
    const std::size_t statistics = swept.statistics.size();

    // All points are read before the first path: a mistyped key must not cost a night.
    std::map<std::string, std::vector<std::size_t>> worlds;
    std::optional<ScenarioError> first_refusal;
    swept.refusals.resize(points.size());
    std::size_t total = policies;
    for (std::size_t p = 0; p < points.size(); ++p) {
        try {
            at_point(work, base, points[p]);
            worlds[world_of(points[p])].push_back(p);
            total += policies;
        } catch (const ScenarioError& error) {
            if (!first_refusal) first_refusal = error;
            swept.refusals[p] = first_sentence(error);
        }
    }
    if (worlds.empty() && first_refusal) throw *first_refusal;

    std::size_t done = 0;
    const auto report = [&](std::size_t more) {
        done += more;
        if (work.report) work.report(done, total);
    };
    const std::vector<Score> of_base = evaluator.scores(base, base.policies, swept.paths, report);
    for (const Score& score : of_base) {
        for (const Figure& figure : score) swept.of_base.push_back(estimate(figure));
    }
    swept.figures.assign(points.size() * policies * statistics, {none, none});
    for (const auto& [text, of_world] : worlds) {
        World world;
        for (const std::size_t p : of_world) {
            scenario::Scenario at = at_point(work, base, points[p]);
            world.add(p, at);
            if (world.points.size() == 1) world.scenario = std::move(at);
        }
        std::vector<std::string> refusals(world.policies.size());
        const std::vector<Score> scores = evaluator.scores(
            world.scenario, world.policies, swept.paths, {},
            [&](std::size_t a, const ScenarioError& why) { refusals[a] = first_sentence(why); });
        for (std::size_t i = 0; i < world.points.size(); ++i) {
            for (const std::size_t a : world.policies_of[i]) {
                if (!refusals[a].empty()) swept.refusals[world.points[i]] = refusals[a];
            }
            if (!swept.refusals[world.points[i]].empty()) continue;
            for (std::size_t a = 0; a < policies; ++a) {
                const Score& score = scores[world.policies_of[i][a]];
                for (std::size_t s = 0; s < statistics; ++s) {
                    swept.figures[(world.points[i] * policies + a) * statistics + s] = {
                        estimate(score[s]), estimate(score[s] - of_base[a][s])};
                }
            }
        }
        report(of_world.size() * policies);
    }
    return swept;
}

GridSweep sweep(const Work& work, Grid grid, Evaluator& evaluator) {
    std::vector<Overrides> points;
    for (std::size_t p = 0; p < grid.size(); ++p) points.push_back(grid.overrides(p));
    Swept swept = sweep(work, base_of(work), points, evaluator);
    return {std::move(grid), std::move(swept)};
}

}  // namespace hedgestorm::tune
