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
#include <string>

#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/tune/across.hpp"
#include "host/tune/candidates.hpp"
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
    ASSERT_TRUE(result.hold_out.is_done);
    const Candidate& winner = result.candidates[*result.recommended];
    const Arena arena(result.file, result.file.scenarios.front());
    Evaluator evaluator(runs_, result.file.statistics);
    const Score fresh =
        arena.scores({winner.overrides}, {std::uint64_t{1} << 40, 4096}, evaluator, {}).front();
    EXPECT_EQ(result.hold_out.same_scenarios.objectives[0].value,
              result.file.objectives[0].of(fresh).value);
    EXPECT_NE(result.hold_out.same_scenarios.objectives[0].value, winner.objectives[0].value);
    ASSERT_EQ(result.hold_out.elsewhere.size(), 1u);
    EXPECT_EQ(result.hold_out.elsewhere[0].scenario, "storm");
    ASSERT_EQ(result.rivals.size(), 1u);
    EXPECT_EQ(result.rivals[0].name, "every step");
    EXPECT_EQ(result.rivals[0].difference[1].value,
              (result.rivals[0].objectives[1] - result.recommendation[1]).value);
    // It trades less than every step, and costs less, here and there.
    EXPECT_GT(result.rivals[0].difference[0].low, 0.0);
    EXPECT_GT(result.hold_out.elsewhere[0].rivals[0].difference[0].low, 0.0);
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
    const auto weighted = across_scenarios(figures, {3.0, 1.0}, Across::weighted);
    EXPECT_DOUBLE_EQ(weighted[0].value, 2.0);
    EXPECT_DOUBLE_EQ(weighted[1].value, 2.25);
    const auto worst = across_scenarios(figures, {3.0, 1.0}, Across::worst);
    EXPECT_DOUBLE_EQ(worst[0].value, 5.0);
    EXPECT_DOUBLE_EQ(worst[1].value, 3.0);
    const auto regret = across_scenarios(figures, {3.0, 1.0}, Across::regret);
    EXPECT_DOUBLE_EQ(regret[0].value, 2.0);
    EXPECT_DOUBLE_EQ(regret[1].value, 1.0);
    for (const char* across : {"weighted", "worst", "regret"}) {
        const TuneResult result = tuned(
            calm + "[[scenario]]\nfile = 'storm.toml'\nweight = 2.0\n" + policy + width +
            "[objective]\nminimise = ['es_95(pnl)']\nacross = '" + across + "'\n" + few_paths);
        ASSERT_TRUE(result.recommended) << across;
        EXPECT_EQ(result.candidates[0].scores.size(), 2u);
        EXPECT_EQ(result.rivals.size(), 1u);
    }
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
    EXPECT_FALSE(result.hold_out.is_done);
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
        EXPECT_TRUE(result.hold_out.is_done) << entry.path();
        EXPECT_EQ(result.hold_out.elsewhere.size(), 1u) << entry.path();
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
