// SPDX-License-Identifier: Apache-2.0
//
// The market against what is known of it in closed form: the martingale, the variance of the log
// price under fading multipliers and closed windows, and scripted moves. Within 4 standard errors,
// or float rounding where nothing is random.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

ScenarioText market() {
    return ScenarioText().set("risk.outcomes", "'standard'");
}

std::vector<float> spots(const ScenarioText& text, std::uint64_t tiles) {
    return test::outcomes(text.load(), tiles, {{test::the_path, Column::spot}})[0];
}

/// Variance of ln(S_T / S_0), with its standard error.
void expect_log_variance(const ScenarioText& text, double variance) {
    std::vector<double> logs;
    for (const float s : spots(text, 64)) logs.push_back(std::log(s / 100.0));
    const Moments m = moments_of(logs);
    test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd of the log price");
    test::expect_within_sigma(m.mean, m.mean_se, -0.5 * variance, 4.0, "mean of the log price");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * m.sd);
}

TEST(Market, DiscountedPriceIsAMartingaleWithCarryAndStress) {
    auto text = market()
                    .set("market.rate", "0.09")
                    .set("market.dividend_yield", "0.03")
                    .set("market.volatility", "0.35")
                    .append(
                        "[[stress]]\nat_days = 3.3\nduration_days = 4\n"
                        "realised_volatility_multiplier = 3.0\nhalf_life_days = 5")
                    .append(
                        "[[stress]]\nat_days = 6\nduration_days = 4\n"
                        "realised_volatility_multiplier = 0.5");
    std::vector<float> s = spots(text, 256);
    const Moments m = moments_of(s);
    test::expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(0.06 * 30 * day), 4.0, "E[S]");
    EXPECT_LT(4.0 * m.mean_se, 0.15);  // a forgotten rate moves it by 0.49, a dividend by 0.25
    text.set("market.drift", "-0.3");
    s = spots(text, 256);
    const Moments drifting = moments_of(s);
    test::expect_within_sigma(drifting.mean, drifting.mean_se, 100.0 * std::exp(-0.3 * 30 * day),
                              4.0, "E[S] under a drift");
}

TEST(Market, PlainVarianceIsSigmaSquaredTimesTime) {
    expect_log_variance(market(), 0.04 * 30 * day);
}

TEST(Market, AMultiplierActsForItsDurationThenFadesByItsHalfLife) {
    // 10 days at 1, 5 at 3, then 1 + 2 x 2^(-t/4) for 15: the integral of its square is
    // 15 + 4 (2/k)(1 - h) ... with k = ln 2 / 4 per day, h = 2^(-15/4).
    const double k = std::log(2.0) / 4.0;
    const double h = std::exp(-k * 15.0);
    const double fading = 15.0 + 2.0 * 2.0 * (1.0 - h) / k + 4.0 * (1.0 - h * h) / (2.0 * k);
    expect_log_variance(market().append("[[stress]]\nat_days = 10\nduration_days = 5\n"
                                        "realised_volatility_multiplier = 3.0\n"
                                        "half_life_days = 4"),
                        0.04 * day * (10.0 + 45.0 + fading));
}

TEST(Market, OverlappingMultipliersMultiply) {
    // [5, 10): 2, [10, 15): 2 x 3, [15, 20): 3.
    expect_log_variance(market()
                            .append("[[stress]]\nat_days = 5\nduration_days = 10\n"
                                    "realised_volatility_multiplier = 2.0")
                            .append("[[stress]]\nat_days = 10\nduration_days = 10\n"
                                    "realised_volatility_multiplier = 3.0"),
                        0.04 * day * (5 + 5 * 4 + 5 * 36 + 5 * 9 + 10));
}

TEST(Market, AClosedWindowMovesByItsWeightAlone) {
    const auto closed = [](const char* weight) {
        return market().append(
            "[[simulation.closed]]\nfrom_days = 3.5\nto_days = 18.25\n"
            "variance_weight = " +
            std::string(weight));
    };
    expect_log_variance(closed("0.0"), 0.04 * day * (30 - 14.75));
    expect_log_variance(closed("0.2"), 0.04 * day * (30 - 0.8 * 14.75));
    expect_log_variance(closed("1.0"), 0.04 * day * 30);
}

TEST(Market, NothingMovesWhileAWindowWithoutVarianceIsClosed) {
    // Closed from 0 to the horizon but for a sliver: only the sliver's variance is left.
    expect_log_variance(market().append("[[simulation.closed]]\nfrom_days = 0\nto_days = 29.5\n"
                                        "variance_weight = 0.0"),
                        0.04 * day * 0.5);
}

TEST(Market, AScriptedMoveIsExactlyThatMoveOnTopOfTheSameNoise) {
    const auto plain = spots(market(), 2);
    const struct {
        const char* stress;
        double factor;
    } scripts[] = {
        {"at_days = 10\nspot_move = -0.2", 0.8},
        {"at_days = 10.3\nspot_move = -0.2", 0.8},
        {"at_days = 0\nspot_move = 0.25", 1.25},
        {"at_days = 30\nspot_log_move = -0.1", std::exp(-0.1)},
        {"at_days = 2.7\nduration_days = 9.1\nspot_move = -0.2", 0.8},
        {"at_days = 0\nduration_days = 30\nspot_log_move = 0.42", std::exp(0.42)},
    };
    for (const auto& script : scripts) {
        auto text = market();
        const auto moved = spots(text.append("[[stress]]\n" + std::string(script.stress)), 2);
        for (std::size_t p = 0; p < plain.size(); ++p) {
            // 30 steps of float rounding in log2 S.
            ASSERT_NEAR(moved[p] / plain[p], script.factor, 2e-6 * script.factor)
                << script.stress << ", path " << p;
        }
    }
}

TEST(Market, SeverityScalesMovesInLogAndMultipliersAsPowers) {
    auto half = market().append(
        "[[stress]]\nat_days = 10\nspot_log_move = -0.4\nduration_days = 10\n"
        "realised_volatility_multiplier = 4.0");
    half.set("severity", "0.5");
    std::vector<double> logs;
    for (const float s : spots(half, 64)) logs.push_back(std::log(s / 100.0));
    const double variance = 0.04 * day * (20 + 10 * 4);
    const Moments m = moments_of(logs);
    test::expect_within_sigma(m.mean, m.mean_se, -0.2 - 0.5 * variance, 4.0, "mean");
    test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd");
}

}  // namespace
}  // namespace hedgestorm
