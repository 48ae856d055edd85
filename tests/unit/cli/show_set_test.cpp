// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_set.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "host/cli/show_text.hpp"
#include "tests/unit/result/made_up_result.hpp"

namespace hedgestorm::cli {
namespace {

using test::made_up_result;

result::Result named(const std::string& name, int policies) {
    result::Result result = made_up_result(policies);
    result.scenario.name = name;
    return result;
}

std::size_t count(const std::string& text, const std::string& words) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; ++at) ++found;
    return found;
}

TEST(SetSummary, HasARowForEveryScenarioAndPolicy) {
    const result::Result result = named("first", 2);
    SetSummary summary;
    summary.add(result);
    summary.add(named("second", 1));
    const std::string shown = summary.show({.width = 200});
    EXPECT_EQ(shown.find("scenario, policy"), 0u) << shown;
    EXPECT_NE(shown.find("\nfirst\n  band 0.05"), std::string::npos) << shown;
    EXPECT_NE(shown.find("\nsecond\n  band 0.05"), std::string::npos) << shown;
    const auto& columns = result.risk.accounts[0].columns;
    for (const std::string& cell : {with_error(columns[0].mean), with_error(columns[0].sd),
                                    with_interval(columns[0].es[2]), with_error(columns[2].mean)})
        EXPECT_NE(shown.find(cell), std::string::npos) << cell << " in\n" << shown;
    EXPECT_NE(shown.find("ES 99 %"), std::string::npos);
}

TEST(SetSummary, SaysTheLevelInTheCellWhereScenariosDiffer) {
    result::Result other = named("other", 1);
    other.scenario.risk.levels.pop_back();  // leaves 97.5 % as the nearest to 99 %
    SetSummary summary;
    summary.add(named("first", 1));
    summary.add(other);
    const std::string shown = summary.show({.width = 200});
    EXPECT_EQ(shown.find("ES 99 %"), std::string::npos) << shown;
    EXPECT_EQ(count(shown, "  99 %: "), 1u) << shown;
    EXPECT_EQ(count(shown, "  97.5 %: "), 1u) << shown;
}

TEST(SetSummary, KeepsWithinItsWidthAndLeavesNoBlanksAtTheEnd) {
    SetSummary summary;
    for (const char* name : {"a", "bb", "ccc"}) summary.add(named(name, 3));
    for (const int width : {80, 100, 140}) {
        std::istringstream lines(summary.show({.width = width}));
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(display_width(line), width) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
        }
    }
}

TEST(SetSummary, SaysANoteOnceWithTheScenariosItIsAbout) {
    SetSummary summary;
    for (const char* name : {"one", "two"}) {
        result::Result result = named(name, 1);
        result.risk.notes = {"the tail is short"};
        summary.add(result);
    }
    EXPECT_NE(summary.show().find("note: one, two: the tail is short"), std::string::npos)
        << summary.show();
}

TEST(SetSummary, HoldsRunsWithoutColumns) {
    SetSummary summary;
    result::Result result = made_up_result(1, false);
    result.scenario.name = "bare";
    summary.add(result);
    EXPECT_NE(summary.show().find("bare"), std::string::npos);
}

}  // namespace
}  // namespace hedgestorm::cli
