// SPDX-License-Identifier: Apache-2.0
#include "host/risk/rank.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace hedgestorm::risk {
namespace {

/// P(low <= B < high), summed term by term.
double coverage(std::uint64_t n, double p, RankInterval ranks) {
    long double sum = 0.0L;
    for (std::uint64_t k = ranks.low; k < ranks.high && k <= n; ++k) {
        const auto count = static_cast<long double>(n);
        const auto hits = static_cast<long double>(k);
        sum += std::exp(std::lgamma(count + 1) - std::lgamma(hits + 1) -
                        std::lgamma(count - hits + 1) + hits * std::log((long double){p}) +
                        (count - hits) * std::log1p(-(long double){p}));
    }
    return static_cast<double>(sum);
}

struct KnownRanks {
    std::uint64_t n;
    Fraction p;
    std::uint64_t low;
    std::uint64_t high;
    double coverage;
};

TEST(OrderStatistics, HaveTheKnownRanksAndCoverage) {
    const KnownRanks known[] = {
        {1'000, {95, 100}, 936, 964, 0.95809527},
        {1'000, {99, 100}, 983, 997, 0.97609476},
        {10'000, {95, 100}, 9'457, 9'543, 0.95152805},
        {10'000, {99, 100}, 9'880, 9'920, 0.95575468},
        {100'000, {95, 100}, 94'864, 95'136, 0.95154072},
        {100'000, {99, 100}, 98'938, 99'062, 0.95123386},
        {1'000'000, {95, 100}, 949'572, 950'428, 0.95044681},
        {1'000'000, {99, 100}, 989'805, 990'196, 0.95057112},
    };
    for (const KnownRanks& row : known) {
        const RankInterval ranks = enclosing_ranks(row.n, row.p);
        EXPECT_EQ(ranks.low, row.low) << row.n;
        EXPECT_EQ(ranks.high, row.high) << row.n;
        EXPECT_NEAR(coverage(row.n, row.p.value(), ranks), row.coverage, 1e-8) << row.n;
    }
}

TEST(OrderStatistics, MirrorWhenTheProbabilityDoes) {
    for (const std::uint64_t n : {2ULL, 7ULL, 40ULL, 1'000ULL, 123'457ULL}) {
        const RankInterval low = enclosing_ranks(n, {1, 40});
        const RankInterval high = enclosing_ranks(n, {39, 40});
        EXPECT_EQ(low.low, n + 1 - high.high) << n;
        EXPECT_EQ(low.high, n + 1 - high.low) << n;
    }
}

TEST(OrderStatistics, CoverAtLeastTheirNominalShare) {
    for (std::uint64_t n = 2; n < 400; n += 3) {
        const RankInterval ranks = enclosing_ranks(n, {9, 10});
        EXPECT_GE(coverage(n, 0.9, ranks), 0.95) << n;
    }
}

TEST(OrderStatistics, ReachBeyondTheSampleWhenItIsTooSmall) {
    const RankInterval ranks = enclosing_ranks(100, {999, 1000});
    EXPECT_EQ(ranks.high, 101U);
    const QuantileRanks within = quantile_ranks(100, {999, 1000});
    EXPECT_EQ(within.high, 100U);
    EXPECT_TRUE(within.open);
    EXPECT_FALSE(quantile_ranks(100'000, {999, 1000}).open);
}

TEST(OrderStatistics, AreRightForTenBillionPaths) {
    const RankInterval ranks = enclosing_ranks(10'000'000'000ULL, {1, 2});
    EXPECT_NEAR(static_cast<double>(ranks.low), 5e9 - 1.959964 * 5e4, 2.0);
    EXPECT_EQ(ranks.low + ranks.high, 10'000'000'001ULL);
}

TEST(Rank, IsExactWhereTheProductIsAnInteger) {
    // In double 0.95 * 20 is 19 but 1000 * 0.999 rounds up or down by luck.
    EXPECT_EQ(ceiling_rank(20, {95, 100}), 19U);
    EXPECT_EQ(ceiling_rank(21, {95, 100}), 20U);
    EXPECT_EQ(ceiling_rank(1'000, {999, 1000}), 999U);
    EXPECT_EQ(ceiling_rank(1'000, {29, 100}), 290U);  // 1000 * 0.29 = 290.00000000000006 naively
    EXPECT_EQ(ceiling_rank(100, {57, 100}), 57U);     // 100 * 0.57 = 56.99999999999999
    EXPECT_EQ(ceiling_rank(1, {999, 1000}), 1U);
}

TEST(Rank, DoesNotOverflow) {
    EXPECT_EQ(ceiling_rank(1'000'000'000'000ULL, {999'999'999'999ULL, 1'000'000'000'000ULL}),
              999'999'999'999ULL);
}

}  // namespace
}  // namespace hedgestorm::risk
