// SPDX-License-Identifier: Apache-2.0

#include "host/plan/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "host/plan/black_scholes.hpp"
#include "host/support/error.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::OptionKind;
using test::ScenarioText;

/// The base case: one short call at 100, a quarter of a year, 0.2, no rate.
ScenarioText quarter() {
    ScenarioText text;
    text.without("simulation.horizon_days").set("simulation.horizon_years", "0.25");
    return text.without("option.expiry_days").set("option.expiry_years", "0.25");
}

TEST(InitialBook, IsTheTableWorkedOutByHand) {
    const Plan plan(quarter().set("option.quantity", "-3").set("option.multiplier", "10").load());
    const InitialBook& book = plan.initial_book();
    EXPECT_NEAR(book.value, -30 * 3.987761168, 1e-7);
    EXPECT_NEAR(book.premium, 30 * 3.987761168, 1e-7);
    EXPECT_NEAR(book.delta, -30 * 0.5199388058, 1e-8);
    EXPECT_NEAR(book.dollar_gamma, -30 * 0.03984439141 * 100.0, 1e-7);  // S^2 / 100
    EXPECT_NEAR(book.vega, -30 * 0.199221957, 1e-7);
    // theta = -vega sigma / (2 T) a year without a rate: short options earn it.
    EXPECT_NEAR(book.theta, 30 * 19.9221957 * 0.2 / 0.5 / 365, 1e-7);
    EXPECT_NEAR(book.gross_units, 30.0, 1e-12);
    EXPECT_NEAR(book.gross_notional, 3000.0, 1e-9);
    ASSERT_EQ(book.initial_hedge.size(), 1u);
    EXPECT_NEAR(book.initial_hedge[0], 30 * 0.5199388058, 1e-8);
}

TEST(InitialBook, TakesThePremiumTheScenarioSays) {
    const auto premium = [](const char* mode, double expected) {
        auto text = quarter();
        const Plan plan(text.set("market.volatility", "0.3").set("book.premium", mode).load());
        EXPECT_NEAR(plan.initial_book().premium, expected, 1e-7) << mode;
        EXPECT_NEAR(plan.view().single->premium, expected, 1e-6) << mode;
    };
    const double model = black_scholes(OptionKind::call, 100, 100, 0.25, 0.3, 0, 0).value;
    premium("'mark'", 3.987761168);
    premium("'model'", model);
    premium("'none'", 0.0);
    premium("4.5", 4.5);
    premium("-1.25", -1.25);
}

struct Opening {
    double held, turnover, spread, fee, fixed, trades;
};

Opening opening(ScenarioText text, ScenarioText::Keys policy) {
    text.set("costs.half_spread_bps", "10").set("costs.fee_bps", "20").set("costs.fixed", "0.5");
    policy.insert(policy.begin(), {"name", "'p'"});
    text.set("simulation.precision", "'double'");
    const Plan plan(text.policy(policy).load());
    const auto& a = plan.view().reference->account[0];
    EXPECT_NEAR(plan.initial_book().initial_hedge[0], a.held, 1e-12);
    EXPECT_NEAR(a.after_trade, plan.initial_book().delta + a.held, 1e-12);
    return {a.held, a.turnover, a.spread_cost, a.fee_cost, a.fixed_cost, a.trades};
}

TEST(InitialTrade, IsPaidForWhenItIsATrade) {
    const Opening traded = opening(quarter(), {{"rule", "'static'"}});
    EXPECT_NEAR(traded.held, 0.5199388058, 1e-9);
    EXPECT_NEAR(traded.turnover, 51.99388058, 1e-7);
    EXPECT_NEAR(traded.spread, 0.05199388058, 1e-10);
    EXPECT_NEAR(traded.fee, 0.10398776116, 1e-10);
    EXPECT_EQ(traded.fixed, 0.5);
    EXPECT_EQ(traded.trades, 1.0);
}

