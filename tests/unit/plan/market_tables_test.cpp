// SPDX-License-Identifier: Apache-2.0
//
// What the plan knows of jumps and of steps of a stochastic variance.

#include "host/plan/market_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/jump_tables.hpp"
#include "host/plan/plan.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/problems.hpp"

namespace hedgestorm::plan {
namespace {

using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

ScenarioText jumping(double intensity, double mean = -0.1, double sd = 0.15) {
    return ScenarioText()
        .set("market.model", "'merton'")
        .set("simulation.precision", "'double'")
        .append(test::merton_table(intensity, mean, sd));
}

TEST(JumpMoments, AreThoseOfTheirDistribution) {
    scenario::Market merton;
    merton.merton = {1.0, -0.1, 0.15};
    EXPECT_NEAR(jump_moments(merton).relative, -0.08492568644, 1e-11);
    EXPECT_NEAR(jump_moments(merton).square, 0.0325, 1e-15);
    scenario::Market kou;
    kou.kou = {1.0, 0.4, 10.0, 5.0};
    EXPECT_NEAR(jump_moments(kou).relative, -0.05555555556, 1e-11);
    EXPECT_NEAR(jump_moments(kou).square, 0.056, 1e-15);
    EXPECT_EQ(jump_moments(scenario::Market{}).intensity, 0.0);
}

TEST(Compensator, IsTakenFromTheDriftInMarketTime) {
    auto text = jumping(12.0).append(
        "[[simulation.closed]]\nfrom_days = 3\nto_days = 4\nvariance_weight = 0.25");
    const auto scenario = text.set("market.rate", "0.05").load();
    const Plan plan(scenario);
    const StressScript script(scenario);
    for (std::size_t i : {0u, 3u}) {
        const GridStep& step = plan.grid().steps[i];
        const double drift =
            0.05 * day + (12.0 * 0.08492568644 - 0.02) * day * step.variance_weight;
        EXPECT_NEAR(step_move(scenario.market, step, script).drift, drift, 1e-13) << i;
    }
}

/// P(N >= n), by the long way.
double poisson_tail(double mean, int n) {
    double tail = 0.0;
    for (int k = n; k < n + 400; ++k)
        tail += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
    return tail;
}

TEST(JumpNumbers, AreDrawnFromThePoissonTails) {
    for (const double mean : {1e-4, 0.02, 1.0, 30.0, 99.0}) {
        const Plan plan(jumping(mean * 365.0, 0.0, 1e-4).load());
        const PathParams<double>& params = *plan.view().reference;
        const auto& beyond = params.market.jumps.beyond;
        const std::uint32_t first = params.market.jumps.step[7].counts;
        std::uint32_t n = 0;
        for (; beyond[first + n] > 0.0; ++n) {
            // Means that differ in the last digits are one, in single precision.
            const double tail = poisson_tail(mean, static_cast<int>(n) + 1);
            ASSERT_NEAR(beyond[first + n], tail, 1e-5 * tail + 1e-16) << mean << ' ' << n;
        }
        // What is left out is less likely than the smallest uniform.
        EXPECT_LT(poisson_tail(mean, static_cast<int>(n) + 1), 0x1p-32);
        EXPECT_GT(poisson_tail(mean, static_cast<int>(n)), 0x1p-34);
    }
}

TEST(JumpNumbers, TooManyAnIntervalAreRefusedInWords) {
    const auto problems = test::problems_of([] { Plan plan(jumping(101.0 * 365.0).load()); });
    EXPECT_TRUE(test::only_problem(problems, "market.merton.intensity", "more than the 100"));
}

TEST(HestonGrid, DividesIntervalsLongerThanTheLongestStep) {
    const auto text = [](const char* longest) {
        return test::heston({2.0, 0.04, 0.5, -0.7, 0.09},
                            std::string("longest_step_days = ") + longest)
            .set("simulation.steps", "10");
    };
    EXPECT_EQ(make_grid(text("3").load()).steps.size(), 10u);  // intervals of 3 days
    EXPECT_EQ(make_grid(text("2.999").load()).steps.size(), 20u);
    const Grid grid = make_grid(text("1").load());
    ASSERT_EQ(grid.steps.size(), 30u);
    for (const GridStep& step : grid.steps) EXPECT_NEAR(step.to - step.from, day, 1e-12);
    EXPECT_EQ(grid.steps[29].draw, 9u);
    EXPECT_EQ(grid.steps[1].rebalance, 0u);
    EXPECT_EQ(grid.steps[2].rebalance, 1u);
    // An expiry where a piece would end anyway adds none.
    EXPECT_EQ(make_grid(text("1").set("option.expiry_days", "13").load()).steps.size(), 30u);
    EXPECT_EQ(make_grid(text("1").set("option.expiry_days", "13.5").load()).steps.size(), 31u);
}

TEST(HestonGrid, OfAnyOtherModelIsLeftAlone) {
    EXPECT_EQ(make_grid(ScenarioText().set("simulation.steps", "1").load()).steps.size(), 1u);
}

}  // namespace
}  // namespace hedgestorm::plan
