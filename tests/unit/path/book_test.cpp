// SPDX-License-Identifier: Apache-2.0
//
// Settlement and delta at expiry, by hand: two calls and a put that expire together.

#include "kernels/path/book.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/plan/black_scholes.hpp"
#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::path {
namespace {

/// Short 2 calls at 100 and long 3 puts at 110, gone on day 10; one long call at 90 to day 30.
scenario::Scenario scenario() {
    test::ScenarioText text;
    text.set("simulation.steps", "3").set("simulation.precision", "'double'");
    text.set("option.quantity", "-2").set("option.expiry_days", "10");
    text.append(
        "[[book.option]]\nname = 'put'\nkind = 'put'\nstrike = 110\nexpiry_days = 10\n"
        "quantity = 1.5\nmultiplier = 2\nimplied_volatility = 0.2");
    return text
        .append(
            "[[book.option]]\nname = 'long'\nkind = 'call'\nstrike = 90\nexpiry_days = 30\n"
            "quantity = 1\nimplied_volatility = 0.2")
        .load();
}

struct Settled {
    double cash, delta, carried, pnl;
};

Settled settle_at(double spot) {
    const plan::Plan plan(scenario());
    const PathParams<double>& params = *plan.view().reference;
    Book<double> book(params);
    MarketBlock<double, 1> market{};
    market.log2_spot[0] = std::log2(spot / 100.0);
    market.spot[1] = spot;
    BookBlock<double, 1> marked{};
    book.mark<ColumnSet::all>(params, 0, 1u, market, marked);
    EXPECT_NEAR(marked.cash[0], params.premium, 1e-12);
    return {marked.cash[1] - marked.cash[0], marked.delta[0], marked.carried_delta[0],
            marked.pnl[0] - marked.cash[1]};
}

TEST(Settlement, PaysEachLegItsIntrinsicValueFromTheDesksSide) {
    EXPECT_NEAR(settle_at(105.0).cash, -2 * 5.0 + 3 * 5.0, 1e-12);
    EXPECT_NEAR(settle_at(95.0).cash, 3 * 15.0, 1e-12);
    EXPECT_NEAR(settle_at(130.0).cash, -2 * 30.0, 1e-12);
    EXPECT_NEAR(settle_at(100.0).cash, 3 * 10.0, 1e-12);
}

TEST(Settlement, LeavesTheDeltaOfTheLivingLegsAndRemembersWhatWasCarried) {
    for (const double spot : {95.0, 105.0, 130.0}) {
        const Settled at = settle_at(spot);
        const auto living = plan::black_scholes(scenario::OptionKind::call, spot, 90.0,
                                                20.0 / 365.0, 0.2, 0.0, 0.0);
        EXPECT_NEAR(at.delta, living.delta, 1e-7);
        EXPECT_NEAR(at.pnl, living.value, 1e-5);
        const double expired = (spot > 100 ? -2.0 : 0.0) + (spot < 110 ? -3.0 : 0.0);
        EXPECT_NEAR(at.carried - at.delta, expired, 1e-12);
    }
}

TEST(Close, ChargesTheSpreadOnTheVegaOfWhatIsStillAlive) {
    test::ScenarioText text;
    text.set("simulation.precision", "'double'").set("option.expiry_days", "60");
    text.append(
        "[[book.option]]\nname = 'put'\nkind = 'put'\nstrike = 95\nexpiry_days = 90\n"
        "quantity = 4\nimplied_volatility = 0.3");
    const auto pnl = [&](const char* spread) {
        const plan::Plan plan(text.set("book.exit_half_spread_vol", spread).load());
        const PathParams<double>& params = *plan.view().reference;
        return Book<double>(params).close(params, std::log2(1.02), 102.0);
    };
    using scenario::OptionKind;
    const auto call = plan::black_scholes(OptionKind::call, 102, 100, 30.0 / 365.0, 0.2, 0.0, 0.0);
    const auto put = plan::black_scholes(OptionKind::put, 102, 95, 60.0 / 365.0, 0.3, 0.0, 0.0);
    EXPECT_NEAR(pnl("0.0") - pnl("0.01"), 0.01 * (call.vega + 4 * put.vega), 1e-5);
}

}  // namespace
}  // namespace hedgestorm::path
