// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/positions.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::scenario {
namespace {

using test::only_problem;
using test::problems_of;
using test::ScenarioText;
using test::TempFolder;

const std::string header = "kind,strike,expiry_days,quantity,implied_volatility\n";

/// A scenario whose book is one CSV file.
struct Positions : testing::Test {
    TempFolder folder;
    ScenarioText text = ScenarioText().without("option").set("book.file", "'legs.csv'");

    Scenario with(const std::string& csv) {
        folder.write("legs.csv", csv);
        return load(folder.write("s.toml", text.str()));
    }
    std::vector<Problem> problems_with(const std::string& csv) {
        return problems_of([&] { with(csv); });
    }
};

TEST_F(Positions, RowsAreOptions) {
    const Book book = with(header + "call,110,30,-2,0.25\nput,90,15.5,3,0.3\n").book;
    ASSERT_EQ(book.options.size(), 2u);
    EXPECT_EQ(book.options[0].kind, OptionKind::call);
    EXPECT_EQ(book.options[0].strike, 110.0);
    EXPECT_EQ(book.options[0].quantity, -2.0);
    EXPECT_EQ(book.options[0].multiplier, 1.0);
    EXPECT_EQ(book.options[1].kind, OptionKind::put);
    EXPECT_DOUBLE_EQ(book.options[1].expiry, 15.5 / 365.0);
}

TEST_F(Positions, ColumnsMayComeInAnyOrderQuotedAndWithWindowsLines) {
    const Book book = with(
                          "\xEF\xBB\xBF"
                          "name, multiplier ,implied_volatility,quantity,"
                          "expiry_years,strike,kind\r\n"
                          "\"a \"\"long\"\" put, far\",100,0.3,+1e2,1,90,\"put\"\r\n"
                          "7,,0.3,1,1,90,put")
                          .book;
    ASSERT_EQ(book.options.size(), 2u);
    EXPECT_EQ(book.options[0].name, "a \"long\" put, far");
    EXPECT_EQ(book.options[0].multiplier, 100.0);
    EXPECT_EQ(book.options[0].quantity, 100.0);
    EXPECT_EQ(book.options[1].name, "7");
    EXPECT_EQ(book.options[1].multiplier, 1.0);
}

TEST_F(Positions, FollowTheOptionsOfTheScenario) {
    text = ScenarioText().set("book.file", "'legs.csv'");
    const Book book = with(header + "put,90,30,1,0.3\n").book;
    ASSERT_EQ(book.options.size(), 2u);
    EXPECT_EQ(book.options[0].name, "short call");
    EXPECT_EQ(book.options[1].strike, 90.0);
}

TEST_F(Positions, BadRowsAreReportedAllOfThemWithTheirLines) {
    const auto problems = problems_with(header +
                                        "call,110,30,-2,0.25\n"
                                        "cal,110,30,-2,0.25\n"
                                        "\n"
                                        "call,x,30,-2,0.25\n"
                                        "call,110,30,-2\n"
                                        "call,110,30,-2,nan\n"
                                        "call,110,,-2,0.2\n"
                                        "call,110,30,-2,0.25,9\n");
    const std::vector<std::pair<int, std::string>> expected = {
        {3, "did you mean \"call\"?"},
        {5, "is \"x\", must be a number"},
        {6, "has 4 fields, the header has 5"},
        {7, "finite"},
        {8, "is missing"},
        {9, "has 6 fields"}};
    ASSERT_EQ(problems.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(problems[i].file, (folder / "legs.csv").string());
        EXPECT_EQ(problems[i].line, expected[i].first);
        EXPECT_NE(to_string(problems[i]).find(expected[i].second), std::string::npos)
            << to_string(problems[i]);
    }
}

TEST_F(Positions, UnknownColumnsAreReportedOnce) {
    EXPECT_TRUE(only_problem(problems_with("kind,strike,expiry_days,quantity,implied_volatility,"
                                           "multplier\ncall,1,1,1,1,1\nput,1,1,1,1,1\n"),
                             "multplier", "did you mean \"multiplier\"?"));
    EXPECT_TRUE(only_problem(
        problems_with("kind,kind,strike,expiry_days,quantity,implied_volatility\ncall,put,1,1,1,1"),
        "kind", "twice"));
}

TEST_F(Positions, TwoUnitsOfATimeAreAnErrorOfTheRow) {
    const auto problems = problems_with(
        "kind,strike,expiry_days,expiry_hours,quantity,implied_volatility\ncall,1,1,24,1,1\n");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].line, 2);
}

TEST_F(Positions, FilesThatAreNoTablesAreRefused) {
    EXPECT_TRUE(only_problem(problems_with(""), "", "is empty"));
    EXPECT_TRUE(only_problem(problems_with("\n\n"), "", "no header"));
    EXPECT_TRUE(only_problem(problems_with(header), "", "no rows"));
    EXPECT_TRUE(only_problem(problems_with(header + "\"call,1,1,1,1\n"), "", "not closed"));
    EXPECT_TRUE(only_problem(problems_with(header + "\"ca\"ll,1,1,1,1\n"), "", "quoted field"));
    EXPECT_TRUE(
        only_problem(problems_with(header + std::string("ca\0l,1,1,1,1\n", 13)), "", "zero byte"));
}

TEST_F(Positions, ManyLegsAreTakenTooManyAreNot) {
    std::string rows = header;
    for (int i = 0; i < 4096; ++i) rows += "call,100,30,1,0.2\n";
    EXPECT_EQ(with(rows).book.options.size(), 4096u);
    EXPECT_TRUE(only_problem(problems_with(rows + "call,100,30,1,0.2\n").front().line > 0
                                 ? std::vector{problems_with(rows + "call,100,30,1,0.2\n").front()}
                                 : std::vector<Problem>{},
                             "", "more than 4096 rows"));
}

TEST_F(Positions, ObeyTheFolderOfTheScenario) {
    folder.write("legs.csv", header + "put,90,30,1,0.3\n");
    const auto inner = folder.write("inner/s.toml", text.set("book.file", "'../legs.csv'").str());
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "book.file", "outside"));
    folder.write("inner/s.toml", text.set("book.file", "'/etc/passwd'").str());
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "book.file", "absolute"));
    folder.write("inner/s.toml", text.set("book.file", "'none.csv'").str());
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "book.file", "no file"));
}

TEST_F(Positions, AreNamedRelativeToTheFileThatNamesThem) {
    folder.write("parts/legs.csv", header + "put,90,30,1,0.3\n");
    folder.write("parts/base.toml", text.str());
    const auto file = folder.write("s.toml", "extends = 'parts/base.toml'");
    const Scenario s = load(file);
    EXPECT_EQ(s.book.options.size(), 1u);
    EXPECT_EQ(s.resolved_text.find("legs.csv"), std::string::npos);
    EXPECT_EQ(load(file, {"book.file=parts/legs.csv"}).book, s.book);
}

}  // namespace
}  // namespace hedgestorm::scenario
