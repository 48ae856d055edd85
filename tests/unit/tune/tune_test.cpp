// SPDX-License-Identifier: Apache-2.0
//
// Tuning a policy from a file: what is chosen, what the check says, and what is refused.

#include "host/tune/tune.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>

#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/tune/across.hpp"
#include "host/tune/candidates.hpp"
#include "host/tune/steadiness.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::tune {
namespace {

const std::string policy = "[policy]\nname = 'tuned'\nrule = 'band'\nhalf_width = 0.05\n";
const std::string width = "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:12:log'\n";
const std::string two_objectives = "[objective]\nminimise = ['mean(total_cost)', 'es_95(pnl)']\n";
const std::string few_paths = "[search]\npaths = 8192\nhold_out_paths = 4096\n";
const std::string calm = "[[scenario]]\nfile = 'calm.toml'\n";

class Tuning : public ::testing::Test {
  protected:
    void SetUp() override {
        test::ScenarioText text;
        text.set("costs.fee_bps", "20").set("name", "'calm'");
        folder_.write("calm.toml", text.str());
        text.set("market.volatility", "0.4").set("name", "'storm'");
        folder_.write("storm.toml", text.str());
    }

    TuneFile file(const std::string& tables) {
        return load_tune_file(folder_.write("tune.toml", "schema = 1\n" + tables));
    }
    TuneResult tuned(const std::string& tables, const TuneOptions& options = {}) {
        return tune(file(tables), runs_, options);
    }
    std::vector<Problem> problems(const std::string& tables) {
        return test::problems_of([&] { file(tables); });
    }

