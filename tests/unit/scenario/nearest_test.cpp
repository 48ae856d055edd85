// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/nearest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hedgestorm::scenario {
namespace {

TEST(Nearest, FindsTheWordFewestEditsAway) {
    EXPECT_EQ(nearest("pahts", {"paths", "steps", "seed"}), "paths");
    EXPECT_EQ(nearest("step", {"paths", "steps", "seed"}), "steps");
    EXPECT_EQ(nearest("dividend_yeild", {"rate", "dividend_yield"}), "dividend_yield");
}

TEST(Nearest, CompletesAPartOfAWord) {
    EXPECT_EQ(nearest("vol", {"spot", "volatility"}), "volatility");
    EXPECT_EQ(nearest("vol", {"kou", "volatility"}), "volatility");
}

TEST(Nearest, OffersNothingWhereNothingIsNear) {
    EXPECT_EQ(nearest("xyzzy", {"paths", "steps"}), "");
    EXPECT_EQ(nearest("", {"paths"}), "");
    EXPECT_EQ(nearest("a", {"b"}), "");
    EXPECT_EQ(nearest(std::string(100'000, 'x'), {"paths"}), "");
    EXPECT_EQ(nearest("paths", {}), "");
}

TEST(Nearest, AsksDidYouMean) {
    EXPECT_EQ(did_you_mean("pahts", {"paths"}), "did you mean \"paths\"?");
    EXPECT_EQ(did_you_mean("xyzzy", {"paths"}), "");
}

}  // namespace
}  // namespace hedgestorm::scenario
