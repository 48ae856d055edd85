// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/series_file.hpp"

#include <gtest/gtest.h>

#include <ctime>
#include <string>
#include <vector>

#include "tests/support/made_up_series.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::scenario {
namespace {

using test::only_problem;
using test::problems_of;
using test::ScenarioText;
using test::TempFolder;

const std::string columns = "time_column = 'time'\nprice_column = 'close'\n";

/// A replay of one day of a file of daily prices.
struct SeriesFile : testing::Test {
    TempFolder folder;

    static ScenarioText text(const std::string& keys = columns) {
        return test::history("replay")
            .set("simulation.horizon_days", "1")
            .set("simulation.steps", "1")
            .append("[market.series]\nfile = 'prices.csv'\n" + keys);
    }
    Scenario with(const std::string& csv, const std::string& keys = columns) {
        folder.write("prices.csv", csv);
        return load(folder.write("s.toml", text(keys).str()));
    }
    std::vector<Problem> problems_with(const std::string& csv, const std::string& keys = columns) {
        return problems_of([&] { with(csv, keys); });
    }
};

const std::string four_days =
    "time,close\n2020-01-01,10\n2020-01-02,11.5\n2020-01-03,9\n2020-01-04,1e1\n";

TEST_F(SeriesFile, GivesItsSpacingAndPrices) {
    const Scenario scenario = with(four_days);
    const Series& series = *scenario.market.series;
    EXPECT_EQ(series.spacing_seconds, 86'400.0);
    EXPECT_DOUBLE_EQ(series.spacing, 1.0 / 365.0);
    ASSERT_EQ(series.stretches.size(), 1u);
    EXPECT_EQ(series.stretches[0].start, 1'577'836'800'000);
    EXPECT_EQ(series.stretches[0].prices, (std::vector<double>{10, 11.5, 9, 10}));
}

TEST_F(SeriesFile, TakesTheNamedColumnsOfManyInAnyOrderQuotedAndWithWindowsLines) {
    Problems problems;
    const auto rows = read_prices(
        "\xEF\xBB\xBFvolume,\"last, price\",open,stamp\r\n5,\"101.5\",1,1577836800\r\n"
        "6, 102 ,x,1577836860000\r\n,103,,2020-01-01T00:02",
        {"stamp", "last, price"}, nullptr, problems);
    EXPECT_TRUE(problems.empty());
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].price, 101.5);
    EXPECT_EQ(rows[1].price, 102.0);
    EXPECT_EQ(rows[2].line, 4);
    EXPECT_EQ(find_spacing(rows, {"stamp", "last, price"}, nullptr, problems), 60'000);
}

TEST_F(SeriesFile, MissingRowsAreAnErrorUnlessDropped) {
    const std::string csv =
        "time,close\n2020-01-01,10\n2020-01-02,11\n2020-01-05,12\n2020-01-06,13\n";
    EXPECT_TRUE(only_problem(problems_with(csv), "time",
                             "prices.csv:4: time: comes 3 days after line 3 "
                             "(2020-01-02T00:00:00Z): 2 rows are missing"));
    const Series series = *with(csv, columns + "gaps = 'drop'").market.series;
    ASSERT_EQ(series.stretches.size(), 2u);
    EXPECT_EQ(series.stretches[0].prices, (std::vector<double>{10, 11}));
    EXPECT_EQ(series.stretches[1].prices, (std::vector<double>{12, 13}));
    EXPECT_EQ(series.stretches[1].start, *instant_in("2020-01-05"));
    EXPECT_TRUE(only_problem(problems_with(csv, columns + "gaps = 'skip'"), "market.series.gaps",
                             "\"skip\" is not one of \"error\", \"drop\""));
}

TEST_F(SeriesFile, TimesMustBeSpacedAndAscend) {
    EXPECT_TRUE(only_problem(
        problems_with(four_days + "2020-01-04T00:00:00Z,12\n"), "time",
        "prices.csv:6: time: is 2020-01-04T00:00:00Z, as in line 5: two prices at one time"));
    EXPECT_TRUE(only_problem(problems_with(four_days + "2020-01-02,12\n"), "time",
                             "prices.csv:6: time: is 2020-01-02T00:00:00Z, before that of line 5"));
    EXPECT_TRUE(only_problem(problems_with(four_days + "2020-01-04T12:00,12\n"), "time",
                             "comes 12 hours after line 5 (2020-01-04T00:00:00Z), where rows are "
                             "1 day apart"));
}

TEST_F(SeriesFile, CellsThatAreNoTimesOrPricesAreShownWithTheirPlace) {
    const struct {
        const char* row;
        const char* key;
        const char* words;
    } cases[] = {
        {"2020-01-05,-3\n", "close", "prices.csv:6:12: close: is \"-3\", must be above 0"},
        {"2020-01-05,0\n", "close", "must be above 0"},
        {"2020-01-05,nan\n", "close", "is \"nan\", must be finite"},
        {"2020-01-05,inf\n", "close", "must be finite"},
        {"2020-01-05,1e400\n", "close", "must be above 0 and at most 1e15"},
        {"2020-01-05,12 USD\n", "close", "is \"12 USD\", must be a number"},
        {"2020-01-05,\n", "close", "is empty, must be a number"},
        {"2020-01-05,0x10\n", "close", "must be a number"},
        {"tomorrow,10\n", "time", "prices.csv:6:1: time: is \"tomorrow\", must be a time"},
        {"2020-01-05\n", "", "prices.csv:6: has 1 fields, the header has 2"},
    };
    for (const auto& c : cases)
        EXPECT_TRUE(only_problem(problems_with(four_days + c.row), c.key, c.words)) << c.row;
}

TEST_F(SeriesFile, ColumnsMustBeNamedAndThere) {
    EXPECT_TRUE(only_problem(problems_with(four_days, "time_column = 'time'"),
                             "market.series.price_column", "is missing"));
    EXPECT_TRUE(
        only_problem(problems_with(four_days, "time_column = 'time'\nprice_column = 'clsoe'"),
                     "clsoe", "there is no such column (did you mean \"close\"?)"));
    EXPECT_TRUE(only_problem(problems_with("time,close,close\n2020-01-01,1,1\n"), "close",
                             "the column is there twice"));
}

TEST_F(SeriesFile, FilesThatAreNoSeriesAreRefused) {
    EXPECT_TRUE(only_problem(problems_with(""), "", "the file is empty"));
    EXPECT_TRUE(only_problem(problems_with(std::string("time,close\n\0\1\2", 14)), "",
                             "the file is not text"));
    EXPECT_TRUE(only_problem(problems_with("\xff\xfe\x01"), "", "UTF-16"));
    EXPECT_TRUE(only_problem(problems_with("time,close\n" + std::string(2000, ',') + "\n"), "",
                             "prices.csv:2: has more than 1000 fields"));
    EXPECT_TRUE(only_problem(problems_with("time,close\n\"2020-01-01,1\n"), "",
                             "a quoted field is not closed"));
    EXPECT_TRUE(only_problem(problems_with("time,close\n"), "", "fewer than two rows of prices"));
    EXPECT_TRUE(only_problem(problems_with("time,close\n2020-01-01,1\n"), "",
                             "fewer than two rows of prices"));
    EXPECT_TRUE(only_problem(problems_with("time,close\n2020-01-01,1\n2020-01-02,1\n"),
                             "market.series", "has returns that are all the same"));
}

TEST_F(SeriesFile, StaysInTheScenariosFolder) {
    const auto outside = problems_of([&] {
        load(folder.write("s.toml",
                          test::history("replay")
                              .append("[market.series]\nfile = '../prices.csv'\n" + columns)
                              .str()));
    });
    EXPECT_TRUE(only_problem(outside, "market.series.file", "is outside the scenario's folder"));
    EXPECT_TRUE(only_problem(problems_of([&] { load(folder.write("t.toml", text().str())); }),
                             "market.series.file", "there is no file"));
}

TEST_F(SeriesFile, TooManyRowsAreRefusedQuickly) {
    std::string csv = "time,close\n";
    for (std::size_t i = 0; i <= most_prices; ++i)
        csv += std::to_string(1'577'836'800 + i * 60) + ",1\n";
    const std::clock_t start = std::clock();  // processor time: the machine may have other work
    EXPECT_TRUE(only_problem(problems_with(csv), "", "more than 600000 rows"));
    EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 10.0);
}

TEST_F(SeriesFile, ItsPricesArePartOfTheScenariosIdentity) {
    const Scenario one = with(four_days);
    EXPECT_EQ(with(four_days).sha256, one.sha256);
    EXPECT_NE(with(four_days + "2020-01-05,10\n").sha256, one.sha256);
    folder.write("deeper/other.csv", four_days);
    const Scenario moved =
        load(folder.write("s.toml", text().str()), {"market.series.file=deeper/other.csv"});
    EXPECT_EQ(moved.sha256, one.sha256);
}

TEST_F(SeriesFile, TheResolvedScenarioHoldsThePrices) {
    const Scenario one = with(four_days);
    std::filesystem::remove(folder / "prices.csv");
    const Scenario again = load_text(one.resolved_text, "elsewhere.toml");
    EXPECT_EQ(again.market, one.market);
    EXPECT_EQ(again.sha256, one.sha256);
}

TEST_F(SeriesFile, AndPricesWrittenOutSayItTwice) {
    EXPECT_TRUE(only_problem(problems_with(four_days, columns + "spacing_seconds = 5"),
                             "market.series.spacing_seconds", "says what the file says already"));
}

}  // namespace
}  // namespace hedgestorm::scenario