    test::TempFolder folder_;
    run::OutcomeRuns runs_{"auto", 2, nullptr};
};

TEST_F(Tuning, RecommendsTheLeastOfAScalarObjective) {
    const std::string scalar = "[objective]\nminimise = ['mean(total_cost) + 0.1 * es_95(pnl)']\n";
    const TuneResult result = tuned(calm + policy + width + scalar + few_paths);
    ASSERT_EQ(result.candidates.size(), 12u);
    ASSERT_TRUE(result.recommended);
    // By hand, each candidate on its own, on another engine and one thread.
    run::OutcomeRuns scalar_engine("scalar", 1, nullptr);
    Evaluator alone(scalar_engine, result.file.statistics);
    std::size_t least = 0;
    std::vector<double> values;
    for (std::size_t c = 0; c < 12; ++c) {
        const auto scenario = scenario::load_overlaid(folder_ / "calm.toml", result.file.overlay,
                                                      result.candidates[c].overrides);
        const Score score = alone.scores(scenario, {scenario.policies.back()}, {0, 8192}).front();
        values.push_back(result.file.objectives.front().of(score).value);
        EXPECT_EQ(values[c], result.candidates[c].objectives.front().value);
        if (values[c] < values[least]) least = c;
    }
    EXPECT_EQ(*result.recommended, least);
    EXPECT_EQ(result.front, std::vector<std::size_t>{least});
    EXPECT_EQ(result.against.size(), 12u);
}

TEST_F(Tuning, ChecksOnPathsItDidNotChooseBy) {
    const TuneResult result = tuned(calm + policy + width + two_objectives + few_paths +
                                    "[[hold_out]]\nfile = 'storm.toml'\n");
    ASSERT_TRUE(result.recommended);
    ASSERT_EQ(result.standings.size(), 3u);
    const Standing& tuning = result.standings[0];
    const Standing& same = result.standings[1];
    const Standing& storm = result.standings[2];
    const Candidate& winner = result.candidates[*result.recommended];
    const Arena arena(result.file, result.file.scenarios.front());
    Evaluator evaluator(runs_, result.file.statistics);
    const Score fresh =
        arena.scores({winner.overrides}, {std::uint64_t{1} << 40, 4096}, evaluator, {}, {}).front();
    EXPECT_EQ(tuning.objectives[0].value, winner.objectives[0].value);
    EXPECT_EQ(same.objectives[0].value, result.file.objectives[0].of(fresh).value);
    EXPECT_NE(same.objectives[0].value, winner.objectives[0].value);
    EXPECT_EQ(storm.place, "storm, fresh paths");
    ASSERT_EQ(tuning.rivals.size(), 1u);
    EXPECT_EQ(tuning.rivals[0].name, "every step");
    EXPECT_EQ(tuning.rivals[0].difference[1].value,
              (tuning.rivals[0].objectives[1] - tuning.objectives[1]).value);
    // It trades less than every step, and costs less, here and there.
    EXPECT_GT(tuning.rivals[0].difference[0].low, 0.0);
    EXPECT_GT(storm.rivals[0].difference[0].low, 0.0);
}

TEST_F(Tuning, EmitsAScenarioThatRuns) {
    const TuneResult result = tuned(calm + policy + width + two_objectives + few_paths);
    const auto scenario = scenario::load_text(emitted_scenario(result), folder_ / "best.toml");
    ASSERT_EQ(scenario.policies.size(), 2u);
    EXPECT_EQ(scenario.policies[1].name, "tuned");
    EXPECT_EQ(scenario.policies[1].half_width,
              std::stod(result.candidates[*result.recommended].values[0]));
}

TEST_F(Tuning, AConstraintNobodyMeetsLeavesNothingToRecommend) {
    const std::string strict =
        "[objective]\nminimise = ['mean(total_cost)']\nsubject_to = ['es_95(pnl) <= -1e9']\n";
    const TuneResult result = tuned(calm + policy + width + strict + few_paths);
    EXPECT_FALSE(result.recommended);
    EXPECT_TRUE(result.front.empty());
    EXPECT_EQ(emitted_scenario(result), "");
    EXPECT_EQ(labelled(result).attribute("recommended"), "none");
    // One that some meet decides among those.
    const double bound = result.candidates[1].scores[0][0].value;  // in the middle of the grid
    const auto some =
        tuned(calm + policy + width + few_paths + "[objective]\nminimise = ['es_95(pnl)']\n" +
              fmt::format("subject_to = ['mean(total_cost) <= {}']\n", bound));
    ASSERT_TRUE(some.recommended);
    for (const Candidate& candidate : some.candidates)
        EXPECT_EQ(candidate.is_feasible,
                  some.file.constraints[0].expression.of(candidate.scores[0]).value <= bound);
    EXPECT_GT(some.compared.size(), 2u);
    EXPECT_LT(some.compared.size(), 12u);
}

TEST_F(Tuning, SeveralScenariosCountAsAsked) {
    Figure one, two, three, four;
    one.value = 1.0, two.value = 2.0, three.value = 3.0, four.value = 5.0;
    // Two candidates in two scenarios: (1, 5) and (2, 3).
    const std::vector<std::vector<Figure>> figures = {{one, four}, {two, three}};
    const auto of = [&](const std::vector<Figure>& one_policy, Across across) {
        return across_scenarios(one_policy, {3.0, 1.0}, across, least_by_scenario(figures)).value;
    };
    EXPECT_DOUBLE_EQ(of(figures[0], Across::weighted), 2.0);
    EXPECT_DOUBLE_EQ(of(figures[1], Across::weighted), 2.25);
    EXPECT_DOUBLE_EQ(of(figures[0], Across::worst), 5.0);
    EXPECT_DOUBLE_EQ(of(figures[1], Across::worst), 3.0);
    EXPECT_DOUBLE_EQ(of(figures[0], Across::regret), 2.0);
    EXPECT_DOUBLE_EQ(of(figures[1], Across::regret), 1.0);
    // A figure that is missing in one scenario is missing, and nobody's regret is from it.
    Figure none;
    none.value = std::numeric_limits<double>::quiet_NaN();
    for (const Across across : {Across::weighted, Across::worst, Across::regret}) {
        EXPECT_TRUE(std::isnan(of({none, one}, across)));
        EXPECT_TRUE(std::isnan(of({one, none}, across)));
    }
    const auto least = least_by_scenario({{none, four}, {two, none}, {three, three}});
    EXPECT_EQ(least[0].value, 2.0);
    EXPECT_EQ(least[1].value, 3.0);
    for (const char* across : {"weighted", "worst", "regret"}) {
        const TuneResult result = tuned(
            calm + "[[scenario]]\nfile = 'storm.toml'\nweight = 2.0\n" + policy + width +
            "[objective]\nminimise = ['es_95(pnl)']\nacross = '" + across + "'\n" + few_paths);
        ASSERT_TRUE(result.recommended) << across;
        EXPECT_EQ(result.candidates[0].scores.size(), 2u);
        EXPECT_EQ(result.standings[0].rivals.size(), 1u);
        EXPECT_EQ(result.standings[0].objectives[0].value,
                  result.candidates[*result.recommended].objectives[0].value);
    }
}

TEST_F(Tuning, RegretIsFromTheBestOfEachScenarioForRivalsAndOnFreshPathsToo) {
    const TuneResult result = tuned(
        calm + "[[scenario]]\nfile = 'storm.toml'\n[[hold_out]]\nfile = 'storm.toml'\n" + policy +
        width + "[objective]\nminimise = ['mean(total_cost) + es_95(pnl)']\nacross = 'regret'\n" +
        few_paths);
    ASSERT_EQ(result.standings.size(), 3u);
    Evaluator evaluator(runs_, result.file.statistics);
    const Expression& objective = result.file.objectives[0];
    const Candidate& winner = result.candidates[*result.recommended];
    std::vector<double> excess, rival_excess, fresh_excess;
    for (std::size_t s = 0; s < 2; ++s) {
        const Arena arena(result.file, result.file.scenarios[s]);
        std::size_t best = 0;
        for (std::size_t c = 0; c < result.candidates.size(); ++c) {
            const auto figure = [&](std::size_t i) {
                return objective.of(result.candidates[i].scores[s]).value;
            };
            if (figure(c) < figure(best)) best = c;
        }
        const Figure least = objective.of(result.candidates[best].scores[s]);
        excess.push_back((objective.of(winner.scores[s]) - least).value);
        const auto rival = arena.rival_scores({}, {0, 8192}, evaluator, {}).front();
        rival_excess.push_back((objective.of(rival) - least).value);
        const Paths fresh = {first_hold_out_path, 4096};
        const auto both = arena.scores({winner.overrides, result.candidates[best].overrides}, fresh,
                                       evaluator, {}, {});
        fresh_excess.push_back((objective.of(both[0]) - objective.of(both[1])).value);
    }
    const Standing& tuning = result.standings[0];
    EXPECT_EQ(tuning.objectives[0].value, std::max(excess[0], excess[1]));
    EXPECT_EQ(tuning.rivals[0].objectives[0].value, std::max(rival_excess[0], rival_excess[1]));
    EXPECT_EQ(result.standings[1].objectives[0].value, std::max(fresh_excess[0], fresh_excess[1]));
    // Nothing was sought in a scenario kept for the check: its figure stands as it is.
    const Arena storm(result.file, result.file.hold_out[0]);
    const auto there =
        storm.scores({winner.overrides}, {first_hold_out_path, 4096}, evaluator, {}, {});
    EXPECT_EQ(result.standings[2].objectives[0].value, objective.of(there[0]).value);
}

TEST_F(Tuning, RivalsOfTheFileStandBesideThoseOfTheScenarios) {
    const std::string rival =
        "[[rival]]\nname = 'textbook'\nrule = 'whalley_wilmott'\nrisk_aversion = 1.0\n";
    const TuneResult result = tuned(calm + policy + rival + width + two_objectives + few_paths +
                                    "[[hold_out]]\nfile = 'storm.toml'\n");
    ASSERT_EQ(result.standings.size(), 3u);
    for (const Standing& standing : result.standings) {
        ASSERT_EQ(standing.rivals.size(), 2u) << standing.place;
        EXPECT_EQ(standing.rivals[1].name, "textbook");
        EXPECT_GT(standing.rivals[1].difference[0].se, 0.0);
    }
    EXPECT_TRUE(test::only_problem(
        problems(calm + policy + "[[rival]]\nrule = 'static'\n" + width + two_objectives),
        "rival[0].name", "is missing"));
    EXPECT_TRUE(test::only_problem(
        problems(calm + policy + "[[rival]]\nname = 3\n" + width + two_objectives), "rival[0].name",
        "must be a text"));
    EXPECT_TRUE(test::only_problem(problems(calm + policy + rival + rival + width + two_objectives),
                                   "rival[1].name", "another policy of this file"));
    EXPECT_TRUE(
        test::only_problem(problems("rival = [1]\n" + calm + policy + width + two_objectives),
                           "rival", "must be tables"));
    EXPECT_THROW(tuned(calm + policy + "[[rival]]\nname = 'x'\nrule = 'wallet'\n" + width +
                       two_objectives + few_paths),
                 ScenarioError);
}

TEST_F(Tuning, WhatOnlyTheGridShowsToBeImpossibleIsLeftOut) {
    test::ScenarioText dear;
    dear.set("costs.fee_bps", "80").set("option.quantity", "1").set("name", "'dear'");
    folder_.write("dear.toml", dear.str());
    // Leland's long leg has a volatility left where it trades every second day or more rarely.
    const std::string leland =
        "[policy]\nname = 'tuned'\nrule = 'leland'\nevery = 5\n"
        "[[parameter]]\nkey = 'policy.every'\nvalues = '[1, 2, 3, 5]'\n";
    const std::string rival = "[[rival]]\nname = 'too often'\nrule = 'leland'\nevery = 1\n";
    const TuneResult result =
        tuned("[[scenario]]\nfile = 'dear.toml'\n" + leland + rival + two_objectives + few_paths);
    EXPECT_NE(result.candidates[0].refusal.find("nothing is left"), std::string::npos);
    EXPECT_EQ(result.candidates[0].paths, 0u);
    EXPECT_EQ(result.compared, (std::vector<std::size_t>{1, 2, 3}));
    // The others have the figures they have alone.
    Evaluator evaluator(runs_, result.file.statistics);
    const Arena arena(result.file, result.file.scenarios[0]);
    for (const std::size_t c : result.compared) {
        const Score alone =
            arena.scores({result.candidates[c].overrides}, {0, 8192}, evaluator, {}, {}).front();
        ASSERT_EQ(result.candidates[c].scores[0].size(), alone.size());
        for (std::size_t f = 0; f < alone.size(); ++f)
            EXPECT_EQ(result.candidates[c].scores[0][f].value, alone[f].value);
    }
    ASSERT_EQ(result.standings.size(), 2u);
    ASSERT_EQ(result.standings[0].refusals.size(), 1u);
    EXPECT_NE(result.standings[0].refusals[0].find("too often"), std::string::npos);
    EXPECT_TRUE(std::isnan(result.standings[0].rivals[1].objectives[0].value));
    // And in a scenario kept for the check the recommendation itself may be impossible.
    dear.set("costs.fee_bps", "1000").set("name", "'dearer'");
    folder_.write("dearer.toml", dear.str());
    const TuneResult elsewhere =
        tuned(calm + "[[hold_out]]\nfile = 'dearer.toml'\n" + leland + two_objectives + few_paths);
    ASSERT_EQ(elsewhere.standings.size(), 3u);
    EXPECT_FALSE(elsewhere.standings[2].refusals.empty());
    EXPECT_TRUE(std::isnan(elsewhere.standings[2].objectives[0].value));
    EXPECT_TRUE(labelled(elsewhere).texts.contains("impossible"));
}

TEST_F(Tuning, StopsWhenTheRecommendationStandsStill) {
    const std::string many =
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:1024:log'\n";
    const std::string scalar = "[objective]\nminimise = ['mean(total_cost) + 2 * sd(pnl)']\n";
    const TuneResult all = tuned(calm + policy + many + scalar + few_paths);
    EXPECT_EQ(all.ending, Ending::finished);
    const TuneResult some =
        tuned(calm + policy + many + scalar + few_paths + "stop_when_stable = true\n");
    EXPECT_EQ(some.ending, Ending::stable);
    EXPECT_EQ(some.compared.size(), 512u);  // looks at 128, 256 and 512
    // A grid that is worked out anyway has not stopped early.
    const std::string half =
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:512:log'\n";
    EXPECT_EQ(tuned(calm + policy + half + scalar + few_paths + "stop_when_stable = true\n").ending,
              Ending::finished);
    // What it recommends is no worse than what the whole grid finds, but for chance.
    const Figure excess = some.candidates[*some.recommended].objectives[0] -
                          all.candidates[*all.recommended].objectives[0];
    EXPECT_LT(excess.value, 2.0 * standard_error(excess) + 1e-12);
    // A design takes its finalists to all paths at once.
    const std::string design =
        "[search]\nmethod = 'sobol'\npoints = 1024\npaths = 65536\nhold_out_paths = 4096\n";
    const TuneResult early = tuned(calm + policy + width + scalar + design);
    EXPECT_EQ(early.ending, Ending::stable);
    std::size_t finalists = 0, between = 0;
    for (const Candidate& candidate : early.candidates) {
        finalists += candidate.paths == 65536 ? 1 : 0;
        between += candidate.paths == 32768 ? 1 : 0;
    }
    EXPECT_EQ(finalists, 32u);
    EXPECT_EQ(between, 0u);
    EXPECT_TRUE(
        test::only_problem(problems(calm + policy + width + scalar +
                                    "[search]\nmethod = 'subplex'\nstop_when_stable = true\n"),
                           "search.stop_when_stable", "subplex ends where"));
}

TEST(Steadiness, WantsTwoLooksInARowThatChangeNothing) {
    // Figures whose paired differences have a standard error of 0.1.
    const auto at = [](double value, int sign) {
        Figure figure;
        figure.value = value;
        for (std::size_t b = 0; b < figure.batch.size(); ++b)
            figure.batch[b] = value + 0.4 * sign * (b % 2 == 0 ? 1.0 : -1.0);
        return figure;
    };
    const auto look_at = [&](const std::vector<double>& values) {
        Ranking ranking;
        for (std::size_t c = 0; c < values.size(); ++c) {
            ranking.eligible.push_back(c);
            ranking.sum.push_back(at(values[c], c % 2 == 0 ? 1 : -1));
        }
        return ranking;
    };
    Steadiness steadiness;
    EXPECT_FALSE(steadiness.look(look_at({5.0})));
    EXPECT_FALSE(steadiness.look(look_at({5.0, 4.9})));       // not significantly better
    EXPECT_FALSE(steadiness.look(look_at({5.0, 4.9, 3.0})));  // significantly
    EXPECT_FALSE(steadiness.look(look_at({5.0, 4.9, 3.0})));
    EXPECT_TRUE(steadiness.look(look_at({5.0, 4.9, 3.0, 2.95})));
    // Where nobody is eligible it begins anew.
    EXPECT_FALSE(steadiness.look(look_at({})));
    EXPECT_FALSE(steadiness.look(look_at({1.0})));
    EXPECT_FALSE(steadiness.look(look_at({1.0})));
    EXPECT_TRUE(steadiness.look(look_at({1.0})));
}

TEST_F(Tuning, ADesignIsHalvedWhilePathsDouble) {
    const std::string design =
        "[search]\nmethod = 'sobol'\npoints = 128\npaths = 16384\nhold_out_paths = 4096\n";
    const std::string more =
        "[[parameter]]\nkey = 'policy.rebalance_to'\nvalues = '[target, edge]'\n";
    const TuneResult result = tuned(calm + policy + width + more + two_objectives + design);
    ASSERT_EQ(result.candidates.size(), 128u);
    std::size_t with_all = 0, with_least = 0;
    for (const Candidate& candidate : result.candidates) {
        with_all += candidate.paths == 16384 ? 1 : 0;
        with_least += candidate.paths == 4096 ? 1 : 0;
    }
    // Evenly in the logarithm: half of the widths lie below the geometric mean of the ends.
    const auto narrow = std::count_if(
        result.candidates.begin(), result.candidates.end(), [](const Candidate& candidate) {
            return std::stod(candidate.values[0]) < std::sqrt(0.01 * 0.4);
        });
    EXPECT_NEAR(static_cast<double>(narrow), 64.0, 4.0);
    EXPECT_EQ(with_all, 32u);
    EXPECT_EQ(with_least, 64u);
    EXPECT_EQ(result.compared.size(), 32u);
}

TEST_F(Tuning, ASearchWithoutDerivativesFindsWhatAFineGridFinds) {
    const std::string scalar = "[objective]\nminimise = ['mean(total_cost) + 2 * sd(pnl)']\n";
    const std::string paths = "paths = 8192\nhold_out_paths = 4096\n";
    const std::string range =
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:{}:log'\n";
    const TuneResult fine = tuned(calm + policy + fmt::format(fmt::runtime(range), 400) + scalar +
                                  "[search]\n" + paths);
    const TuneResult searched = tuned(calm + policy + fmt::format(fmt::runtime(range), 2) + scalar +
                                      "[search]\nmethod = 'subplex'\npoints = 8\n" + paths);
    ASSERT_TRUE(fine.recommended && searched.recommended);
    EXPECT_LT(searched.candidates.size(), 50u);
    EXPECT_GT(searched.candidates.size(), 12u);
    const Candidate& least = fine.candidates[*fine.recommended];
    const Candidate& found = searched.candidates[*searched.recommended];
    EXPECT_NEAR(std::log(std::stod(found.values[0]) / std::stod(least.values[0])), 0.0, 0.1);
    EXPECT_LT(found.objectives[0].value - least.objectives[0].value,
              0.1 * standard_error(least.objectives[0]));
    // It wants numbers in ranges, and one figure.
    EXPECT_TRUE(test::only_problem(
        problems(calm + policy + width + two_objectives + "[search]\nmethod = 'subplex'\n"),
        "search.method", "wants one objective"));
    EXPECT_TRUE(test::only_problem(
        problems(calm + policy + scalar + "[search]\nmethod = 'subplex'\n" +
                 "[[parameter]]\nkey = 'policy.half_width'\nvalues = '[0.1, 0.2]'\n"),
        "search.method", "wants parameters that are ranges"));
}

TEST_F(Tuning, KeysOfTheMarketAreParametersToo) {
    const TuneResult result =
        tuned(calm + policy + width + "[[parameter]]\nkey = 'costs.fee_bps'\nvalues = '[5, 20]'\n" +
              "[objective]\nminimise = ['mean(total_cost)']\n" + few_paths);
    ASSERT_TRUE(result.recommended);
    EXPECT_EQ(result.candidates.size(), 24u);
    EXPECT_EQ(result.candidates[*result.recommended].values[1], "5");
}

TEST_F(Tuning, EndsAtItsBudgetWithWhatThereIs) {
    TuneOptions options;
    options.budget = std::chrono::duration<double>(1e-9);
    const std::string many =
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:300:log'\n";
    const TuneResult result = tuned(calm + policy + many + two_objectives + few_paths, options);
    EXPECT_EQ(result.ending, Ending::budget);
    EXPECT_EQ(result.compared.size(), 128u);  // the first batch
    ASSERT_TRUE(result.recommended);
    // Spread over the whole range, not the first part of it.
    double low = 1.0, high = 0.0;
    for (const std::size_t c : result.compared) {
        low = std::min(low, std::stod(result.candidates[c].values[0]));
        high = std::max(high, std::stod(result.candidates[c].values[0]));
    }
    EXPECT_LT(low, 0.011);
    EXPECT_GT(high, 0.38);
}

TEST_F(Tuning, AnInterruptionKeepsWhatIsFinished) {
    std::atomic<bool> interrupted = false;
    run::OutcomeRuns runs("auto", 1, &interrupted);
    TuneOptions options;
    options.report = [&](const TuneProgress& progress) {
        if (!progress.best.empty()) interrupted = true;
    };
    const std::string many =
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0.01:0.4:300:log'\n";
    const TuneResult result =
        tune(file(calm + policy + many + two_objectives + few_paths), runs, options);
    EXPECT_EQ(result.ending, Ending::interrupted);
    EXPECT_EQ(result.compared.size(), 128u);
    EXPECT_TRUE(result.recommended);
    EXPECT_EQ(result.standings.size(), 1u);
    EXPECT_TRUE(result.standings[0].rivals.empty());
    EXPECT_EQ(labelled(result).attribute("ending"), "interrupted");
}

TEST_F(Tuning, BadFilesAreRefusedInWords) {
    using test::only_problem;
    const std::string rest = policy + width + two_objectives;
    EXPECT_TRUE(only_problem(problems(rest), "scenario", "is missing"));
    EXPECT_TRUE(only_problem(problems(calm + width + two_objectives), "policy", "is missing"));
    EXPECT_TRUE(only_problem(problems(calm + policy + two_objectives), "parameter", "is missing"));
    EXPECT_TRUE(only_problem(problems(calm + policy + width), "objective.minimise", "is missing"));
    EXPECT_TRUE(
        only_problem(problems(calm + rest + "[serach]\npaths = 1000\n"), "serach", "unknown"));
    EXPECT_TRUE(
        only_problem(problems(calm + policy + width + "[objective]\nminimise = ['median(pnl)']\n"),
                     "objective.minimise", "is not a statistic"));
    EXPECT_TRUE(only_problem(
        problems(calm + policy + width +
                 "[objective]\nminimise = ['mean(pnl)']\nsubject_to = ['mean(pnl)']\n"),
        "objective.subject_to", "no <= or >="));
    EXPECT_TRUE(
        only_problem(problems(calm + policy + two_objectives +
                              "[[parameter]]\nkey = 'policy.half_width'\nvalues = '1:1:5'\n"),
                     "parameter[0].values", "the range is empty"));
    EXPECT_TRUE(
        only_problem(problems(calm + policy + two_objectives +
                              "[[parameter]]\nkey = 'policy.half_width'\nvalues = '0:1:40000'\n" +
                              "[[parameter]]\nkey = 'costs.fee_bps'\nvalues = '0:1:30000'\n"),
                     "parameter", "more than 100000 points"));
    EXPECT_TRUE(
        only_problem(problems(calm + rest + "[search]\npaths = 10\n"), "search.paths", "10"));
    EXPECT_TRUE(
        only_problem(problems(calm + rest + "[search]\npoints = 100\n"), "search.points", "sobol"));
    EXPECT_THROW(tuned("[[scenario]]\nfile = 'nowhere.toml'\n" + rest), FileError);
    EXPECT_THROW(tuned(calm + policy + two_objectives +
                       "[[parameter]]\nkey = 'policy.half_widht'\nvalues = '0:1:5'\n"),
                 ScenarioError);
}

TEST_F(Tuning, EveryShippedTuneFileRuns) {
    int files = 0;
    const std::filesystem::path folder =
        std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "scenarios" / "tune";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        TuneFile file = load_tune_file(entry.path());
        file.paths = 256;
        file.hold_out_paths = 256;
        for (Axis& axis : file.parameters) {  // the ends of each are enough to see it run
            axis.values = {axis.values.front(), axis.values.back()};
            if (!axis.numbers.empty()) axis.numbers = {axis.numbers.front(), axis.numbers.back()};
        }
        const TuneResult result = tune(file, runs_, {});
        EXPECT_TRUE(result.recommended) << entry.path();
        EXPECT_EQ(result.standings.size(), 3u) << entry.path();
        for (const Standing& standing : result.standings)
            EXPECT_TRUE(standing.refusals.empty()) << entry.path() << ": " << standing.place;
        ++files;
    }
    EXPECT_GE(files, 3);
}

TEST_F(Tuning, FilesKeepEveryCandidate) {
    const TuneResult result = tuned(calm + policy + width + two_objectives + few_paths);
    const auto path = folder_ / "tune.h5";
    result::write(labelled(result), path, result::Overwrite::refuse);
    const result::Labelled back = result::read_labelled(path);
    EXPECT_EQ(back.kind, "tune");
    EXPECT_EQ(back.array("objectives").values.size(), 12u * 2u * 4u);
    EXPECT_EQ(back.array("objectives").values[0], result.candidates[0].objectives[0].value);
    EXPECT_EQ(back.texts.at("candidates"), labelled(result).texts.at("candidates"));
}

}  // namespace
}  // namespace hedgestorm::tune
