// SPDX-License-Identifier: Apache-2.0

#include "host/tune/tune.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "hedgestorm/params.hpp"
#include "host/run/run.hpp"
#include "host/support/error.hpp"
#include "host/tune/candidates.hpp"
#include "host/tune/design.hpp"
#include "host/tune/ranking.hpp"
#include "host/tune/refine.hpp"
#include "host/tune/standing.hpp"
#include "host/tune/steadiness.hpp"

namespace hedgestorm::tune {
namespace {

using Clock = std::chrono::steady_clock;
using AllOverrides = std::vector<std::vector<std::string>>;

/// Candidates worked out before the clock is looked at again.
constexpr std::size_t at_a_time = 4 * max_accounts;

/// First round of successive halving: enough for 64 paths in a batch.
constexpr std::size_t first_round_paths = 4096;

/// Points a search looks at, at most, for each parameter.
constexpr std::size_t steps_per_parameter = 40;

/// Halving leaves so many for the last round.
constexpr std::size_t finalists = 32;

/// One tuning under way.
class Tuning {
  public:
    Tuning(const TuneFile& file, run::OutcomeRuns& runs, const TuneOptions& options)
        : options_(options), evaluator_(runs, file.statistics), start_(Clock::now()) {
        result_.file = file;
        for (const TuneScenario& scenario : result_.file.scenarios)
            arenas_.emplace_back(result_.file, scenario);
        for (const TuneScenario& scenario : result_.file.hold_out)
            elsewhere_.emplace_back(result_.file, scenario);
        for (const Arena& arena : arenas_) result_.scenarios.push_back(arena.name());
        result_.seed = arenas_.front().base().simulation.seed;
    }

    TuneResult run() {
        list_candidates();
        std::vector<std::size_t> alive;
        for (std::size_t c = 0; c < result_.candidates.size(); ++c) {
            if (result_.candidates[c].refusal.empty()) alive.push_back(c);
        }
        const std::vector<std::size_t> rounds = paths_of_rounds(alive.size());
        total_ = 0;
        for (std::size_t r = 0, left = alive.size(); r < rounds.size(); ++r, left = survivors(left))
            total_ += left * arenas_.size();
        work_out(alive, rounds.front(), 0);
        for (std::size_t r = 1; r < rounds.size() && result_.ending == Ending::finished; ++r) {
            const Ranking ranking = rank(alive, result_);
            alive = ranking.in_order(alive);
            alive.resize(survivors(alive.size()));
            const bool is_early = r + 1 < rounds.size();
            if (result_.file.stop_when_stable && is_early && steadiness_.look(ranking)) {
                // The rounds between would change nothing: the finalists go on with all paths.
                result_.ending = Ending::stable;
                alive.resize(std::min(alive.size(), finalists));
                total_ = done_ + alive.size() * arenas_.size();
                work_out(alive, rounds.back(), r);
                break;
            }
            work_out(alive, rounds[r], r);
        }
        if (result_.file.search == Search::subplex && result_.ending == Ending::finished)
            search_on();
        judge();
        if (result_.recommended && result_.ending != Ending::interrupted) compare();
        result_.seconds = seconds();
        return std::move(result_);
    }

  private:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

    /// Every candidate is read in every scenario before the first path: a mistyped key must not
    /// cost a night.
    void list_candidates() {
        std::optional<ScenarioError> first_refusal;
        bool any = false;
        for (std::vector<std::string>& values : design(result_.file)) {
            const auto refusal = add_candidate(std::move(values));
            if (refusal && !first_refusal) first_refusal = refusal;
            any = any || !refusal;
        }
        if (!any && first_refusal) throw *first_refusal;
        if (result_.candidates.size() < fewest_candidates)
            throw UsageError("a tuning of a single candidate has nothing to choose from");
    }

