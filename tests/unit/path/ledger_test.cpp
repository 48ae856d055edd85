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
    const auto fill = execute<true>(Decision<double>{true, 0.25}, 0.75);
    EXPECT_NEAR(fill.units, 0.5, tiny);
    EXPECT_EQ(fill.held, 0.25);
    EXPECT_TRUE(fill.traded);
    EXPECT_NEAR(cost_of(fill, 100.0 * 0.003, 2.0), 0.5 * 0.3 + 2.0, tiny);
    EXPECT_NEAR(cost_of(fill, 100.0 * 0.003, 0.0), 0.5 * 0.3, tiny);
}

TEST(Execution, CostsNothingWhereNothingIsTraded) {
    const auto held = execute<true>(Decision<double>{false, 0.25}, 0.75);
    EXPECT_EQ(held.units, 0.0);
    EXPECT_EQ(held.held, 0.75);
    EXPECT_FALSE(held.traded);
    EXPECT_EQ(cost_of(held, 0.3, 2.0), 0.0);
    // A rule that fires without a gap has traded nothing.
    const auto same = execute<false>(Decision<double>{true, 0.75}, 0.75);
    EXPECT_FALSE(same.traded);
    EXPECT_EQ(cost_of(same, 0.3, 2.0), 0.0);
}

TEST(Ledger, CashEarnsInterestAndAShortHedgePaysTheDividend) {
    // Short 0.5 at 100: 50 of proceeds on top of 8 of premium and 2 earned so far.
    const Accrual<double> earned = accrue(step(), 8.0 + 2.0, 100.0, 110.0, -0.5, -0.5);
    EXPECT_NEAR(earned.interest, (8.0 + 2.0 + 50.0) * 0.01, tiny);
    EXPECT_NEAR(earned.dividends, -0.5 * 110.0 * 0.004, tiny);
    // Long 1 without cash: the position is borrowed for.
    const Accrual<double> owed = accrue(step(), 0.0, 100.0, 110.0, 1.0, 1.0);
    EXPECT_NEAR(owed.interest, -1.0, tiny);
    EXPECT_NEAR(owed.dividends, 0.44, tiny);
    // A future is not paid for.
    EXPECT_NEAR(accrue(step(), 10.0, 100.0, 110.0, 1.0, 0.0).interest, 0.1, tiny);
}

TEST(Ledger, HoldingCostsALongOfFundingAndAShortOfBorrowing) {
    InstrumentParams<double> instrument{};
    instrument.kind = InstrumentKind::perpetual;
    EXPECT_EQ(cost_of_holding(instrument, 2.0, 0.3), 0.6);
    EXPECT_EQ(cost_of_holding(instrument, -2.0, 0.3), -0.6);
    instrument.kind = InstrumentKind::spot;
    EXPECT_EQ(cost_of_holding(instrument, 2.0, 0.3), 0.0);
    EXPECT_EQ(cost_of_holding(instrument, -2.0, 0.3), 0.6);
}

TEST(Ledger, AFillIsPaidForWithItsFixedCharge) {
    Position<double> position = {0.25, 1.0};
    pay(Fill<double>{0.5, 0.25, true}, 0.3, 2.0, position);
    EXPECT_NEAR(position.net, 1.0 - 0.15 - 2.0, tiny);
    pay(Fill<double>{0.0, 0.25, false}, 0.3, 2.0, position);
    EXPECT_NEAR(position.net, 1.0 - 0.15 - 2.0, tiny);
}

TEST(Ledger, SmallAmountsCountBesideALargeBalance) {
    // Added one by one to 2^24, where floats are whole numbers, a tenth is rounded away each time.
    float recent = 0.0f;
    float before = 16777216.0f;
    const int steps = 1 << 15;
    for (int i = 1; i <= steps; ++i) {
        recent -= 0.1f;
        if (i % static_cast<int>(gather_steps) == 0) gather(recent, before);
    }
    EXPECT_NEAR(double(before) + recent, 16777216.0 - 0.1 * steps, 0.5);
}

TEST(Ledger, ExposureIsSeenBeforeTheTradeAndAfterItApart) {
    Exposure<double> exposure{};
    observe(step(), -0.5, 100.0 * 100.0, exposure);  // dollars -50
    EXPECT_NEAR(exposure.square, 0.25 * 0.25, tiny);
    EXPECT_NEAR(exposure.square_max, 0.25, tiny);
    EXPECT_NEAR(exposure.dollar_square, 2500.0 * 0.25, tiny);
    EXPECT_NEAR(exposure.dollar_square_max, 2500.0, tiny);
    observe_after(step(), -0.25, exposure);
    EXPECT_NEAR(exposure.after_square, 0.0625 * 0.5, tiny);
    EXPECT_NEAR(exposure.after_square_max, 0.0625, tiny);
    EXPECT_NEAR(exposure.square_max, 0.25, tiny);
    // At the horizon there is no step to be exposed over.
    auto last = step();
    last.next_weight = 0.0;
    observe_after(last, -9.0, exposure);
    EXPECT_NEAR(exposure.after_square_max, 0.0625, tiny);
}

TEST(Ledger, ATradeIsBookedAtItsNotional) {
    Trading<double> trading{};
    book_trade(Fill<double>{0.5, 0.25, true}, 100.0, 0.002, trading);
    EXPECT_NEAR(trading.turnover, 50.0, tiny);
    EXPECT_NEAR(trading.spread_cost, 0.1, tiny);
    EXPECT_EQ(trading.trades, 1.0);
    book_trade(Fill<double>{0.0, 0.25, false}, 100.0, 0.002, trading);
    EXPECT_EQ(trading.trades, 1.0);
    EXPECT_NEAR(trading.turnover, 50.0, tiny);
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
    const AccountState<double> state = open_account<double>(account);
    EXPECT_EQ(state.position.held, 0.5);
    EXPECT_NEAR(state.net(), -2.0, tiny);
    AccountRecord<double> record = open_record<double>(params, account);
    EXPECT_NEAR(record.equity.drawdown, 2.0, tiny);  // the entry cost is a fall from 0
    EXPECT_EQ(record.equity.peak, 0.0);
    EXPECT_NEAR(record.carry_before.slippage, 2.2, tiny);
    EXPECT_NEAR(record.exposure.after_square, 0.0625 * 0.5, tiny);
    EXPECT_NEAR(record.exposure.after_square_max, 0.0625, tiny);
    for (const double book : {1.0, 7.0, 3.5, 6.0})
        mark_to_market(book + state.net(), record.equity);
    EXPECT_NEAR(record.equity.peak, 5.0, tiny);
    EXPECT_NEAR(record.equity.drawdown, 3.5, tiny);
}

TEST(Ledger, DrawdownAtTheStartCountsAPremiumThatIsNotTheMark) {
    PathParams<double> params{};
    params.premium = 3.0;
    params.initial_value = -4.0;  // sold too cheap by 1
    const auto record = open_record<double>(params, AccountParams<double>{});
    EXPECT_NEAR(record.equity.drawdown, 1.0, tiny);
    params.premium = 6.0;  // sold too dear: the peak is 2 from the start
    EXPECT_NEAR(open_record<double>(params, AccountParams<double>{}).equity.peak, 2.0, tiny);
}

}  // namespace
}  // namespace hedgestorm::path