TEST(InitialTrade, IsFreeInPlaceAndGivenInUnitsAndAbsentForNone) {
    const Opening in_place = opening(quarter(), {{"rule", "'static'"}, {"initial", "'in_place'"}});
    EXPECT_NEAR(in_place.held, 0.5199388058, 1e-9);
    const Opening units = opening(quarter(), {{"rule", "'static'"}, {"initial", "-0.75"}});
    EXPECT_EQ(units.held, -0.75);
    const Opening none = opening(quarter(), {{"rule", "'none'"}});
    EXPECT_EQ(none.held, 0.0);
    for (const Opening& free : {in_place, units, none}) {
        EXPECT_EQ(free.turnover, 0.0);
        EXPECT_EQ(free.spread + free.fee + free.fixed, 0.0);
        EXPECT_EQ(free.trades, 0.0);
    }
}

TEST(InitialTrade, FollowsRatioLimitsAndTheValuationAtTheStart) {
    EXPECT_NEAR(opening(quarter(), {{"rule", "'static'"}, {"hedge_ratio", "0.5"}}).held,
                0.2599694029, 1e-9);
    EXPECT_EQ(opening(quarter(), {{"rule", "'static'"}, {"max_position", "0.3"}}).held, 0.3);
    const double at_half = black_scholes(OptionKind::call, 100, 100, 0.25, 0.5, 0, 0).delta;
    EXPECT_NEAR(opening(quarter(), {{"rule", "'static'"}, {"valuation", "0.5"}}).held, at_half,
                1e-12);
    // The model's volatility where the policy looks at realised or instantaneous volatility.
    for (const char* valuation : {"'realised'", "'instantaneous'"}) {
        ScenarioText::Keys keys = {{"rule", "'static'"}, {"valuation", valuation}};
        if (std::string(valuation) == "'realised'") keys.push_back({"half_life_days", "5"});
        EXPECT_NEAR(opening(quarter().set("market.volatility", "0.5"), keys).held, at_half, 1e-12);
    }
}

TEST(Accounts, WidthsComeInUnitsOfTheUnderlyingOfTheBookOrInCurrency) {
    const auto threshold = [](ScenarioText::Keys keys) {
        keys.insert(keys.begin(), {{"name", "'p'"}, {"rule", "'band'"}, {"half_width", "0.04"}});
        const Plan plan(ScenarioText()
                            .set("simulation.precision", "'double'")
                            .set("option.quantity", "-50")
                            .policy(keys)
                            .load());
        const auto& account = plan.view().reference->account[0];
        return std::pair(account.rule, account.threshold);
    };
    EXPECT_EQ(threshold({}), std::pair(Rule::band, 0.04));
    EXPECT_EQ(threshold({{"rebalance_to", "'edge'"}}), std::pair(Rule::band_to_edge, 0.04));
    EXPECT_EQ(threshold({{"half_width_unit", "'relative'"}}), std::pair(Rule::band, 2.0));
    EXPECT_EQ(threshold({{"half_width_unit", "'dollar'"}}), std::pair(Rule::dollar_band, 0.04));
}

TEST(Tables, AreTheDoublesRoundedOnce) {
    auto text = ScenarioText().set("market.rate", "0.037").set("market.volatility", "0.213");
    text.append("[[stress]]\nat_days = 3.3\nspot_move = -0.07");
    const Plan single(text.load());
    const Plan both(text.set("simulation.precision", "'double'").load());
    const auto& f = *single.view().single;
    const auto& d = *both.view().reference;
    EXPECT_EQ(single.view().reference, nullptr);
    EXPECT_EQ(both.view().single, nullptr);
    ASSERT_EQ(f.steps, d.steps);
    for (std::uint32_t i = 0; i < f.steps; ++i) {
        EXPECT_EQ(f.step[i].drift, static_cast<float>(d.step[i].drift));
        EXPECT_EQ(f.step[i].volatility, static_cast<float>(d.step[i].volatility));
        EXPECT_EQ(f.step[i].growth, static_cast<float>(d.step[i].growth));
        EXPECT_EQ(f.step[i].compound, static_cast<float>(d.step[i].compound));
        EXPECT_EQ(f.valuation[0].table[i].slope, static_cast<float>(d.valuation[0].table[i].slope));
        EXPECT_EQ(f.valuation[0].table[i].shift, static_cast<float>(d.valuation[0].table[i].shift));
    }
    EXPECT_EQ(f.premium, static_cast<float>(d.premium));
    EXPECT_EQ(f.account[0].held, static_cast<float>(d.account[0].held));
}