    /// Gives what is wrong with it where it is no scenario.
    std::optional<ScenarioError> add_candidate(std::vector<std::string> values) {
        Candidate& candidate = result_.candidates.emplace_back();
        candidate.values = std::move(values);
        for (std::size_t a = 0; a < candidate.values.size(); ++a)
            candidate.overrides.push_back(result_.file.parameters[a].key + "=" +
                                          candidate.values[a]);
        try {
            for (const Arena& arena : arenas_) arena.tuned(arena.at(candidate.overrides));
            for (const Arena& arena : elsewhere_) arena.tuned(arena.at(candidate.overrides));
        } catch (const ScenarioError& error) {
            candidate.refusal = first_sentence(error);
            return error;
        }
        return std::nullopt;
    }

    /// From the best candidate on, one at a time; each joins the others.
    void search_on() {
        const Ranking ranking = rank(most_advanced(result_), result_);
        if (ranking.eligible.empty()) return;
        std::vector<double> start;
        const std::vector<Axis>& axes = result_.file.parameters;
        for (std::size_t a = 0; a < axes.size(); ++a)
            start.push_back(share_of(axes[a], result_.candidates[ranking.best()].values[a]));
        refine(start, steps_per_parameter * axes.size(), [&](const std::vector<double>& point) {
            std::vector<std::string> values;
            for (std::size_t a = 0; a < axes.size(); ++a)
                values.push_back(value_at(axes[a], point[a]));
            return figure_at(values);
        });
    }

    /// The objective there; beyond every other where it is no scenario or breaks a constraint;
    /// nothing where the search is at its end.
    std::optional<double> figure_at(const std::vector<std::string>& values) {
        constexpr double out_of_bounds = 1e300;
        const auto known = std::find_if(result_.candidates.begin(), result_.candidates.end(),
                                        [&](const auto& other) { return other.values == values; });
        const auto at = static_cast<std::size_t>(known - result_.candidates.begin());
        if (known == result_.candidates.end()) {
            if (add_candidate(values)) return out_of_bounds;
            total_ += arenas_.size();
            std::vector<std::size_t> alone = {at};
            work_out(alone, result_.file.paths, 1);
            if (result_.ending != Ending::finished) return std::nullopt;
            rank(alone, result_);
        }
        const Candidate& candidate = result_.candidates[at];
        const bool counts = candidate.is_feasible && !candidate.objectives.empty() &&
                            std::isfinite(candidate.objectives.front().value);
        return counts ? candidate.objectives.front().value : out_of_bounds;
    }

    static std::size_t survivors(std::size_t count) {
        return std::max(std::min(count, finalists), (count + 1) / 2);
    }

    /// A grid has one round. A design begins with few paths and doubles them while it halves.
    std::vector<std::size_t> paths_of_rounds(std::size_t candidates) const {
        std::vector<std::size_t> rounds = {result_.file.paths};
        if (result_.file.search != Search::sobol) return rounds;
        for (std::size_t left = candidates; left > finalists && rounds.back() > first_round_paths;
             left = survivors(left))
            rounds.push_back(std::max(first_round_paths, rounds.back() / 2));
        std::reverse(rounds.begin(), rounds.end());
        return rounds;
    }

    bool is_spent() const { return options_.budget && seconds() > options_.budget->count(); }

    /// Takes `alive` to so many paths; those that turn out impossible leave it.
    void work_out(std::vector<std::size_t>& alive, std::size_t paths, std::size_t round) {
        const auto done = [&](std::size_t more) {
            done_ += more;
            if (options_.report) options_.report({done_, total_, best_});
        };
        try {
            for (std::size_t first = 0; first < alive.size(); first += at_a_time) {
                // The first ones are worked out whatever the budget: there must be a choice.
                if (is_spent() && (first > 0 || round > 0)) {
                    result_.ending = Ending::budget;
                    return;
                }
                const std::size_t size = std::min(at_a_time, alive.size() - first);
                AllOverrides overrides;
                for (std::size_t i = 0; i < size; ++i)
                    overrides.push_back(result_.candidates[alive[first + i]].overrides);
                const auto refuse = [&](std::size_t i, const ScenarioError& why) {
                    result_.candidates[alive[first + i]].refusal = first_sentence(why);
                };
                std::vector<std::vector<Score>> scores;
                for (const Arena& arena : arenas_)
                    scores.push_back(arena.scores(overrides, {0, paths}, evaluator_, done, refuse));
                for (std::size_t i = 0; i < size; ++i)
                    take(result_.candidates[alive[first + i]], paths, scores, i);
                tell_best();
                const bool is_more = first + size < alive.size();
                if (round == 0 && is_more && has_stood_still(first + size)) {
                    result_.ending = Ending::stable;
                    break;
                }
            }
        } catch (const run::Interrupted&) {
            result_.ending = Ending::interrupted;
        }
        std::erase_if(alive, [&](std::size_t c) { return !result_.candidates[c].refusal.empty(); });
    }

