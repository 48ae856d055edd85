// SPDX-License-Identifier: Apache-2.0
#include "host/fit/covariance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/fit/calibrate.hpp"
#include "host/fit/market_block.hpp"
#include "host/fit/maximise.hpp"
#include "host/support/error.hpp"
#include "tests/support/simulated_returns.hpp"

namespace hedgestorm::fit {
namespace {

constexpr double hour = 1.0 / 8760.0;

struct Estimate {
    double value, se;
};

Estimate estimate(const Fit& fit, const std::string& label) {
    for (std::size_t i = 0; i < fit.entries.size(); ++i)
        if (label_of(fit.entries[i]) == label) return {fit.entries[i].value, fit.se[i]};
    ADD_FAILURE() << "no estimate " << label;
    return {};
}

Fit gbm_of(const Returns& returns, Errors errors) {
    return calibrate(returns, {scenario::Model::gbm, 2, scenario::Innovations::normal, errors, {}});
}

TEST(Calibrate, FindsTheClosedFormsOfGbm) {
    test::Draws draws(3);
    const Returns returns = returns_of(test::gbm_returns(3000, hour, 0.4, 0.7, draws), 1.0);
    const Fit fit = gbm_of(returns, Errors::information);
    const double n = 3000.0;
    const double volatility = returns.sd / std::sqrt(hour);
    EXPECT_NEAR(estimate(fit, "volatility").value, volatility, 1e-7);
    EXPECT_NEAR(estimate(fit, "volatility").se / (volatility / std::sqrt(2.0 * n)), 1.0, 1e-3);
    EXPECT_NEAR(estimate(fit, "drift").value, returns.mean / hour + 0.5 * volatility * volatility,
                1e-4);
    // Of the mean of the returns, and of half the squared volatility.
    const double of_mean = volatility * volatility / (n * hour);
    const double of_volatility = std::pow(volatility, 4.0) / (2.0 * n);
    EXPECT_NEAR(estimate(fit, "drift").se / std::sqrt(of_mean + of_volatility), 1.0, 1e-3);
    const LikelihoodFigures& figures = *fit.likelihood;
    const double log_likelihood =
        -0.5 * n * (1.0 + std::log(2.0 * std::numbers::pi * returns.sd * returns.sd));
    EXPECT_NEAR(figures.log_likelihood, log_likelihood, 1e-6);
    EXPECT_NEAR(figures.aic, 4.0 - 2.0 * log_likelihood, 1e-5);
    EXPECT_NEAR(figures.bic, 2.0 * std::log(n) - 2.0 * log_likelihood, 1e-5);
    EXPECT_GT(figures.distance.p, 0.01);
    EXPECT_GT(figures.clusters.p, 0.01);
}

TEST(Calibrate, RobustErrorsAreThoseOfTheSampleWhereTailsAreHeavy) {
    // Normals with random variances, so that the excess kurtosis k is not 0: the
    // volatility's variance is (k + 2) / (4 n) of its square, not 2 / (4 n).
    test::Draws draws(4);
    std::vector<double> values;
    for (int i = 0; i < 20'000; ++i)
        values.push_back(0.01 * draws.normal() * (draws.uniform() < 0.1 ? 3.0 : 1.0));
    const Returns returns = returns_of(values, 1.0);
    double fourth = 0.0;
    for (const double r : returns.values) fourth += std::pow((r - returns.mean) / returns.sd, 4.0);
    const double n = 20'000.0;
    const double kurtosis = fourth / n - 3.0;
    const double volatility = returns.sd / std::sqrt(hour);
    EXPECT_GT(kurtosis, 4.0);
    EXPECT_NEAR(estimate(gbm_of(returns, Errors::information), "volatility").se /
                    (volatility * std::sqrt(0.5 / n)),
                1.0, 1e-3);
    // Within what the covariances of neighbouring scores, nought in truth, add by chance.
    EXPECT_NEAR(estimate(gbm_of(returns, Errors::robust), "volatility").se /
                    (volatility * std::sqrt((kurtosis + 2.0) / (4.0 * n))),
                1.0, 0.1);
}

TEST(Calibrate, RobustErrorsGrowWithClusters) {
    test::Draws draws(5);
    const Returns returns =
        returns_of(test::garch_returns(20'000, hour, {0.0, 5e-6, 0.15, 0.8, 0.0, 0.0}, draws), 1.0);
    const double plain = estimate(gbm_of(returns, Errors::information), "volatility").se;
    EXPECT_GT(estimate(gbm_of(returns, Errors::robust), "volatility").se, 2.0 * plain);
    EXPECT_LT(gbm_of(returns, Errors::robust).likelihood->clusters.p, 1e-6);
}

TEST(Calibrate, CoversTheTruthAsOftenAsItSays) {
    // 600 histories of 500 rows: of intervals of 1.96 errors 95 % hold the truth, ± 0.9 %. The
    // bounds are four such errors.
    int drift = 0, volatility = 0;
    test::Draws draws(6);
    for (int i = 0; i < 600; ++i) {
        const Returns returns = returns_of(test::gbm_returns(500, hour, 0.4, 0.7, draws), 1.0);
        const Fit fit = gbm_of(returns, Errors::information);
        const auto covers = [&](const char* label, double truth) {
            const Estimate found = estimate(fit, label);
            return std::fabs(found.value - truth) < 1.96 * found.se;
        };
        drift += covers("drift", 0.4);
        volatility += covers("volatility", 0.7);
    }
    EXPECT_NEAR(drift / 600.0, 0.95, 0.036);
    EXPECT_NEAR(volatility / 600.0, 0.95, 0.036);
}

/// Normals of a mean that may not be below nought, a known standard deviation and a number that
/// changes nothing.
struct BoundedMean final : Likelihood {
    explicit BoundedMean(const Returns& returns, double high) : returns_(returns), high_(high) {}
    std::vector<Coordinate> coordinates() const override {
        return {{"mean", 0.0, high_}, {"spread", -3.0, 3.0}, {"nothing", -1.0, 1.0}};
    }
    std::vector<Point> starts() const override { return {{0.3 * high_, 0.5, 0.1}}; }
    void evaluate(const Point& at, Densities& densities) const override {
        densities.resize(returns_.size());
        for (std::size_t i = 0; i < returns_.size(); ++i) {
            const double z = (returns_.values[i] - at[0]) / std::exp(at[1]);
            densities.log[i] = -0.5 * z * z - at[1];
        }
    }
    std::vector<Entry> entries(const Point& at) const override {
        return {{"[market]", "mean", "", at[0]},
                {"[market]", "spread", "", std::exp(at[1])},
                {"[market]", "both", "", at[0] + std::exp(at[1])},
                {"[market]", "nothing", "", at[2]},
                {"[market]", "spread and nothing", "", std::exp(at[1]) + at[2]}};
    }
    const Returns& returns_;
    double high_;
};

TEST(UncertaintyOf, WhatIsAtItsBoundOrDoesNotMatterIsNone) {
    test::Draws draws(7);
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(draws.normal() - 0.5);
    const Returns returns = returns_of(values, 1.0);
    const BoundedMean likelihood(returns, 2.0);
    const Maximum maximum = maximise(likelihood, nullptr);
    EXPECT_NEAR(maximum.at[0], 0.0, 1e-9);
    double square = 0.0;
    for (const double x : values) square += x * x;
    const double spread = std::sqrt(square / 1000.0);
    EXPECT_NEAR(std::exp(maximum.at[1]), spread, 1e-5);
    const Uncertainty found = uncertainty_of(likelihood, maximum, Errors::information);
    EXPECT_TRUE(std::isnan(found.se[0]));
    EXPECT_NEAR(found.se[1] / (spread / std::sqrt(2000.0)), 1.0, 1e-3);
    // Beside a bound, what else moves the sum has its error; beside what nobody knows, none.
    EXPECT_NEAR(found.se[2], found.se[1], 1e-9);
    EXPECT_TRUE(std::isnan(found.se[3]));
    EXPECT_TRUE(std::isnan(found.se[4]));
    ASSERT_EQ(found.notes.size(), 2u);
    EXPECT_EQ(found.notes[0],
              "mean is at its lower bound and has no error; those of the rest take it as given");
    EXPECT_TRUE(found.notes[1].starts_with("nothing is not determined by these returns"))
        << found.notes[1];
    EXPECT_LT(found.newton_decrement, 1e-6);
}

TEST(UncertaintyOf, BetweenTheBoundsIsThatOfTheMean) {
    test::Draws draws(7);
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(draws.normal() + 0.5);
    const Returns returns = returns_of(values, 1.0);
    const BoundedMean likelihood(returns, 2.0);
    const Maximum maximum = maximise(likelihood, nullptr);
    const Uncertainty found = uncertainty_of(likelihood, maximum, Errors::information);
    EXPECT_NEAR(found.se[0] / (returns.sd / std::sqrt(1000.0)), 1.0, 1e-3);
    EXPECT_NEAR(found.se[2], std::hypot(found.se[0], found.se[1]), 1e-5);
}

TEST(UncertaintyOf, SaysHowFarTheTopStillIs) {
    test::Draws draws(7);
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(draws.normal() + 0.5);
    const Returns returns = returns_of(values, 1.0);
    const BoundedMean likelihood(returns, 2.0);
    Maximum maximum = maximise(likelihood, nullptr);
    // Two standard errors away a quadratic is two below its top.
    maximum.at[0] += 2.0 * returns.sd / std::sqrt(1000.0);
    Densities densities;
    maximum.log_likelihood = log_likelihood(likelihood, maximum.at, densities);
    EXPECT_NEAR(uncertainty_of(likelihood, maximum, Errors::information).newton_decrement, 2.0,
                0.1);
}

TEST(Calibrate, RefusesMoreParametersThanTheReturnsTell) {
    test::Draws draws(8);
    const Returns returns = returns_of(test::gbm_returns(45, hour, 0.4, 0.7, draws), 1.0);
    EXPECT_NO_THROW(gbm_of(returns, Errors::robust));
    const CalibrationOptions merton = {scenario::Model::merton, 2, {}, Errors::robust, {}};
    try {
        calibrate(returns, merton);
        FAIL() << "not refused";
    } catch (const UsageError& error) {
        EXPECT_STREQ(
            error.what(),
            "45 returns are too few for 5 parameters: at least 50 are needed (take a longer "
            "history, or a simpler --model)");
    }
}

TEST(Calibrate, RefusesReturnsThatNoMarketHas) {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(i % 2 == 0 ? 7.0 : -7.1);
    try {
        gbm_of(returns_of(values, 1.0), Errors::robust);
        FAIL() << "not refused";
    } catch (const EngineError& error) {
        EXPECT_STREQ(
            error.what(),
            "these returns are wilder than any market of a scenario: no volatility it takes "
            "would do (are they prices?)");
    }
}

TEST(Calibrate, StopsWhenInterrupted) {
    test::Draws draws(9);
    const Returns returns = returns_of(test::gbm_returns(1000, hour, 0.4, 0.7, draws), 1.0);
    const std::atomic<bool> interrupted = true;
    const CalibrationOptions options = {scenario::Model::kou, 2, {}, Errors::robust, &interrupted};
    try {
        calibrate(returns, options);
        FAIL() << "not interrupted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::interrupted);
    }
}

}  // namespace
}  // namespace hedgestorm::fit
