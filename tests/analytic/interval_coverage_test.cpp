// SPDX-License-Identifier: Apache-2.0
//
// Do the 95 % intervals of VaR and expected shortfall cover, and are their standard errors the
// asymptotic ones? Only the tail of each sample is drawn (a binomial number of outcomes beyond a
// far threshold); the body is one bin. Known values: docs/statistics.md.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/risk/risk.hpp"
#include "host/risk/tail.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/histogram_of.hpp"
#include "tests/support/sample_of.hpp"

namespace hedgestorm::risk {
namespace {

constexpr int replications = 2'000;

/// n outcomes with the given upper tail, exact in law above its (1 - share) quantile.
Distribution draw_losses(test::UpperQuantile upper, std::uint64_t n, double share,
                         test::Draws& draws) {
    // The largest of n uniforms first: exponential spacings, until the share is used up.
    std::vector<float> tail;
    double log_rest = 0.0;  // logarithm of 1 - (the uniform reached), from the small end
    for (std::uint64_t k = 0; k < n; ++k) {
        log_rest += std::log(draws.uniform()) / static_cast<double>(n - k);
        const double u = -std::expm1(log_rest);
        if (u > share) break;
        tail.push_back(static_cast<float>(upper(u)));
    }
    std::reverse(tail.begin(), tail.end());
    std::vector<Bin> bins = test::bins_of(tail, test::fine_bits);
    const std::uint64_t body = n - tail.size();
    Bin rest;
    rest.low = -1.0;
    rest.high = bins.front().low;
    rest.count = body;
    bins.insert(bins.begin(), rest);
    return {bins, -1.0, tail.back(), false};
}

struct Misses {
    int below = 0;  ///< the interval lies above the truth
    int above = 0;

