// SPDX-License-Identifier: Apache-2.0
#include "host/fit/residuals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/draws.hpp"

namespace hedgestorm::fit {
namespace {

TEST(KolmogorovSmirnov, IsTheLargestDistance) {
    // scipy.stats.ks_1samp and scipy.special.kolmogorov of (sqrt n + 0.12 + 0.11 / sqrt n) D.
    const Significance test = kolmogorov_smirnov(
        {0.03, 0.91, 0.42, 0.47, 0.11, 0.78, 0.66, 0.52, 0.35, 0.98, 0.21, 0.60});
    EXPECT_NEAR(test.statistic, 0.1, 1e-12);
    EXPECT_NEAR(test.p, 0.9994468029608425, 1e-9);
}

TEST(KolmogorovSmirnov, KnowsWhatIsNotUniform) {
    test::Draws draws(11);
    std::vector<double> even, skew;
    for (int i = 0; i < 2000; ++i) {
        even.push_back(draws.uniform());
        skew.push_back(std::pow(draws.uniform(), 1.2));
    }
    EXPECT_GT(kolmogorov_smirnov(even).p, 0.01);
    EXPECT_LT(kolmogorov_smirnov(skew).p, 1e-4);
}

TEST(Clustering, IsLjungAndBoxsStatisticOfSquares) {
    // NumPy, of forty multiples of the golden ratio less their whole parts, which repeat themselves
    // at every Fibonacci number.
    std::vector<double> uniforms;
    for (int i = 1; i <= 40; ++i) uniforms.push_back(std::fmod(i * 0.6180339887498949, 1.0));
    const Significance test = clustering(uniforms);
    EXPECT_NEAR(test.statistic, 129.74260675622025, 1e-8);
    EXPECT_NEAR(test.p / 4.356358819529884e-18, 1.0, 1e-6);
}

TEST(Clustering, FindsNoneInIndependentDraws) {
    test::Draws draws(12);
    std::vector<double> uniforms;
    for (int i = 0; i < 5000; ++i) uniforms.push_back(draws.uniform());
    EXPECT_GT(clustering(uniforms).p, 0.01);
}

TEST(Clustering, TakesTransformsOfNoughtAndOne) {
    std::vector<double> uniforms(100, 0.5);
    uniforms[3] = 0.0;
    uniforms[50] = 1.0;
    EXPECT_TRUE(std::isfinite(clustering(uniforms).statistic));
}

}  // namespace
}  // namespace hedgestorm::fit
