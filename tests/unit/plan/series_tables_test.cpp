// SPDX-License-Identifier: Apache-2.0
#include "host/plan/series_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/plan.hpp"
#include "host/scenario/history.hpp"
#include "tests/support/made_up_series.hpp"
#include "tests/support/problems.hpp"

namespace hedgestorm::plan {
namespace {

const auto prices = test::made_up_prices(60);

test::ScenarioText bootstrap() {
    return test::history("bootstrap")
        .set("simulation.precision", "'double'")
        .append(test::series_table(prices))
        .append("[market.bootstrap]\nmean_block_days = 4");
}

TEST(BootstrapTables, AWholeIntervalIsTheReturnLessTheLogOfItsMean) {
    const auto scenario = bootstrap().set("market.rate", "0.05").load();
    const Plan plan(scenario);
    const MarketParams<double>& market = plan.view().reference->market;
    const auto returns = scenario::log_returns(*scenario.market.series);
    ASSERT_EQ(market.series.row.size, returns.size());
    double growth = 0.0;
    for (std::uint32_t i = 0; i < returns.size(); ++i) {
        const double move = market.series.row[i] + market.series.bootstrap[0].shift;
        growth += std::exp2(move) / static_cast<double>(returns.size());
    }
    EXPECT_NEAR(growth, std::exp(0.05 / 365.0), 1e-14);
    EXPECT_EQ(market.series.bootstrap[0].restart, 1.0);
    EXPECT_DOUBLE_EQ(market.series.bootstrap[1].restart, 0.25);
}

TEST(BootstrapTables, PiecesOfAnIntervalShareItsReturnByTheClock) {
    auto text = bootstrap();
    text.append(
        "[[book.option]]\nname = 'event'\nkind = 'call'\nstrike = 100\n"
        "expiry_days = 2.25\nquantity = 1\nimplied_volatility = 0.2");
    const Plan whole(bootstrap().load());
    const Plan plan(text.load());
    const auto& steps = plan.view().reference->market.series.bootstrap;
    const auto& one = whole.view().reference->market.series.bootstrap;
    EXPECT_NEAR(steps[2].scale, 0.25, 1e-9);
    EXPECT_NEAR(steps[3].scale, 0.75, 1e-9);
    EXPECT_GT(steps[2].restart, 0.0);
    EXPECT_EQ(steps[3].restart, 0.0);
    EXPECT_NEAR(steps[2].shift + steps[3].shift, one[2].shift, 1e-15);
}

TEST(BootstrapTables, EveryIntervalOfAFadingMultiplierKeepsItsMean) {
    auto text = bootstrap().set("simulation.horizon_days", "300").set("simulation.steps", "300");
    text.append(
        "[[stress]]\nat_days = 3\nduration_days = 1\nhalf_life_days = 40\n"
        "realised_volatility_multiplier = 6.0");
    const Plan plan(text.load());
    const SeriesParams<double>& series = plan.view().reference->market.series;
    for (std::uint32_t i = 0; i < 300; ++i) {
        double growth = 0.0;
        for (std::uint32_t j = 0; j < series.row.size; ++j)
            growth +=
                std::exp2(series.bootstrap[i].scale * series.row[j] + series.bootstrap[i].shift) /
                series.row.size;
        ASSERT_NEAR(growth, 1.0, 1e-13) << i;
    }
}

TEST(BootstrapTables, AnIntervalClosedInPartIsRefused) {
    for (const char* window : {"from_days = 3.5\nto_days = 5",
                               "from_days = 3\nto_days = 5\n"
                               "variance_weight = 0.4"})
        EXPECT_TRUE(test::only_problem(
            test::problems_of([&] {
                Plan plan(
                    bootstrap().append("[[simulation.closed]]\n" + std::string(window)).load());
            }),
            "simulation.closed", "let closed windows begin and end at rebalance points"))
            << window;
}

TEST(ReplayTables, RowsFollowTheGrid) {
    auto text = test::history("replay")
                    .set("simulation.precision", "'double'")
                    .without("simulation.horizon_days")
                    .set("simulation.horizon_hours", "60")
                    .set("simulation.steps", "5")
                    .append(test::series_table(prices))
                    .append("[market.replay]\nstart_row = 3\njitter_days = 2");
    const Plan plan(text.load());
    const SeriesParams<double>& series = plan.view().reference->market.series;
    EXPECT_EQ(series.starts, 3u);
    ASSERT_EQ(series.row.size, 3u + 3u);  // starts, and the rows to either side of the end
    EXPECT_EQ(series.row[0], 0.0);
    EXPECT_DOUBLE_EQ(series.row[5], std::log2(prices[7] / prices[2]));
    EXPECT_EQ(series.replay[1].rows, 1.0);
    EXPECT_EQ(series.replay[1].fraction, 0.0);
    EXPECT_EQ(series.replay[4].rows, 2.0);
    EXPECT_NEAR(series.replay[4].fraction, 0.5, 1e-9);
}

}  // namespace
}  // namespace hedgestorm::plan
