// SPDX-License-Identifier: Apache-2.0
//
// A GARCH market against closed forms. Bounds are 4 standard errors, or rounding where nothing is
// random. A path is the same whatever the horizon, so two horizons give the return between them.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::expect_within_sigma;
using test::Moments;
using test::moments_of;
using test::ScenarioText;

/// Two rebalance intervals in a period of a day.
ScenarioText garch(const std::string& keys, int days) {
    ScenarioText text;
    text.set("market.model", "'garch'").without("market.volatility");
    text.set("risk.outcomes", "'standard'").set("simulation.horizon_days", std::to_string(days));
    text.set("simulation.steps", std::to_string(2 * days));
    text.set("option.expiry_days", std::to_string(days));
    return text.append("[market.garch]\nperiod_days = 1\n" + keys);
}

std::vector<double> log_prices(const ScenarioText& text, std::uint64_t tiles) {
    const auto spots = test::outcomes(text.load(), tiles, {{test::the_path, Column::spot}})[0];
    std::vector<double> logs;
    for (const float s : spots) logs.push_back(std::log(double{s} / 100.0));
    return logs;
}

/// Log returns of day number `day`, from 1.
std::vector<double> returns_of_day(const std::string& keys, int day, std::uint64_t tiles) {
    std::vector<double> after = log_prices(garch(keys, day), tiles);
    if (day == 1) return after;
    const std::vector<double> before = log_prices(garch(keys, day - 1), tiles);
    for (std::size_t p = 0; p < after.size(); ++p) after[p] -= before[p];
    return after;
}

Moments power(const std::vector<double>& x, int n) {
    std::vector<double> powers;
    for (const double v : x) powers.push_back(std::pow(v, n));
    return moments_of(powers);
}

TEST(GarchMarket, PriceIsAMartingale) {
    for (const std::string more : {"", "innovations = 'student_t'\ndegrees_of_freedom = 5"}) {
        auto text = garch("omega = 1e-4\nalpha = 0.1\nbeta = 0.7\ngamma = 0.1\n" + more, 30);
        text.set("market.rate", "0.2");
        text.append(
            "[[stress]]\nat_days = 6.4\nduration_days = 5\nrealised_volatility_multiplier = 2");
        const auto s = test::outcomes(text.load(), 256, {{test::the_path, Column::spot}})[0];
        const Moments m = moments_of(s);
        expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(0.2 * 30.0 / 365.0), 4.0,
                            "E[S] " + more);
        EXPECT_LT(m.mean_se, 0.1);
    }
}

TEST(GarchMarket, HasTheStationaryVarianceAndKurtosis) {
    // Bollerslev (1986): kurtosis 3 (1 - (a + b)^2) / (1 - (a + b)^2 - 2 a^2). A return has h/2
    // less than its innovation, a ten-thousandth of a variance of its square.
    const double omega = 3e-5;
    const double a = 0.2;
    const double b = 0.5;
    const double variance = omega / (1.0 - a - b);
    const double kurtosis = 3.0 * (1.0 - 0.49) / (1.0 - 0.49 - 2.0 * a * a);
    const auto r = returns_of_day("omega = 3e-5\nalpha = 0.2\nbeta = 0.5", 40, 256);
    const Moments square = power(r, 2);
    expect_within_sigma(square.mean, square.mean_se, variance, 4.0, "variance");
    EXPECT_LT(square.mean_se, 0.005 * variance);
    const Moments fourth = power(r, 4);
    expect_within_sigma(fourth.mean, fourth.mean_se, kurtosis * variance * variance, 4.0,
                        "fourth moment");
    EXPECT_LT(fourth.mean_se, 0.02 * fourth.mean);  // a normal's is 16 % less
}

TEST(GarchMarket, StudentInnovationsHaveTheirKurtosisAndTails) {
    const auto r = returns_of_day(
        "omega = 1e-4\nalpha = 0\nbeta = 0\ninnovations = 'student_t'\ndegrees_of_freedom = 10", 1,
        512);
    const Moments square = power(r, 2);
    expect_within_sigma(square.mean, square.mean_se, 1e-4, 4.0, "variance");
    // 3 + 6 / (nu - 4). Were each half of the day mixed for itself it would be 3.5.
    const Moments fourth = power(r, 4);
    expect_within_sigma(fourth.mean, fourth.mean_se, 4e-8, 4.0, "fourth moment");
    EXPECT_LT(fourth.mean_se, 0.02 * fourth.mean);
    // Beyond +-3.169 of a t10: 1 % (Abramowitz and Stegun, table 26.10).
    double beyond = 0.0;
    for (const double x : r) beyond += std::abs(x) > 3.1693 * std::sqrt(0.8) * 0.01;
    const auto n = static_cast<double>(r.size());
    expect_within_sigma(beyond / n, std::sqrt(0.01 * 0.99 / n), 0.01, 4.0, "tail");
}

TEST(GarchMarket, AFallRaisesTheVarianceMoreThanARise) {
    const std::string keys =
        "omega = 2e-5\nalpha = 0.1\nbeta = 0.4\ngamma = 0.6\ninitial_variance = 1e-4";
    const auto first = returns_of_day(keys, 1, 256);
    const auto second = returns_of_day(keys, 2, 256);
    std::vector<double> after_fall;
    std::vector<double> after_rise;
    for (std::size_t p = 0; p < first.size(); ++p)
        (first[p] + 0.5e-4 < 0.0 ? after_fall : after_rise).push_back(second[p]);
    const Moments fall = power(after_fall, 2);
    const Moments rise = power(after_rise, 2);
    expect_within_sigma(fall.mean, fall.mean_se, 2e-5 + 0.4e-4 + 0.7e-4, 4.0, "after a fall");
    expect_within_sigma(rise.mean, rise.mean_se, 2e-5 + 0.4e-4 + 0.1e-4, 4.0, "after a rise");
}

TEST(GarchMarket, StressScalesReturnsAndLeavesTheVarianceAlone) {
    const std::string keys = "omega = 2e-5\nalpha = 0.3\nbeta = 0.4\n";
    const auto stress = [](ScenarioText text) {
        return text.append(
            "[[stress]]\nat_days = 0\nduration_days = 1\nrealised_volatility_multiplier = 4.0");
    };
    const auto plain = returns_of_day(keys, 2, 2);
    const auto one = log_prices(stress(garch(keys, 1)), 2);
    const auto two = log_prices(stress(garch(keys, 2)), 2);
    for (std::size_t p = 0; p < plain.size(); ++p)
        ASSERT_NEAR(two[p] - one[p], plain[p], 1e-6) << p;  // of float prices
}

TEST(GarchMarket, OfConstantVarianceIsThePlainMarketAndIsValuedLikeIt) {
    const auto pnl = [](ScenarioText text) {
        text.set("policy.valuation", "'instantaneous'");
        return test::outcomes(text.load(), 2, {{test::the_path, Column::spot}, {0, Column::pnl}});
    };
    const double variance = 0.3 * 0.3 / 365.0;
    const auto flat =
        pnl(garch("omega = " + std::to_string(variance * 1e4) + "e-4\nalpha = 0\nbeta = 0", 30));
    auto text = ScenarioText().set("risk.outcomes", "'standard'").set("simulation.steps", "60");
    const auto plain = pnl(text.set("market.volatility", "0.3"));
    for (std::size_t p = 0; p < plain[0].size(); ++p) {
        ASSERT_NEAR(flat[0][p] / plain[0][p], 1.0f, 1e-5f) << p;
        ASSERT_NEAR(flat[1][p], plain[1][p], 2e-3f) << p;
    }
}

}  // namespace
}  // namespace hedgestorm
