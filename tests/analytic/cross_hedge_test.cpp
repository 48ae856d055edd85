// SPDX-License-Identifier: Apache-2.0
//
// Hedging with something correlated: the minimum-variance hedge (Ederington 1979) held to the end,
// and a call's delta hedged with a proxy at each date.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/hedges.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

/// One unit of the underlying, as a call with a strike of next to nothing, and a static hedge of so
/// many units of a proxy: S = 100, sigma_S = 0.8, F = 101, sigma_F = 0.85, rho = 0.9.
Moments held_to_the_end(double years, double units) {
    auto text = test::over(ScenarioText(), years, 1);
    text.set("market.volatility", "0.8").set("option.strike", "1e-4").set("option.quantity", "1");
    text.set("simulation.precision", "'double'").set("book.premium", "'none'");
    text.policy({{"name", "'held'"},
                 {"rule", "'static'"},
                 {"initial", test::number(units)},
                 {"final", "'mark'"}});
    text.append(test::proxy(101.0, 0.85, 0.9));
    return moments_of(test::outcomes(text.load(), 128, {{0, Column::pnl}})[0]);
}

void expect_sd(const Moments& m, double sd) {
    test::expect_within_sigma(m.sd, m.sd_se, sd, 4.0, "sd");
    EXPECT_LT(4.0 * m.sd_se, 0.012 * sd);
}

TEST(CrossHedge, StaticMinimumVarianceHedgeLeavesWhatItShould) {
    expect_sd(held_to_the_end(1.0 / 52.0, 0.0), 11.12822701);
    expect_sd(held_to_the_end(1.0 / 52.0, -0.8377795829), 4.864451605);
    expect_sd(held_to_the_end(1.0 / 52.0, -100.0 / 101.0), 5.193675477);
    expect_sd(held_to_the_end(0.25, -0.8268501434), 18.82681561);
}

TEST(CrossHedge, TargetIsTheMinimumVarianceRatio) {
    auto text = test::over(ScenarioText(), 0.25, 1);
    text.set("market.volatility", "0.8").set("option.strike", "1e-4").set("option.quantity", "1");
    text.append(test::proxy(101.0, 0.85, 0.9));
    const plan::Plan plan(text.load());
    EXPECT_NEAR(plan.initial_book().initial_hedge.at(0), -0.8386721025, 1e-9);
}

/// A three-month call, hedged at 252 dates with a proxy: what continuous hedging would leave, and
/// the error of hedging at dates in quadrature (0.2199497869 with the underlying itself).
void expect_residual(double rho, double continuous) {
    auto text = test::over(ScenarioText(), 0.25, 252);
    text.set("risk.outcomes", "'pnl'").append(test::proxy(250.0, 0.35, rho));
    const Moments m = moments_of(test::outcomes(text.load(), 64, {{0, Column::pnl}})[0]);
    const double sd = std::hypot(continuous, 0.2199497869);
    EXPECT_NEAR(m.sd, sd, 0.005 * sd + 4.0 * m.sd_se) << rho;
    EXPECT_LT(4.0 * m.sd_se, 0.01 * sd);
    test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "mean");
}

TEST(CrossHedge, DeltaHedgingWithAProxyLeavesTheRestOfTheVariance) {
    expect_residual(0.9, 2.6994581);
    expect_residual(0.95, 1.9337579);
    expect_residual(0.99, 0.87362758);
}

TEST(CrossHedge, ResidualDeltaCountsWhatTheProxyCovers) {
    auto text = test::over(ScenarioText(), 0.25, 63);
    text.append(test::proxy(250.0, 0.35, 0.9));
    const auto columns = test::outcomes(
        text.load(), 1,
        {{0, Column::residual_delta_max_after_trade}, {0, Column::residual_delta_max}});
    for (std::size_t p = 0; p < tile_paths; ++p) {
        ASSERT_LT(columns[0][p], 1e-5);
        ASSERT_GT(columns[1][p], 1e-3);
    }
}

}  // namespace
}  // namespace hedgestorm
