// SPDX-License-Identifier: Apache-2.0
//
// Prices that may be negative: values against Black's formula on shifted inputs and Bachelier's in
// the limit, the martingale and the distribution below zero, and gains that know no displacement.
// Within 4 standard errors where something is random.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "host/plan/displacement.hpp"
#include "host/plan/plan.hpp"
#include "host/run/outcomes.hpp"
#include "host/run/run.hpp"
#include "tests/support/hedges.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::number;
using test::ScenarioText;

/// A future at 20 that may fall to -60, with a volatility of 32 a year and four times that in
/// stress: a quarter of the paths end below zero.
ScenarioText displaced() {
    ScenarioText text;
    text.set("market.spot", "20").set("market.displacement", "60");
    text.set("market.volatility", "0.4").set("option.implied_volatility", "0.4");
    return text.set("option.strike", "15")
        .append("[[stress]]\nat_days = 10\nduration_days = 15\nrealised_volatility_multiplier = 4");
}

double value_of(double spot, double displacement, double strike, double volatility, double years,
                double rate, const std::string& kind) {
    auto text = test::over(ScenarioText(), years, 1);
    text.set("market.spot", number(spot)).set("market.displacement", number(displacement));
    text.set("market.rate", number(rate)).set("market.dividend_yield", number(rate));
    text.set("option.strike", number(strike)).set("option.kind", "'" + kind + "'");
    text.set("option.implied_volatility", number(volatility)).set("option.quantity", "1");
    text.set("market.volatility", number(volatility)).set("book.premium", "'model'");
    const plan::Plan plan(text.load());
    // The mark and the price under the model are two formulas of one number.
    EXPECT_NEAR(plan.initial_book().premium, -plan.initial_book().value, 1e-12);
    return plan.initial_book().value;
}

TEST(DisplacedMarket, ValuesAreBlacksOnShiftedInputs) {
    // SciPy's normal distribution in e^(-rT) [X N(d1) - (K + a) N(d2)] and its put.
    EXPECT_NEAR(value_of(20, 60, 25, 0.25, 30.0 / 365.0, 0, "call"), 0.6545709942166269, 1e-12);
    EXPECT_NEAR(value_of(20, 60, -5, 0.4, 1, 0.05, "put"), 2.339390312222566, 1e-12);
    EXPECT_NEAR(value_of(-10, 60, -12, 0.4, 1, -0.02, "call"), 8.985243131573307, 1e-12);
    EXPECT_NEAR(value_of(20, -15, 22, 1.1, 0.5, 0.03, "put"), 2.9288641930006905, 1e-12);
}

TEST(DisplacedMarket, TendsToBacheliersAsTheDisplacementGrows) {
    // A normal price: (F - K) N(d) + v sqrt(T) n(d), d = (F - K)/(v sqrt(T)), v = 20 a year.
    constexpr double bachelier = 0.6059870520014973;
    const auto error = [&](double displacement) {
        return value_of(20, displacement, 25, 20.0 / displacement, 30.0 / 365.0, 0, "call") -
               bachelier;
    };
    EXPECT_NEAR(error(1e5), 0.0, 1e-3 * bachelier);
    // Of first order in 1/a.
    EXPECT_NEAR(error(1e4) / error(1e5), 10.0, 0.1);
}

const risk::ColumnRisk& spot_of(const result::Result& result) {
    return *std::find_if(result.risk.path.begin(), result.risk.path.end(),
                         [](const auto& column) { return column.column == Column::spot; });
}

void expect_martingale(const ScenarioText& text) {
    auto many = text;
    many.set("simulation.paths", "524288").set("risk.outcomes", "'standard'");
    const auto spot = spot_of(run::run(many.load(), {}));
    test::expect_within_sigma(spot.mean.value, spot.mean.se, 20.0, 4.0, "E[S]");
    EXPECT_LT(4.0 * spot.mean.se, 0.01 * 20.0);
    EXPECT_LT(spot.min, -20.0);
    EXPECT_GT(spot.min, -60.0);
}

TEST(DisplacedMarket, PriceIsAMartingaleThatGoesBelowZero) {
    expect_martingale(displaced());
    expect_martingale(displaced().set("market.rate", "0.3").set("market.dividend_yield", "0.3"));
    expect_martingale(
        displaced().set("market.model", "'merton'").append(test::merton_table(20, -0.05, 0.1)));
    expect_martingale(test::heston({2.0, 0.16, 0.5, -0.7, 0.16}, "", displaced()));
}

