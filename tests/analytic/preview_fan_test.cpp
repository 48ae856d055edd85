// SPDX-License-Identifier: Apache-2.0
//
// Fans against distributions in closed form: the price of the plain market is lognormal, and the
// sum of its squared returns chi-squared.

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "host/preview/preview.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

constexpr std::uint64_t paths = preview::most_paths;

/// How far a quantile of n paths may be from the true one: so many of its standard errors
/// sqrt(p (1 - p) / n) / density. Of 210 quantiles one would be further off with p < 0.002. An
/// error of 1 % in prices or in realised volatilities is 12 and 10 of those of the median.
constexpr double k = 4.5;

TEST(PreviewFan, OfThePlainMarketIsLognormal) {
    const auto scenario =
        test::ScenarioText().set("market.volatility", "0.4").set("market.drift", "0.1").load();
    const preview::Preview made = preview::preview(scenario, {paths, 0});
    const preview::Fan& price = made.fans.front();
    const boost::math::normal standard;
    for (std::size_t t = 1; t < made.times.size(); ++t) {
        const double deviation = 0.4 * std::sqrt(made.times[t]);
        for (std::size_t q = 0; q < preview::fan_size; ++q) {
            const double p = preview::fan_probabilities[q].value();
            const double z = boost::math::quantile(standard, p);
            const double log_price =
                0.1 * made.times[t] - 0.5 * deviation * deviation + deviation * z;
            const double error = std::sqrt(p * (1.0 - p) / paths) / boost::math::pdf(standard, z);
            EXPECT_NEAR((std::log(price.quantile[q][t].value / 100.0) - log_price) / deviation, 0.0,
                        k * error)
                << p << " at " << made.times[t];
        }
    }
}

TEST(PreviewFan, OfRealisedVolatilityIsThatOf24SquaredReturns) {
    const auto scenario = test::ScenarioText()
                              .set("simulation.horizon_days", "3")
                              .set("simulation.steps", "288")
                              .set("market.volatility", "0.4")
                              .load();
    const preview::Preview made = preview::preview(scenario, {paths, 0});
    const preview::Fan& fan = made.fans[2];
    ASSERT_EQ(fan.quantity, preview::Quantity::realised_volatility);
    const boost::math::chi_squared squares(24.0);
    for (std::size_t q = 0; q < preview::fan_size; ++q) {
        const double p = preview::fan_probabilities[q].value();
        const double x = boost::math::quantile(squares, p);
        const double error = std::sqrt(p * (1.0 - p) / paths) / boost::math::pdf(squares, x);
        const double seen = fan.quantile[q].back().value / 0.4;
        EXPECT_NEAR(24.0 * seen * seen, x, k * error) << p;
    }
}

TEST(PreviewFan, IntervalsCoverTheTruth) {
    // 400 fans of 400 paths: the 95 % interval of each quantile covers in at least 93 % of them; at
    // 95 % coverage fewer would come by chance with p < 0.05, at 90 % more with p < 0.03.
    const boost::math::normal standard;
    int covered[preview::fan_size] = {};
    for (int i = 0; i < 400; ++i) {
        const auto scenario = test::ScenarioText()
                                  .set("simulation.steps", "1")
                                  .set("simulation.first_path", std::to_string(400 * i))
                                  .load();
        const preview::Preview made = preview::preview(scenario, {400, 0});
        const double deviation = 0.2 * std::sqrt(made.times.back());
        for (std::size_t q = 0; q < preview::fan_size; ++q) {
            const double z = boost::math::quantile(standard, preview::fan_probabilities[q].value());
            const double truth = 100.0 * std::exp(deviation * (z - 0.5 * deviation));
            const risk::Estimate& e = made.fans.front().quantile[q].back();
            covered[q] += e.low <= truth && truth <= e.high;
        }
    }
    for (std::size_t q = 0; q < preview::fan_size; ++q) EXPECT_GE(covered[q], 372) << q;
}

}  // namespace
}  // namespace hedgestorm
