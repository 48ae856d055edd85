// SPDX-License-Identifier: Apache-2.0
#include "host/fit/kou_density.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/fit/normal.hpp"

namespace hedgestorm::fit {
namespace {

constexpr double hour = 1.0 / 8760.0;

/// Volatility 0.4, 3,000 jumps a year, 0.45 of them up, eta 120 and 90; drift 0.5: of an hour.
KouDensity an_hour() {
    const double relative = 0.45 / 119.0 - 0.55 / 91.0;
    return {(0.5 - 0.5 * 0.16 - 3000.0 * relative) * hour,
            0.4 * std::sqrt(hour),
            {3000.0 * hour, 0.45, 120.0, 90.0}};
}

TEST(KouDensity, IsThatOfFourierInversion) {
    // SciPy: the characteristic function inverted by quadrature, good to some 1e-12 of the largest.
    const std::vector<double> x = {0.004, -0.011, 0.0307, -0.0421, 0.0119, 0.0, -0.0203};
    const std::vector<double> density = {59.58540188611637,  6.776252169677507, 0.5779053326413692,
                                         0.4156689627905673, 6.959810325698349, 75.22591086506908,
                                         2.493538769141683};
    const std::vector<double> cumulative = {
        0.7405572245519904, 0.067098569616039,  0.9948240334149179,  0.005034143792587542,
        0.9545772391796106, 0.4539676932823469, 0.030333995889266552};
    const KouDensity kou = an_hour();
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(kou.density(x[i]) / density[i], 1.0, 1e-9) << x[i];
        EXPECT_NEAR(kou.cumulative(x[i]), cumulative[i], 1e-11) << x[i];
    }
}

TEST(KouDensity, HasMassOneAndTheMeanAndVarianceOfItsParts) {
    for (const double count : {0.01, 0.5, 5.0}) {
        const double sd = 0.004, p = 0.3, up = 1.0 / 150.0, down = 1.0 / 60.0;
        const KouDensity kou(0.001, sd, {count, p, 1.0 / up, 1.0 / down});
        double mass = 0.0, mean = 0.0, square = 0.0;
        const double step = 2e-5;
        for (double x = -0.9; x < 0.6; x += step) {  // the trapezium rule on a smooth density
            const double f = kou.density(x) * step;
            mass += f;
            mean += x * f;
            square += x * x * f;
        }
        EXPECT_NEAR(mass, 1.0, 1e-9) << count;
        EXPECT_NEAR(mean, 0.001 + count * (p * up - (1.0 - p) * down), 1e-9) << count;
        const double variance = sd * sd + count * 2.0 * (p * up * up + (1.0 - p) * down * down);
        EXPECT_NEAR((square - mean * mean) / variance, 1.0, 1e-6) << count;
    }
}

TEST(KouDensity, IsPositiveAndSmoothWhereTheRecurrencesMeetAndFarOut) {
    const KouDensity kou(0.0, 0.004, {0.6, 0.5, 130.0, 115.0});
    double before = kou.density(-0.02);
    for (double x = -0.02 + 1e-5; x < 0.02; x += 1e-5) {
        const double here = kou.density(x);
        EXPECT_LT(std::fabs(std::log(here / before)), 0.02) << x;
        before = here;
    }
    // Far out one jump carries it all: the density falls as e^(-eta x), times a slow factor.
    for (const double x : {0.3, 1.0, 3.0}) {
        const double slope = std::log(kou.density(x + 1e-3) / kou.density(x)) / 1e-3;
        EXPECT_GT(slope, -130.0) << x;
        EXPECT_LT(slope, -90.0) << x;
    }
    EXPECT_GT(kou.density(-5.0), 0.0);
}

TEST(KouDensity, WithHardlyAnyJumpIsNormal) {
    const KouDensity kou(0.001, 0.01, {1e-14, 0.5, 100.0, 100.0});
    for (const double x : {-0.03, 0.0, 0.02})
        EXPECT_NEAR(kou.density(x) / normal_density(x, 0.001, 0.01), 1.0, 1e-9);
}

}  // namespace
}  // namespace hedgestorm::fit
