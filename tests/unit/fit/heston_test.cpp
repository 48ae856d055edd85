// SPDX-License-Identifier: Apache-2.0
#include "host/fit/heston.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/support/error.hpp"
#include "tests/support/simulated_returns.hpp"

namespace hedgestorm::fit {
namespace {

constexpr HestonParameters market = {19.0, 0.8, 5.0, -0.4};
constexpr double day = 1.0 / 365.0;

TEST(HestonMoments, AreTheIntegralsOfTheirCovariances) {
    // SciPy: double integrals over two blocks of theta xi^2 / (2 kappa) e^(-kappa |s - t|), and of
    // rho xi theta e^(-kappa (s - t)) where s follows t.
    const HestonMoments endless = {day, 24.0, 1e12};
    EXPECT_NEAR(endless.mean(market), 0.8 * day, 1e-15);
    EXPECT_NEAR(endless.autocovariance(market, 1) / 3.751039394623941e-06, 1.0, 1e-9);
    EXPECT_NEAR(endless.autocovariance(market, 2) / 3.5607748616844577e-06, 1.0, 1e-9);
    EXPECT_NEAR(endless.autocovariance(market, 5) / 3.0459529120118987e-06, 1.0, 1e-9);
    EXPECT_NEAR(endless.leverage(market, 0) / -8.343527808446488e-06, 1.0, 1e-9);
    EXPECT_NEAR(endless.leverage(market, 1) / -1.3278679456968754e-05, 1.0, 1e-9);
    EXPECT_NEAR(endless.leverage(market, 3) / -1.196577045380187e-05, 1.0, 1e-9);
}

TEST(HestonMoments, OfAShortHistoryLackTheVarianceOfItsMean) {
    // Var of the mean of n blocks: the autocovariances of all lags, over n.
    const HestonMoments endless = {day, 24.0, 1e12};
    const HestonMoments years = {day, 24.0, 1000.0};
    double sum = endless.autocovariance(market, 1);
    const double once = -std::expm1(-19.0 * day) / 19.0;
    sum = 2.0 * sum / (1.0 - std::exp(-19.0 * day));
    // Lag 0: the variance of the integrated variance.
    sum += 0.8 * 25.0 / (19.0 * 19.0) * (day - once);
    EXPECT_NEAR(
        (endless.autocovariance(market, 1) - years.autocovariance(market, 1)) / (sum / 1000.0), 1.0,
        1e-6);
}

TEST(FitHeston, NeedsBlocksEnough) {
    test::Draws draws(1);
    const Returns returns =
        returns_of(test::gbm_returns(199 * 8, 1.0 / 8760.0, 0.0, 0.5, draws), 1.0);
    try {
        fit_heston(returns);
        FAIL() << "not refused";
    } catch (const UsageError& error) {
        EXPECT_EQ(std::string(error.what()),
                  "199 blocks of 8 returns are too few for moments of realised variance: at least "
                  "200 are needed (take a longer history, or another --model)");
    }
}

TEST(FitHeston, LeavesOutBlocksWithAGap) {
    test::Draws draws(2);
    Returns returns = returns_of(
        test::heston_returns(400 * 24, 1.0 / 8760.0, {0.0, 20.0, 0.6, 4.0, -0.5}, 4, draws), 1.0);
    EXPECT_EQ(fit_heston(returns).moments->blocks, 400u);
    returns.unseen[1000] = 5;  // five hours later: the day is lost, and all after it end later
    EXPECT_EQ(fit_heston(returns).moments->blocks, 399u);
}

TEST(FitHeston, SaysWhereThereIsNoStochasticVarianceToSee) {
    test::Draws draws(3);
    const Returns returns =
        returns_of(test::gbm_returns(500 * 24, 1.0 / 8760.0, 0.0, 0.5, draws), 1.0);
    const Fit fit = fit_heston(returns);
    double xi = 0.0, error = 0.0;
    for (std::size_t i = 0; i < fit.entries.size(); ++i)
        if (fit.entries[i].key == "xi") {
            xi = fit.entries[i].value;
            error = fit.se[i];
        }
    // Either at its bound, with no error, or within its error of nothing.
    EXPECT_TRUE(std::isnan(error) || xi < 3.0 * error) << xi << " +- " << error;
}

}  // namespace
}  // namespace hedgestorm::fit
