// SPDX-License-Identifier: Apache-2.0

// Known parameters come back from simulated histories, each within 3.5 of its standard errors (a
// chance of 1 in 2,000 for each if the errors are right; the seeds are fixed), with errors small
// enough for that to say something; and every fit makes a block that a scenario takes.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/fit/calibrate.hpp"
#include "host/fit/heston.hpp"
#include "host/fit/market_block.hpp"
#include "tests/support/simulated_returns.hpp"

namespace hedgestorm::fit {
namespace {

using scenario::Innovations;
using scenario::Model;

constexpr double hour = 1.0 / 8760.0;
constexpr double sigmas = 3.5;

struct Truth {
    std::string label;
    double value;
    double widest;  ///< a standard error above this says nothing
};

void expect_recovered(const Fit& fit, const std::vector<Truth>& truths) {
    for (const Truth& truth : truths) {
        bool found = false;
        for (std::size_t i = 0; i < fit.entries.size(); ++i) {
            if (label_of(fit.entries[i]) != truth.label) continue;
            found = true;
            EXPECT_NEAR(fit.entries[i].value, truth.value, sigmas * fit.se[i])
                << truth.label << " is off by " << (fit.entries[i].value - truth.value) / fit.se[i]
                << " standard errors";
            EXPECT_GT(fit.se[i], 0.0) << truth.label;
            EXPECT_LT(fit.se[i], truth.widest) << truth.label;
        }
        EXPECT_TRUE(found) << truth.label;
    }
}

Fit fitted(const Returns& returns, Model model, Innovations innovations = Innovations::normal,
           std::size_t states = 2) {
    const Fit fit = calibrate(returns, {model, states, innovations, Errors::robust, {}});
    const std::string block = market_block(fit, returns, "a history", Drift::estimated);
    EXPECT_NO_THROW(require_accepted(block, returns)) << block;
    return fit;
}

/// The residuals are as they are under the model: nothing is left to explain.
void expect_explained(const Fit& fit) {
    EXPECT_GT(fit.likelihood->distance.p, 0.01);
    EXPECT_GT(fit.likelihood->clusters.p, 0.01);
}

TEST(Recovery, OfGbm) {
    test::Draws draws(101);
    const Returns returns = returns_of(test::gbm_returns(20'000, hour, 0.6, 0.8, draws), 1.0);
    const Fit fit = fitted(returns, Model::gbm);
    expect_recovered(fit, {{"drift", 0.6, 0.7}, {"volatility", 0.8, 0.005}});
    expect_explained(fit);
}

TEST(Recovery, OfMerton) {
    test::Draws draws(102);
    const Returns returns =
        returns_of(test::merton_returns(10'000, hour, {0.4, 0.5, 300.0}, -0.01, 0.02, draws), 1.0);
    const Fit fit = fitted(returns, Model::merton);
    expect_recovered(fit, {{"drift", 0.4, 1.0},
                           {"volatility", 0.5, 0.01},
                           {"merton.intensity", 300.0, 35.0},
                           {"merton.jump_mean", -0.01, 0.003},
                           {"merton.jump_sd", 0.02, 0.002}});
    expect_explained(fit);
    EXPECT_EQ(fit.likelihood->agreeing, fit.likelihood->starts);
}

TEST(Recovery, OfKou) {
    test::Draws draws(103);
    const Returns returns =
        returns_of(test::kou_returns(6'000, hour, {0.4, 0.5, 400.0}, 0.35, 70.0, 45.0, draws), 1.0);
    const Fit fit = fitted(returns, Model::kou);
    expect_recovered(fit, {{"drift", 0.4, 1.0},
                           {"volatility", 0.5, 0.01},
                           {"kou.intensity", 400.0, 70.0},
                           {"kou.up_probability", 0.35, 0.07},
                           {"kou.eta1", 70.0, 12.0},
                           {"kou.eta2", 45.0, 6.0}});
    expect_explained(fit);
}

TEST(Recovery, OfGarch) {
    test::Draws draws(104);
    const Returns returns = returns_of(
        test::garch_returns(15'000, hour, {0.4, 2e-6, 0.06, 0.88, 0.06, 0.0}, draws), 1.0);
    const Fit fit = fitted(returns, Model::garch);
    expect_recovered(fit, {{"drift", 0.4, 1.0},
                           {"garch.omega", 2e-6, 4e-7},
                           {"garch.alpha", 0.06, 0.01},
                           {"garch.beta", 0.88, 0.015},
                           {"garch.gamma", 0.06, 0.02}});
    expect_explained(fit);
}

TEST(Recovery, OfGarchWithHeavyInnovations) {
    test::Draws draws(105);
    const Returns returns = returns_of(
        test::garch_returns(15'000, hour, {0.4, 2e-6, 0.06, 0.88, 0.06, 5.0}, draws), 1.0);
    const Fit fit = fitted(returns, Model::garch, Innovations::student_t);
    expect_recovered(fit, {{"drift", 0.4, 1.0},
                           {"garch.omega", 2e-6, 4e-7},
                           {"garch.alpha", 0.06, 0.015},
                           {"garch.beta", 0.88, 0.02},
                           {"garch.gamma", 0.06, 0.025},
                           {"garch.degrees_of_freedom", 5.0, 0.4}});
    expect_explained(fit);
    // Normal innovations are not the truth here; their estimates hold with the robust errors.
    const Fit quasi = fitted(returns, Model::garch);
    expect_recovered(
        quasi,
        {{"garch.alpha", 0.06, 0.03}, {"garch.beta", 0.88, 0.04}, {"garch.gamma", 0.06, 0.04}});
    EXPECT_LT(quasi.likelihood->distance.p, 0.001);
    EXPECT_LT(fit.likelihood->aic, quasi.likelihood->aic);
}

TEST(Recovery, OfTwoRegimes) {
    test::Draws draws(106);
    const Returns returns = returns_of(
        test::regime_returns(15'000, hour, 0.4, {0.5, 1.5}, {{0.0, 60.0}, {150.0, 0.0}}, draws),
        1.0);
    const Fit fit = fitted(returns, Model::regime);
    expect_recovered(fit, {{"drift", 0.4, 1.0},
                           {"state calm: volatility", 0.5, 0.01},
                           {"state stressed: volatility", 1.5, 0.04},
                           {"switch calm to stressed", 60.0, 12.0},
                           {"switch stressed to calm", 150.0, 30.0}});
    expect_explained(fit);
}

TEST(Recovery, OfThreeRegimes) {
    test::Draws draws(107);
    const Returns returns = returns_of(
        test::regime_returns(10'000, hour, 0.4, {0.3, 0.8, 2.5},
                             {{0.0, 50.0, 20.0}, {60.0, 0.0, 60.0}, {50.0, 200.0, 0.0}}, draws),
        1.0);
    const Fit fit = fitted(returns, Model::regime, Innovations::normal, 3);
    expect_recovered(fit, {{"state calm: volatility", 0.3, 0.01},
                           {"state normal: volatility", 0.8, 0.03},
                           {"state stressed: volatility", 2.5, 0.1},
                           {"switch calm to normal", 50.0, 20.0},
                           {"switch calm to stressed", 20.0, 15.0},
                           {"switch normal to calm", 60.0, 25.0},
                           {"switch normal to stressed", 60.0, 30.0},
                           {"switch stressed to calm", 50.0, 35.0},
                           {"switch stressed to normal", 200.0, 70.0}});
    expect_explained(fit);
}

TEST(Recovery, OfHawkes) {
    // Jumps of six standard deviations of an hour, half of them caused by others, within hours.
    // Among smaller ones, that do not all stand out, the filter leans: docs/calibrate.md.
    test::Draws draws(108);
    const Returns returns = returns_of(
        test::hawkes_returns(10'000, hour, {0.4, 0.5, 300.0, 0.5, 800.0, -0.03, 0.008}, draws),
        1.0);
    const Fit fit = fitted(returns, Model::hawkes);
    expect_recovered(fit, {{"drift", 0.4, 1.5},
                           {"volatility", 0.5, 0.01},
                           {"hawkes.baseline", 300.0, 50.0},
                           {"hawkes.branching_ratio", 0.5, 0.06},
                           {"hawkes.decay", 800.0, 150.0},
                           {"hawkes.jump_mean", -0.03, 0.001},
                           {"hawkes.jump_sd", 0.008, 0.001}});
    expect_explained(fit);
    EXPECT_LT(fit.likelihood->aic, fitted(returns, Model::merton).likelihood->aic - 100.0);
}

TEST(Recovery, OfHeston) {
    // Eight years of hours.
    test::Draws draws(109);
    const Returns returns = returns_of(
        test::heston_returns(8 * 8760, hour, {0.4, 20.0, 0.6, 4.0, -0.5}, 8, draws), 1.0);
    const Fit fit = fitted(returns, Model::heston);
    EXPECT_FALSE(fit.likelihood);
    EXPECT_EQ(fit.moments->blocks, 8u * 365u);
    EXPECT_GT(fit.moments->overidentification.p, 0.01);
    expect_recovered(fit, {{"drift", 0.4, 0.6},
                           {"heston.kappa", 20.0, 6.0},
                           {"heston.theta", 0.6, 0.06},
                           {"heston.xi", 4.0, 0.8},
                           {"heston.rho", -0.5, 0.13}});
}

}  // namespace
}  // namespace hedgestorm::fit
