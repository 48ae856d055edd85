// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>

#include "host/result/reader.hpp"
#include "host/result/writer.hpp"
#include "tests/unit/result/made_up_result.hpp"

namespace hedgestorm::result {
namespace {

using test::made_up_result;
using test::ResultFolder;

Result there_and_back(const Result& result) {
    const ResultFolder folder;
    write(result, folder / "r.h5", Overwrite::refuse);
    return read(folder / "r.h5");
}

void expect_same(double a, double b, const std::string& what) {
    if (std::isnan(a)) {
        EXPECT_TRUE(std::isnan(b)) << what;
    } else {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(a), std::bit_cast<std::uint64_t>(b)) << what;
    }
}

void expect_same(const risk::Estimate& a, const risk::Estimate& b, const std::string& what) {
    expect_same(a.value, b.value, what + " value");
    expect_same(a.se, b.se, what + " se");
    expect_same(a.low, b.low, what + " low");
    expect_same(a.high, b.high, what + " high");
}

void expect_same(const std::vector<risk::Estimate>& a, const std::vector<risk::Estimate>& b,
                 const std::string& what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t i = 0; i < a.size(); ++i) expect_same(a[i], b[i], what);
}

void expect_same(const std::vector<risk::ColumnRisk>& a, const std::vector<risk::ColumnRisk>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::string what = column_info[static_cast<int>(a[i].column)].name;
        EXPECT_EQ(a[i].account, b[i].account) << what;
        EXPECT_EQ(a[i].column, b[i].column) << what;
        EXPECT_EQ(a[i].mantissa_bits, b[i].mantissa_bits) << what;
        expect_same(a[i].mean, b[i].mean, what + " mean");
        expect_same(a[i].sd, b[i].sd, what + " sd");
        expect_same(a[i].skewness, b[i].skewness, what + " skewness");
        expect_same(a[i].excess_kurtosis, b[i].excess_kurtosis, what + " excess kurtosis");
        expect_same(a[i].min, b[i].min, what + " min");
        expect_same(a[i].max, b[i].max, what + " max");
        expect_same(a[i].quantiles, b[i].quantiles, what + " quantiles");
        expect_same(a[i].var, b[i].var, what + " var");
        expect_same(a[i].es, b[i].es, what + " es");
        expect_same(a[i].tail_index, b[i].tail_index, what + " tail index");
    }
}

void expect_same(const risk::Risk& a, const risk::Risk& b) {
    EXPECT_EQ(a.paths, b.paths);
    EXPECT_EQ(a.flagged, b.flagged);
    EXPECT_EQ(a.notes, b.notes);
    EXPECT_EQ(a.figures_missing, b.figures_missing);
    expect_same(a.path, b.path);
    ASSERT_EQ(a.accounts.size(), b.accounts.size());
    for (std::size_t i = 0; i < a.accounts.size(); ++i) {
        EXPECT_EQ(a.accounts[i].policy, b.accounts[i].policy);
        expect_same(a.accounts[i].columns, b.accounts[i].columns);
        expect_same(a.accounts[i].loss_limits, b.accounts[i].loss_limits, "loss limits");
        expect_same(a.accounts[i].account.variance, b.accounts[i].account.variance, "account");
        expect_same(a.accounts[i].account.es, b.accounts[i].account.es, "account");
        expect_same(a.accounts[i].twin.variance, b.accounts[i].twin.variance, "twin");
        expect_same(a.accounts[i].twin.es, b.accounts[i].twin.es, "twin");
    }
    ASSERT_EQ(a.paired.size(), b.paired.size());
    for (std::size_t i = 0; i < a.paired.size(); ++i) {
        EXPECT_EQ(a.paired[i].policy, b.paired[i].policy);
        EXPECT_EQ(a.paired[i].against, b.paired[i].against);
        expect_same(a.paired[i].mean_pnl, b.paired[i].mean_pnl, "paired mean");
        expect_same(a.paired[i].mean_total_cost, b.paired[i].mean_total_cost, "paired cost");
        expect_same(a.paired[i].var, b.paired[i].var, "paired var");
        expect_same(a.paired[i].es, b.paired[i].es, "paired es");
    }
}

TEST(ResultFile, GivesBackEveryFigureOfOnePolicy) {
    const Result result = made_up_result(1);
    expect_same(result.risk, there_and_back(result).risk);
}

TEST(ResultFile, GivesBackEveryFigureOfPoliciesWhoseColumnsDiffer) {
    const Result result = made_up_result(3);
    expect_same(result.risk, there_and_back(result).risk);
}

TEST(ResultFile, HoldsARunWithoutAnyColumn) {
    const Result result = made_up_result(2, false);
    expect_same(result.risk, there_and_back(result).risk);
}

