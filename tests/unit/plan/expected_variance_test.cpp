// SPDX-License-Identifier: Apache-2.0
//
// The model's mean variance until an expiry, by hand and against exact integrals; and the delta a
// path makes of it.

#include "host/plan/expected_variance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/black_scholes.hpp"
#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/path/targets.hpp"
#include "tests/support/markets.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::OptionKind;
using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

/// Kappa 2, theta 0.04, xi 0.5, rho -0.7, v0 0.09 over a year, in 10 steps.
ScenarioText a_year() {
    return test::over(test::heston({2.0, 0.04, 0.5, -0.7, 0.09}, "longest_step_years = 10"), 1.0,
                      10);
}

std::vector<MeanVariance> expected(const ScenarioText& text, double expiry) {
    const auto scenario = text.load();
    return expected_variance(scenario, make_grid(scenario), StressScript(scenario), expiry);
}

TEST(ExpectedVariance, OfHestonIsItsMeanOverTheTimeLeft) {
    const auto mean = expected(a_year(), 1.0);
    ASSERT_EQ(mean.size(), 11u);
    // E int v over the year, from v = 0.09.
    EXPECT_NEAR(mean[0].known + 0.09 * mean[0].per_variance, 0.06161661792, 1e-11);
    for (int i = 0; i < 10; ++i) {
        const double left = 1.0 - 0.1 * i;
        const double share = (1.0 - std::exp(-2.0 * left)) / (2.0 * left);
        EXPECT_NEAR(mean[static_cast<std::size_t>(i)].per_variance, share, 1e-12);
        EXPECT_NEAR(mean[static_cast<std::size_t>(i)].known, 0.04 * (1.0 - share), 1e-12);
    }
    EXPECT_EQ(mean[10].known, 0.0);  // it has expired
}

TEST(ExpectedVariance, LooksBeyondTheHorizonAndStopsAtTheExpiry) {
    const double share = (1.0 - std::exp(-2.0 * 1.5)) / (2.0 * 1.5);
    EXPECT_NEAR(expected(a_year(), 2.5)[10].per_variance, share, 1e-12);
    const auto early = expected(a_year(), 0.5);
    EXPECT_NEAR(early[4].per_variance, (1.0 - std::exp(-0.2)) / 0.2, 1e-12);
    EXPECT_EQ(early[5].per_variance, 0.0);
}

TEST(ExpectedVariance, AddsTheSquaresOfTheJumps) {
    auto text = a_year().set("market.model", "'bates'").append(test::merton_table(0.5, -0.1, 0.15));
    EXPECT_NEAR(expected(text, 1.0)[3].known - expected(a_year(), 1.0)[3].known, 0.5 * 0.0325,
                1e-12);
    const auto merton = expected(
        ScenarioText().set("market.model", "'merton'").append(test::merton_table(1.0, -0.1, 0.15)),
        30 * day);
    EXPECT_NEAR(merton[0].known, 0.0725, 1e-12);
    EXPECT_NEAR(merton[29].known, 0.0725, 1e-12);
    const auto kou = expected(
        ScenarioText().set("market.model", "'kou'").append(test::kou_table(1.0, 0.4, 10.0, 5.0)),
        30 * day);
    EXPECT_NEAR(kou[7].known, 0.04 + 0.056, 1e-12);
}

TEST(ExpectedVariance, KnowsClosedTimeAndTheStressThatHasBegunButNoOther) {
    ScenarioText text;
    text.append("[[simulation.closed]]\nfrom_days = 20\nto_days = 25\nvariance_weight = 0.2");
    text.append("[[stress]]\nat_days = 5\nduration_days = 5\nrealised_volatility_multiplier = 3.0");
    text.append("[[stress]]\nat_days = 8\nduration_days = 4\nrealised_volatility_multiplier = 2.0");
    const auto scenario = text.load();
    const Grid grid = make_grid(scenario);
    const auto mean = expected_variance(scenario, grid, StressScript(scenario), 30 * day);
    // Market days left: 30 less 0.8 of 5; a stress adds (m^2 - 1) a day to what it knows of.
    const auto at = [&](double time) {
        return 0.04 / mean[grid.step_ending_at(time * day) + 1].known;
    };
    EXPECT_NEAR(0.04 / mean[0].known, 30.0 / 26.0, 1e-9);
    EXPECT_NEAR(at(4), 26.0 / 22.0, 1e-9);
    EXPECT_NEAR(at(5), 25.0 / (21.0 + 8 * 5), 1e-9);
    EXPECT_NEAR(at(7), 23.0 / (19.0 + 8 * 3), 1e-9);
    // 8 to 10 at 6, 10 to 12 at 2.
    EXPECT_NEAR(at(8), 22.0 / (18.0 + 35 * 2 + 3 * 2), 1e-9);
    EXPECT_NEAR(at(12), 18.0 / 14.0, 1e-9);
}

