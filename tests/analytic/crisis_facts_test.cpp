// SPDX-License-Identifier: Apache-2.0

// The shipped scenarios against what their headers claim of the median path: where it goes, how
// long its fall takes, and the volatility it has where history measured one.

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/conditions_of.hpp"
#include "tests/support/median_path.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm::test {
namespace {

/// A move of the median path, as a fraction, from one hour of the scenario to another.
struct Move {
    double from;
    double to;
    double fraction;
};

/// A realised volatility as the fact was measured: closes at these hours, annualised.
struct RealisedVolatility {
    std::vector<double> closes;
    double closes_per_year;
    double value;
};

/// Hours between which the median path makes its largest fall.
struct Fall {
    double from;
    double to;
};

struct Episode {
    const char* file;
    std::vector<Move> moves;
    std::vector<RealisedVolatility> volatilities;
    std::vector<Fall> fall;  ///< one, or none where the fall is not an event of its own
};

void PrintTo(const Episode& episode, std::ostream* out) {
    *out << episode.file;
}

/// Close of a weekday, the scenario's first day being Monday 0 and opening at hour 0.
constexpr double close(int day, double session = 6.5) {
    return 24.0 * day + session;
}

/// The closes of all weekdays from `first` to `last`.
std::vector<double> daily(int first, int last) {
    std::vector<double> closes;
    for (int day = first; day <= last; ++day)
        if (day % 7 < 5) closes.push_back(close(day));
    return closes;
}

std::vector<double> hourly(int from, int to) {
    std::vector<double> closes;
    for (int hour = from; hour <= to; ++hour) closes.push_back(hour);
    return closes;
}

constexpr double trading_days = 252.0;
constexpr double hours = 8760.0;
constexpr double minute = 1.0 / 60.0;
constexpr double second = 1.0 / 3600.0;
constexpr double pause_2010 = 278128.0 * second;

std::vector<Episode> episodes() {
    return {
        {"crash-1987",
         {{0.0, close(4), -0.091},
          {close(2), close(3), -0.023},
          {close(3), close(4), -0.052},
          {close(4), close(7), 224.84 / 282.70 - 1.0},
          {close(7), close(8), 0.053},
          {close(8), close(9), 0.091}},
         {{daily(4, 11), trading_days, 1.80}, {daily(4, 32), trading_days, 1.00}},
         {{0.0, close(7)}}},
        {"ltcm-1998",
         {{0.0, close(42), 957.28 / 1186.75 - 1.0}, {close(39), close(42), -0.068}},
         {{daily(11, 39), trading_days, 0.246}, {daily(39, 67), trading_days, 0.417}},
         {{0.0, close(42)}}},
        {"lehman-2008",
         {{0.0, close(0), -0.0471}, {close(17), close(24), -0.183}, {close(25), close(28), 0.116}},
         {{daily(24, 31), trading_days, 1.07}, {daily(24, 52), trading_days, 0.80}},
         {}},
        {"flash-crash-2010",
         {{4631.0 * minute, 4635.0 * minute, -0.030},
          {pause_2010 - 15.0 * second, pause_2010, -0.017},
          {0.0, pause_2010, 1056.0 / 1162.0 - 1.0},
          {close(2), close(3), -0.0324}},
         {},
         {{72.0, pause_2010}}},
        {"franc-2015",
         {{0.0, 590.0 * minute, 0.855 / 1.2011 - 1.0}, {590.0 * minute, 22.0, 1.03 / 0.855 - 1.0}},
         {},
         {{570.0 * minute, 571.0 * minute}}},  // a gap, in twenty minutes without trading
        {"volmageddon-2018",
         {{0.0, close(10), -0.102}, {close(4), close(7), -0.041}},
         {{daily(4, 32), trading_days, 0.26}},
         {}},
        {"black-thursday-2020",
         {},  // its legs are net of the median's drift; the test below compares the script
         {{hourly(10, 34), hours, 7.15}},
         {{10.25, 26.25}}},
        {"usdc-2023", {}, {{hourly(0, 62), hours, 0.675}}, {}},
        {"funding-squeeze", {{48.0, 336.0, 0.20}}, {}, {}},
        {"covid-equities-2020",
         {{close(9), close(42), -0.339},
          {close(30), close(31), -0.0951},
          {close(32), close(35), -0.1198}},
         {{daily(2, 30), trading_days, 0.52}, {daily(30, 58), trading_days, 0.91}},
         {{close(9), close(42)}}},
        {"wti-2020", {}, {}, {{970.0 * minute, 1229.0 * minute}}},  // its prices are tested below
        {"terra-2022",
         {{0.0, 24.0, 30078.0 / 34033.0 - 1.0}, {0.0, 79.0, 25339.0 / 34033.0 - 1.0}},
         {},
         {{0.0, 79.0}}},
        {"ftx-2022",
         {{0.0, 20.0, 17500.0 / 20593.0 - 1.0},
          {0.0, 24.0, 18550.0 / 20593.0 - 1.0},
          {24.0, 46.0, 15512.0 / 18550.0 - 1.0},
          {24.0, 48.0, 15892.0 / 18550.0 - 1.0},
          {48.0, 72.0, 0.105},
          {0.0, 324.0, 15480.0 / 20593.0 - 1.0}},
         {},
         {}},
        {"yen-2024",
         {{close(4, 6.0), close(7, 6.0), -0.124}, {close(7, 6.0), close(8, 6.0), 0.10}},
         {},
         {{0.0, close(7, 6.0)}}},
        {"liquidations-2025",
         {{0.0, 1280.0 * minute, 104.5 / 117.0 - 1.0}},
         {},
         {{1250.0 * minute, 1280.0 * minute}}},
        {"melt-up", {{0.0, 774.5, 0.15}}, {}, {}},
        {"whipsaw", {{48.0, 54.5, -0.04}, {48.0, 270.5, 0.0}}, {}, {}},
    };
}

scenario::Scenario shipped(const std::string& name,
                           const std::vector<std::string>& overrides = {}) {
    return scenario::load(std::string(HEDGESTORM_SOURCE_DIR) + "/scenarios/" + name + ".toml",
                          overrides);
}

class CrisisFacts : public testing::TestWithParam<Episode> {};

TEST_P(CrisisFacts, MedianPathMakesTheMovesOfItsHeader) {
    const plan::Plan plan(shipped(GetParam().file));
    const MedianPath path(plan);
    for (const Move& move : GetParam().moves) {
        const double made = std::expm1(path.log_return(move.from, move.to));
        EXPECT_NEAR(made, move.fraction, 0.003) << "hours " << move.from << " to " << move.to;
    }
}

TEST_P(CrisisFacts, MedianPathHasTheRealisedVolatilityOfTheFact) {
    const plan::Plan plan(shipped(GetParam().file));
    const MedianPath path(plan);
    for (const RealisedVolatility& fact : GetParam().volatilities) {
        // 10 % is what the scenarios claim; the median of 4001 paths of five closes or more
        // has a standard error of at most 0.6 % of it.
        EXPECT_NEAR(path.realised_volatility(fact.closes, fact.closes_per_year), fact.value,
                    0.10 * fact.value)
            << "from hour " << fact.closes.front() << " to " << fact.closes.back();
    }
}

TEST_P(CrisisFacts, FallOfTheMedianPathLastsAsLongAsHistorys) {
    const plan::Plan plan(shipped(GetParam().file));
    const Drawdown drawdown = MedianPath(plan).largest_drawdown();
    for (const Fall& fall : GetParam().fall) {
        // The drawdown leaves out the first twentieth of the fall, which a slow start makes long.
        const double most = 0.1 + 0.25 * (fall.to - fall.from);
        EXPECT_NEAR(drawdown.from, fall.from, most);
        EXPECT_NEAR(drawdown.to, fall.to, 0.51 + 0.01 * (fall.to - fall.from));
    }
}

INSTANTIATE_TEST_SUITE_P(Episodes, CrisisFacts, testing::ValuesIn(episodes()),
                         [](const auto& info) {
                             std::string name = info.param.file;
                             std::erase(name, '-');
                             return name;
                         });

/// What stress makes of the market of a shipped scenario at an hour.
path::Conditions<double> condition(const std::string& name, double hour) {
    const plan::Plan plan(shipped(name, {"simulation.precision=double"}));
    return conditions_of(plan, 0).at(plan.grid().step_ending_at(hour / hours));
}

TEST(Usdc2023, CollateralHasThePricesOfItsHeader) {
    for (const auto& [hour, price] : {std::pair(6.0, 0.915),
                                      {10.25, 0.874},
                                      {15.0, 0.901},
                                      {20.0, 0.950},
                                      {49.0, 0.990},
                                      {64.0, 0.999}})
        EXPECT_NEAR(condition("usdc-2023", hour).collateral, price, 1e-9) << "hour " << hour;
}

TEST(FundingSqueeze, CostsMoreThanHalfAPercentADayForAWeek) {
    const scenario::Funding rules = *shipped("funding-squeeze").hedges.at(0).funding;
    for (const double day : {4.0, 7.0, 11.0}) {
        // With a mean basis of one basis point, the rate is that of the exchanges' formula.
        const double premium = condition("funding-squeeze", 24.0 * day).basis + 1e-4;
        const double rate = premium - std::min(rules.clamp, premium - rules.interest);
        EXPECT_GT(3.0 * rate, 0.005) << "day " << day;
        EXPECT_LT(rate, rules.cap);
    }
}

TEST(Wti2020, MedianPathHasThePricesOfItsHeader) {
    const plan::Plan plan(shipped("wti-2020"));
    const MedianPath path(plan);
    for (const auto& [at, price] : {std::pair(0.0, 18.27),
                                    {970.0 * minute, 17.73},
                                    {1210.0 * minute, 0.50},
                                    {1229.0 * minute, -40.32},
                                    {20.5, -37.63}})
        EXPECT_NEAR(path.price(at), price, 0.02) << "hour " << at;
}

TEST(BlackThursday, ScriptedMovesEndWhereHistoryDid) {
    const scenario::Scenario scenario = shipped("black-thursday-2020");
    double first = 0.0;
    double second = 0.0;
    for (const auto& stress : scenario.stresses) {
        if (stress.name == "first leg") first = stress.spot_log_move;
        if (stress.name == "second leg" || stress.name == "the low") second += stress.spot_log_move;
    }
    EXPECT_NEAR(first, std::log(6015.0 / 7354.0), 0.001);
    EXPECT_NEAR(second, std::log(3782.0 / 5803.0), 0.001);
}

TEST(BlackThursday, FactsAreThoseOfThePriceHistory) {
    const auto folder = shared_data();
    if (!folder)
        HS_SKIP_OR_FAIL("shared-data", "the hourly bitcoin prices are not beside this checkout");
    std::ifstream file(*folder / "btcusdt_binance_1h_2017_2021.csv");
    ASSERT_TRUE(file);
    std::vector<double> closes;
    std::string line;
    while (std::getline(file, line)) {
        // The close before 10:00, then the closes of the 24 hours from 10:00 on 12 March.
        if (line < "2020-03-12T09" || line >= "2020-03-13T10") continue;
        std::size_t at = 0;
        for (int comma = 0; comma < 4; ++comma) at = line.find(',', at) + 1;
        closes.push_back(std::stod(line.substr(at)));
    }
    ASSERT_EQ(closes.size(), 25u);
    double square = 0.0;
    for (std::size_t i = 1; i < closes.size(); ++i)
        square += std::log(closes[i] / closes[i - 1]) * std::log(closes[i] / closes[i - 1]);
    EXPECT_NEAR(std::sqrt(square * hours / 24.0), 7.15, 0.01);
}

}  // namespace
}  // namespace hedgestorm::test
