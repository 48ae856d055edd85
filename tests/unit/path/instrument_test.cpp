// SPDX-License-Identifier: Apache-2.0
//
// The hedge's own price: its distribution, what it leaves alone, and what holding it costs.

#include "kernels/path/market/instrument.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"
#include "kernels/path/market.hpp"
#include "tests/support/hedges.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm::path {
namespace {

using test::ScenarioText;
using Random = math::Philox<std::uint32_t>;

/// Prices at every grid time of one path, t_0 included.
struct Prices {
    std::vector<double> spot, hedge;
    double basis(std::size_t i) const { return hedge[i] / spot[i] - 1.0; }
};

Prices prices_of(const PathParams<double>& params, std::uint32_t path) {
    constexpr int block = 8;
    Market<double, Random, Markets::any> market(params, path, 3);
    MarketBlock<double, block> at{};
    Prices prices;
    for (std::uint32_t first = 0; first < params.steps; first += block) {
        const std::uint32_t count = std::min<std::uint32_t>(block, params.steps - first);
        market.advance(params, first, count, at);
        const std::uint32_t from = first == 0 ? 0 : 1;
        prices.spot.insert(prices.spot.end(), at.spot + from, at.spot + count + 1);
        prices.hedge.insert(prices.hedge.end(), at.price + from, at.price + count + 1);
    }
    return prices;
}

ScenarioText in_doubles(const std::string& hedge, double years, int steps) {
    return test::over(ScenarioText().set("simulation.precision", "'double'").append(hedge), years,
                      steps);
}

double correlation_of(const std::vector<double>& x, const std::vector<double>& y) {
    const auto a = test::moments_of(x);
    const auto b = test::moments_of(y);
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
    return sum / (static_cast<double>(x.size()) - 1.0) / (a.sd * b.sd);
}

TEST(Funding, FollowsTheFormulaOfTheExchanges) {
    FundingParams<double> funding{};
    funding.interest = 0.0001;
    funding.clamp = 0.0005;
    // Premium and rate in percent: the clamp of Binance and BitMEX, interest 0.01 % per 8 hours.
    constexpr double table[][2] = {{-0.20, -0.15}, {-0.10, -0.05}, {-0.05, 0.0},
                                   {-0.04, 0.01},  {0.0, 0.01},    {0.06, 0.01},
                                   {0.07, 0.02},   {0.10, 0.05},   {0.20, 0.15}};
    for (const auto& [premium, rate] : table)
        EXPECT_NEAR(premium_funding(funding, premium / 100.0), rate / 100.0, 1e-15) << premium;
}

TEST(Basis, HasTheVarianceOfAnOrnsteinUhlenbeckProcess) {
    // kappa 50, volatility 0.3: variance s^2/(2 kappa) (1 - e^{-2 kappa t}) after a week, and a
    // day-to-day autocorrelation of e^{-kappa/365}.
    const plan::Plan plan(in_doubles(test::perpetual(50.0, 0.01, 0.3, 0.0), 8.0 / 365.0, 8).load());
    constexpr std::uint32_t paths = 300'000;
    std::vector<double> week(paths);
    double shared = 0.0;
    double square = 0.0;
    for (std::uint32_t p = 0; p < paths; ++p) {
        const Prices prices = prices_of(*plan.view().reference, p);
        week[p] = prices.basis(7);
        shared += (prices.basis(7) - 0.01) * (prices.basis(8) - 0.01);
        square += (prices.basis(7) - 0.01) * (prices.basis(7) - 0.01);
    }
    const auto m = test::moments_of(week);
    test::expect_within_sigma(m.mean, m.mean_se, 0.01, 4.0, "mean");
    const double sd = 0.03 * std::sqrt(-std::expm1(-100.0 * 7.0 / 365.0));
    test::expect_within_sigma(m.sd, m.sd_se, sd, 4.0, "sd");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * sd);
    // The slope's standard error is sqrt(Var[rest] / sum of squares).
    const double rest = 0.03 * 0.03 * -std::expm1(-100.0 / 365.0);
    test::expect_within_sigma(shared / square, std::sqrt(rest / square), 0.871982171, 4.0, "acf");
    EXPECT_LT(4.0 * std::sqrt(rest / square), 0.01 * 0.87);
}

