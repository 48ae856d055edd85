// SPDX-License-Identifier: Apache-2.0
#include "kernels/math/normal.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "tests/unit/math/ulp.hpp"

namespace hedgestorm::math {
namespace {

using test::for_doubles;
using test::for_floats;
using test::Worst;

long double exact_cdf(long double d) {
    return 0.5L * std::erfc(-d / std::sqrt(2.0L));
}

long double exact_pdf(long double d) {
    return std::exp(-0.5L * d * d) * 0.398942280401432677939946059934L;
}

double error(long double actual, long double exact) {
    return static_cast<double>(std::fabs(actual - exact));
}

TEST(NormalCdf, FloatIsWithinItsBound) {
    Worst worst;
    const auto check = [&](float d) { worst.note(error(normal_cdf(d), exact_cdf(d)), d); };
    for_floats(0x1p-20f, 12.0f, 1021, check);
    for_floats(0.297f, 0.2973f, 1, check);
    EXPECT_LE(worst.error, 9.3e-8) << "at " << worst.at;
    EXPECT_GT(worst.error, 9.0e-8) << "the sweep missed the worst place it knows";
}

TEST(NormalCdf, DoubleIsWithinItsBound) {
    Worst worst;
    for_doubles(-12, 12, 200000,
                [&](double d) { worst.note(error(normal_cdf(d), exact_cdf(d)), d); });
    EXPECT_LE(worst.error, 7e-16) << "at " << worst.at;
}

TEST(NormalCdf, TailsKeepTheirRelativeSize) {
    Worst single, twice;
    for_doubles(-6, 0, 100000, [&](double d) {
        const auto x = static_cast<float>(d);
        single.note(error(normal_cdf(x) / exact_cdf(x), 1), d);
    });
    for_doubles(-8.3, 0, 100000,
                [&](double d) { twice.note(error(normal_cdf(d) / exact_cdf(d), 1), d); });
    EXPECT_LE(single.error, 5e-5) << "at " << single.at;
    EXPECT_LE(twice.error, 3e-4) << "at " << twice.at;
}

/// How often N falls as |d| walks over all floats of [first, last] and one looks `ahead` floats on,
/// on both sides of zero; and how far at most.
struct Falls {
    int count = 0;
    float largest = 0;
};

Falls falls(float first, float last, std::uint32_t ahead) {
    Falls found;
    const auto note = [&found](float lower, float upper) {
        if (upper >= lower) return;
        ++found.count;
        found.largest = std::fmax(found.largest, lower - upper);
    };
    for_floats(first, last, 1, [&](float d) {
        const float farther = std::bit_cast<float>(std::bit_cast<std::uint32_t>(d) + ahead);
        if (d > 0) {
            note(normal_cdf(d), normal_cdf(farther));
        } else {
            note(normal_cdf(farther), normal_cdf(d));
        }
    });
    return found;
}

TEST(NormalCdf, FallsNowhereOverALongWalk) {
    float before[2] = {0, 1};
    int count = 0;
    bool started = false;
    for_floats(0x1p-30f, 12.0f, 1021, [&](float d) {
        const float value = normal_cdf(d);
        float& last = before[d > 0 ? 0 : 1];
        count += started && (d > 0 ? value < last : value > last);
        last = value;
        started = true;
    });
    EXPECT_EQ(count, 0);
    EXPECT_LE(before[1], before[0]);
}

// Looking two and three floats on is enough: any longer way is made of these. The windows are where
// the sign, the tail's octave, the spacing of floats or the clamp changes, and where neighbours
// fall.
TEST(NormalCdf, FallsOnlyBetweenNeighbouringFloats) {
    const float windows[][2] = {{0x1p-30f, 0x1.001p-30f},
                                {0.6744f, 0.6746f},
                                {0.9999f, 1.0001f},
                                {1.1503f, 1.1505f},
                                {1.9f, 1.91f},
                                {1.9999f, 2.0001f},
                                {3.9f, 3.91f},
                                {3.9999f, 4.0001f},
                                {5.99f, 6.001f}};
    int neighbours = 0;
    for (const auto& window : windows) {
        for (const std::uint32_t ahead : {2u, 3u}) {
            EXPECT_EQ(falls(window[0], window[1], ahead).count, 0) << "from " << window[0];
        }
        const Falls next = falls(window[0], window[1], 1);
        EXPECT_LE(next.largest, 0x1p-24f) << "from " << window[0];
        neighbours += next.count;
    }
    EXPECT_GT(neighbours, 0) << "then the header may promise more";
}

TEST(NormalCdf, HasPositiveTailsAndAnExactMiddle) {
    for (const float d : {-6.0f, -10.0f, -1e30f, -std::numeric_limits<float>::infinity()}) {
        EXPECT_GT(normal_cdf(d), 0.0f);
        EXPECT_LT(normal_cdf(d), 1.01e-9f);
        EXPECT_EQ(normal_cdf(-d), 1.0f);
    }
    EXPECT_GT(normal_cdf(-std::numeric_limits<double>::infinity()), 0.0);
    EXPECT_EQ(normal_cdf(std::numeric_limits<double>::infinity()), 1.0);
    EXPECT_EQ(normal_cdf(0.0f), 0.5f);
    EXPECT_EQ(normal_cdf(0.0), 0.5);
}

TEST(NormalCdf, OfBothSignsAddsToOne) {
    for_floats(0x1p-20f, 12.0f, 100003, [](float d) {
        EXPECT_EQ(normal_cdf(std::fabs(d)), 1.0f - normal_cdf(-std::fabs(d)));
    });
}

TEST(NormalPdf, IsWithinItsBounds) {
    Worst single, twice;
    for_doubles(-14, 14, 200000, [&](double d) {
        const auto x = static_cast<float>(d);
        single.note(error(normal_pdf(x), exact_pdf(x)), d);
        twice.note(error(normal_pdf(d), exact_pdf(d)), d);
    });
    EXPECT_LE(single.error, 4.2e-8) << "at " << single.at;
    EXPECT_LE(twice.error, 9e-17) << "at " << twice.at;
}

TEST(NormalPdf, StaysNormalFarOut) {
    EXPECT_TRUE(std::isnormal(normal_pdf(100.0f)));
    EXPECT_TRUE(std::isnormal(normal_pdf(1e30f)));
    EXPECT_TRUE(std::isnormal(normal_pdf(1e300)));
}

}  // namespace
}  // namespace hedgestorm::math
