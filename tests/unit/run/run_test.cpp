// SPDX-License-Identifier: Apache-2.0

#include "host/run/run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>

#include "host/run/pilot.hpp"
#include "host/run/work_together.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::run {
namespace {

test::ScenarioText two_policies() {
    return test::ScenarioText()
        .set("costs.fee_bps", "5")
        .append("[[policy]]\nname = 'band'\nrule = 'band'\nhalf_width = 0.05");
}

const risk::ColumnSample& column(const risk::Sample& sample, int account, Column wanted) {
    for (const auto& c : sample.columns)
        if (c.account == account && c.column == wanted) return c;
    throw std::runtime_error("no such column");
}

TEST(Run, TalliesExactlyThePathsAskedFor) {
    // From the middle of a tile to the middle of another; sums against the outcomes themselves.
    auto text = two_policies();
    text.set("simulation.first_path", "5000").set("simulation.paths", "9001");
    Options options;
    options.threads = 2;
    const result::Result result = run(text.load(), options);
    const auto tiles = test::outcomes(text.load(), 3, {{0, Column::pnl}, {1, Column::pnl}}, 1);
    for (int a = 0; a < 2; ++a) {
        const auto& all = tiles[static_cast<std::size_t>(a)];
        const std::vector<float> pnl(all.begin() + 904, all.begin() + 904 + 9001);
        const risk::ColumnSample& sample = column(result.sample, a, Column::pnl);
        EXPECT_EQ(sample.sums.count, 9001u);
        EXPECT_EQ(sample.sums.min, *std::min_element(pnl.begin(), pnl.end()));
        EXPECT_EQ(sample.sums.max, *std::max_element(pnl.begin(), pnl.end()));
        double sum = 0.0;
        for (const float x : pnl) sum += x - sample.sums.centre;
        EXPECT_NEAR(sample.sums.power[0], sum, 1e-9 * 9001);
        if (a == 0) {
            EXPECT_EQ(sample.sums.centre, pnl[0]);
        }
        // The worst paths are the first of all paths sorted by P&L, then number.
        std::vector<std::pair<double, std::uint64_t>> order;
        for (std::size_t p = 0; p < pnl.size(); ++p) order.emplace_back(pnl[p], 5000 + p);
        std::sort(order.begin(), order.end());
        const auto& worst = result.sample.worst[static_cast<std::size_t>(a)];
        ASSERT_EQ(worst.size(), 1000u);
        for (std::size_t w = 0; w < worst.size(); ++w) {
            EXPECT_EQ(worst[w].pnl, order[w].first);
            EXPECT_EQ(worst[w].path, order[w].second);
        }
    }
}

TEST(Run, CountsEveryColumnOfEveryPolicy) {
    const result::Result result = run(two_policies().set("simulation.paths", "5000").load(), {});
    EXPECT_EQ(result.sample.paths, 5000u);
    for (const auto& c : result.sample.columns) {
        EXPECT_EQ(c.sums.count, 5000u) << column_info[static_cast<int>(c.column)].name;
        EXPECT_EQ(c.clipped, 0u) << column_info[static_cast<int>(c.column)].name;
    }
    EXPECT_EQ(result.provenance.rebalance_steps, 30u);
    EXPECT_EQ(result.provenance.grid_steps, 30u);
}

TEST(Run, OfQuantilesOfColumnsAloneKeepsTheMomentsOfTheOthers) {
    auto text = two_policies().set("simulation.paths", "30_000").set("risk.worst_paths", "10");
    text.set("risk.columns", "['hedge_slippage']").set("risk.levels", "[0.95]");
    Options options;
    options.threads = 2;
    const result::Result all = run(text.load(), options);
    const result::Result some = run(text.set("risk.quantiles", "'columns'").load(), options);
    ASSERT_EQ(some.sample.columns.size(), all.sample.columns.size());
    for (std::size_t c = 0; c < all.sample.columns.size(); ++c) {
        const risk::ColumnSample& with = all.sample.columns[c];
        const risk::ColumnSample& without = some.sample.columns[c];
        const bool named = with.column == Column::pnl || with.column == Column::hedge_slippage;
        const char* name = column_info[static_cast<int>(with.column)].name;
        EXPECT_EQ(without.bins.empty(), !named) << name;
        EXPECT_EQ(with.sums.count, without.sums.count) << name;
        EXPECT_EQ(with.sums.min, without.sums.min) << name;
        EXPECT_EQ(with.sums.max, without.sums.max) << name;
        for (std::size_t k = 0; k < 4; ++k)
            EXPECT_EQ(with.sums.power[k], without.sums.power[k]) << name << ", " << k;
    }
    const auto figures = [](const result::Result& of, Column wanted) {
        for (const risk::ColumnRisk& found : of.risk.accounts[1].columns)
            if (found.column == wanted) return found;
        throw std::runtime_error("no such column");
    };
    const risk::ColumnRisk with = figures(all, Column::drawdown);
    const risk::ColumnRisk without = figures(some, Column::drawdown);
    EXPECT_EQ(with.mean.se, without.mean.se);
    EXPECT_EQ(with.sd.se, without.sd.se);
    EXPECT_EQ(with.skewness.value, without.skewness.value);
    EXPECT_EQ(with.excess_kurtosis.value, without.excess_kurtosis.value);
    EXPECT_NEAR(without.skewness.se / with.skewness.se, 1.0, 0.01);  // there from coarse bins
    EXPECT_NEAR(without.excess_kurtosis.se / with.excess_kurtosis.se, 1.0, 0.01);
    EXPECT_TRUE(std::isnan(without.var[0].value) && std::isnan(without.es[0].value));
    EXPECT_TRUE(std::isnan(without.quantiles[7].value) && std::isnan(without.tail_index));
    EXPECT_EQ(figures(all, Column::pnl).es[0].se, figures(some, Column::pnl).es[0].se);
    EXPECT_FALSE(some.risk.figures_missing);
}

TEST(Run, TakesOnePath) {
    const result::Result result = run(two_policies().set("simulation.paths", "1").load(), {});
    EXPECT_EQ(column(result.sample, 0, Column::pnl).sums.count, 1u);
    EXPECT_EQ(column(result.sample, 0, Column::pnl).sums.power[1], 0.0);
    EXPECT_EQ(result.sample.worst[0].size(), 1u);
}

TEST(Pilot, FixesThresholdsAtTheQuantilesOfTheFirstLosses) {
    auto text = two_policies().set("simulation.paths", "200_000");
    text.set("risk.levels", "[0.9, 0.99]");
    const scenario::Scenario scenario = text.load();
    plan::Plan plan(scenario);
    const std::unique_ptr<Engine> engine(make_engine("scalar"));
    ASSERT_TRUE(engine->load(plan.view()).ok());
    fly_pilot(scenario, {engine.get()}, plan);
    const auto pnl = test::outcomes(scenario, 16, {{0, Column::pnl}, {1, Column::pnl}});
    for (std::uint32_t a = 0; a < 2; ++a) {
        std::vector<float> loss;
        for (const float x : pnl[a]) loss.push_back(-x);
        std::sort(loss.begin(), loss.end());
        ASSERT_EQ(loss.size(), pilot_paths);
        // ceil(65536 x 0.9) = 58983 and ceil(65536 x 0.99) = 64881, counted from 1.
        EXPECT_EQ(plan.view().tally.threshold[2 * a], loss[58982]);
        EXPECT_EQ(plan.view().tally.threshold[2 * a + 1], loss[64880]);
    }
}

/// An engine that refuses everything.
class RefusingEngine final : public Engine {
  public:
    explicit RefusingEngine(Refusal why) : why_(why) {}
    const char* name() const override { return "small"; }
    const char* device() const override { return ""; }
    std::uint64_t paths_at_a_time() const override { return tile_paths; }
    EngineStatus load(const PlanView&) override { return {"it will not", why_}; }
    EngineStatus run(PathRange, const TallyView&) override { return {"it will not", why_}; }
    EngineStatus outcomes(std::uint64_t, float*) override { return {"it will not", why_}; }

