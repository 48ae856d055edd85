// SPDX-License-Identifier: Apache-2.0
#include "kernels/math/box_muller.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "kernels/math/philox.hpp"
#include "tests/unit/math/ulp.hpp"

namespace hedgestorm::math {
namespace {

using test::Worst;

struct Exact {
    long double z0, z1, radius;
};

/// The mapping of box_muller.hpp, from its description, in long double.
Exact exact(std::uint32_t radius_word, std::uint32_t angle_word) {
    const long double uniform = ((radius_word >> 1) + 0.5L) * 0x1p-31L;
    const long double radius = std::sqrt(-2 * std::log(uniform));
    auto position = static_cast<long double>(angle_word & 0x3fffffffu);
    if (position >= 0x1p29L) position -= 0x1p30L;
    const long double angle = 0.785398163397448309615660845819876L * position * 0x1p-29L;
    const long double signed_radius = (angle_word >> 31) != 0 ? -radius : radius;
    const long double cosine = std::cos(angle) * signed_radius;
    const long double sine = std::sin(angle) * signed_radius;
    if ((angle_word & 0x40000000u) != 0) return {sine, cosine, radius};
    return {cosine, sine, radius};
}

template <class R>
double error(std::uint32_t radius_word, std::uint32_t angle_word) {
    R z0, z1;
    box_muller(word_bits<R>(radius_word), word_bits<R>(angle_word), z0, z1);
    const Exact z = exact(radius_word, angle_word);
    return static_cast<double>(std::fmax(std::fabs(z0 - z.z0), std::fabs(z1 - z.z1)));
}

TEST(BoxMuller, FollowsItsFormula) {
    std::mt19937 random(11);
    Worst single, single_near_zero, twice;
    const auto check = [&](std::uint32_t radius_word) {
        const auto angle_word = static_cast<std::uint32_t>(random());
        twice.note(error<double>(radius_word, angle_word), radius_word);
        Worst& worst = exact(radius_word, angle_word).radius < 0.01L ? single_near_zero : single;
        worst.note(error<float>(radius_word, angle_word), radius_word);
    };
    for (int i = 0; i < 100000; ++i) check(static_cast<std::uint32_t>(random()));
    for (std::uint32_t i = 0; i < 2000; ++i) {
        check(i);
        check(0xffffffffu - i);
        check(0xffffffffu - 1000 * i);
    }
    EXPECT_LE(single.error, 3e-6) << "at " << single.at;
    EXPECT_LE(single_near_zero.error, 2.5e-4) << "at " << single_near_zero.at;
    EXPECT_LE(twice.error, 2e-15) << "at " << twice.at;
}

template <class R>
void expect_symmetry() {
    std::mt19937 random(12);
    for (int i = 0; i < 1000; ++i) {
        const auto radius = word_bits<R>(static_cast<std::uint32_t>(random()));
        const auto angle = static_cast<std::uint32_t>(random());
        R z0, z1, opposite0, opposite1, swapped0, swapped1;
        box_muller(radius, word_bits<R>(angle), z0, z1);
        box_muller(radius, word_bits<R>(angle ^ 0x80000000u), opposite0, opposite1);
        box_muller(radius, word_bits<R>(angle ^ 0x40000000u), swapped0, swapped1);
        ASSERT_EQ(opposite0, -z0);
        ASSERT_EQ(opposite1, -z1);
        ASSERT_EQ(swapped0, z1);
        ASSERT_EQ(swapped1, z0);
    }
}

TEST(BoxMuller, IsExactlySymmetric) {
    expect_symmetry<float>();
    expect_symmetry<double>();
}

TEST(BoxMuller, KeepsTheUniformInsideItsInterval) {
    EXPECT_EQ(uniform<float>(0u), 0x1p-32f);
    EXPECT_EQ(uniform<float>(0xffffffffu), 1.0f);
    EXPECT_EQ(uniform<double>(std::uint64_t{0xffffffffu}), 1.0 - 0x1p-32);
    float z0, z1;
    box_muller(0u, 0u, z0, z1);
    EXPECT_NEAR(z0, 6.66f, 0.01f);  // sqrt(2 * 32 * ln 2)
    EXPECT_EQ(z1, 0.0f);
    box_muller(0xffffffffu, 0u, z0, z1);
    EXPECT_EQ(z0, 0.0f);
}

/// Sums over n normals of the seed below.
struct Sums {
    double n = 0, power[7] = {}, cross = 0, cross_of_squares = 0, next = 0;
    double beyond[6] = {};
};

template <class R>
Sums sums_of_normals() {
    Sums sums;
    double before = 0;
    for (std::uint32_t path = 0; path < 12500; ++path) {
        const Philox<std::uint32_t> random(20240501, path, 0, 0);
        for (std::uint32_t block = 0; block < 16; ++block) {
            R z[4];
            normals4(random, block, z);
            for (const R each : z) {
                const double x = each;
                double power = 1;
                for (int k = 1; k <= 6; ++k) sums.power[k] += power *= x;
                for (int k = 1; k <= 5; ++k) sums.beyond[k] += std::fabs(x) > k;
                sums.next += before * x;
                before = x;
                sums.n += 1;
            }
            for (int k = 0; k < 4; k += 2) {
                const double x = z[k], y = z[k + 1];
                sums.cross += x * y;
                sums.cross_of_squares += (x * x - 1) * (y * y - 1);
            }
        }
    }
    return sums;
}

/// With z standard normal, Var z^k = E z^2k - (E z^k)^2, and E z^2k = 1, 3, 15, 105, 945, 10395.
/// Seeds are fixed, so these pass or fail for ever; 3.5 sigma on 16 figures fails a right generator
/// for one seed in 130.
template <class R>
void expect_normal_moments() {
    const double k = 3.5;
    const Sums sums = sums_of_normals<R>();
    const double n = sums.n;
    EXPECT_EQ(n, 800000);
    const double mean[7] = {1, 0, 1, 0, 3, 0, 15};
    const double variance[7] = {0, 1, 2, 15, 96, 945, 10170};
    for (int i = 1; i <= 6; ++i) {
        EXPECT_NEAR(sums.power[i] / n, mean[i], k * std::sqrt(variance[i] / n)) << "moment " << i;
    }
    for (int i = 1; i <= 5; ++i) {
        const double share = std::erfc(i / std::sqrt(2.0));
        // Below ten expected the normal approximation of a count is not one: at most 6 for |z| > 5.
        const double sigma = std::sqrt(n * share * (1 - share));
        if (i < 5) {
            EXPECT_NEAR(sums.beyond[i], n * share, k * sigma) << "beyond " << i;
        } else {
            EXPECT_LE(sums.beyond[i], 6);
        }
    }
    EXPECT_NEAR(sums.cross / (n / 2), 0, k / std::sqrt(n / 2));
    EXPECT_NEAR(sums.cross_of_squares / (n / 2), 0, k * 2 / std::sqrt(n / 2));
    EXPECT_NEAR(sums.next / n, 0, k / std::sqrt(n));
}

TEST(Normals, HaveTheMomentsAndTailsOfTheNormalDistributionInFloat) {
    expect_normal_moments<float>();
}

TEST(Normals, HaveTheMomentsAndTailsOfTheNormalDistributionInDouble) {
    expect_normal_moments<double>();
}

TEST(Normals, InFloatAndDoubleAreTheSameNumbers) {
    const Philox<std::uint32_t> random(5, 6, 7, 8);
    for (std::uint32_t block = 0; block < 1000; ++block) {
        float single[4];
        double twice[4];
        normals4(random, block, single);
        normals4(random, block, twice);
        for (int i = 0; i < 4; ++i) ASSERT_NEAR(single[i], twice[i], 5e-6);
    }
}

}  // namespace
}  // namespace hedgestorm::math