TEST(Basis, IsCorrelatedWithWhatMovesTheSpot) {
    // Over one step the correlation is rho overlap / sqrt(t square), overlap = (1 - e^{-kappa t}) /
    // kappa, square = (1 - e^{-2 kappa t}) / (2 kappa): 0.6 times 0.94 at kappa t = 1.2.
    const double years = 0.024;
    const plan::Plan plan(in_doubles(test::perpetual(50.0, 0.0, 0.3, 0.6), years, 1).load());
    constexpr std::uint32_t paths = 100'000;
    std::vector<double> basis(paths);
    std::vector<double> log_return(paths);
    for (std::uint32_t p = 0; p < paths; ++p) {
        const Prices prices = prices_of(*plan.view().reference, p);
        basis[p] = prices.basis(1);
        log_return[p] = std::log(prices.spot[1]);
    }
    const double overlap = -std::expm1(-1.2) / 50.0;
    const double square = -std::expm1(-2.4) / 100.0;
    const double expected = 0.6 * overlap / std::sqrt(years * square);
    const double se = (1.0 - expected * expected) / std::sqrt(double(paths));
    test::expect_within_sigma(correlation_of(basis, log_return), se, expected, 4.0, "correlation");
    EXPECT_LT(4.0 * se, 0.02 * expected);
}

TEST(Proxy, HasItsOwnMomentsAndTheCorrelationThatWasAskedFor) {
    const plan::Plan plan(
        in_doubles(test::proxy(101.0, 0.85, 0.9), 0.25, 2).set("market.volatility", "0.8").load());
    constexpr std::uint32_t paths = 200'000;
    std::vector<double> spot(paths);
    std::vector<double> hedge(paths);
    for (std::uint32_t p = 0; p < paths; ++p) {
        const Prices prices = prices_of(*plan.view().reference, p);
        ASSERT_EQ(prices.hedge[0], 101.0);
        spot[p] = std::log(prices.spot[2] / 100.0);
        hedge[p] = std::log(prices.hedge[2] / 101.0);
    }
    const auto m = test::moments_of(hedge);
    test::expect_within_sigma(m.mean, m.mean_se, -0.5 * 0.85 * 0.85 * 0.25, 4.0, "mean");
    test::expect_within_sigma(m.sd, m.sd_se, 0.85 * 0.5, 4.0, "sd");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * m.sd);
    const double se = (1.0 - 0.81) / std::sqrt(double(paths));
    test::expect_within_sigma(correlation_of(spot, hedge), se, 0.9, 4.0, "correlation");
}

TEST(Proxy, GoesWithAScriptedStressByItsBeta) {
    auto text = in_doubles(test::proxy(50.0, 1e-9, 0.5) + "\nstress_beta = 1.5", 0.25, 4);
    text.append("[[stress]]\nat_days = 20\nduration_days = 10\nspot_log_move = -0.2");
    const plan::Plan plan(text.load());
    const Prices prices = prices_of(*plan.view().reference, 0);
    EXPECT_NEAR(prices.hedge.back(), 50.0 * std::exp(-0.3), 1e-5);
}

TEST(Instrument, LeavesTheSpotAsItWas) {
    std::vector<std::vector<float>> spots;
    for (const std::string& hedge :
         {std::string(), test::perpetual(50.0, 0.0, 0.3, 0.6, "[hedge.funding]\nevery_hours = 24"),
          test::proxy(101.0, 0.85, 0.9), test::borrowed(0.1)}) {
        const auto text = ScenarioText().append(hedge);
        spots.push_back(test::outcomes(text.load(), 1, {{test::the_path, Column::spot}})[0]);
        EXPECT_EQ(spots.back(), spots.front()) << hedge;
    }
}

