// SPDX-License-Identifier: Apache-2.0
//
// What must add up on every path: P&L from its components to 8 ulp x the largest x sqrt(steps), the
// twin from slippage, slippage from costs, costs from their parts.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/plan/plan.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/parity_scenarios.hpp"

namespace hedgestorm {
namespace {

constexpr double ulp = 0x1p-23;

class Identity : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Identity, OfAPolicyAloneIsThatOfAPolicyAmongOthers) {
    scenario::Scenario together = test::parity_scenarios()[GetParam()].make();
    together.risk.outcomes = scenario::Outcomes::all;
    scenario::Scenario alone = together;
    alone.risk.outcomes = scenario::Outcomes::pnl;
    alone.risk.explain = false;
    for (int a = 0; a < static_cast<int>(together.policies.size()); ++a) {
        alone.policies = {together.policies[static_cast<std::size_t>(a)]};
        ASSERT_EQ(test::outcomes(alone, 1, {{0, Column::pnl}}),
                  test::outcomes(together, 1, {{a, Column::pnl}}))
            << alone.policies.front().name;
    }
}

TEST_P(Identity, OfThePnlHoldsOnEveryPathOfEveryPolicy) {
    scenario::Scenario scenario = test::parity_scenarios()[GetParam()].make();
    scenario.risk.outcomes = scenario::Outcomes::all;
    const plan::Plan plan(scenario);
    const double root = std::sqrt(static_cast<double>(plan.grid().steps.size()));
    for (int a = 0; a < static_cast<int>(scenario.policies.size()); ++a) {
        const auto columns = test::outcomes(scenario, 16,
                                            {{a, Column::pnl},
                                             {test::the_path, Column::book_pnl},
                                             {a, Column::hedge_pnl},
                                             {a, Column::interest},
                                             {a, Column::dividends},
                                             {a, Column::total_cost},
                                             {a, Column::ideal_pnl},
                                             {a, Column::hedge_slippage},
                                             {a, Column::entry_cost},
                                             {a, Column::rebalance_cost},
                                             {a, Column::exit_cost},
                                             {a, Column::spread_cost},
                                             {a, Column::fee_cost},
                                             {a, Column::fixed_cost},
                                             {a, Column::funding_cost}});
        for (std::size_t p = 0; p < columns[0].size(); ++p) {
            const auto at = [&](std::size_t c) { return static_cast<double>(columns[c][p]); };
            double largest = 0.0;
            for (std::size_t c = 0; c < 6; ++c) largest = std::max(largest, std::abs(at(c)));
            const double allowed = 8.0 * ulp * largest * root;
            ASSERT_NEAR(at(0), at(1) + at(2) + at(3) + at(4) - at(5), allowed)
                << scenario.policies[static_cast<std::size_t>(a)].name << ", path " << p;
            const double paid = std::abs(at(5)) + std::abs(at(14));  // funding may be received
            ASSERT_NEAR(at(6) - at(0), at(7), 4.0 * ulp * (std::abs(at(0)) + std::abs(at(7))));
            ASSERT_NEAR(at(8) + at(9) + at(10) + at(14), at(5), 8.0 * ulp * paid);
            ASSERT_NEAR(at(11) + at(12) + at(13) + at(14), at(5), 8.0 * ulp * paid);
            if (scenario.market.rate == 0.0) {
                ASSERT_NEAR(at(7), at(5), 8.0 * ulp * paid);
            }
            if (scenario.market.rate > 0.0 && at(14) == 0.0) {
                ASSERT_GE(at(7), at(5) * (1.0 - 4.0 * ulp));
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Identity,
                         ::testing::Range(std::size_t{0}, test::parity_scenarios().size()),
                         [](const auto& test) {
                             return test::parity_scenarios()[test.param].name;
                         });

TEST(Slippage, IsEachCostCarriedToTheHorizonAtTheRate) {
    // A static hedge pays once, at t_0, and once at the horizon.
    auto text = test::ScenarioText();
    text.without("simulation.horizon_days").set("simulation.horizon_years", "3");
    text.policy({{"name", "'static'"}, {"rule", "'static'"}, {"initial", "'trade'"}});
    text.set("market.rate", "0.07").set("costs.fee_bps", "100").set("costs.fixed", "0.25");
    const auto columns = test::outcomes(
        text.load(), 1,
        {{0, Column::hedge_slippage}, {0, Column::entry_cost}, {0, Column::exit_cost}});
    for (std::size_t p = 0; p < tile_paths; ++p) {
        const double expected = columns[1][p] * std::exp(0.21) + columns[2][p];
        ASSERT_NEAR(columns[0][p], expected, 1e-5 * expected);
    }
}

TEST(Twin, EarnsWhatTheSamePolicyEarnsWithoutCosts) {
    for (auto text : {test::every_rule(), test::every_event()}) {
        std::vector<std::vector<float>> twins;
        std::vector<std::vector<float>> free;
        std::vector<test::Wanted> ideal;
        std::vector<test::Wanted> pnl;
        for (int a = 0; a < 13; ++a) {
            ideal.push_back({a, Column::ideal_pnl});
            pnl.push_back({a, Column::pnl});
        }
        text.set("simulation.precision", "'double'");
        twins = test::outcomes(text.load(), 1, ideal);
        text.set("costs.fee_bps", "0").set("costs.half_spread_bps", "0").set("costs.fixed", "0");
        free = test::outcomes(text.load(), 1, pnl);
        for (std::size_t a = 0; a < 13; ++a) {
            for (std::size_t p = 0; p < tile_paths; ++p) {
                // Outcomes are floats of a few units; interest on costs is compounded in another
                // order.
                ASSERT_NEAR(twins[a][p], free[a][p], 1e-6 * std::max(1.0f, std::abs(free[a][p])))
                    << "policy " << a << ", path " << p;
            }
        }
    }
}

TEST(HedgePnl, OfAStaticHedgeIsItsSizeTimesTheMove) {
    auto text = test::ScenarioText();
    text.policy({{"name", "'static'"}, {"rule", "'static'"}, {"initial", "0.625"}});
    text.set("market.rate", "0.07").set("costs.fee_bps", "100").set("costs.fixed", "0.25");
    const auto columns =
        test::outcomes(text.load(), 1, {{0, Column::hedge_pnl}, {test::the_path, Column::spot}});
    for (std::size_t p = 0; p < tile_paths; ++p)
        ASSERT_NEAR(columns[0][p], 0.625 * (columns[1][p] - 100.0), 2e-5);
}

TEST(HedgePnl, OfATwoStepDeltaHedgeIsTheSumOfItsTwoGains) {
    // The first of two steps is the only step of half the horizon: the same normal over as long.
    auto text = test::ScenarioText();
    text.without("simulation.horizon_days").set("simulation.horizon_years", "0.5");
    text.set("simulation.steps", "2").set("option.expiry_days", "182.5");
    text.set("market.rate", "0.04").set("market.dividend_yield", "0.02");
    text.set("market.drift", "0.1").set("costs.fee_bps", "30");
    text.set("simulation.precision", "'double'");
    text.policy({{"name", "'each step'"}, {"rule", "'interval'"}, {"every", "1"}});
    const auto scenario = text.load();
    const auto full = test::outcomes(
        scenario, 1,
        {{0, Column::hedge_pnl}, {0, Column::dividends}, {test::the_path, Column::spot}});
    const auto half = test::outcomes(
        text.set("simulation.horizon_years", "0.25").set("simulation.steps", "1").load(), 1,
        {{test::the_path, Column::spot}});
    const auto& option = scenario.book.options.front();
    const auto delta = [&](double spot, double left) {
        const double vol = option.implied_volatility;
        const double d1 =
            (std::log(spot / option.strike) + (0.04 - 0.02 + 0.5 * vol * vol) * left) /
            (vol * std::sqrt(left));
        return std::exp(-0.02 * left) * 0.5 * std::erfc(-d1 / std::sqrt(2.0));
    };
    const double yield = std::expm1(0.02 * 0.25);
    for (std::size_t p = 0; p < tile_paths; ++p) {
        const double middle = half[0][p];
        const double last = full[2][p];
        const double first_hedge = delta(100.0, 0.5);  // short a call: long its delta
        const double second_hedge = delta(middle, 0.25);
        ASSERT_NEAR(full[0][p], first_hedge * (middle - 100.0) + second_hedge * (last - middle),
                    1e-4)
            << "path " << p;
        ASSERT_NEAR(full[1][p], (first_hedge * middle + second_hedge * last) * yield, 1e-5);
    }
}

TEST(HedgePnl, IsTheSameWhateverTheCosts) {
    for (auto text : {test::every_rule(), test::every_event()}) {
        std::vector<test::Wanted> gains;
        for (int a = 0; a < 13; ++a) gains.push_back({a, Column::hedge_pnl});
        text.set("simulation.precision", "'double'");
        const auto charged = test::outcomes(text.load(), 1, gains);
        text.set("costs.fee_bps", "0").set("costs.half_spread_bps", "0").set("costs.fixed", "0");
        const auto free = test::outcomes(text.load(), 1, gains);
        for (std::size_t a = 0; a < 13; ++a) {
            for (std::size_t p = 0; p < tile_paths; ++p) {
                ASSERT_NEAR(charged[a][p], free[a][p], 1e-6 * std::max(1.0f, std::abs(free[a][p])))
                    << "policy " << a << ", path " << p;
            }
        }
    }
}

TEST(Scale, ABookOfAThousandTimesTheSizeEarnsAThousandTimesAsMuch) {
    auto text = test::ScenarioText();
    text.set("market.rate", "0.03").set("costs.fee_bps", "5");
    const auto one = test::outcomes(text.load(), 1, {{0, Column::pnl}})[0];
    text.set("option.quantity", "-1024");
    const auto many = test::outcomes(text.load(), 1, {{0, Column::pnl}})[0];
    for (std::size_t p = 0; p < tile_paths; ++p) ASSERT_EQ(many[p], 1024.0f * one[p]);
}

TEST(Unhedged, IsTheBookAndTheInterestOnItsCash) {
    auto text = test::every_event();
    const auto columns = test::outcomes(text.load(), 1,
                                        {{test::the_path, Column::unhedged_pnl},
                                         {test::the_path, Column::book_pnl},
                                         {test::the_path, Column::unhedged_interest},
                                         {1, Column::pnl}});
    for (std::size_t p = 0; p < tile_paths; ++p) {
        ASSERT_NEAR(columns[0][p], columns[1][p] + columns[2][p], 1e-5);
        // The policy "none" never trades: its account is the benchmark.
        ASSERT_NEAR(columns[3][p], columns[0][p], 2e-5);
    }
}

TEST(Explain, AddsUpToTheChangeInTheBooksValue) {
    const auto columns = test::outcomes(test::every_event().set("risk.explain", "true").load(), 1,
                                        {{test::the_path, Column::book_pnl},
                                         {test::the_path, Column::explain_delta},
                                         {test::the_path, Column::explain_gamma},
                                         {test::the_path, Column::explain_theta},
                                         {test::the_path, Column::explain_vega},
                                         {test::the_path, Column::explain_unexplained}});
    for (std::size_t p = 0; p < tile_paths; ++p) {
        double sum = 0.0;
        for (std::size_t c = 1; c < 6; ++c) sum += columns[c][p];
        ASSERT_NEAR(sum, columns[0][p], 1e-4);
    }
    // A quiet market in fine steps is explained by delta, gamma and theta to a few per cent.
    auto quiet = test::ScenarioText();
    quiet.set("simulation.steps", "2000").set("option.expiry_days", "60");
    quiet.set("risk.explain", "true");
    const auto left = test::outcomes(
        quiet.load(), 1,
        {{test::the_path, Column::explain_unexplained}, {test::the_path, Column::book_pnl}});
    EXPECT_LT(test::moments_of(left[0]).sd, 0.03 * test::moments_of(left[1]).sd);
    test::expect_within_sigma(test::moments_of(left[0]).mean, 0.005, 0.0, 1.0, "unexplained");
}

}  // namespace
}  // namespace hedgestorm
