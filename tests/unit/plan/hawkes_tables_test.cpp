// SPDX-License-Identifier: Apache-2.0
#include "host/plan/hawkes_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/plan.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using test::problems_of;
using test::ScenarioText;

TEST(HawkesTables, TailsWithoutExcitementArePoisson) {
    scenario::Hawkes poisson{30.0, 0.0, 10.0, 0.0, 0.0, 30.0};
    // P(N > 4) for a mean of 3.
    EXPECT_NEAR(more_jumps_than(4, poisson, 30.0, 0.1), 0.184736755476228, 1e-9);
}

TEST(HawkesTables, TailsGrowWithExcitementAndFallWithTheNumber) {
    const scenario::Hawkes calm{30.0, 0.2, 100.0, 0.0, 0.0, 30.0};
    const scenario::Hawkes wild{30.0, 0.8, 100.0, 0.0, 0.0, 30.0};
    EXPECT_LT(more_jumps_than(20, calm, 30.0, 0.1), more_jumps_than(20, wild, 30.0, 0.1));
    EXPECT_LT(more_jumps_than(40, wild, 30.0, 0.1), more_jumps_than(20, wild, 30.0, 0.1));
    EXPECT_GT(more_jumps_than(100, wild, 1000.0, 1.0), 0.9);
}

TEST(HawkesTables, MoreJumpsThanAreDrawnAreRefused) {
    const auto market = [](const char* baseline, const char* ratio) {
        return ScenarioText()
            .set("market.model", "'hawkes'")
            .append("[market.hawkes]\nbaseline = " + std::string(baseline) +
                    "\nbranching_ratio = " + ratio +
                    "\ndecay = 400\njump_mean = -0.02\njump_sd = 0.03");
    };
    EXPECT_NO_THROW(Plan(market("50", "0.8").load()));
    EXPECT_TRUE(test::only_problem(
        problems_of([&] { Plan plan(market("40000", "0.8").load()); }), "market.hawkes.baseline",
        "may make more than 256 jumps in the rebalance interval at 0 years"));
    EXPECT_TRUE(test::only_problem(problems_of([&] { Plan plan(market("50", "0.99").load()); }),
                                   "market.hawkes.baseline", "take more rebalance steps"));
}

}  // namespace
}  // namespace hedgestorm::plan
