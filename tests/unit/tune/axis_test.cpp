// SPDX-License-Identifier: Apache-2.0
//
// What --vary says, and grids of it.

#include "host/tune/axis.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/support/error.hpp"

namespace hedgestorm::tune {
namespace {

std::string refusal(const std::string& text) {
    try {
        parse_axis(text);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "";
}

TEST(VariedAxis, ReadsRangesAndLists) {
    const Axis severity = parse_axis("severity=0:2:9");
    EXPECT_EQ(severity.key, "severity");
    ASSERT_EQ(severity.numbers.size(), 9u);
    EXPECT_EQ(severity.numbers[3], 0.75);
    EXPECT_EQ(severity.override_at(8), "severity=2");

    const Axis width = parse_axis("policy[\"a=b\"].half_width=0.01:0.16:5:log");
    EXPECT_EQ(width.key, "policy[\"a=b\"].half_width");
    EXPECT_NEAR(width.numbers[1], 0.02, 1e-15);
    EXPECT_EQ(width.numbers.back(), 0.16);
    EXPECT_TRUE(width.logarithmic);

    const Axis to = parse_axis("policy[0].rebalance_to=[target, edge]");
    EXPECT_EQ(to.values, (std::vector<std::string>{"target", "edge"}));
    EXPECT_TRUE(to.numbers.empty());
    EXPECT_EQ(parse_axis("policy[0].every=[1, 5, 20]").numbers, (std::vector<double>{1, 5, 20}));
}

TEST(VariedAxis, WhatIsNoneIsRefusedInWords) {
    EXPECT_NE(refusal("severity").find("no key before"), std::string::npos);
    EXPECT_NE(refusal("=0:1:2").find("no key before"), std::string::npos);
    EXPECT_NE(refusal("a=0:1").find("three parts"), std::string::npos);
    EXPECT_NE(refusal("a=1:1:5").find("the range is empty"), std::string::npos);
    EXPECT_NE(refusal("a=0:1:1").find("whole number from 2"), std::string::npos);
    EXPECT_NE(refusal("a=0:1:1e9").find("whole number from 2"), std::string::npos);
    EXPECT_NE(refusal("a=0:1:2.5").find("whole number"), std::string::npos);
    EXPECT_NE(refusal("a=0:1:5:log").find("above 0"), std::string::npos);
    EXPECT_NE(refusal("a=1:2:5:sqrt").find("only be log"), std::string::npos);
    EXPECT_NE(refusal("a=nan:2:5").find("finite"), std::string::npos);
    EXPECT_NE(refusal("a=[1, 2").find("not closed"), std::string::npos);
    EXPECT_NE(refusal("a=[1,, 2]").find("empty entry"), std::string::npos);
    EXPECT_THROW(parse_range("severity=3:0"), UsageError);
    EXPECT_THROW(parse_range("severity=0"), UsageError);
}

TEST(VariedAxis, GridsGoThroughTheLastAxisFirst) {
    const Grid grid({parse_axis("a=0:1:2"), parse_axis("b=[x, y, z]")});
    ASSERT_EQ(grid.size(), 6u);
    EXPECT_EQ(grid.overrides(1), (std::vector<std::string>{"a=0", "b=y"}));
    EXPECT_EQ(grid.overrides(5), (std::vector<std::string>{"a=1", "b=z"}));
    EXPECT_EQ(grid.at(4), (std::vector<std::size_t>{1, 1}));
}

TEST(VariedAxis, GridsThatNobodyCanRunAreRefused) {
    EXPECT_THROW(Grid({parse_axis("a=0:1:1000"), parse_axis("b=0:1:1000")}), UsageError);
    EXPECT_THROW(Grid({parse_axis("a=0:1:2"), parse_axis("a=0:2:2")}), UsageError);
    std::vector<Axis> seven;
    for (char key = 'a'; key < 'h'; ++key)
        seven.push_back(parse_axis(std::string(1, key) + "=0:1:2"));
    EXPECT_THROW(Grid{seven}, UsageError);
}

}  // namespace
}  // namespace hedgestorm::tune
