// SPDX-License-Identifier: Apache-2.0

// Fits to the hourly prices of bitcoin, 2017 to 2021, against fits made in SciPy: gbm's closed
// form, merton's and garch's likelihoods written out in NumPy and maximised by Nelder and Mead.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "host/fit/calibrate.hpp"
#include "host/fit/market_block.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm::fit {
namespace {

using scenario::Innovations;
using scenario::Model;

struct BitcoinFit : testing::Test {
    void SetUp() override {
        const auto data = test::shared_data();
        if (!data) HS_SKIP_OR_FAIL("data", "the folder of public price series is not here");
        returns = read_returns(*data / "btcusdt_binance_1h_2017_2021.csv", {});
    }
    Fit fitted(Model model, Innovations innovations = Innovations::normal) const {
        Fit fit = calibrate(returns, {model, 2, innovations, Errors::robust, {}});
        require_accepted(market_block(fit, returns, "btc.csv", Drift::risk_neutral), returns);
        return fit;
    }
    static std::map<std::string, double> values(const Fit& fit) {
        std::map<std::string, double> all;
        for (const Entry& entry : fit.entries)
            if (entry.text.empty()) all[label_of(entry)] = entry.value;
        return all;
    }

    Returns returns;
};

TEST_F(BitcoinFit, IsSciPysForGbmAndMerton) {
    EXPECT_EQ(returns.size(), 32'018u);
    EXPECT_EQ(returns.gaps, 6u);
    const Fit gbm = fitted(Model::gbm);
    EXPECT_NEAR(gbm.likelihood->log_likelihood, 102958.13346955745, 1e-5);
    EXPECT_NEAR(values(gbm)["volatility"], 0.9088312744778654, 1e-7);
    EXPECT_NEAR(values(gbm)["drift"], 1.129326984304569, 1e-3);

    const Fit merton = fitted(Model::merton);
    EXPECT_NEAR(merton.likelihood->log_likelihood, 113462.66986712406, 1e-5);
    auto found = values(merton);
    EXPECT_NEAR(found["volatility"], 0.32203993, 1e-6);
    EXPECT_NEAR(found["merton.intensity"], 3082.634, 0.02);
    EXPECT_NEAR(found["merton.jump_mean"], -0.000173725, 1e-8);
    EXPECT_NEAR(found["merton.jump_sd"], 0.014150053, 1e-8);
    EXPECT_LT(merton.likelihood->aic, gbm.likelihood->aic - 10'000.0);
    // Clusters are beyond both of them.
    EXPECT_LT(merton.likelihood->clusters.p, 1e-6);
}

TEST_F(BitcoinFit, IsSciPysForGarch) {
    const Fit garch = fitted(Model::garch);
    EXPECT_NEAR(garch.likelihood->log_likelihood, 111768.68836136756, 1e-4);
    auto found = values(garch);
    EXPECT_NEAR(found["garch.omega"], 8.78500e-07, 1e-11);
    EXPECT_NEAR(found["garch.alpha"], 0.0684404, 1e-5);
    EXPECT_NEAR(found["garch.beta"], 0.9166059, 1e-5);
    EXPECT_NEAR(found["garch.gamma"], 0.0252923, 1e-5);
    EXPECT_LT(found["garch.alpha"] + found["garch.beta"] + 0.5 * found["garch.gamma"], 1.0);

    const Fit heavy = fitted(Model::garch, Innovations::student_t);
    EXPECT_LT(heavy.likelihood->aic, garch.likelihood->aic - 10'000.0);
    EXPECT_NEAR(values(heavy)["garch.degrees_of_freedom"], 3.2, 0.2);
}

TEST_F(BitcoinFit, RegimesAndHestonAreOfTheShapeOfTheHistory) {
    const Fit regime = fitted(Model::regime);
    auto found = values(regime);
    EXPECT_LT(found["state calm: volatility"], 0.5);
    EXPECT_GT(found["state stressed: volatility"], 1.2);
    EXPECT_GT(regime.likelihood->log_likelihood, 115'000.0);

    const Fit heston = fitted(Model::heston);
    found = values(heston);
    EXPECT_NEAR(found["heston.theta"], 0.9088 * 0.9088, 0.1);
    EXPECT_LT(found["heston.rho"], 0.0);
    EXPECT_GT(found["heston.kappa"], 5.0);
}

TEST_F(BitcoinFit, KouIsBetterThanMertonAndClusteredJumpsAreBetterStill) {
    HistoryOptions last_year;
    last_year.from = scenario::instant_in("2020-01-01");
    last_year.to = scenario::instant_in("2020-12-31");
    const auto data = test::shared_data();
    returns = read_returns(*data / "btcusdt_binance_1h_2017_2021.csv", last_year);
    const double gbm = fitted(Model::gbm).likelihood->aic;
    const double merton = fitted(Model::merton).likelihood->aic;
    const double kou = fitted(Model::kou).likelihood->aic;
    const double hawkes = fitted(Model::hawkes).likelihood->aic;
    EXPECT_LT(merton, gbm - 1000.0);
    EXPECT_LT(kou, merton - 50.0);
    EXPECT_LT(hawkes, kou - 200.0);
}

}  // namespace
}  // namespace hedgestorm::fit
