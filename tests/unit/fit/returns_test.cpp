// SPDX-License-Identifier: Apache-2.0
#include "host/fit/returns.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "host/support/error.hpp"
#include "tests/support/made_up_series.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::fit {
namespace {

using scenario::instant_in;
using test::only_problem;
using test::problems_of;

struct PriceHistory : testing::Test {
    test::TempFolder folder;

    Returns read(const std::string& csv, const HistoryOptions& options = {}) {
        return read_returns(folder.write("prices.csv", csv), options);
    }
    std::vector<Problem> problems(const std::string& csv, const HistoryOptions& options = {}) {
        return problems_of([&] { read(csv, options); });
    }
};

TEST_F(PriceHistory, IsLogReturnsOfTheColumnsThatNeedNoAsking) {
    const std::vector<double> prices = test::made_up_prices(30);
    const Returns returns = read(test::series_csv(prices, 3600));
    ASSERT_EQ(returns.size(), 29u);
    EXPECT_NEAR(returns.values[4], std::log(prices[5] / prices[4]), 1e-5);
    EXPECT_DOUBLE_EQ(returns.spacing, 1.0 / 8760.0);
    EXPECT_DOUBLE_EQ(returns.spacing_hours, 1.0);
    EXPECT_EQ(returns.time_column, "time");
    EXPECT_EQ(returns.price_column, "close");
    EXPECT_EQ(returns.first, *instant_in("2020-01-01"));
    EXPECT_EQ(returns.last, *instant_in("2020-01-02T05:00"));
    EXPECT_NEAR(returns.last_price, prices.back(), 1e-3);
    EXPECT_EQ(returns.gaps, 0u);
}

/// So many days of a price that wanders, with a column of another one.
std::string two_columns(int days) {
    std::string csv = "day,bid,ask\n";
    for (int i = 0; i < days; ++i) {
        const double price = 100.0 + std::sin(1.7 * i);
        csv +=
            fmt::format("{},{},{}\n", scenario::shown(*instant_in("2021-01-01") + i * 86'400'000LL),
                        price, 2.0 * price);
    }
    return csv;
}

TEST_F(PriceHistory, AsksForTheColumnWhereSeveralMayBeMeant) {
    EXPECT_TRUE(only_problem(problems(two_columns(40)), "",
                             "prices.csv:1: none of the columns is called close: which holds the "
                             "prices? (--price-column NAME, one of bid, ask)"));
    const Returns asked = read(two_columns(40), {"", "ask", {}, {}, Gaps::drop});
    EXPECT_EQ(asked.price_column, "ask");
    EXPECT_NEAR(asked.last_price, 2.0 * (100.0 + std::sin(1.7 * 39)), 1e-3);
    EXPECT_TRUE(only_problem(problems(two_columns(40), {"", "asks", {}, {}, Gaps::drop}), "asks",
                             "did you mean \"ask\"?"));
    EXPECT_TRUE(only_problem(problems("time\n1\n2\n"), "", "the header has one column"));
}

TEST_F(PriceHistory, TakesAWindow) {
    const HistoryOptions window = {"", "bid", instant_in("2021-01-05"), instant_in("2021-02-04"),
                                   Gaps::drop};
    const Returns returns = read(two_columns(60), window);
    EXPECT_EQ(returns.size(), 30u);
    EXPECT_EQ(returns.first, *instant_in("2021-01-05"));
    EXPECT_EQ(returns.last, *instant_in("2021-02-04"));
    const HistoryOptions narrow = {"", "bid", instant_in("2021-01-05"), instant_in("2021-01-10"),
                                   Gaps::drop};
    EXPECT_TRUE(
        only_problem(problems(two_columns(60), narrow), "",
                     "gives 5 returns, at least 20 are needed (--from and --to leave 6 of 60 "
                     "rows)"));
}

TEST_F(PriceHistory, DropsReturnsAcrossGapsOrJoinsThem) {
    std::string csv = "day,close\n";
    for (int i = 0; i < 60; ++i)
        if (i % 7 < 5)  // weekends are closed
            csv += fmt::format("{},{}\n",
                               scenario::shown(*instant_in("2021-01-04") + i * 86'400'000LL),
                               100.0 + i + i % 3);
    const Returns dropped = read(csv);
    EXPECT_EQ(dropped.gaps, 8u);
    EXPECT_EQ(dropped.missing, 16u);
    EXPECT_EQ(dropped.size(), 44u - 1u - 8u);
    EXPECT_EQ(dropped.unseen[4], 3u);  // from Friday to Monday
    EXPECT_EQ(dropped.unseen[3], 0u);
    EXPECT_NEAR(dropped.values[4], std::log((100.0 + 8 + 2) / (100.0 + 7 + 1)), 1e-12);
    HistoryOptions join;
    join.gaps = Gaps::join;
    const Returns joined = read(csv, join);
    EXPECT_EQ(joined.size(), 43u);
    EXPECT_NEAR(joined.values[4], std::log((100.0 + 7 + 1) / (100.0 + 4 + 1)), 1e-12);
    EXPECT_EQ(joined.unseen[4], 0u);
}

TEST_F(PriceHistory, RefusesWhatIsNone) {
    const auto with_row = [](const std::string& row) {
        std::string csv = test::series_csv(test::made_up_prices(30), 3600);
        return csv + row + "\n";
    };
    EXPECT_TRUE(only_problem(problems(""), "", "prices.csv: the file is empty"));
    EXPECT_TRUE(only_problem(problems("time,close\n"), "", "fewer than two rows of prices"));
    EXPECT_TRUE(
        only_problem(problems("time,close\n2020-01-01,5\n"), "", "fewer than two rows of prices"));
    EXPECT_TRUE(only_problem(problems(with_row("2020-01-02T06:00:00Z,nan")), "close",
                             "prices.csv:32:22: close: is \"nan\", must be finite"));
    EXPECT_TRUE(only_problem(problems(with_row("2020-01-02T06:00:00Z,-3")), "close",
                             "is \"-3\", must be above 0"));
    EXPECT_TRUE(only_problem(problems(with_row("2020-01-02T06:00:00Z,x")), "close",
                             "is \"x\", must be a number"));
    EXPECT_TRUE(only_problem(problems(with_row("yesterday,100")), "time",
                             "is \"yesterday\", must be a time"));
    EXPECT_TRUE(only_problem(problems(with_row("2020-01-02T06:30:00Z,100")), "time",
                             "a series has one spacing"));
    EXPECT_TRUE(only_problem(problems(with_row("2020-01-02T05:00:00Z,100")), "time",
                             "two prices at one time"));
    EXPECT_TRUE(only_problem(problems(test::series_csv(std::vector<double>(30, 7.0))), "close",
                             "the price never changes"));
    EXPECT_TRUE(only_problem(problems(test::series_csv(test::made_up_prices(20))), "",
                             "gives 19 returns, at least 20 are needed (take a longer history)"));
    // Everything that is wrong at once.
    EXPECT_EQ(problems(with_row("yesterday,100\n2020-01-02T06:00:00Z,-3")).size(), 2u);
    EXPECT_THROW(read_returns(folder / "nothing.csv", {}), FileError);
}

}  // namespace
}  // namespace hedgestorm::fit
