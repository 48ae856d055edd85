// SPDX-License-Identifier: Apache-2.0
#include "kernels/math/log1p.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/lanes/scalar.hpp"
#include "tests/unit/math/ulp.hpp"

namespace hedgestorm::math {
namespace {

using test::for_doubles;
using test::for_floats;
using test::Worst;

/// ln(1 + x) - x: by its series where the difference would cancel.
long double exact(long double x) {
    if (std::fabs(x) > 0.05L) return std::log1p(x) - x;
    long double sum = 0.0L;
    for (int n = 40; n >= 2; --n) sum = x * (sum + (n % 2 == 0 ? -1.0L : 1.0L) / n);
    return x * sum;
}

template <class Scalar>
double relative_error(Scalar x) {
    const long double truth = exact(x);
    return static_cast<double>(std::fabs((log1p_less_x(x) - truth) / truth));
}

/// Beyond 1/16: error in units in the last place of the logarithm, or of x where that is larger.
template <class Scalar>
double error_in_ulps(Scalar x) {
    const long double larger = std::max(std::fabs(std::log1p(1.0L * x)), std::fabs(1.0L * x));
    return static_cast<double>(std::fabs(log1p_less_x(x) - exact(x)) / larger) *
           static_cast<double>(1.0L / std::numeric_limits<Scalar>::epsilon());
}

TEST(LogOnePlusLessX, FloatKeepsItsDigitsNearZero) {
    Worst worst;
    for_floats(0x1p-40f, 0.0625f, 1021, [&](float x) { worst.note(relative_error(x), x); });
    EXPECT_LE(worst.error, 3e-7) << "at " << worst.at;
    EXPECT_GT(worst.error, 1e-7) << "the sweep missed the worst place it knows";
}

TEST(LogOnePlusLessX, DoubleKeepsItsDigitsNearZero) {
    Worst worst;
    for_doubles(-0.0625, 0.0625, 200000, [&](double x) { worst.note(relative_error(x), x); });
    for_doubles(-60, -4, 100000, [&](double y) {
        worst.note(relative_error(std::exp2(y)), std::exp2(y));
        worst.note(relative_error(-std::exp2(y)), -std::exp2(y));
    });
    EXPECT_LE(worst.error, 2e-15) << "at " << worst.at;
}

TEST(LogOnePlusLessX, BeyondHasTheErrorOfOnePlusX) {
    Worst single;
    Worst reference;
    for_doubles(-0.99, 20.0, 200000, [&](double x) {
        if (std::abs(x) <= 0.0626) return;
        single.note(error_in_ulps(static_cast<float>(x)), x);
        reference.note(error_in_ulps(x), x);
    });
    EXPECT_LE(single.error, 8.0) << "at " << single.at;
    EXPECT_LE(reference.error, 8.0) << "at " << reference.at;
}

TEST(LogOnePlusLessX, OfNothingIsNothing) {
    EXPECT_EQ(log1p_less_x(0.0f), 0.0f);
    EXPECT_EQ(log1p_less_x(0.0), 0.0);
}

}  // namespace
}  // namespace hedgestorm::math
