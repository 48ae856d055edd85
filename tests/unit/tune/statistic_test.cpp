// SPDX-License-Identifier: Apache-2.0
//
// Figures of outcomes: what their names mean, their values by hand, their errors.

#include "host/tune/statistic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "host/support/error.hpp"
#include "tests/support/draws.hpp"

namespace hedgestorm::tune {
namespace {

std::vector<float> counting(std::size_t n) {
    std::vector<float> values(n);
    std::iota(values.begin(), values.end(), 1.0f);
    return values;
}

std::vector<float> normals(std::size_t n, std::uint32_t seed, double mean, double sd) {
    test::Draws draws(seed);
    std::vector<float> values(n);
    for (float& x : values) x = static_cast<float>(mean + sd * draws.normal());
    return values;
}

double of(const std::string& name, const std::vector<float>& values) {
    return figure(parse_statistic(name), values).value;
}

TEST(Statistic, NamesAreCanonical) {
    EXPECT_EQ(parse_statistic("es_99").text, "es_99(pnl)");
    EXPECT_EQ(parse_statistic(" es_97.50( total_cost ) ").text, "es_97.5(total_cost)");
    EXPECT_EQ(parse_statistic("p(pnl<-1e6)").text, "p(pnl < -1000000)");
    EXPECT_EQ(parse_statistic("exp_utility(pnl, 1e-5)").text, "exp_utility(pnl, 1e-05)");
    EXPECT_EQ(parse_statistic("q_50(trades)").parameter, 0.5);
}

TEST(Statistic, WhatIsNoneIsRefusedInWords) {
    const auto says = [](const std::string& text) -> std::string {
        try {
            parse_statistic(text);
        } catch (const UsageError& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(says("median(pnl)").find("known are mean(C)"), std::string::npos);
    EXPECT_NE(says("mean(total_costs)").find("did you mean \"total_cost\"?"), std::string::npos);
    EXPECT_NE(says("es_0(pnl)").find("between 0 and 100"), std::string::npos);
    EXPECT_NE(says("es_(pnl)").find("level in per cent"), std::string::npos);
    EXPECT_NE(says("mean(pnl").find("\")\" is missing"), std::string::npos);
    EXPECT_NE(says("p(pnl)").find("p(pnl < -1e6)"), std::string::npos);
    EXPECT_NE(says("p(pnl < nan)").find("is not a number"), std::string::npos);
    EXPECT_NE(says("exp_utility(pnl, -1)").find("above 0"), std::string::npos);
    // Depends on what is packed with what.
    EXPECT_NE(says("mean(pnl_difference)").find("no outcome"), std::string::npos);
    EXPECT_NE(says("").find("not a statistic"), std::string::npos);
}

TEST(Statistic, ValuesAreThoseByHand) {
    const auto x = counting(1000);  // 1 ... 1000
    EXPECT_DOUBLE_EQ(of("mean(pnl)", x), 500.5);
    EXPECT_DOUBLE_EQ(of("mean_square(pnl)", x), 333833.5);
    EXPECT_NEAR(of("variance(pnl)", x), 1000.0 * 1001.0 / 12.0, 1e-6);
    EXPECT_NEAR(of("sd(pnl)", x), std::sqrt(1000.0 * 1001.0 / 12.0), 1e-9);
    EXPECT_EQ(of("q_25(pnl)", x), 250.0);
    EXPECT_EQ(of("var_99(total_cost)", x), 990.0);  // the tenth largest and those above
    EXPECT_EQ(of("var_99(pnl)", x), -11.0);         // a loss is minus a P&L
    EXPECT_NEAR(of("es_99(total_cost)", x), 995.5, 1e-9);
    EXPECT_NEAR(of("es_99(pnl)", x), -5.5, 1e-9);
    EXPECT_NEAR(of("es_99.75(total_cost)", x), (1000.0 + 999.0 + 0.5 * 998.0) / 2.5, 1e-9);
    EXPECT_DOUBLE_EQ(of("p(pnl < 101)", x), 0.1);
    EXPECT_DOUBLE_EQ(of("p(pnl > 999)", x), 0.001);
}

TEST(Statistic, ExponentialUtilityOfANormalIsItsMeanAndHalfItsVariance) {
    // (1/a) ln E e^{-a X} = -mean + a sd^2 / 2; the error of 400 000 draws is 0.0017.
    const auto x = normals(400'000, 5, 3.0, 1.0);
    const Figure utility = figure(parse_statistic("exp_utility(pnl, 0.5)"), x);
    EXPECT_NEAR(utility.value, -3.0 + 0.25, 4.0 * standard_error(utility));
    EXPECT_NEAR(standard_error(utility), 0.00169, 0.0006);
    // Far beyond what e^x holds.
    const auto large = normals(64'000, 6, -5e6, 1e3);
    EXPECT_NEAR(of("exp_utility(pnl, 1)", large), 5e6 + 4.5e3, 2e3);
}

TEST(Statistic, BatchValuesAverageToTheValue) {
    const auto x = normals(64'000, 1, 0.0, 1.0);
    for (const char* name : {"mean(pnl)", "mean_square(pnl)", "variance(pnl)", "sd(pnl)",
                             "es_97.5(pnl)", "p(pnl < -1)", "exp_utility(pnl, 1)"}) {
        const Figure f = figure(parse_statistic(name), x);
        const double mean = std::accumulate(f.batch.begin(), f.batch.end(), 0.0) / risk::batches;
        EXPECT_NEAR(mean, f.value, 1e-3 * standard_error(f)) << name;
    }
}

TEST(Statistic, ErrorsAreThoseOfANormalSample) {
    // Known errors: mean 1/sqrt n, sd 1/sqrt(2n), median sqrt(pi/2n), ES 99 % of a normal with
    // variance of the excess beyond its quantile. Averaged over 40 samples the error of an error of
    // 64 batches is 9 % / sqrt 40 = 1.4 %.
    constexpr std::size_t n = 64'000;
    const double root = std::sqrt(static_cast<double>(n));
    double mean = 0.0, sd = 0.0, median = 0.0, shortfall = 0.0;
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const auto x = normals(n, 100 + seed, 0.0, 1.0);
        mean += standard_error(figure(parse_statistic("mean(pnl)"), x)) / 40.0;
        sd += standard_error(figure(parse_statistic("sd(pnl)"), x)) / 40.0;
        median += standard_error(figure(parse_statistic("q_50(pnl)"), x)) / 40.0;
        shortfall += standard_error(figure(parse_statistic("es_99(pnl)"), x)) / 40.0;
    }
    EXPECT_NEAR(mean * root, 1.0, 0.06);
    EXPECT_NEAR(sd * root, std::sqrt(0.5), 0.06 * std::sqrt(0.5));
    EXPECT_NEAR(median * root, std::sqrt(M_PI / 2.0), 0.08 * std::sqrt(M_PI / 2.0));
    // E (Z - q)+ = phi - p q, E ((Z - q)+)^2 = p (1 + q^2) - q phi at q = 2.3263, p = .01.
    const double p = 0.01, q = 2.3263478740408408, phi = 0.0266521422;
    const double first = phi - p * q, second = p * (1.0 + q * q) - q * phi;
    const double known = std::sqrt(second - first * first) / p;
    EXPECT_NEAR(shortfall * root, known, 0.06 * known);
}

TEST(Statistic, IntervalsCover) {
    // 95 % intervals of the ES 95 % of a standard normal over 400 samples: 380 +- 4.4.
    const Statistic es = parse_statistic("es_95(pnl)");
    const double q = 1.6448536269514722, phi = std::exp(-0.5 * q * q) / std::sqrt(2.0 * M_PI);
    int covered = 0;
    for (std::uint32_t seed = 0; seed < 400; ++seed) {
        const auto e = estimate(figure(es, normals(8'192, 1000 + seed, 0.0, 1.0)));
        covered += e.low <= phi / 0.05 && phi / 0.05 <= e.high ? 1 : 0;
    }
    EXPECT_GE(covered, 362);
    EXPECT_LE(covered, 394);
}

TEST(Statistic, WhatCannotBeHadIsNotANumber) {
    EXPECT_TRUE(std::isnan(of("es_99.9(pnl)", counting(500))));
    EXPECT_TRUE(std::isnan(of("q_99(pnl)", counting(200))));
    EXPECT_TRUE(std::isnan(of("mean(pnl)", counting(100))));  // a batch with a single path
    EXPECT_TRUE(std::isnan(estimate(figure(parse_statistic("es_99.9"), counting(500))).low));
}

TEST(Statistic, PathsThatAreNoNumbersAreLeftOut) {
    auto x = counting(1000);
    const double mean = of("mean(pnl)", x);
    x.push_back(std::numeric_limits<float>::quiet_NaN());
    x.push_back(std::numeric_limits<float>::infinity());
    EXPECT_DOUBLE_EQ(of("mean(pnl)", x), mean);
    EXPECT_NEAR(of("es_99(total_cost)", x), 995.5, 1e-9);
}

}  // namespace
}  // namespace hedgestorm::tune
