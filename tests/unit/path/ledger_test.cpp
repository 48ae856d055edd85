// SPDX-License-Identifier: Apache-2.0
//
// Execution and the ledger with numbers worked out by hand, in doubles.

#include "kernels/path/ledger.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "kernels/lanes/scalar.hpp"
#include "kernels/path/execution.hpp"
#include "kernels/path/unhedged.hpp"

namespace hedgestorm::path {
namespace {

constexpr double tiny = 1e-12;

StepParams<double> step() {
    StepParams<double> s{};
    s.growth = 0.01;
    s.dividend = 0.004;
    s.compound = 1.05;
    s.half_spread = 0.002;
    s.unit_cost = 0.003;
    s.weight = 0.25;
    s.next_weight = 0.5;
    return s;
}

TEST(Execution, CostsTheNotionalAndAFixedChargePerTrade) {
    const Decision<double> sell = {true, 0.25};
    const auto fill = execute<true>(sell, 0.75, 100.0 * 0.003, 2.0);
    EXPECT_NEAR(fill.units, 0.5, tiny);
    EXPECT_NEAR(fill.cost, 0.5 * 0.3 + 2.0, tiny);
    EXPECT_EQ(fill.held, 0.25);
    EXPECT_EQ(fill.traded, 1.0);
    // The fixed charge is paid also where nobody counts the trades.
    EXPECT_NEAR(execute<false>(sell, 0.75, 0.3, 2.0).cost, 2.15, tiny);
    EXPECT_NEAR(execute<false>(sell, 0.75, 0.3, 0.0).cost, 0.15, tiny);
}

TEST(Execution, CostsNothingWhereNothingIsTraded) {
    const auto held = execute<true>(Decision<double>{false, 0.25}, 0.75, 0.3, 2.0);
    EXPECT_EQ(held.units, 0.0);
    EXPECT_EQ(held.cost, 0.0);
    EXPECT_EQ(held.held, 0.75);
    EXPECT_EQ(held.traded, 0.0);
    // A rule that fires without a gap has traded nothing.
    const auto same = execute<true>(Decision<double>{true, 0.75}, 0.75, 0.3, 2.0);
    EXPECT_EQ(same.cost, 0.0);
    EXPECT_EQ(same.traded, 0.0);
}

TEST(Ledger, CashEarnsInterestAndAShortHedgePaysTheDividend) {
    // Short 0.5 at 100: 50 of proceeds on top of 8 of premium and 2 earned so far.
    AccountState<double> state{};
    state.held = -0.5;
    state.net = 2.0;
    EXPECT_NEAR(accrue<true>(step(), 8.0, 100.0, 110.0, state), 0.6 - 0.22, tiny);
    EXPECT_NEAR(state.interest, (8.0 + 2.0 + 50.0) * 0.01, tiny);
    EXPECT_NEAR(state.dividends, -0.5 * 110.0 * 0.004, tiny);
    EXPECT_EQ(state.net, 2.0);
    // Long 1 without cash: the position is borrowed for.
    AccountState<double> borrowing{};
    borrowing.held = 1.0;
    accrue<true>(step(), 0.0, 100.0, 110.0, borrowing);
    EXPECT_NEAR(borrowing.interest, -1.0, tiny);
    EXPECT_NEAR(borrowing.dividends, 0.44, tiny);
}

TEST(Ledger, TheHedgeGainsWhatItHeldTimesTheMoveAndWhatItAccrued) {
    AccountState<double> state{};
    state.held = -0.5;
    state.net = 1.0;
    gain<true>(8.0, 0.25, state);
    EXPECT_EQ(state.net, 1.0 - 4.0 + 0.25);
    EXPECT_EQ(state.gains, -4.0);
    gain<true>(-2.0, state);
    EXPECT_EQ(state.net, -2.75 + 1.0);
    EXPECT_EQ(state.gains, -3.0);
}

TEST(Ledger, ExposureIsSeenBeforeTheTradeAndAfterItApart) {
    AccountState<double> state{};
    state.held = 0.25;
    observe(step(), -0.75, 100.0, state);  // residual -0.5, dollars -50
    EXPECT_NEAR(state.residual_square, 0.25 * 0.25, tiny);
    EXPECT_NEAR(state.residual_max, 0.5, tiny);
    EXPECT_NEAR(state.residual_dollar_square, 2500.0 * 0.25, tiny);
    EXPECT_NEAR(state.residual_dollar_max, 50.0, tiny);
    state.held = 0.5;
    observe_after(step(), -0.75, state);  // residual -0.25
    EXPECT_NEAR(state.residual_after_square, 0.0625 * 0.5, tiny);
    EXPECT_NEAR(state.residual_after_max, 0.25, tiny);
    EXPECT_NEAR(state.residual_max, 0.5, tiny);
    // At the horizon there is no step to be exposed over.
    auto last = step();
    last.next_weight = 0.0;
    observe_after(last, -9.0, state);
    EXPECT_NEAR(state.residual_after_max, 0.25, tiny);
}

TEST(Ledger, AFillIsBookedWithItsCostsCarriedToTheHorizon) {
    AccountState<double> state{};
    state.net = 1.0;
    record<true, true>(step(), Fill<double>{0.5, 2.15, 0.25, 1.0}, 100.0, state);
    EXPECT_NEAR(state.net, 1.0 - 2.15, tiny);
    EXPECT_EQ(state.held, 0.25);
    EXPECT_NEAR(state.turnover, 50.0, tiny);
    EXPECT_NEAR(state.spread_cost, 0.1, tiny);
    EXPECT_EQ(state.trades, 1.0);
    EXPECT_NEAR(state.slippage, 2.15 * 1.05, tiny);
}

TEST(Ledger, DrawdownFallsFromThePeakWhichIsNeverBelowZero) {
    PathParams<double> params{};
    params.entry_compound = 1.1;
    AccountParams<double> account{};
    account.held = 0.5;
    account.spread_cost = 0.3;
    account.fee_cost = 0.2;
    account.fixed_cost = 1.5;
    account.after_trade = -0.25;
    params.first_weight = 0.5;
    AccountState<double> state = open<double>(params, account);
    EXPECT_NEAR(state.drawdown, 2.0, tiny);  // the entry cost is a fall from 0
    EXPECT_EQ(state.peak, 0.0);
    EXPECT_NEAR(state.net, -2.0, tiny);
    EXPECT_NEAR(state.slippage, 2.2, tiny);
    EXPECT_NEAR(state.residual_after_square, 0.0625 * 0.5, tiny);
    EXPECT_NEAR(state.residual_after_max, 0.25, tiny);
    for (const double book : {1.0, 7.0, 3.5, 6.0}) mark_to_market(book, state);
    EXPECT_NEAR(state.peak, 5.0, tiny);
    EXPECT_NEAR(state.drawdown, 3.5, tiny);
}

TEST(Ledger, DrawdownAtTheStartCountsAPremiumThatIsNotTheMark) {
    PathParams<double> params{};
    params.premium = 3.0;
    params.initial_value = -4.0;  // sold too cheap by 1
    const auto state = open<double>(params, AccountParams<double>{});
    EXPECT_NEAR(state.drawdown, 1.0, tiny);
    params.premium = 6.0;  // sold too dear: the peak is 2 from the start
    EXPECT_NEAR(open<double>(params, AccountParams<double>{}).peak, 2.0, tiny);
}

}  // namespace
}  // namespace hedgestorm::path
