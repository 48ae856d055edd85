// SPDX-License-Identifier: Apache-2.0
//
// Sweeps, tornados and reverse stress tests against single runs and closed forms.

#include "host/tune/sweep.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "host/run/run.hpp"
#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/tune/labels.hpp"
#include "host/tune/reverse.hpp"
#include "host/tune/tornado.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::tune {
namespace {

std::vector<Statistic> statistics(const std::vector<std::string>& names) {
    std::vector<Statistic> all;
    for (const std::string& name : names) all.push_back(parse_statistic(name));
    return all;
}

class Experiments : public ::testing::Test {
  protected:
    Work work(const test::ScenarioText& text, std::size_t paths = 20'000) {
        Work work;
        work.scenario = folder_.write("scenario.toml", text.str());
        work.paths = paths;
        return work;
    }

    static test::ScenarioText two_policies() {
        return test::ScenarioText()
            .set("costs.fee_bps", "5")
            .append("[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width = 0.05");
    }

    test::TempFolder folder_;
    run::OutcomeRuns runs_{"auto", 2, nullptr};
};

TEST_F(Experiments, FiguresAreThoseOfARun) {
    const auto what = work(two_policies(), 65'536);
    Evaluator evaluator(runs_, statistics({"mean(pnl)", "sd(pnl)", "es_99(pnl)", "var_99(pnl)",
                                           "mean(total_cost)", "q_25(trades)"}));
    const scenario::Scenario base = base_of(what);
    const auto scores = evaluator.scores(base, base.policies, paths_of(base));
    const auto run = run::run(base, {});
    for (std::size_t a = 0; a < 2; ++a) {
        const auto& pnl = run.risk.accounts[a].columns[0];
        ASSERT_EQ(pnl.column, Column::pnl);
        std::size_t level = 0;
        while (base.risk.levels[level].text != "0.99") ++level;
        EXPECT_NEAR(scores[a][0].value, pnl.mean.value, 1e-9);
        EXPECT_NEAR(scores[a][1].value, pnl.sd.value, 1e-9);
        EXPECT_NEAR(scores[a][2].value, pnl.es[level].value, 1e-4);  // a bin of the tally
        EXPECT_NEAR(scores[a][3].value, pnl.var[level].value, 1e-3);
        // Errors by other formulas: from 64 batches, 9 % apart.
        EXPECT_NEAR(standard_error(scores[a][0]) / pnl.mean.se, 1.0, 0.4);
        EXPECT_NEAR(standard_error(scores[a][2]) / pnl.es[level].se, 1.0, 0.4);
    }
}

TEST_F(Experiments, APointIsTheScenarioWithItsKeysSet) {
    const auto what = work(two_policies(), 8'192);
    Evaluator evaluator(runs_, statistics({"mean(pnl)", "es_95(pnl)"}));
    const GridSweep sweep = tune::sweep(what,
                                        Grid({parse_axis("market.volatility=0.15:0.25:2"),
                                              parse_axis("policy[1].half_width=[0.02, 0.1]")}),
                                        evaluator);
    const scenario::Scenario base = base_of(what);
    const auto of_base = evaluator.scores(base, base.policies, paths_of(base));
    for (std::size_t p = 0; p < 4; ++p) {
        scenario::Scenario alone = scenario::load(what.scenario, sweep.grid.overrides(p));
        alone.simulation.paths = 8'192;
        const auto scores = evaluator.scores(alone, alone.policies, paths_of(alone));
        for (std::size_t a = 0; a < 2; ++a) {
            for (std::size_t s = 0; s < 2; ++s) {
                const SweptFigure& swept = sweep.swept.at(p, a, s);
                EXPECT_EQ(swept.value.value, scores[a][s].value);
                EXPECT_EQ(swept.difference.value, (scores[a][s] - of_base[a][s]).value);
            }
        }
    }
    // A difference on the same paths is known better than either of its parts.
    const SweptFigure& wider = sweep.swept.at(1, 1, 0);
    EXPECT_LT(wider.difference.se, 0.8 * wider.value.se);
}

TEST_F(Experiments, APolicyIsTheSameWhateverItIsPackedWith) {
    const auto what = work(two_policies(), 5'000);
    const Grid grid({parse_axis("policy[1].half_width=0.001:0.3:70:log")});
    Evaluator evaluator(runs_, statistics({"mean(total_cost)", "es_95(pnl)"}));
    const GridSweep packed = tune::sweep(what, grid, evaluator);
    run::OutcomeRuns scalar("scalar", 1, nullptr);
    Evaluator alone(scalar, statistics({"mean(total_cost)", "es_95(pnl)"}));
    for (const std::size_t p :
         {std::size_t{0}, std::size_t{31}, std::size_t{32}, std::size_t{69}}) {
        const auto single = scenario::load(what.scenario, grid.overrides(p));
        const Score score = alone.scores(single, {single.policies[1]}, {0, 5'000}).front();
        for (std::size_t s = 0; s < 2; ++s) {
            EXPECT_EQ(packed.swept.at(p, 1, s).value.value, score[s].value);
            EXPECT_EQ(packed.swept.at(p, 1, s).value.se, standard_error(score[s]));
        }
    }
}

TEST_F(Experiments, PointsThatAreNoScenarioSayWhyAndTheRestIsDone) {
    const auto what = work(two_policies(), 4'096);
    Evaluator evaluator(runs_, statistics({"mean(pnl)"}));
    const GridSweep sweep =
        tune::sweep(what, Grid({parse_axis("market.volatility=[-0.1, 0.2]")}), evaluator);
    EXPECT_NE(sweep.swept.refusals[0].find("market.volatility"), std::string::npos);
    EXPECT_TRUE(std::isnan(sweep.swept.at(0, 0, 0).value.value));
    EXPECT_EQ(sweep.swept.at(1, 0, 0).difference.value, 0.0);
    EXPECT_THROW(tune::sweep(what, Grid({parse_axis("market.volatlity=0.1:0.2:2")}), evaluator),
                 ScenarioError);
    EXPECT_THROW(
        tune::sweep(work(two_policies(), 100), Grid({parse_axis("severity=0:1:2")}), evaluator),
        UsageError);
}

TEST_F(Experiments, WhatOnlyTheGridShowsToBeImpossibleIsLeftOut) {
    const auto what = work(two_policies()
                               .set("costs.fee_bps", "80")
                               .set("option.quantity", "1")
                               .append("[[policy]]\nname = 'l'\nrule = 'leland'\nevery = 5"),
                           4'096);
    Evaluator evaluator(runs_, statistics({"mean(pnl)"}));
    const GridSweep sweep =
        tune::sweep(what, Grid({parse_axis("policy[\"l\"].every=[1, 2, 5]")}), evaluator);
    EXPECT_NE(sweep.swept.refusals[0].find("nothing is left"), std::string::npos);
    EXPECT_TRUE(std::isnan(sweep.swept.at(0, 2, 0).value.value));
    EXPECT_EQ(sweep.swept.refusals[1], "");
    EXPECT_NE(sweep.swept.at(1, 2, 0).difference.value, 0.0);
    EXPECT_EQ(sweep.swept.at(2, 2, 0).difference.value, 0.0);
}

TEST_F(Experiments, ATornadoMovesEveryNumberByItsShare) {
    auto what = work(two_policies(), 4'096);
    Evaluator evaluator(runs_, statistics({"mean(fee_cost)"}));
    const Tornado result = tornado(what, 0.2, evaluator);
    bool found = false;
    for (std::size_t i = 0; i < result.inputs.size(); ++i) {
        EXPECT_FALSE(result.inputs[i].key.starts_with("simulation"));
        EXPECT_FALSE(result.inputs[i].key.starts_with("risk"));
        if (result.inputs[i].key != "costs.fee_bps") continue;
        found = true;
        // Fees are proportional to their rate.
        const double base = result.swept.of_base[0].value;
        EXPECT_NEAR(result.swept.at(2 * result.order[i], 0, 0).difference.value, -0.2 * base,
                    1e-6 * base);
        EXPECT_NEAR(result.swept.at(2 * result.order[i] + 1, 0, 0).difference.value, 0.2 * base,
                    1e-6 * base);
    }
    EXPECT_TRUE(found);
    const auto file = labelled(result);
    EXPECT_EQ(file.array("difference").values.size(), result.inputs.size() * 2 * 2 * 4);
}

TEST_F(Experiments, AReverseTestFindsTheVolatilityOfAKnownProbability) {
    // An unhedged short call struck at 100 and sold for 2 loses 10 or more where S_T >= 112:
    // P = N(d2), d2 = (ln(100/112) - v/2) / sqrt v, v = sigma^2 T; by bisection P = 0.1.
    const double years = 30.0 / 365.0;
    const auto probability = [&](double sigma) {
        const double root = sigma * std::sqrt(years);
        const double d2 = (std::log(100.0 / 112.0) - 0.5 * root * root) / root;
        return 0.5 * std::erfc(-d2 / std::numbers::sqrt2);
    };
    double low = 0.1, high = 1.0;
    for (int i = 0; i < 100; ++i)
        (probability(0.5 * (low + high)) < 0.1 ? low : high) = 0.5 * (low + high);

    Reverse asked;
    asked.work = work(test::ScenarioText()
                          .set("policy.rule", "'none'")
                          .without("policy.every")
                          .set("book.premium", "2.0")
                          .set("simulation.days_per_year", "365"),
                      500'000);
    asked.range = parse_range("market.volatility=0.1:0.6");
    asked.limit = parse_limit("p(pnl < -10)=0.1");
    Evaluator evaluator(runs_, {asked.limit.statistic});
    const ReverseResult result = reverse(asked, evaluator);
    ASSERT_EQ(result.crossings.size(), 1u);
    const Crossing& crossing = result.crossings[0];
    ASSERT_EQ(crossing.breach, Breach::found);
    EXPECT_NEAR(crossing.at.value, low, 4.0 * crossing.at.se);
    EXPECT_LT(crossing.at.se, 0.0025 * low);  // so that 1 % would show
    EXPECT_LT(crossing.at.low, crossing.at.value);
    EXPECT_GT(crossing.at.high, crossing.at.value);
    EXPECT_NEAR((crossing.at.high - crossing.at.low) / (2.0 * student_975()), crossing.at.se,
                0.2 * crossing.at.se);
}

TEST_F(Experiments, AReverseTestSaysWhereThereIsNothingToFind) {
    Reverse asked;
    asked.work = work(two_policies(), 4'096);
    asked.range = parse_range("costs.fee_bps=1:10");
    asked.scan = 3;
    asked.limit = parse_limit("mean(fee_cost)=1000");
    {
        Evaluator evaluator(runs_, {asked.limit.statistic});
        const auto never = reverse(asked, evaluator).crossings;
        ASSERT_EQ(never.size(), 2u);
        EXPECT_EQ(never[1].breach, Breach::never);
        EXPECT_TRUE(std::isnan(never[1].at.value));
    }
    asked.limit = parse_limit("mean(fee_cost)=0");
    Evaluator evaluator(runs_, {asked.limit.statistic});
    EXPECT_EQ(reverse(asked, evaluator).crossings[0].breach, Breach::always);
    EXPECT_THROW(parse_limit("es_99"), UsageError);
    EXPECT_THROW(parse_limit("es_99=lots"), UsageError);
}

TEST_F(Experiments, FilesKeepEveryNumber) {
    const auto what = work(two_policies(), 4'096);
    Evaluator evaluator(runs_, statistics({"mean(pnl)", "q_99.9(pnl)"}));
    const auto swept =
        labelled(tune::sweep(what,
                             Grid({parse_axis("policy[\"band\"].half_width=0.01:0.1:3"),
                                   parse_axis("policy[1].rebalance_to=[target, edge]")}),
                             evaluator));
    const auto file = folder_.path() / "sweep.h5";
    result::write(swept, file, result::Overwrite::refuse);
    EXPECT_EQ(result::kind_of(file), "sweep");
    const result::Labelled back = result::read_labelled(file);
    EXPECT_EQ(back.title, swept.title);
    EXPECT_EQ(back.attributes, swept.attributes);
    EXPECT_EQ(back.texts, swept.texts);
    ASSERT_EQ(back.dimensions.size(), swept.dimensions.size());
    EXPECT_EQ(back.dimensions[0].name, "policy_band_half_width");
    EXPECT_EQ(back.dimensions[0].numbers, swept.dimensions[0].numbers);
    EXPECT_EQ(back.dimensions[1].words, (std::vector<std::string>{"target", "edge"}));
    const auto& before = swept.array("swept").values;
    const auto& after = back.array("swept").values;
    ASSERT_EQ(before.size(), 3u * 2u * 2u * 2u * 4u);
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_TRUE(before[i] == after[i] || (std::isnan(before[i]) && std::isnan(after[i])));
    EXPECT_THROW(result::write(swept, file, result::Overwrite::refuse), FileError);
}

}  // namespace
}  // namespace hedgestorm::tune
