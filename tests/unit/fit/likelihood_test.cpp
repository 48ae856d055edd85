// SPDX-License-Identifier: Apache-2.0

// Likelihoods of ten returns an hour apart against numbers worked out in SciPy by other ways: sums
// of normal densities for merton, Fourier inversion of the characteristic function for kou, plain
// loops for garch, all 6,561 courses of the chain for regime, quadrature of the intensity for
// hawkes.

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "host/fit/market_block.hpp"
#include "host/fit/maximise.hpp"
#include "host/fit/models.hpp"

namespace hedgestorm::fit {
namespace {

const std::vector<double> ten = {0.004,  -0.011,  0.0023, 0.0307, -0.0421,
                                 0.0008, -0.0052, 0.0119, 0.0,    -0.0203};

struct LikelihoodOfTenHours : testing::Test {
    Returns returns = returns_of(ten, 1.0);

    double drift(double x) const { return x * returns.spacing / returns.sd; }
    double volatility(double x) const {
        return std::log(x * std::sqrt(returns.spacing) / returns.sd);
    }
    double per_row(double x) const { return std::log(x * returns.spacing); }
    double size(double x) const { return x / returns.sd; }

    static double sum_of(const Likelihood& likelihood, const Point& at) {
        Densities densities;
        return log_likelihood(likelihood, at, densities);
    }
    /// What the scenario's keys would hold at a point, by their labels.
    static std::map<std::string, double> keys(const Likelihood& likelihood, const Point& at) {
        std::map<std::string, double> values;
        for (const Entry& entry : likelihood.entries(at))
            if (entry.text.empty()) values[label_of(entry)] = entry.value;
        return values;
    }
    static double cumulative(const Likelihood& likelihood, const Point& at) {
        Densities densities;
        densities.wants_cumulative = true;
        likelihood.evaluate(at, densities);
        return std::accumulate(densities.cumulative.begin(), densities.cumulative.end(), 0.0);
    }
};

TEST_F(LikelihoodOfTenHours, OfGbm) {
    const auto gbm = gbm_likelihood(returns);
    const Point at = {drift(0.5), volatility(0.8)};
    EXPECT_NEAR(sum_of(*gbm, at), 14.890935642699612, 1e-10);
    const auto values = keys(*gbm, at);
    EXPECT_NEAR(values.at("drift"), 0.5, 1e-12);
    EXPECT_NEAR(values.at("volatility"), 0.8, 1e-12);
}

TEST_F(LikelihoodOfTenHours, OfMerton) {
    const auto merton = merton_likelihood(returns);
    const Point at = {drift(0.5), volatility(0.6), per_row(2000.0), size(-0.004),
                      std::log(size(0.02))};
    EXPECT_NEAR(sum_of(*merton, at), 25.380230374847148, 1e-10);
    EXPECT_NEAR(cumulative(*merton, at), 4.533357677292345, 1e-10);
    const auto values = keys(*merton, at);
    EXPECT_NEAR(values.at("merton.intensity"), 2000.0, 1e-9);
    EXPECT_NEAR(values.at("merton.jump_mean"), -0.004, 1e-14);
    EXPECT_NEAR(values.at("merton.jump_sd"), 0.02, 1e-14);
}

TEST_F(LikelihoodOfTenHours, OfKou) {
    const auto kou = kou_likelihood(returns);
    const auto at = [&](double vol, double intensity, double p, double eta1, double eta2) {
        return Point{drift(0.5),
                     volatility(vol),
                     per_row(intensity),
                     logit(p),
                     std::log(size(1.0 / eta1)),
                     std::log(size(1.0 / eta2))};
    };
    EXPECT_NEAR(sum_of(*kou, at(0.4, 3000.0, 0.45, 120.0, 90.0)), 23.858721544809622, 1e-7);
    EXPECT_NEAR(sum_of(*kou, at(0.9, 30'000.0, 0.7, 300.0, 40.0)), 21.879229797315737, 1e-7);
    const auto values = keys(*kou, at(0.4, 3000.0, 0.45, 120.0, 90.0));
    EXPECT_NEAR(values.at("kou.up_probability"), 0.45, 1e-12);
    EXPECT_NEAR(values.at("kou.eta1"), 120.0, 1e-9);
    EXPECT_NEAR(values.at("kou.eta2"), 90.0, 1e-9);
}

/// omega 2e-6, alpha 0.06, beta 0.9, gamma 0.03, in the coordinates of garch.
Point garch_point(const Returns& returns, double drift) {
    const double persistence = 0.975, news = 0.075;
    return {drift, std::log(2e-6 / (returns.sd * returns.sd)), logit(persistence),
            logit(news / persistence), logit(0.06 / 0.15)};
}

TEST_F(LikelihoodOfTenHours, OfGarch) {
    const auto normal = garch_likelihood(returns, scenario::Innovations::normal);
    Point at = garch_point(returns, drift(0.5));
    EXPECT_NEAR(sum_of(*normal, at), 25.014296999824605, 1e-10);
    const auto values = keys(*normal, at);
    EXPECT_NEAR(values.at("garch.omega"), 2e-6, 1e-18);
    EXPECT_NEAR(values.at("garch.alpha"), 0.06, 1e-12);
    EXPECT_NEAR(values.at("garch.beta"), 0.9, 1e-12);
    EXPECT_NEAR(values.at("garch.gamma"), 0.03, 1e-12);
    EXPECT_NEAR(values.at("garch.initial_variance"), 0.0003046581921328097, 1e-15);

    const auto heavy = garch_likelihood(returns, scenario::Innovations::student_t);
    at.push_back(std::log(3.0));
    EXPECT_NEAR(sum_of(*heavy, at), 25.34810618464085, 1e-10);
    EXPECT_NEAR(keys(*heavy, at).at("garch.degrees_of_freedom"), 5.0, 1e-12);
}

TEST_F(LikelihoodOfTenHours, OfGarchPassesTheTimeOfMissingRows) {
    returns.unseen[5] = 3;
    const auto normal = garch_likelihood(returns, scenario::Innovations::normal);
    const Point at = garch_point(returns, drift(0.5));
    EXPECT_NEAR(sum_of(*normal, at), 25.106945695962036, 1e-10);
    EXPECT_NEAR(keys(*normal, at).at("garch.initial_variance"), 0.00028978181972832544, 1e-15);
}

TEST_F(LikelihoodOfTenHours, OfRegimesIsTheSumOverAllCourses) {
    returns = returns_of({ten.begin(), ten.begin() + 8}, 1.0);
    Point at = {drift(0.5), volatility(0.5), std::log(2.0), std::log(2.5)};
    for (const double rate : {900.0, 100.0, 1500.0, 600.0, 200.0, 2000.0})
        at.push_back(per_row(rate));
    EXPECT_NEAR(sum_of(*regime_likelihood(returns, 3), at), 19.413687220213415, 1e-10);
    const auto values = keys(*regime_likelihood(returns, 3), at);
    EXPECT_NEAR(values.at("state stressed: volatility"), 2.5, 1e-12);
    EXPECT_NEAR(values.at("switch calm to stressed"), 100.0, 1e-9);
    EXPECT_NEAR(values.at("switch stressed to normal"), 2000.0, 1e-9);
    returns.unseen[3] = 3;
    EXPECT_NEAR(sum_of(*regime_likelihood(returns, 3), at), 20.014646685452796, 1e-10);
}

TEST_F(LikelihoodOfTenHours, OfHawkes) {
    const auto hawkes = hawkes_likelihood(returns);
    const Point at = {drift(0.5),      volatility(0.5), per_row(500.0),      logit(0.6),
                      per_row(2000.0), size(-0.003),    std::log(size(0.02))};
    EXPECT_NEAR(sum_of(*hawkes, at), 24.649753154743546, 1e-9);
    const auto values = keys(*hawkes, at);
    EXPECT_NEAR(values.at("hawkes.baseline"), 500.0, 1e-9);
    EXPECT_NEAR(values.at("hawkes.branching_ratio"), 0.6, 1e-12);
    EXPECT_NEAR(values.at("hawkes.decay"), 2000.0, 1e-9);
    EXPECT_NEAR(values.at("hawkes.initial_intensity"), 3004.275306809474, 1e-6);
}

TEST_F(LikelihoodOfTenHours, OfHawkesWithoutExcitementIsMertons) {
    const auto hawkes = hawkes_likelihood(returns);
    const auto merton = merton_likelihood(returns);
    const Point calm = {drift(0.5),      volatility(0.6), per_row(2000.0),     logit(1e-12),
                        per_row(2000.0), size(-0.004),    std::log(size(0.02))};
    const Point jumps = {calm[0], calm[1], calm[2], calm[5], calm[6]};
    EXPECT_NEAR(sum_of(*hawkes, calm), sum_of(*merton, jumps), 1e-8);
    EXPECT_NEAR(cumulative(*hawkes, calm), cumulative(*merton, jumps), 1e-8);
}

TEST_F(LikelihoodOfTenHours, CumulativeProbabilitiesAreIntegralsOfTheDensities) {
    const double step = 1e-6;
    struct Case {
        std::unique_ptr<Likelihood> (*make)(const Returns&);
        Point at;
    };
    const std::vector<Case> cases = {
        {gbm_likelihood, {0.01, -0.2}},
        {merton_likelihood, {0.01, -0.5, -1.0, -0.3, 0.2}},
        {kou_likelihood, {0.01, -0.7, 0.5, -0.3, 0.2, -0.2}},
        {hawkes_likelihood, {0.01, -0.5, -2.0, 0.3, -1.0, -0.3, 0.2}},
        {[](const Returns& r) { return garch_likelihood(r, scenario::Innovations::normal); },
         {0.01, -2.0, 2.0, -1.0, 0.1}},
        {[](const Returns& r) { return garch_likelihood(r, scenario::Innovations::student_t); },
         {0.01, -2.0, 2.0, -1.0, 0.1, 1.0}},
        {[](const Returns& r) { return regime_likelihood(r, 2); }, {0.01, -0.6, 0.9, -2.0, -1.5}}};
    for (std::size_t c = 0; c < cases.size(); ++c) {
        // Of the last return, whose own value changes nothing that comes before it. The scale of
        // the coordinates stays that of the history as it is.
        Returns up = returns, down = returns;
        up.values.back() += step;
        down.values.back() -= step;
        const auto at = [&](const Returns& r) {
            Densities densities;
            densities.wants_cumulative = true;
            cases[c].make(r)->evaluate(cases[c].at, densities);
            return densities;
        };
        const double slope = (at(up).cumulative.back() - at(down).cumulative.back()) / (2.0 * step);
        const double density = std::exp(at(returns).log.back());
        EXPECT_NEAR(slope / density, 1.0, 1e-6) << "case " << c;
    }
}

}  // namespace
}  // namespace hedgestorm::fit