TEST(ExpectedVariance, OfAFadingStressIsTheIntegralOfItsSquare) {
    ScenarioText text;
    text.append(
        "[[stress]]\nat_days = 10\nduration_days = 5\nrealised_volatility_multiplier = 3.0\n"
        "half_life_days = 4");
    const double k = std::log(2.0) / 4.0;
    const double h = std::exp(-k * 15.0);
    const double fading = 15.0 + 4.0 * (1.0 - h) / k + 4.0 * (1.0 - h * h) / (2.0 * k);
    EXPECT_NEAR(expected(text, 30 * day)[15].known, 0.04 * fading / 15.0, 1e-10);
    EXPECT_NEAR(expected(text, 30 * day)[9].known, 0.04, 1e-12);
}

ScenarioText with_policy(ScenarioText text) {
    return text.set("policy.valuation", "'expected'").set("simulation.precision", "'double'");
}

TEST(ExpectedVariance, IsWhatThePathTakesItsDeltaAt) {
    auto text = with_policy(a_year());
    text.append(
        "[[book.option]]\nname = 'put'\nkind = 'put'\nstrike = 95\nexpiry_years = 1.7\n"
        "quantity = 2\nimplied_volatility = 0.3");
    text.append(
        "[[stress]]\nat_years = 0.2\nduration_years = 0.4\n"
        "realised_volatility_multiplier = 1.5");
    const auto scenario = text.load();
    const Plan plan(scenario);
    const PathParams<double>& params = *plan.view().reference;
    const auto& valuation = params.valuation[params.target[0].valuation];
    ASSERT_EQ(valuation.source, ValuationSource::expected);
    const StressScript script(scenario);
    for (const std::uint32_t i : {0u, 2u, 8u}) {
        for (const double v : {0.0, 0.03, 0.2}) {
            const double time = plan.grid().steps[i].to;
            const double spot = 107.0;
            const double m = script.realised_multiplier(time);
            const double ours = path::delta_expected(params, valuation, i, params.step[i].alive,
                                                     std::log2(spot / 100.0), m * std::sqrt(v));
            double delta = 0.0;
            for (const auto& leg : scenario.book.options) {
                const MeanVariance mean =
                    expected_variance(scenario, plan.grid(), script, leg.expiry)[i + 1];
                delta += leg.quantity * black_scholes(leg.kind, spot, leg.strike, leg.expiry - time,
                                                      std::sqrt(mean.known + mean.per_variance * v),
                                                      0.0, 0.0)
                                            .delta;
            }
            EXPECT_NEAR(ours, delta, 1e-12) << i << ' ' << v;
        }
    }
}

TEST(ExpectedVariance, DecidesTheFirstHedge) {
    const Plan heston(with_policy(a_year()).load());
    const double of_heston =
        black_scholes(OptionKind::call, 100, 100, 1, std::sqrt(0.06161661792), 0, 0).delta;
    EXPECT_NEAR(heston.initial_book().initial_hedge[0], of_heston, 1e-10);
    const Plan merton(test::over(with_policy(ScenarioText()
                                                 .set("market.model", "'merton'")
                                                 .append(test::merton_table(1.0, -0.1, 0.15))),
                                 0.25, 63)
                          .load());
    EXPECT_NEAR(merton.initial_book().initial_hedge[0], 0.526834357, 1e-9);
    const PathParams<double>& params = *merton.view().reference;
    EXPECT_EQ(params.valuation[params.target[0].valuation].source, ValuationSource::slices);
}

}  // namespace
}  // namespace hedgestorm::plan