    /// The scores of the i-th of those worked out together.
    static void take(Candidate& candidate, std::size_t paths,
                     std::vector<std::vector<Score>>& scores, std::size_t i) {
        candidate.scores.clear();
        candidate.paths = 0;
        if (!candidate.refusal.empty()) return;
        candidate.paths = paths;
        for (auto& of_arena : scores) candidate.scores.push_back(std::move(of_arena[i]));
    }

    /// Of a grid: looks whenever its candidates have doubled.
    bool has_stood_still(std::size_t candidates) {
        const bool is_asked = result_.file.stop_when_stable && result_.file.search == Search::grid;
        if (!is_asked || candidates < next_look_) return false;
        next_look_ = 2 * candidates;
        return steadiness_.look(rank(most_advanced(result_), result_));
    }

    void tell_best() {
        if (!options_.report) return;
        const Ranking ranking = rank(most_advanced(result_), result_);
        if (ranking.eligible.empty()) return;
        const Candidate& best = result_.candidates[ranking.best()];
        best_ = fmt::format("{:.5g} at {}", best.objectives.front().value,
                            fmt::join(best.values, ", "));
        options_.report({done_, total_, best_});
    }

    void judge() {
        const Ranking ranking = rank(most_advanced(result_), result_);
        result_.compared = ranking.eligible;
        result_.front = ranking.front;
        if (ranking.eligible.empty()) return;
        std::vector<std::vector<Figure>> figures(result_.candidates.size());
        std::vector<Figure> sums;
        std::size_t winner = 0;
        result_.recommended = ranking.best();
        for (const std::size_t c : ranking.eligible) {
            figures[c] = result_.candidates[c].objectives;
            if (c == *result_.recommended) winner = sums.size();
            sums.push_back(ranking.sum[c]);
        }
        result_.on_front = probability_on_front(figures, ranking.eligible, ranking.front);
        result_.against = against_best(sums, winner);
        result_.standings = {Standings(result_, arenas_, evaluator_).alone()};
    }

    /// The recommendation against its rivals: on the paths it was chosen by, then on fresh ones.
    void compare() {
        const Standings standings(result_, arenas_, evaluator_);
        try {
            std::vector<Standing> all = {standings.on_tuning_paths(), standings.on_fresh_paths()};
            for (const Arena& arena : elsewhere_) all.push_back(standings.in(arena));
            result_.standings = std::move(all);
        } catch (const run::Interrupted&) {
            result_.ending = Ending::interrupted;
        }
    }

    TuneResult result_;
    TuneOptions options_;
    Evaluator evaluator_;
    Clock::time_point start_;
    std::vector<Arena> arenas_;
    std::vector<Arena> elsewhere_;
    std::size_t done_ = 0;
    std::size_t total_ = 0;
    std::size_t next_look_ = 0;
    Steadiness steadiness_;
    std::string best_;
};

}  // namespace

TuneResult tune(const TuneFile& file, run::OutcomeRuns& runs, const TuneOptions& options) {
    return Tuning(file, runs, options).run();
}

std::string emitted_scenario(const TuneResult& result) {
    if (!result.recommended) return "";
    const Arena arena(result.file, result.file.scenarios.front());
    return arena.at(result.candidates[*result.recommended].overrides).resolved_text;
}

}  // namespace hedgestorm::tune