  private:
    Refusal why_;
};

TEST(Pilot, AnEngineWithoutMemoryDoesNotFitAndABrokenOneIsAnError) {
    const scenario::Scenario scenario = two_policies().load();
    plan::Plan plan(scenario);
    RefusingEngine small(Refusal::no_memory);
    RefusingEngine broken(Refusal::broken);
    try {
        fly_pilot(scenario, {&small}, plan);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const CapacityError& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("engine small: it will not (take fewer"));
    }
    EXPECT_THROW(fly_pilot(scenario, {&broken}, plan), EngineError);
}

TEST(WorkTogether, ThrowsTheFirstFailureOnceAllHaveEnded) {
    std::atomic<bool> stop = false;
    std::atomic<int> ended = 0;
    const auto work = [&](std::size_t number) {
        if (number == 1) throw EngineError("the second broke");
        while (!stop) std::this_thread::yield();
        ++ended;
    };
    EXPECT_THROW(work_together(3, 0.001, stop, work, [] {}), EngineError);
    EXPECT_EQ(ended, 2);
}

TEST(WorkTogether, AReportThatThrowsEndsTheWork) {
    std::atomic<bool> stop = false;
    const auto work = [&](std::size_t) {
        while (!stop) std::this_thread::yield();
    };
    EXPECT_THROW(work_together(2, 0.001, stop, work, [] { throw Interrupted(); }), Interrupted);
}