TEST(DisplacedMarket, QuantilesAreThoseOfADisplacedLognormal) {
    auto text = displaced();
    text.set("simulation.paths", "524288").set("risk.columns", "['pnl', 'spot']");
    const auto spot = spot_of(run::run(text.load(), {}));
    const double sd = 0.4 * std::sqrt((15.0 + 16.0 * 15.0) / 365.0);
    const struct {
        std::size_t level;
        double normal;  // its quantile
    } tails[] = {{2, -2.3263478740408408}, {7, 0.0}, {12, 2.3263478740408408}};
    for (const auto& [level, normal] : tails) {
        const double exact = 80.0 * std::exp(-0.5 * sd * sd + sd * normal) - 60.0;
        // Beside chance, the width of a fine bin: 2^-11 of price + 60.
        const risk::Estimate& seen = spot.quantiles[level];
        EXPECT_NEAR(seen.value, exact, 4.0 * seen.se + (exact + 60.0) / 2048.0);
        EXPECT_LT(4.0 * seen.se, 0.01 * (exact + 60.0));
    }
    EXPECT_LT(spot.quantiles[5].value, 0.0);  // of a tenth of the paths
}

TEST(DisplacedMarket, HedgedBooksGainWhatThePricesSay) {
    // No interest and no costs: a put's P&L is premium - payoff + the gain of one future, and the
    // payoff of a price below zero exceeds the strike.
    auto text = displaced();
    text.set("option.kind", "'put'").set("simulation.precision", "'double'");
    text.policy({{"name", "'held'"}, {"rule", "'static'"}, {"initial", "-1"}, {"final", "'mark'"}});
    const scenario::Scenario scenario = text.load();
    const plan::Plan plan(scenario);
    const auto columns =
        test::outcomes(scenario, 2, {{0, Column::pnl}, {test::the_path, Column::spot}});
    const double premium = plan.initial_book().premium;
    EXPECT_GT(premium, 1.0);
    std::size_t below_zero = 0;
    for (std::size_t p = 0; p < columns[0].size(); ++p) {
        const double price = columns[1][p] - plan.displacement();
        below_zero += price < 0.0;
        ASSERT_NEAR(columns[0][p], premium - std::max(15.0 - price, 0.0) - (price - 20.0), 2e-5)
            << p;
    }
    EXPECT_GT(below_zero, columns[0].size() / 5);
}

TEST(DisplacedMarket, ABookBoughtAtItsPriceEarnsNothing) {
    // A rate that is also the dividend, legs that settle and that live on, strikes below zero.
    ScenarioText text;
    text.set("market.spot", "20").set("market.displacement", "60").set("market.rate", "0.2");
    text.set("market.dividend_yield", "0.2").set("market.volatility", "0.4");
    text.set("option.strike", "15").set("option.implied_volatility", "0.4");
    for (const char* leg : {"put'\nstrike = -10\nexpiry_days = 21\nquantity = -1",
                            "call'\nstrike = 40\nexpiry_days = 90\nquantity = 1"})
        text.append(std::string("[[book.option]]\nkind = '") + leg + "\nimplied_volatility = 0.4");
    const auto columns =
        test::outcomes(text.load(), 64, {{0, Column::pnl}, {test::the_path, Column::unhedged_pnl}});
    for (const auto& column : columns) {
        const Moments m = moments_of(column);
        test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "P&L");
    }
    EXPECT_LT(4.0 * moments_of(columns[0]).mean_se, 0.01);  // of legs worth 8 together
}

TEST(DisplacedMarket, PathsAreThoseOfTheShiftedMarketBitForBit) {
    auto shifted = displaced();
    shifted.without("market.displacement").set("market.spot", "80").set("option.strike", "75");
    const std::vector<test::Wanted> wanted = {{0, Column::pnl},
                                              {0, Column::hedge_slippage},
                                              {0, Column::turnover},
                                              {0, Column::drawdown},
                                              {test::the_path, Column::spot},
                                              {test::the_path, Column::unhedged_pnl}};
    const auto costly = [](ScenarioText text) { return text.set("costs.fee_bps", "5").load(); };
    EXPECT_EQ(test::outcomes(costly(displaced()), 1, wanted),
              test::outcomes(costly(shifted), 1, wanted));
}

TEST(DisplacedMarket, OutcomesPathByPathArePricesToo) {
    const scenario::Scenario scenario = displaced().load();
    run::OutcomeRuns runs("auto", 2, nullptr);
    const run::Outcomes seen = runs.outcomes(scenario, 0, 5000, {Column::pnl, Column::spot});
    const auto raw =
        test::outcomes(scenario, 2, {{0, Column::pnl}, {test::the_path, Column::spot}});
    for (std::size_t p = 0; p < 5000; ++p) {
        ASSERT_EQ(seen.values(0, Column::pnl)[p], raw[0][p]);
        ASSERT_EQ(seen.values(0, Column::spot)[p], static_cast<float>(raw[1][p] - 60.0));
    }
}

TEST(DisplacedMarket, AProxyIsHeldAgainstDollarsOfThePrice) {
    // rho sigma (S + a) / (sigma_F F) units for one of delta.
    auto text = displaced().append(test::proxy(25.0, 0.8, 0.5));
    const plan::InitialBook book = plan::Plan(text.load()).initial_book();
    EXPECT_NEAR(book.initial_hedge.at(0), -book.delta * 0.5 * 0.4 * 80.0 / (0.8 * 25.0), 1e-12);
}

}  // namespace
}  // namespace hedgestorm
