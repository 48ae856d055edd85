// SPDX-License-Identifier: Apache-2.0
//
// The closed-form integral of the squared multipliers against quadrature, and what multipliers and
// moves are at given times.

#include "host/plan/stress.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/grid.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

std::string stress(const std::string& keys) {
    return "[[stress]]\n" + keys;
}

/// Simpson's rule over a stretch on which the multiplier is smooth.
double quadrature(const StressScript& script, double from, double to) {
    constexpr int n = 400;
    const double h = (to - from) / n;
    double sum = 0.0;
    for (int i = 0; i <= n; ++i) {
        // Ends are taken from inside: there the multiplier may jump.
        const double t = i == 0 ? from + 1e-6 * h : i == n ? to - 1e-6 * h : from + i * h;
        const double m = script.realised_multiplier(t);
        sum += (i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * m * m;
    }
    return sum * h / 3.0;
}

TEST(StressScript, IntegratesOverlapsAndHalfLivesInClosedForm) {
    const auto scenario =
        ScenarioText()
            .append(stress("at_days = 2\nduration_days = 3\nrealised_volatility_multiplier = 4.0\n"
                           "half_life_days = 2"))
            .append(stress("at_days = 4\nduration_days = 6\nrealised_volatility_multiplier = 0.5\n"
                           "half_life_hours = 30"))
            .append(stress("at_days = 7.3\nrealised_volatility_multiplier = 3.0\n"
                           "half_life_days = 9"))
            .append(stress("at_days = 12\nduration_days = 5\n"
                           "realised_volatility_multiplier = 2.0"))
            .load();
    const StressScript script(scenario);
    double total = 0.0;
    for (const GridStep& step : make_grid(scenario).steps) {
        const double closed = script.realised_square_integral(step.from, step.to);
        EXPECT_NEAR(closed, quadrature(script, step.from, step.to), 1e-6 * closed)
            << step.from / day;
        total += closed;
    }
    EXPECT_GT(total, 2.0 * 30 * day);
}

TEST(StressScript, MultipliersStartLastAndFade) {
    const StressScript script(
        ScenarioText()
            .append(stress("at_days = 2\nduration_days = 3\nrealised_volatility_multiplier = 4.0\n"
                           "implied_volatility_multiplier = 3.0\nhalf_spread_multiplier = 5.0\n"
                           "half_life_days = 2"))
            .append(stress("at_days = 3\nduration_days = 1\nimplied_volatility_multiplier = 2.0"))
            .load());
    EXPECT_EQ(script.realised_multiplier(0.0), 1.0);
    EXPECT_EQ(script.realised_multiplier(1.99 * day), 1.0);
    EXPECT_EQ(script.realised_multiplier(2 * day), 4.0);  // after what happens then
    EXPECT_EQ(script.half_spread_multiplier(4.9 * day), 5.0);
    EXPECT_EQ(script.implied_multiplier(3.5 * day), 6.0);
    EXPECT_EQ(script.implied_multiplier(4.5 * day), 3.0);
    EXPECT_NEAR(script.realised_multiplier(7 * day), 1.0 + 3.0 / 2.0, 1e-12);
    EXPECT_NEAR(script.half_spread_multiplier(9 * day), 1.0 + 4.0 / 4.0, 1e-12);
}

TEST(StressScript, AtZeroActsJustAfterTheInitialTrade) {
    const StressScript script(
        ScenarioText()
            .append(stress("at_days = 0\nduration_days = 3\nhalf_spread_multiplier = 4.0\n"
                           "spot_log_move = -0.3"))
            .append(stress("at_days = 0\nspot_log_move = 0.05"))
            .load());
    EXPECT_EQ(script.half_spread_multiplier(0.0), 1.0);
    EXPECT_EQ(script.half_spread_multiplier(0.001 * day), 4.0);
    EXPECT_NEAR(script.log_move(0.0, day), 0.05 - 0.1, 1e-12);
    EXPECT_NEAR(script.log_move(day, 2 * day), -0.1, 1e-12);
}

TEST(StressScript, SpreadsAMoveEvenlyAndPutsAGapWhereItIs) {
    const StressScript script(
        ScenarioText()
            .append(stress("at_days = 2\nduration_days = 4\nspot_log_move = -0.4"))
            .append(stress("at_days = 3\nspot_move = 0.1"))
            .load());
    EXPECT_NEAR(script.log_move(0.0, 2 * day), 0.0, 1e-15);
    EXPECT_NEAR(script.log_move(2 * day, 3 * day), -0.1 + std::log(1.1), 1e-12);
    EXPECT_NEAR(script.log_move(3 * day, 4 * day), -0.1, 1e-12);
    EXPECT_NEAR(script.log_move(0.0, 30 * day), -0.4 + std::log(1.1), 1e-12);
}

TEST(StressScript, SeverityScalesMovesInLogAndMultipliersAsPowers) {
    const auto with = [](const char* severity) {
        return StressScript(ScenarioText()
                                .set("severity", severity)
                                .append(stress("at_days = 2\nduration_days = 2\nspot_move = -0.36\n"
                                               "realised_volatility_multiplier = 9.0\n"
                                               "implied_volatility_multiplier = 4.0\n"
                                               "half_spread_multiplier = 16.0"))
                                .load());
    };
    const StressScript half = with("0.5");
    EXPECT_NEAR(half.log_move(0.0, 30 * day), std::log(0.8), 1e-12);
    EXPECT_NEAR(half.realised_multiplier(3 * day), 3.0, 1e-12);
    EXPECT_NEAR(half.implied_multiplier(3 * day), 2.0, 1e-12);
    EXPECT_NEAR(half.half_spread_multiplier(3 * day), 4.0, 1e-12);
    EXPECT_NEAR(half.realised_square_integral(2 * day, 4 * day), 18 * day, 1e-12);
    const StressScript none = with("0.0");
    EXPECT_EQ(none.log_move(0.0, 30 * day), 0.0);
    EXPECT_EQ(none.realised_multiplier(3 * day), 1.0);
    EXPECT_NEAR(with("2.0").realised_multiplier(3 * day), 81.0, 1e-9);
}

TEST(StressScript, IntegratesSevenShocksThatAllStillFade) {
    auto text = ScenarioText();
    for (int i = 0; i < 7; ++i) {
        text.append(stress("at_days = " + std::to_string(1 + 0.5 * i) +
                           "\nrealised_volatility_multiplier = 1.3\nhalf_life_days = 20"));
    }
    const auto scenario = text.load();
    const StressScript script(scenario);
    double closed = 0.0;
    double numeric = 0.0;
    for (const GridStep& step : make_grid(scenario).steps) {
        closed += script.realised_square_integral(step.from, step.to);
        numeric += quadrature(script, step.from, step.to);
    }
    EXPECT_NEAR(closed, numeric, 1e-6 * closed);
}

}  // namespace
}  // namespace hedgestorm::plan