TEST(Tables, StepsMoveTheLogarithmToBaseTwoByDriftAndVolatility) {
    auto text = ScenarioText().set("simulation.precision", "'double'");
    text.set("market.rate", "0.06").set("market.dividend_yield", "0.01");
    text.append(
        "[[stress]]\nat_days = 10\nduration_days = 1\nspot_log_move = -0.2\n"
        "realised_volatility_multiplier = 3.0\nhalf_spread_multiplier = 4.0");
    text.append("[[simulation.closed]]\nfrom_days = 20\nto_days = 21\nvariance_weight = 0.25");
    text.set("costs.half_spread_bps", "5").set("costs.fee_bps", "2");
    const Plan plan(text.load());
    const auto& p = *plan.view().reference;
    const double dt = 1.0 / 365.0;
    const double to_log2 = 1.0 / std::log(2.0);
    const auto expect_step = [&](std::uint32_t i, double variance, double move, double spread) {
        EXPECT_NEAR(p.step[i].drift, (0.05 * dt - 0.5 * variance + move) * to_log2, 1e-15) << i;
        EXPECT_NEAR(p.step[i].volatility, std::sqrt(variance) * to_log2, 1e-15) << i;
        EXPECT_NEAR(p.step[i].half_spread, spread, 1e-18) << i;
        EXPECT_NEAR(p.step[i].unit_cost, spread + 2e-4, 1e-18) << i;
        EXPECT_NEAR(p.step[i].growth, std::exp(0.06 * dt) - 1.0, 1e-15) << i;
        EXPECT_NEAR(p.step[i].dividend, std::exp(0.01 * dt) - 1.0, 1e-15) << i;
        EXPECT_NEAR(p.step[i].compound, std::exp(0.06 * (29.0 - i) * dt), 1e-14) << i;
    };
    expect_step(0, 0.04 * dt, 0.0, 5e-4);
    expect_step(9, 0.04 * dt, 0.0, 20e-4);  // the stress acts at its own instant
    expect_step(10, 0.36 * dt, -0.2, 5e-4);
    expect_step(20, 0.01 * dt, 0.0, 5e-4);
    expect_step(29, 0.04 * dt, 0.0, 5e-4);
}

TEST(Tables, WeightsOfTheStepsAddUpToOne) {
    auto text = ScenarioText().set("simulation.precision", "'double'");
    text.append("[[stress]]\nat_days = 3.3\nspot_move = -0.07");
    text.append("[[simulation.closed]]\nfrom_days = 5\nto_days = 9.5");
    const Plan plan(text.load());
    const auto& p = *plan.view().reference;
    double before = 0.0;
    double after = p.first_weight;
    for (std::uint32_t i = 0; i < p.steps; ++i) {
        before += p.step[i].weight;
        after += p.step[i].next_weight;
    }
    EXPECT_NEAR(before, 1.0, 1e-12);
    EXPECT_NEAR(after, 1.0, 1e-12);
}

