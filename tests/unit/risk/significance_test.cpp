// SPDX-License-Identifier: Apache-2.0

#include "host/risk/significance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "host/risk/intervals.hpp"

namespace hedgestorm::risk {
namespace {

std::vector<bool> judged(const std::vector<double>& z) {
    std::vector<Estimate> differences;
    for (const double value : z) differences.push_back(normal_estimate(value, 1.0));
    return holm(differences);
}

TEST(Holm, OfOneDifferenceIsItsInterval) {
    EXPECT_EQ(judged({1.9599}), std::vector<bool>{false});
    EXPECT_EQ(judged({1.9601}), std::vector<bool>{true});
    EXPECT_EQ(judged({-1.9601}), std::vector<bool>{true});
}

TEST(Holm, AsksEachForAsManyAsAreLeft) {
    // Of three the least p must be below 5 % / 3, |z| > 2.3940; the next below 5 % / 2, 2.2414.
    EXPECT_EQ(judged({2.39, 2.3, 2.0}), (std::vector<bool>{false, false, false}));
    EXPECT_EQ(judged({-2.40, 2.24, 2.0}), (std::vector<bool>{true, false, false}));
    EXPECT_EQ(judged({2.0, -2.25, 2.40}), (std::vector<bool>{true, true, true}));
    EXPECT_EQ(judged({1.95, 2.25, 2.40}), (std::vector<bool>{false, true, true}));
}

TEST(Holm, LeavesOutWhatIsNotAvailableAndKnowsWhatIsExact) {
    const std::vector<Estimate> differences = {unavailable(), normal_estimate(1.97, 1.0),
                                               unavailable()};
    EXPECT_EQ(holm(differences), (std::vector<bool>{false, true, false}));
    EXPECT_EQ(holm({exactly(0.0), exactly(2.0)}), (std::vector<bool>{false, true}));
    EXPECT_TRUE(holm({}).empty());
}

TEST(Holm, DoesNotCallADifferenceWhoseIntervalHoldsZero) {
    EXPECT_EQ(holm({Estimate{3.0, 1.0, -0.1, 5.0}}), std::vector<bool>{false});
}

TEST(Holm, RaisesAFalseAlarmInOneFamilyOfTwenty) {
    // Ten differences of which none is real, independent: P(any called) = 1 - (1 - 0.05/10)^10 =
    // 4.889 %. 40 000 families: within 4 sqrt(p (1 - p) / n).
    std::mt19937_64 engine(20200312);
    std::normal_distribution<double> normal;
    int alarms = 0;
    constexpr int families = 40'000;
    for (int f = 0; f < families; ++f) {
        std::vector<double> z(10);
        for (double& value : z) value = normal(engine);
        for (const bool real : judged(z)) {
            if (!real) continue;
            ++alarms;
            break;
        }
    }
    const double p = 1.0 - std::pow(0.995, 10);
    EXPECT_NEAR(alarms / double{families}, p, 4.0 * std::sqrt(p * (1.0 - p) / families));
}

TEST(Significance, JudgesEachFigureOverAllPolicies) {
    const auto pair = [](double pnl, double es) {
        return PairedRisk{"p",
                          "first",
                          normal_estimate(pnl, 1.0),
                          normal_estimate(0.0, 1.0),
                          {normal_estimate(9.0, 1.0)},
                          {normal_estimate(es, 1.0)}};
    };
    const auto found = significance({pair(2.1, 2.3), pair(0.1, 0.1)});
    ASSERT_EQ(found.size(), 2u);
    EXPECT_FALSE(found[0].mean_pnl);  // 2.1 would do alone, not as the best of two
    EXPECT_EQ(found[0].es, std::vector<bool>{true});
    EXPECT_EQ(found[1].es, std::vector<bool>{false});
    EXPECT_EQ(found[1].var, std::vector<bool>{true});
    EXPECT_FALSE(found[0].mean_total_cost);
    EXPECT_TRUE(significance({}).empty());
}

}  // namespace
}  // namespace hedgestorm::risk