TEST(Instrument, IsTheUnderlyingWhereItsBasisIsNothing) {
    // No rate: a perpetual without funding then earns what the spot earns, to the bit.
    const std::vector<test::Wanted> wanted = {
        {0, Column::pnl}, {0, Column::total_cost}, {0, Column::residual_delta_rms}};
    auto text = ScenarioText().set("costs.fee_bps", "3").set("costs.half_spread_bps", "2");
    const auto spot = test::outcomes(text.load(), 1, wanted);
    text.append("[[hedge]]\nname = 'perp'\ninstrument = 'perpetual'");
    EXPECT_EQ(test::outcomes(text.load(), 1, wanted), spot);
}

/// A static hedge of so many units, nothing else to pay.
ScenarioText holding(double units, const std::string& hedge, int steps) {
    auto text = test::over(ScenarioText(), 0.25, steps);
    text.policy({{"name", "'held'"},
                 {"rule", "'static'"},
                 {"initial", test::number(units)},
                 {"final", "'mark'"}});
    return text.append(hedge);
}

TEST(Holding, ALongPerpetualPaysTheKnownRateOnItsNotional) {
    // One funding time, at the horizon; the basis stays where it starts.
    const std::string hedge = test::perpetual(
        0.0, 0.02, 0.0, 0.0,
        "[hedge.funding]\nmodel = 'known'\nrates = [0.004]\ncap = 0.003\nevery_years = 0.25");
    for (const double units : {3.0, -3.0}) {
        const auto columns =
            test::outcomes(holding(units, hedge, 3).load(), 1,
                           {{0, Column::funding_cost}, {test::the_path, Column::spot}});
        for (std::size_t p = 0; p < tile_paths; ++p)
            ASSERT_NEAR(columns[0][p], 0.003 * units * 1.02 * columns[1][p], 1e-5);
    }
}

TEST(Holding, PaysTheMeanPremiumSinceTheLastFundingTime) {
    // A basis that stays at 2 %: each of three times pays 2 % - 0.05 %.
    const std::string hedge =
        test::perpetual(0.0, 0.02, 0.0, 0.0, "[hedge.funding]\ncap = 0.5\nevery_years = 0.08");
    auto text = holding(-1.0, hedge, 25);
    text.set("market.volatility", "1e-6").set("simulation.precision", "'double'");
    const auto columns = test::outcomes(text.load(), 1, {{0, Column::funding_cost}});
    for (std::size_t p = 0; p < tile_paths; ++p)
        ASSERT_NEAR(columns[0][p], -3.0 * 0.0195 * 102.0, 1e-4);
}

TEST(Holding, AMeanRevertingRateHasItsMeanAndSpread) {
    // Known at two times: the second rate's variance is s^2/(2 kappa) (1 - e^{-2 kappa 0.2}).
    const std::string hedge = test::perpetual(
        0.0, 0.0, 0.0, 0.0,
        "[hedge.funding]\nmodel = 'mean_reverting'\nmean = 0.001\ninitial = 0.003\nkappa = 4\n"
        "volatility = 0.01\ncap = 1\nevery_years = 0.125");
    auto text = holding(1.0, hedge, 2);
    text.set("market.volatility", "1e-6").set("simulation.precision", "'double'");
    const auto columns = test::outcomes(text.load(), 64, {{0, Column::funding_cost}});
    const double decay = std::exp(-0.5);
    const double first = 0.001 + 0.002 * decay;
    const double second = 0.001 + 0.002 * decay * decay;
    const double variance = 1e-4 * -std::expm1(-1.0) / 8.0;
    const auto m = test::moments_of(columns[0]);
    test::expect_within_sigma(m.mean, m.mean_se, 100.0 * (first + second), 4.0, "mean");
    // f_1 + f_2 = (1 + e^{-kappa t}) f_1 + an independent shock.
    const double sd = 100.0 * std::sqrt(variance * ((1.0 + decay) * (1.0 + decay) + 1.0));
    test::expect_within_sigma(m.sd, m.sd_se, sd, 4.0, "sd");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * sd);
}