TEST(Plan, RefusesTalliesBeyondTheirMemory) {
    // 32 policies with every column in fine bins.
    auto text = ScenarioText();
    std::string all;
    for (const auto& column : column_info) {
        if (std::string(column.name).rfind("explain", 0) == 0) continue;
        all += (all.empty() ? "'" : ", '") + std::string(column.name) + "'";
    }
    text.set("risk.columns", "[" + all + "]");
    for (int i = 1; i < 32; ++i)
        text.append("[[policy]]\nname = 'p" + std::to_string(i) + "'\nrule = 'none'");
    EXPECT_THROW(Plan{text.load()}, CapacityError);
    // The default columns of as many policies fit.
    const Plan fits(text.set("risk.columns", "[]").load());
    EXPECT_LE(fits.tally_bytes(), most_tally_bytes);
}

TEST(Plan, KeepsNoBinsForColumnsWithoutQuantiles) {
    auto text = ScenarioText().set("costs.fee_bps", "5").set("risk.columns", "['turnover']");
    for (int i = 1; i < 32; ++i)
        text.append("[[policy]]\nname = 'p" + std::to_string(i) + "'\nrule = 'none'");
    const Plan all(text.load());
    const Plan some(text.set("risk.quantiles", "'columns'").load());
    ASSERT_EQ(some.cells().size(), all.cells().size());
    for (const CellSpec& cell : some.cells()) {
        const bool named = cell.column == Column::pnl || cell.column == Column::turnover;
        EXPECT_EQ(cell.mantissa_bits, named ? 11 : 0)
            << column_info[static_cast<int>(cell.column)].name;
    }
    const CellSpec& last = some.cells().back();
    EXPECT_EQ(last.first_bin + cell_bins(last), some.view().tally.bins);
    EXPECT_LT(some.tally_bytes() + (std::uint64_t{16} << 20), all.tally_bytes());
}

TEST(Plan, RefusesPricesBeyondWhatAFloatHolds) {
    EXPECT_THROW(Plan{ScenarioText().set("market.volatility", "40").load()}, ScenarioError);
    EXPECT_THROW(Plan{ScenarioText().set("market.drift", "3000").load()}, ScenarioError);
    EXPECT_NO_THROW(Plan{ScenarioText().set("market.volatility", "5").load()});
}

TEST(Plan, NeitherComputesNorTalliesColumnsThatAreAlwaysZero) {
    const Plan plan(ScenarioText().load());  // no rate, no dividend, no costs
    for (const Column zero : {Column::interest, Column::dividends, Column::spread_cost,
                              Column::fee_cost, Column::fixed_cost}) {
        EXPECT_EQ(test::row_of(plan, {0, zero}), no_row);
        const auto& zeros = plan.zero_columns();
        EXPECT_EQ(std::count(zeros.begin(), zeros.end(), std::pair(std::uint16_t{0}, zero)), 1);
    }
    EXPECT_NE(test::row_of(plan, {0, Column::pnl}), no_row);
    const Plan costly(ScenarioText().set("costs.fee_bps", "1").set("market.rate", "-0.01").load());
    EXPECT_NE(test::row_of(costly, {0, Column::fee_cost}), no_row);
    EXPECT_NE(test::row_of(costly, {0, Column::interest}), no_row);
    const Plan lean(ScenarioText().set("risk.outcomes", "'pnl'").load());
    EXPECT_TRUE(lean.zero_columns().empty());  // nobody asked for them
}

TEST(Plan, PoliciesThatWantTheSameShareOneTarget) {
    auto text = ScenarioText();
    text.append("[[policy]]\nname = 'b'\nrule = 'band'\nhalf_width = 0.1");
    text.append("[[policy]]\nname = 'c'\nrule = 'band'\nhalf_width = 0.1\nvaluation = 0.3");
    text.append("[[policy]]\nname = 'd'\nrule = 'interval'\nevery = 2\nvaluation = 0.3");
    const Plan plan(text.load());
    const auto& p = *plan.view().single;
    EXPECT_EQ(p.target.size, 2u);
    EXPECT_EQ(p.valuation.size, 2u);
    EXPECT_EQ(p.account[2].target, p.account[3].target);
}

}  // namespace
}  // namespace hedgestorm::plan
