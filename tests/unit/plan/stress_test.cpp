// SPDX-License-Identifier: Apache-2.0
//
// The integral of the squared multipliers against its closed form and another quadrature, and what
// multipliers and moves are at given times.

#include "host/plan/stress.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

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

/// A shock at t = 0 without a duration: its multiplier and half-life [days].
struct Shock {
    long double multiplier;
    long double half_life;
};

/// Integral of the squared product of the shocks' multipliers, term by term: 3^n exponentials.
long double closed_form(const std::vector<Shock>& shocks, long double from, long double to) {
    std::vector<std::pair<long double, long double>> terms = {{1.0L, 0.0L}};
    for (const Shock& shock : shocks) {
        const long double rate = std::log(2.0L) / shock.half_life * 365.0L;
        const long double a = shock.multiplier - 1.0L;
        std::vector<std::pair<long double, long double>> product;
        for (const auto& [c, k] : terms) {
            product.emplace_back(c, k);
            product.emplace_back(c * 2.0L * a, k + rate);
            product.emplace_back(c * a * a, k + 2.0L * rate);
        }
        terms = std::move(product);
    }
    long double sum = 0.0L;
    for (const auto& [c, k] : terms)
        sum += c * (k > 0.0L ? -std::exp(-k * from) * std::expm1(-k * (to - from)) / k : to - from);
    return sum;
}

TEST(StressScript, IntegratesFadingMultipliersAsTheirClosedFormDoes) {
    const std::vector<std::vector<Shock>> scripts = {
        {{1.5L, 3.0L}},
        {{6.0L, 0.5L}},
        {{0.25L, 2.0L}},
        {{40.0L, 0.001L}},
        {{1.000001L, 20.0L}},
        {{4.0L, 2.0L}, {0.5L, 0.125L}},
        {{3.0L, 5.0L}, {3.0L, 5.0L}, {0.5L, 5.0L}},
        {{2.0L, 0.001L}, {1.25L, 30.0L}, {0.75L, 1.0L}, {8.0L, 0.0625L}, {1.5L, 4.0L}},
    };
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        auto text = ScenarioText();
        for (const Shock& s : scripts[i]) {
            text.append(
                stress("at_days = 0\nrealised_volatility_multiplier = " +
                       std::to_string(static_cast<double>(s.multiplier)) +
                       "\nhalf_life_days = " + std::to_string(static_cast<double>(s.half_life))));
        }
        const StressScript script(text.load());
        const double times[] = {0.0, 1e-6, 1e-3, 0.125, 1.0, 2.0, 17.0, 30.0};  // days
        for (std::size_t t = 0; t + 1 < std::size(times); ++t) {
            const double from = times[t] * day;
            const double to = times[t + 1] * day;
            const auto exact = static_cast<double>(closed_form(scripts[i], from, to));
            EXPECT_NEAR(script.realised_square_integral(from, to), exact, 2e-14 * exact)
                << "script " << i << ", day " << times[t];
        }
    }
}

