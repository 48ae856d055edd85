// SPDX-License-Identifier: Apache-2.0
//
// How a chain of states moves, against closed forms.

#include "host/plan/regime_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hedgestorm::plan {
namespace {

TEST(RegimeTransition, OfTwoStatesIsTheClosedForm) {
    const double a = 3.0;
    const double b = 11.0;
    for (const double t : {0.0, 1e-8, 1e-3, 0.1, 1.0, 20.0}) {
        const Matrix p = transition({{0.0, a}, {b, 0.0}}, t);
        const double gone = -std::expm1(-(a + b) * t);
        EXPECT_NEAR(p[0][1], a / (a + b) * gone, 1e-14 * gone) << t;
        EXPECT_NEAR(p[1][0], b / (a + b) * gone, 1e-14 * gone) << t;
        EXPECT_NEAR(p[0][0] + p[0][1], 1.0, 1e-13) << t;
    }
}

TEST(RegimeTransition, RoundACircleOfThreeSwingsAsItMust) {
    // Rates c: 0 -> 1 -> 2 -> 0. The eigenvalues are 0 and c (-3 +- i sqrt(3)) / 2.
    const double c = 5.0;
    for (const double t : {0.01, 0.2, 0.7, 2.0}) {
        const Matrix p = transition({{0, c, 0}, {0, 0, c}, {c, 0, 0}}, t);
        const double fading = 2.0 / 3.0 * std::exp(-1.5 * c * t);
        const double angle = 0.5 * std::sqrt(3.0) * c * t;
        const double third = 2.0 * std::acos(-1.0) / 3.0;
        EXPECT_NEAR(p[0][0], 1.0 / 3.0 + fading * std::cos(angle), 1e-13) << t;
        EXPECT_NEAR(p[0][1], 1.0 / 3.0 + fading * std::cos(angle - third), 1e-13) << t;
        EXPECT_NEAR(p[0][2], 1.0 / 3.0 + fading * std::cos(angle + third), 1e-13) << t;
    }
}

TEST(RegimeTransition, KeepsTheDigitsOfWhatHardlyEverHappens) {
    const Matrix p = transition({{0, 1e-4, 0}, {0, 0, 1e6}, {0, 0, 0}}, 1e-6);
    const double slow = -std::expm1(-1e-10);  // 1 - e^(-1e-4 t)
    const double first = 1e-4 / (1e6 - 1e-4) * ((1.0 - slow) - std::exp(-1.0));
    EXPECT_NEAR(p[0][1], first, 1e-24);
    EXPECT_NEAR(p[0][2], slow - first, 1e-24);
}

}  // namespace
}  // namespace hedgestorm::plan
