// SPDX-License-Identifier: Apache-2.0
//
// A book bought at its model price in a market without frictions earns nothing on average, hedged
// or not, whatever the rate, the dividend, the kind of leg and when it expires: premium, interest,
// dividends, settlements and marks must all be right for E[P&L] to be 0. Within 4 standard errors.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

/// Two years, a high rate and dividend, and policies with very different positions.
ScenarioText carried_book() {
    ScenarioText text;
    text.without("simulation.horizon_days").set("simulation.horizon_years", "2");
    text.set("simulation.steps", "52").set("market.volatility", "0.25");
    text.set("market.rate", "0.08").set("market.dividend_yield", "0.03");
    text.without("option.expiry_days").set("option.expiry_years", "2");
    text.set("option.implied_volatility", "0.25").set("risk.outcomes", "'standard'");
    text.append("[[policy]]\nname = 'held'\nrule = 'static'\ninitial = 2.0\nfinal = 'mark'");
    return text.append(
        "[[policy]]\nname = 'half'\nrule = 'band'\nhalf_width = 0.1\n"
        "hedge_ratio = 0.5");
}

std::string leg(const std::string& kind, double strike, double expiry, double quantity) {
    return "[[book.option]]\nname = 'leg " + kind + std::to_string(expiry) + "'\nkind = '" + kind +
           "'\nstrike = " + std::to_string(strike) + "\nexpiry_years = " + std::to_string(expiry) +
           "\nquantity = " + std::to_string(quantity) + "\nimplied_volatility = 0.25";
}

void expect_nothing_earned(const ScenarioText& text, double visible) {
    const auto columns = test::outcomes(text.load(), 96,
                                        {{0, Column::pnl},
                                         {1, Column::pnl},
                                         {2, Column::pnl},
                                         {test::the_path, Column::unhedged_pnl}});
    const char* names[] = {"every step", "held", "half", "unhedged"};
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const Moments m = moments_of(columns[c]);
        const double discount = std::exp(-0.08 * 2.0);
        test::expect_within_sigma(m.mean * discount, m.mean_se * discount, 0.0, 4.0, names[c]);
    }
    // Hedging makes the test sharp: a cent on a price of 100 would be seen.
    EXPECT_LT(4.0 * moments_of(columns[0]).mean_se, visible);
}

TEST(FairPrice, AShortCallEarnsNothing) {
    expect_nothing_earned(carried_book(), 0.02);
}

TEST(FairPrice, ALongPutEarnsNothing) {
    expect_nothing_earned(carried_book().set("option.kind", "'put'").set("option.quantity", "1"),
                          0.02);
}

TEST(FairPrice, LegsThatSettleBeforeTheHorizonEarnNothing) {
    // Off the grid, on it, deep in the money: cash from settlements must earn interest from then
    // on.
    expect_nothing_earned(
        carried_book().append(leg("put", 150.0, 0.731, -1.0)).append(leg("call", 60.0, 0.5, 1.0)),
        0.04);
}

TEST(FairPrice, LegsMarkedWithLifeLeftEarnNothing) {
    expect_nothing_earned(
        carried_book().append(leg("put", 110.0, 3.5, -2.0)).append(leg("call", 90.0, 2.25, 1.0)),
        0.03);
}

TEST(FairPrice, NoRateMeansNoRateAndTheDividendAlone) {
    auto text = carried_book();
    text.set("market.rate", "0.0").set("market.dividend_yield", "0.06");
    expect_nothing_earned(text, 0.02);
    text.set("market.rate", "-0.05").set("market.dividend_yield", "0.0");
    expect_nothing_earned(text, 0.02);
}

TEST(FairPrice, TheModelPremiumIsFairWhateverTheMarksAre) {
    auto text = carried_book();
    text.set("book.premium", "'model'").set("option.implied_volatility", "0.4");
    const auto columns =
        test::outcomes(text.load(), 96, {{0, Column::pnl}, {test::the_path, Column::unhedged_pnl}});
    for (const auto& column : columns) {
        const Moments m = moments_of(column);
        test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "P&L");
    }
}

TEST(FairPrice, UnhedgedAtNoRateIsTheChangeInValue) {
    const auto columns = test::outcomes(ScenarioText().set("risk.outcomes", "'standard'").load(),
                                        256, {{test::the_path, Column::unhedged_pnl}});
    const Moments m = moments_of(columns[0]);
    test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "P&L");
    EXPECT_LT(4.0 * m.mean_se, 0.02);
}

}  // namespace
}  // namespace hedgestorm