TEST(StressScript, IntegratesOverlapsAndHalfLives) {
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
        const double integral = script.realised_square_integral(step.from, step.to);
        EXPECT_NEAR(integral, quadrature(script, step.from, step.to), 1e-6 * integral)
            << step.from / day;
        total += integral;
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

TEST(StressScript, IntegratesManyShocksThatAllStillFade) {
    auto text = ScenarioText();
    for (int i = 0; i < 24; ++i) {
        text.append(stress(
            "at_days = " + std::to_string(1 + 0.5 * i) +
            "\nrealised_volatility_multiplier = 1.3\nhalf_life_days = " + std::to_string(20 + i)));
    }
    const auto scenario = text.load();
    const StressScript script(scenario);
    double integral = 0.0;
    double simpson = 0.0;
    for (const GridStep& step : make_grid(scenario).steps) {
        integral += script.realised_square_integral(step.from, step.to);
        simpson += quadrature(script, step.from, step.to);
    }
    EXPECT_NEAR(integral, simpson, 1e-6 * integral);
}

TEST(StressScript, IntegratesRampsAsTheirClosedFormDoes) {
    // M^(2t/r) over the ramp r: r (M^2 - 1)/(2 ln M); of two that rise together the logs add.
    for (const double m : {6.0, 0.2, 1.0001, 900.0}) {
        const StressScript script(
            ScenarioText()
                .append(stress("at_days = 2\nramp_days = 3\nduration_days = 4\n"
                               "realised_volatility_multiplier = " +
                               std::to_string(m)))
                .load());
        const double rise = 3 * day * (m * m - 1.0) / (2.0 * std::log(m));
        EXPECT_NEAR(script.realised_square_integral(2 * day, 5 * day), rise, 1e-11 * rise);
        const double part =
            3 * day * (std::pow(m, 4.0 / 3.0) - std::pow(m, 2.0 / 3.0)) / (2.0 * std::log(m));
        EXPECT_NEAR(script.realised_square_integral(3 * day, 4 * day), part, 1e-11 * part);
        const double held = 4 * day * m * m;
        EXPECT_NEAR(script.realised_square_integral(5 * day, 9 * day), held, 1e-14 * held);
        EXPECT_EQ(script.realised_square_integral(9 * day, 10 * day), 10 * day - 9 * day);
    }
    const StressScript both(ScenarioText()
                                .append(stress("at_days = 2\nramp_days = 4\nhalf_life_days = 5\n"
                                               "realised_volatility_multiplier = 6"))
                                .append(stress("at_days = 3\nramp_days = 2\nduration_days = 9\n"
                                               "realised_volatility_multiplier = 0.5"))
                                .load());
    const double rate = std::log(6.0) / (4 * day) + std::log(0.5) / (2 * day);
    const double start = std::sqrt(6.0);  // the first one's square after a quarter of its ramp
    const double closed = start * std::expm1(2.0 * rate * 2 * day) / (2.0 * rate);
    EXPECT_NEAR(both.realised_square_integral(3 * day, 5 * day), closed, 1e-13 * closed);
}

TEST(StressScript, IntegratesRampsBesideWhatHoldsAndFades) {
    const auto scenario =
        ScenarioText()
            .append(stress("at_days = 1\nramp_hours = 30\nduration_days = 2\n"
                           "realised_volatility_multiplier = 5\nhalf_life_days = 3"))
            .append(stress("at_days = 2\nramp_days = 6\nrealised_volatility_multiplier = 0.3\n"
                           "half_life_hours = 20"))
            .append(stress("at_days = 5.2\nramp_days = 1.9\nduration_days = 20\n"
                           "realised_volatility_multiplier = 3"))
            .load();
    const StressScript script(scenario);
    double total = 0.0;
    for (const GridStep& step : make_grid(scenario).steps) {
        const double integral = script.realised_square_integral(step.from, step.to);
        EXPECT_NEAR(integral, quadrature(script, step.from, step.to), 1e-6 * integral)
            << step.from / day;
        total += integral;
    }
    EXPECT_GT(total, 2.0 * 30 * day);
}

TEST(StressScript, MultipliersRiseEvenlyInLogThenHoldThenFade) {
    const StressScript script(
        ScenarioText()
            .append(stress("at_days = 2\nramp_days = 4\nduration_days = 3\nhalf_life_days = 5\n"
                           "realised_volatility_multiplier = 4.0\n"
                           "implied_volatility_multiplier = 0.25\nhalf_spread_multiplier = 9.0"))
            .load());
    EXPECT_EQ(script.realised_multiplier(2 * day), 1.0);
    EXPECT_NEAR(script.realised_multiplier(4 * day), 2.0, 1e-12);
    EXPECT_NEAR(script.implied_multiplier(5 * day), std::pow(0.25, 0.75), 1e-12);
    EXPECT_NEAR(script.half_spread_multiplier(3 * day), std::sqrt(3.0), 1e-12);
    EXPECT_EQ(script.half_spread_multiplier(6 * day), 9.0);
    EXPECT_EQ(script.half_spread_multiplier(8.9 * day), 9.0);
    EXPECT_NEAR(script.half_spread_multiplier(14 * day), 1.0 + 8.0 / 2.0, 1e-12);
}

TEST(StressScript, ADriftMovesByTheIntegralOfItsStrength) {
    const std::string keys =
        "at_days = 2\nramp_days = 4\nduration_days = 3\nhalf_life_days = 5\ndrift_move = -2";
    const StressScript script(ScenarioText().append(stress(keys)).load());
    EXPECT_EQ(script.log_move(0.0, 2 * day), 0.0);
    EXPECT_NEAR(script.log_move(2 * day, 4 * day), -2.0 * 0.5 * day, 1e-15);  // half of 2 days, / 2
    EXPECT_NEAR(script.log_move(2 * day, 6 * day), -2.0 * 2 * day, 1e-15);
    EXPECT_NEAR(script.log_move(6 * day, 9 * day), -2.0 * 3 * day, 1e-15);
    const double fading = 5.0 / std::log(2.0) * (1.0 - std::exp2(-21.0 / 5.0)) * day;
    EXPECT_NEAR(script.log_move(9 * day, 30 * day), -2.0 * fading, 1e-15);
    // Whatever the stretches, what they add up to is the same.
    double sum = 0.0;
    for (double t = 0.0; t < 29.95; t += 0.1) sum += script.log_move(t * day, (t + 0.1) * day);
    EXPECT_NEAR(sum, -2.0 * (5 * day + fading), 1e-13);
    for (const double severity : {0.0, 0.5, 3.0}) {
        const StressScript scaled(
            ScenarioText().set("severity", std::to_string(severity)).append(stress(keys)).load());
        EXPECT_NEAR(scaled.log_move(0.0, 30 * day), severity * sum, 1e-13);
    }
}

}  // namespace
}  // namespace hedgestorm::plan