TEST(Holding, OnlyAShortPaysForBorrowing) {
    for (const double units : {2.0, -2.0}) {
        const auto columns =
            test::outcomes(holding(units, test::borrowed(0.12), 1).load(), 1,
                           {{0, Column::funding_cost}, {test::the_path, Column::spot}});
        for (std::size_t p = 0; p < tile_paths; ++p)
            ASSERT_NEAR(columns[0][p], units > 0.0 ? 0.0 : 2.0 * 0.12 * 0.25 * columns[1][p], 1e-5);
    }
}

TEST(Holding, APerpetualTiesUpNoCash) {
    const std::vector<test::Wanted> wanted = {
        {0, Column::interest}, {test::the_path, Column::unhedged_interest}, {0, Column::dividends}};
    auto text = holding(5.0, "", 1).set("market.rate", "0.08").set("market.dividend_yield", "0.02");
    const auto spot = test::outcomes(text.load(), 1, wanted);
    text.append(test::perpetual(0.0, 0.0, 0.0, 0.0));
    const auto perpetual = test::outcomes(text.load(), 1, wanted);
    EXPECT_EQ(perpetual[0], perpetual[1]);
    EXPECT_EQ(perpetual[2], std::vector<float>(tile_paths, 0.0f));
    for (std::size_t p = 0; p < tile_paths; ++p) {
        ASSERT_NEAR(spot[0][p] - spot[1][p], -500.0 * std::expm1(0.02), 1e-4);
        ASSERT_GT(spot[2][p], 0.0f);
    }
}

/// Stress at a time, and the same set off on every path by a fall that the script makes.
std::vector<std::string> in_both_ways(const std::string& keys) {
    return {"[[stress]]\nat_days = 30\n" + keys,
            "[[stress]]\nat_days = 29\nduration_days = 1\nspot_log_move = -0.5\n"
            "[[stress]]\nwhen = { fall = 0.3 }\n" +
                keys};
}

TEST(StressOfTheHedge, ABasisMoveShiftsThePriceAndItsPremium) {
    // A quarter of 365 days in steps of a day; in force from day 30 to day 50, gone with a
    // half-life of ten.
    const std::string hedge = test::perpetual(0.0, 0.0, 0.0, 0.0);
    for (const std::string& stress :
         in_both_ways("basis_move = 0.04\nduration_days = 20\nhalf_life_days = 10")) {
        const auto text =
            in_doubles(hedge, 80.0 / 365.0, 80).set("market.volatility", "1e-6").append(stress);
        const plan::Plan plan(text.load());
        const Prices prices = prices_of(*plan.view().reference, 0);
        EXPECT_NEAR(prices.basis(29), 0.0, 1e-9);
        EXPECT_NEAR(prices.basis(40), 0.04, 1e-9);
        EXPECT_NEAR(prices.basis(60), 0.02, 1e-9);
    }
}

/// 365 % a year for twenty of eighty days in daily steps is twenty payments of 1 %.
void expect_twenty_payments(double units, const std::string& hedge, const std::string& rate) {
    for (const std::string& stress : in_both_ways(rate + " = 3.65\nduration_days = 20")) {
        auto text = test::over(holding(units, hedge, 80), 80.0 / 365.0, 80)
                        .set("market.volatility", "1e-6")
                        .set("simulation.precision", "'double'")
                        .append(stress);
        const auto cost = test::outcomes(text.load(), 1, {{0, Column::funding_cost}})[0][0];
        const bool has_fallen = stress.find("when") != std::string::npos;
        const double price = has_fallen ? 100.0 * std::exp(-0.5) : 100.0;
        EXPECT_NEAR(cost, 20 * 0.01 * price, 1e-4) << stress;
    }
}

TEST(StressOfTheHedge, AFundingRateIsPaidForAsLongAsItLasts) {
    expect_twenty_payments(1.0,
                           test::perpetual(0.0, 0.0, 0.0, 0.0,
                                           "[hedge.funding]\nevery_days = 1\ncap = 1\n"
                                           "interest = 0\nclamp = 0"),
                           "funding_rate");
}

TEST(StressOfTheHedge, ABorrowRateIsPaidByAShortOfASpotThatWasFree) {
    expect_twenty_payments(-1.0, "", "borrow_rate");
}

}  // namespace
}  // namespace hedgestorm::path
