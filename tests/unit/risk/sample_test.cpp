// SPDX-License-Identifier: Apache-2.0

#include "host/risk/sample.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/risk/distribution.hpp"
#include "host/risk/moments.hpp"

namespace hedgestorm::risk {
namespace {

/// 62, 62.5 and 118: prices that are 100 too high.
ColumnSample three_prices() {
    ColumnSample column;
    column.column = Column::spot;
    column.sums = {3, 62.0, {56.5, 3136.25, 175616.125, 9834496.0625}, 62.0, 118.0};
    column.bins = {{62.0, 62.5, 1, 62.0}, {62.5, 63.0, 1, 62.5}, {117.5, 118.5, 1, 118.0}};
    return column;
}

TEST(Shift, MovesEveryOutcomeAndNothingBetweenThem) {
    const ColumnSample before = three_prices();
    ColumnSample after = before;
    shift(after, -100.0);
    EXPECT_EQ(after.sums.min, -38.0);
    EXPECT_EQ(after.sums.max, 18.0);
    const Moments was = central_moments(before.sums);
    const Moments is = central_moments(after.sums);
    EXPECT_DOUBLE_EQ(is.mean, was.mean - 100.0);
    EXPECT_EQ(is.variance(), was.variance());
    const Distribution values = Distribution::of_values(after);
    EXPECT_EQ(values.value(1), -38.0);
    EXPECT_EQ(values.value(2), -37.5);
    EXPECT_EQ(values.value(3), 18.0);
    EXPECT_EQ(Distribution::of_losses(after).value(3), 38.0);
    EXPECT_EQ(after.bins[2].low, 17.5);
    EXPECT_EQ(after.bins[2].high, 18.5);
}

TEST(Shift, ByNothingIsNothing) {
    ColumnSample column = three_prices();
    column.sums.min = -0.0;
    shift(column, -0.0);
    EXPECT_TRUE(std::signbit(column.sums.min));
    EXPECT_EQ(column.bins[0].sum, 62.0);
}

}  // namespace
}  // namespace hedgestorm::risk
