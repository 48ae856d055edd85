// SPDX-License-Identifier: Apache-2.0
#include "kernels/math/exp_log.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/unit/math/ulp.hpp"

// Bounds are what exp_log.hpp states; the exhaustive sweeps they come from take minutes, these take
// part of a second and pass through the worst places found.

namespace hedgestorm::math {
namespace {

using test::for_doubles;
using test::for_floats;
using test::ulps;
using test::Worst;

TEST(Log, FloatIsWithinItsBoundOverAllNormalNumbers) {
    Worst worst;
    const auto check = [&](float x) {
        if (x > 0) worst.note(ulps(log(x), std::log(static_cast<double>(x))), x);
    };
    for_floats(0x1p-126f, std::numeric_limits<float>::max(), 4099, check);
    for_floats(0.64f, 0.643f, 1, check);
    for_floats(0.99f, 1.01f, 13, check);
    EXPECT_LE(worst.error, 0.96) << "at " << worst.at;
    EXPECT_GT(worst.error, 0.9) << "the sweep missed the worst place it knows";
}

TEST(Log, DoubleIsWithinItsBound) {
    Worst worst;
    const auto check = [&](double x) { worst.note(ulps(log(x), std::log(1.0L * x)), x); };
    for_doubles(0.4, 3.2, 200000, check);
    for_doubles(0.999, 1.001, 100000, check);
    for_doubles(-1022, 1023, 100000, [&](double y) { check(std::exp2(y)); });
    EXPECT_LE(worst.error, 0.82) << "at " << worst.at;
}

TEST(Log, OfOneIsZero) {
    EXPECT_EQ(log(1.0f), 0.0f);
    EXPECT_EQ(log(1.0), 0.0);
}

TEST(Exp, FloatIsWithinItsBound) {
    Worst worst;
    const auto check = [&](float x) {
        if (x >= -87) worst.note(ulps(exp(x), std::exp(static_cast<double>(x))), x);
    };
    for_floats(0x1p-30f, 88.0f, 1021, check);
    for_floats(5.2f, 5.21f, 1, check);
    EXPECT_LE(worst.error, 0.98) << "at " << worst.at;
}

TEST(Exp, DoubleIsWithinItsBound) {
    Worst worst;
    const auto check = [&](double x) { worst.note(ulps(exp(x), std::exp(1.0L * x)), x); };
    for_doubles(-708, 709, 200000, check);
    for_doubles(-1, 1, 200000, check);
    EXPECT_LE(worst.error, 0.92) << "at " << worst.at;
}

TEST(Exp, ClampsToNormalNumbers) {
    EXPECT_EQ(exp(-1000.0f), exp(-87.0f));
    EXPECT_EQ(exp(1000.0f), exp(88.0f));
    EXPECT_EQ(exp(-10000.0), exp(-708.0));
    EXPECT_EQ(exp(10000.0), exp(709.0));
    EXPECT_TRUE(std::isnormal(exp(-std::numeric_limits<float>::infinity())));
    EXPECT_TRUE(std::isnormal(exp(std::numeric_limits<double>::infinity())));
    EXPECT_EQ(exp(0.0f), 1.0f);
    EXPECT_EQ(exp(0.0), 1.0);
}

TEST(Exp2, FloatIsWithinItsBound) {
    Worst worst;
    const auto check = [&](float x) {
        if (x >= -126) worst.note(ulps(exp2_bounded(x), std::exp2(static_cast<double>(x))), x);
    };
    for_floats(0x1p-30f, 127.0f, 1021, check);
    for_floats(0.4985f, 0.5015f, 1, check);
    EXPECT_LE(worst.error, 0.993) << "at " << worst.at;
    EXPECT_GT(worst.error, 0.98) << "the sweep missed the worst place it knows";
}

TEST(Exp2, DoubleIsWithinItsBound) {
    Worst worst;
    const auto check = [&](double x) { worst.note(ulps(exp2_bounded(x), std::exp2(1.0L * x)), x); };
    for_doubles(-1022, 1023, 200000, check);
    for_doubles(-1, 1, 200000, check);
    EXPECT_LE(worst.error, 0.95) << "at " << worst.at;
}

TEST(Exp2, IsExactOnIntegersToTheEndsOfItsRange) {
    for (int n = -126; n <= 127; ++n) {
        EXPECT_EQ(exp2_bounded(static_cast<float>(n)), std::ldexp(1.0f, n));
    }
    for (int n = -1022; n <= 1023; ++n) {
        EXPECT_EQ(exp2_bounded(static_cast<double>(n)), std::ldexp(1.0, n));
    }
}

}  // namespace
}  // namespace hedgestorm::math
