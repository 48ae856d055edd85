// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hedgestorm::cli {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string shown(double value, double se) {
    return with_error({value, se, 0.0, 0.0});
}

TEST(WithError, ShowsTwoDigitsOfTheErrorAndTheValueAsFar) {
    EXPECT_EQ(shown(-0.2966, 0.00051), "-0.29660 ± 0.00051");
    EXPECT_EQ(shown(296.5951, 0.0101), "296.595 ± 0.010");
    EXPECT_EQ(shown(22.0629, 0.74), "22.06 ± 0.74");
    EXPECT_EQ(shown(22.0629, 7.4), "22.1 ± 7.4");
    EXPECT_EQ(shown(22.0629, 74.0), "22 ± 74");
    EXPECT_EQ(shown(-12345678.9, 4321.0), "-12,345,700 ± 4,300");
    EXPECT_EQ(shown(1.25e-11, 3.1e-13), "1.250e-11 ± 3.1e-13");
}

TEST(WithError, SaysWhatIsNotAvailable) {
    EXPECT_EQ(shown(nan, 0.1), "n/a");
    EXPECT_EQ(shown(1.25, nan), "1.25 ± n/a");
    EXPECT_EQ(shown(0.0, 0.0), "0 ± 0");
    EXPECT_EQ(shown(63.0, 0.0), "63 ± 0");
}

TEST(WithError, HasNoMinusBeforeZero) {
    EXPECT_EQ(shown(-0.0001, 0.12), "0.00 ± 0.12");
}

TEST(WithInterval, TakesItsDigitsFromTheInterval) {
    EXPECT_EQ(with_interval({1.68241, 0.001, 1.68012, 1.68501}), "1.6824 [1.6801, 1.6850]");
    EXPECT_EQ(with_interval({nan, nan, nan, nan}), "n/a");
    EXPECT_EQ(with_interval({2.0, nan, nan, nan}), "2 [n/a, n/a]");
}

TEST(PlainNumber, KeepsSignificantDigitsOnly) {
    EXPECT_EQ(plain_number(-3.9877612), "-3.98776");
    EXPECT_EQ(plain_number(100.0), "100");
    EXPECT_EQ(plain_number(1234567.0), "1,234,570");
    EXPECT_EQ(plain_number(0.0), "0");
    EXPECT_EQ(plain_number(1.5e-9), "1.5e-09");
    EXPECT_EQ(plain_number(nan), "n/a");
}

TEST(Percent, MovesThePointOfTheExactDecimal) {
    EXPECT_EQ(percent("0.99"), "99 %");
    EXPECT_EQ(percent("0.975"), "97.5 %");
    EXPECT_EQ(percent("0.9"), "90 %");
    EXPECT_EQ(percent("0.9995"), "99.95 %");
}

TEST(Grouped, PutsACommaEveryThreeDigits) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000'000), "1,000,000");
}

TEST(Counted, HasOneInTheSingular) {
    EXPECT_EQ(counted(0, "path"), "0 paths");
    EXPECT_EQ(counted(1, "path"), "1 path");
    EXPECT_EQ(counted(12'345, "step"), "12,345 steps");
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
    EXPECT_EQ(display_width("band"), 4);
    EXPECT_EQ(display_width("über ±"), 6);
    EXPECT_EQ(display_width("対冲"), 4);
    EXPECT_EQ(display_width("e\xCC\x81"), 1);  // e and a combining acute accent
}

TEST(Cut, EndsWithAnEllipsisWhereItDoesNotFit) {
    EXPECT_EQ(cut("band 0.05", 9), "band 0.05");
    EXPECT_EQ(cut("band 0.05", 6), "band …");
    EXPECT_EQ(cut("対冲対冲", 6), "対冲…");
}

TEST(Wrapped, StartsALineWhereTheNextItemWouldNotFit) {
    EXPECT_EQ(wrapped({"aaa", "bbb", "ccc"}, ", ", 8, 2), "aaa, bbb\n  ccc\n");
    EXPECT_EQ(wrapped({"a long one"}, ", ", 4, 2), "a long one\n");
}

}  // namespace
}  // namespace hedgestorm::cli