TEST(ResultFile, HoldsARunWithoutLevelsLimitsAndNotes) {
    Result result = made_up_result(1, false);
    result.scenario.risk.levels.clear();
    result.scenario.risk.loss_limits.clear();
    result.risk.notes.clear();
    result.risk.accounts[0].loss_limits.clear();
    result.risk.accounts[0].account.es.clear();
    result.risk.accounts[0].twin.es.clear();
    result.sample.worst.clear();
    const Result back = there_and_back(result);
    expect_same(result.risk, back.risk);
    EXPECT_TRUE(back.scenario.risk.levels.empty());
    EXPECT_TRUE(back.sample.worst.at(0).empty());
}

TEST(ResultFile, ReadsFiguresThatWereNeverMadeAsMissing) {
    Result result = made_up_result(1);
    result.risk.accounts[0].columns[0].es.clear();
    result.risk.accounts[0].twin.es.clear();
    const Result back = there_and_back(result);
    ASSERT_EQ(back.risk.accounts[0].columns[0].es.size(), 3u);
    EXPECT_TRUE(std::isnan(back.risk.accounts[0].columns[0].es[0].value));
    EXPECT_TRUE(std::isnan(back.risk.accounts[0].twin.es.at(1).low));
}

TEST(ResultFile, GivesBackTheScenarioTheBookAndTheRun) {
    const Result result = made_up_result(3);
    const Result back = there_and_back(result);
    EXPECT_EQ(back.scenario.name, result.scenario.name);
    EXPECT_EQ(back.scenario.description, result.scenario.description);
    EXPECT_EQ(back.scenario.source_path, result.scenario.source_path);
    EXPECT_EQ(back.scenario.source_text, result.scenario.source_text);
    EXPECT_EQ(back.scenario.resolved_text, result.scenario.resolved_text);
    EXPECT_EQ(back.scenario.sha256, result.scenario.sha256);
    EXPECT_EQ(back.scenario.simulation.seed, 18446744073709551615ull);
    EXPECT_EQ(back.scenario.simulation.first_path, 1ull << 40);
    EXPECT_EQ(back.scenario.simulation.horizon, 0.25);
    EXPECT_EQ(back.scenario.market.spot, 100.0);
    EXPECT_EQ(back.scenario.policies.at(1).name, test::policy_names[1]);
    EXPECT_EQ(back.scenario.risk.loss_limits, result.scenario.risk.loss_limits);
    ASSERT_EQ(back.scenario.risk.levels.size(), 3u);
    EXPECT_EQ(back.scenario.risk.levels[1].text, "0.975");
    EXPECT_EQ(back.scenario.risk.levels[1].value(), 0.975);
    EXPECT_EQ(back.book.theta, result.book.theta);
    EXPECT_EQ(back.book.initial_hedge, result.book.initial_hedge);
    EXPECT_EQ(back.provenance.commit, "");
    EXPECT_EQ(back.provenance.engine, "avx512");
    EXPECT_EQ(back.provenance.device, "Some CPU");
    EXPECT_EQ(back.provenance.threads, 2);
    EXPECT_EQ(back.provenance.started, result.provenance.started);
    EXPECT_EQ(back.provenance.seconds, 0.42);
    EXPECT_EQ(back.provenance.rebalance_steps, 63u);
    EXPECT_EQ(back.provenance.grid_steps, 64u);
}

TEST(ResultFile, KeepsPathNumbersBeyondWhatADoubleHolds) {
    const Result back = there_and_back(made_up_result(2));
    ASSERT_EQ(back.sample.worst.size(), 2u);
    ASSERT_EQ(back.sample.worst[1].size(), 2u);
    EXPECT_EQ(back.sample.worst[1][0].path, (1ull << 60) + 1);
    EXPECT_EQ(back.sample.worst[1][0].pnl, -10.0);
}

TEST(ResultFile, NotesStayOneSentenceALine) {
    Result result = made_up_result(1);
    result.risk.notes = {"policy \"a\nb\" is odd", "second"};
    const Result back = there_and_back(result);
    ASSERT_EQ(back.risk.notes.size(), 2u);
    EXPECT_EQ(back.risk.notes[0], "policy \"a\\nb\" is odd");
}

TEST(ResultFile, ALongHistogramTakesLittleRoom) {
    Result result = made_up_result(1);
    result.sample.columns[0] = test::made_up_sample(0, Column::pnl, 100'000);
    const std::string bytes = encode(result);
    EXPECT_LT(bytes.size(), 100'000u * 32 * 2 / 3);
}

}  // namespace
}  // namespace hedgestorm::result