TEST(Run, StopsInTheMiddleOfATile) {
    // A second after the start, long before the first tile is done.
    std::atomic<bool> stop = false;
    Options options;
    options.engine = "scalar";
    options.interrupted = &stop;
    options.progress_every = 0.01;
    options.report = [&](const Progress&) { stop = true; };
    auto text = two_policies().set("simulation.steps", "300_000");
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(run(text.load(), options), Interrupted);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Run, StopsWhenToldTo) {
    const std::atomic<bool> stop = true;
    Options options;
    options.interrupted = &stop;
    EXPECT_THROW(run(two_policies().load(), options), Interrupted);
}

TEST(Run, ReportsHowFarItIs) {
    Options options;
    options.engine = "scalar";  // slow enough that each stage outlasts many reports
    options.threads = 1;
    options.progress_every = 0.001;
    options.running_estimate = true;
    std::uint64_t last = 0;
    int reports = 0;
    int preparing = 0;
    options.report = [&](const Progress& progress) {
        if (progress.stage == Stage::preparing) {
            EXPECT_EQ(reports, 0);
            EXPECT_EQ(progress.total, pilot_paths);
            EXPECT_LE(progress.done, progress.total);
            ++preparing;
            return;
        }
        EXPECT_GE(progress.done, last);
        EXPECT_LE(progress.done, progress.total);
        EXPECT_EQ(progress.total, 100'000u);
        if (progress.done > 0) {
            EXPECT_EQ(progress.level, "0.99");
        }
        last = progress.done;
        ++reports;
    };
    run(two_policies().set("simulation.paths", "100_000").load(), options);
    EXPECT_GT(reports, 0);
    EXPECT_GT(preparing, 0);
}

TEST(ChooseEngines, RunsTheOneThatWasForced) {
    const View<EngineOffer> offers = engine_offers();
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        Options options;
        options.engine = offers[i].name;
        if (!offers[i].available) {
            EXPECT_THROW(choose_engines(offers[i].name), EngineError) << offers[i].name;
            continue;
        }
        EXPECT_EQ(choose_engines(offers[i].name).front(), offers[i].name);
        const result::Result result = run(two_policies().load(), options);
        EXPECT_EQ(result.provenance.engine, offers[i].name);
        EXPECT_EQ(result.provenance.device, offers[i].device);
    }
}

TEST(ChooseEngines, RefusesAnUnknownName) {
    EXPECT_THROW(choose_engines("avx1024"), UsageError);
    EXPECT_THROW(choose_engines(""), UsageError);
    EXPECT_FALSE(choose_engines("auto").empty());
}

}  // namespace
}  // namespace hedgestorm::run