    void count(const Estimate& estimate, double truth) {
        below += truth < estimate.low;
        above += truth > estimate.high;
    }
    void expect_coverage(const std::string& what) const {
        record(what);
        EXPECT_LE(below + above, replications * 7 / 100) << what;  // two-sided >= 93 %
        EXPECT_LE(below, replications * 5 / 100) << what;
        EXPECT_LE(above, replications * 5 / 100) << what;
    }
    void record(const std::string& what) const {
        ::testing::Test::RecordProperty(
            "coverage " + what, std::to_string(100.0 - 100.0 * (below + above) / replications));
    }
};

struct Law {
    const char* name;
    test::UpperQuantile upper;
    double density_constant;  ///< of t; unused for the normal
    double degrees;           ///< 0: normal
};

double density(const Law& law, double x) {
    if (law.degrees == 0.0) return std::exp(-x * x / 2.0) / std::sqrt(2.0 * std::numbers::pi);
    return law.density_constant * std::pow(1.0 + x * x / law.degrees, -(law.degrees + 1.0) / 2.0);
}

double shortfall(const Law& law, double tail) {
    const double q = law.upper(tail);
    const double scale = law.degrees == 0.0 ? 1.0 : (law.degrees + q * q) / (law.degrees - 1.0);
    return density(law, q) / tail * scale;
}

const Law laws[] = {{"normal", test::normal_upper, 0.0, 0.0},
                    {"t4", test::t4_upper, 0.375, 4.0},
                    {"t3", test::t3_upper, 2.0 / (std::numbers::pi * std::sqrt(3.0)), 3.0}};

struct Size {
    std::uint64_t n;
    Fraction level;
};

TEST(IntervalCoverage, OfVarAndShortfallHoldsAtTwoHundredTailPoints) {
    const Size sizes[] = {{4'000, {95, 100}}, {8'000, {975, 1000}}, {20'000, {99, 100}}};
    for (const Law& law : laws) {
        for (const Size& size : sizes) {
            test::Draws draws(20240501);
            const QuantileRanks ranks = quantile_ranks(size.n, size.level);
            const double tail = size.level.rest();
            Misses var;
            Misses es;
            for (int r = 0; r < replications; ++r) {
                const Distribution d = draw_losses(law.upper, size.n, 1.6 * tail, draws);
                var.count(estimate_quantile(d, ranks).estimate, law.upper(tail));
                es.count(estimate_shortfall(d, ranks), shortfall(law, tail));
            }
            const std::string what = std::string(law.name) + " n " + std::to_string(size.n);
            var.expect_coverage("var " + what);
            es.expect_coverage("es " + what);
        }
    }
}

TEST(StandardErrors, AreTheAsymptoticOnes) {
    struct {
        const Law* law;
        std::uint64_t n;
        Fraction level;
        double var_se, es_se;  // at 1e6 paths
    } const rows[] = {{&laws[0], 100'000, {99, 100}, 0.00373323626, 0.00458836236},
                      {&laws[0], 1'000'000, {999, 1000}, 0.00938702575, 0.0120153453},
                      {&laws[1], 100'000, {99, 100}, 0.0114605246, 0.0249745301},
                      {&laws[2], 100'000, {99, 100}, 0.0167780384, 0.0485359139}};
    constexpr int samples = 400;  // an sd over 400 is known to 3.5 %
    for (const auto& row : rows) {
        test::Draws draws(20240502);
        const QuantileRanks ranks = quantile_ranks(row.n, row.level);
        const double scale = std::sqrt(1e6 / static_cast<double>(row.n));
        double sum[2] = {};
        double square[2] = {};
        double reported[2] = {};
        for (int r = 0; r < samples; ++r) {
            const Distribution d =
                draw_losses(row.law->upper, row.n, 1.4 * row.level.rest(), draws);
            const Estimate both[] = {estimate_quantile(d, ranks).estimate,
                                     estimate_shortfall(d, ranks)};
            for (int i = 0; i < 2; ++i) {
                sum[i] += both[i].value;
                square[i] += both[i].value * both[i].value;
                reported[i] += both[i].se / samples;
            }
        }
        const double asymptotic[] = {row.var_se * scale, row.es_se * scale};
        for (int i = 0; i < 2; ++i) {
            const double mean = sum[i] / samples;
            const double sd =
                std::sqrt((square[i] / samples - mean * mean) * samples / (samples - 1.0));
            EXPECT_NEAR(sd / asymptotic[i], 1.0, 0.10) << row.law->name << " " << i;
            EXPECT_NEAR(reported[i] / asymptotic[i], 1.0, 0.10) << row.law->name << " " << i;
        }
    }
}

TEST(IntervalCoverage, OfPairedDifferencesHoldsForCorrelatedHeavyTails) {
    // A pair with a spherical t3 law, correlation 0.99, the second scaled by 0.7: each is a t3.
    constexpr std::size_t n = 4'000;
    constexpr double ratio = 0.7;
    const Law& law = laws[2];
    const double var = law.upper(0.05);
    const double es = shortfall(law, 0.05);
    const scenario::Scenario scenario = test::scenario_with(2, {test::level(95, 100)});
    test::Draws draws(20240503);
    Misses of_var;
    Misses of_es;
    double unpaired = 0.0;
    double paired = 0.0;
    for (int r = 0; r < replications; ++r) {
        std::vector<std::vector<float>> pnl(2, std::vector<float>(n));
        for (std::size_t i = 0; i < n; ++i) {
            const double x = draws.normal();
            const double y = draws.normal();
            const double divisor = draws.t3_divisor();
            pnl[0][i] = static_cast<float>(x / divisor);
            pnl[1][i] =
                static_cast<float>(ratio * (0.99 * x + std::sqrt(1.0 - 0.9801) * y) / divisor);
        }
        Sample sample;
        sample.paths = n;
        sample.accounts = 2;
        for (int a = 0; a < 2; ++a)
            sample.columns.push_back(
                test::histogram_of(Column::pnl, pnl[static_cast<std::size_t>(a)], a));
        test::tally_tails(sample, pnl, {1.05 * var, 1.05 * ratio * var});  // thresholds are rough
        const Risk risk = assess(sample, scenario);
        of_var.count(risk.paired[0].var[0], (ratio - 1.0) * var);
        of_es.count(risk.paired[0].es[0], (ratio - 1.0) * es);
        paired += risk.paired[0].es[0].se;
        unpaired +=
            std::hypot(risk.accounts[0].columns[0].es[0].se, risk.accounts[1].columns[0].es[0].se);
    }
    of_var.expect_coverage("paired var");
    of_es.expect_coverage("paired es");
    EXPECT_LT(paired, 0.6 * unpaired);  // what pairing is for
}

}  // namespace
}  // namespace hedgestorm::risk
