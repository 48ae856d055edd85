// SPDX-License-Identifier: Apache-2.0
#include "host/risk/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/draws.hpp"
#include "tests/support/histogram_of.hpp"

namespace hedgestorm::risk {
namespace {

MomentEstimates of(const std::vector<float>& values, int bits = test::fine_bits) {
    const ColumnSample column = test::histogram_of(Column::pnl, values, 0, bits);
    return estimate_moments(central_moments(column.sums), column);
}

TEST(Moments, AreThoseOfATextbookSample) {
    const MomentEstimates m = of({2, 4, 4, 4, 5, 5, 7, 9});
    EXPECT_DOUBLE_EQ(m.mean.value, 5.0);
    EXPECT_DOUBLE_EQ(m.sd.value, std::sqrt(32.0 / 7.0));
    EXPECT_NEAR(m.skewness.value, 42.0 / 8.0 / 8.0, 1e-14);                 // m2 = 4, m3 = 5.25
    EXPECT_NEAR(m.excess_kurtosis.value, 356.0 / 8.0 / 16.0 - 3.0, 1e-14);  // m4 = 44.5
    EXPECT_DOUBLE_EQ(m.mean.se, std::sqrt(32.0 / 7.0 / 8.0));
}

TEST(Moments, OfANormalSampleHaveTheNormalErrors) {
    test::Draws draws(1);
    std::vector<float> values(400'000);
    for (float& x : values) x = static_cast<float>(1e4 + 100.0 * draws.normal());
    const double n = static_cast<double>(values.size());
    for (const int bits : {test::fine_bits, test::coarse_bits}) {
        const MomentEstimates m = of(values, bits);
        const double tolerance = bits == test::fine_bits ? 0.02 : 0.2;  // bins of 4 against sd 100
        EXPECT_NEAR(m.sd.se / (100.0 / std::sqrt(2.0 * n)), 1.0, 0.02);
        EXPECT_NEAR(m.skewness.se / std::sqrt(6.0 / n), 1.0, tolerance);
        EXPECT_NEAR(m.excess_kurtosis.se / std::sqrt(24.0 / n), 1.0, tolerance);
        EXPECT_NEAR(m.mean.value, 1e4, 4.0 * m.mean.se);
        EXPECT_NEAR(m.sd.value, 100.0, 4.0 * m.sd.se);
        EXPECT_NEAR(m.skewness.value, 0.0, 4.0 * m.skewness.se);
        EXPECT_NEAR(m.excess_kurtosis.value, 0.0, 4.0 * m.excess_kurtosis.se);
    }
}

TEST(Moments, HaveErrorsAsLargeAsTheirSpreadOverSamples) {
    // Exponential: skewness 2, excess kurtosis 6, both with heavy influence functions.
    test::Draws draws(2);
    constexpr int replications = 400;
    double mean[4] = {};
    double square[4] = {};
    double reported[4] = {};
    for (int r = 0; r < replications; ++r) {
        std::vector<float> values(4'000);
        for (float& x : values) x = static_cast<float>(-std::log(draws.uniform()));
        const MomentEstimates m = of(values);
        const Estimate all[] = {m.mean, m.sd, m.skewness, m.excess_kurtosis};
        for (int i = 0; i < 4; ++i) {
            mean[i] += all[i].value / replications;
            square[i] += all[i].value * all[i].value / replications;
            reported[i] += all[i].se / replications;
        }
    }
    // An sd over 400 samples is known to 3.5 %; those of the higher moments converge more slowly.
    const double tolerance[] = {0.10, 0.12, 0.25, 0.35};
    for (int i = 0; i < 4; ++i) {
        const double spread = std::sqrt(square[i] - mean[i] * mean[i]);
        EXPECT_NEAR(reported[i] / spread, 1.0, tolerance[i]) << i;
    }
}

TEST(Moments, HaveTheirErrorsWithoutAHistogramToo) {
    test::Draws draws(3);
    std::vector<float> values(50'000);
    for (float& x : values) x = static_cast<float>(1e3 - 5.0 * std::log(draws.uniform()));
    values[0] = 1040.0F;  // the centre of the sums, eight deviations out
    const MomentEstimates with = of(values);
    const MomentEstimates without = of(values, 0);
    EXPECT_EQ(without.skewness.value, with.skewness.value);
    EXPECT_EQ(without.excess_kurtosis.value, with.excess_kurtosis.value);
    EXPECT_NEAR(without.skewness.se / with.skewness.se, 1.0, 0.01);
    EXPECT_NEAR(without.excess_kurtosis.se / with.excess_kurtosis.se, 1.0, 0.01);
}

TEST(Moments, OfAConstantColumnHaveNoErrorAndNoRounding) {
    ColumnSample column = test::histogram_of(Column::pnl, std::vector<float>(1'000, 0.1F));
    column.sums.centre = 1.0 / 3.0;  // so that the power sums are rounded
    for (std::size_t k = 0; k < 4; ++k)
        column.sums.power[k] = 1'000 * std::pow(double{0.1F} - 1.0 / 3.0, double(k + 1));
    const MomentEstimates m = estimate_moments(central_moments(column.sums), column);
    EXPECT_EQ(m.mean.value, double{0.1F});
    EXPECT_EQ(m.mean.se, 0.0);
    EXPECT_EQ(m.sd.value, 0.0);
    EXPECT_EQ(m.sd.high, 0.0);
    EXPECT_EQ(m.skewness.value, 0.0);
    EXPECT_EQ(m.excess_kurtosis.value, 0.0);
}

TEST(Moments, DoNotDependOnTheCentre) {
    const std::vector<float> values = {-3, 1, 2, 2, 11};
    PowerSums far = test::power_sums_of(values);
    far.centre = 1000.0;
    far.power = {};
    for (const float x : values)
        for (std::size_t k = 0; k < 4; ++k) far.power[k] += std::pow(x - 1000.0, double(k + 1));
    const Moments a = central_moments(far);
    const Moments b = central_moments(test::power_sums_of(values));
    EXPECT_NEAR(a.mean, b.mean, 1e-10);
    EXPECT_NEAR(a.second, b.second, 1e-8);
    EXPECT_NEAR(a.third, b.third, 1e-4);
}

}  // namespace
}  // namespace hedgestorm::risk
