// SPDX-License-Identifier: Apache-2.0
//
// Prices and greeks against printed values, parity and differences; then the book's mark on a path,
// in floats and in doubles, against the same formula leg by leg.

#include "host/plan/black_scholes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/path/book.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using plan::black_scholes;
using scenario::OptionKind;

TEST(BlackScholes, GivesThePrintedValues) {
    const auto base = black_scholes(OptionKind::call, 100, 100, 0.25, 0.2, 0, 0);
    EXPECT_NEAR(base.value, 3.987761168, 4e-8);
    EXPECT_NEAR(base.delta, 0.5199388058, 5e-10);
    EXPECT_NEAR(base.gamma, 0.03984439141, 4e-11);
    EXPECT_NEAR(base.vega, 19.9221957, 2e-7);
    // Leland's adjusted volatilities (1985).
    EXPECT_NEAR(black_scholes(OptionKind::call, 100, 100, 0.25, 0.2122885063, 0, 0).value,
                4.232556008, 1e-8);
    EXPECT_NEAR(black_scholes(OptionKind::call, 100, 100, 0.25, 0.2239035949, 0, 0).value,
                4.463899291, 1e-8);
    const auto carried = black_scholes(OptionKind::call, 100, 100, 0.25, 0.2, 0.05, 0);
    EXPECT_NEAR(carried.delta, 0.5694601832, 1e-10);
    EXPECT_NEAR(carried.gamma, 0.03928800094, 1e-11);
}

TEST(BlackScholes, PutsFollowByParity) {
    for (const double strike : {60.0, 95.0, 100.0, 180.0}) {
        for (const double life : {0.01, 0.5, 3.0}) {
            const double r = 0.07;
            const double q = 0.02;
            const auto call = black_scholes(OptionKind::call, 100, strike, life, 0.3, r, q);
            const auto put = black_scholes(OptionKind::put, 100, strike, life, 0.3, r, q);
            const double spot = 100 * std::exp(-q * life);
            const double cash = strike * std::exp(-r * life);
            EXPECT_NEAR(call.value - put.value, spot - cash, 1e-12 * 100);
            EXPECT_NEAR(call.delta - put.delta, std::exp(-q * life), 1e-14);
            EXPECT_NEAR(call.gamma, put.gamma, 1e-15);
            EXPECT_NEAR(call.vega, put.vega, 1e-12);
            EXPECT_NEAR(call.theta - put.theta, q * spot - r * cash, 1e-10);
        }
    }
}

TEST(BlackScholes, GreeksAreTheDerivativesOfTheValue) {
    // Central differences: error h^2 / 6 of the third derivative, far below 1e-6 of each figure's
    // size.
    for (const OptionKind kind : {OptionKind::call, OptionKind::put}) {
        const auto value = [&](double spot, double life, double volatility) {
            return black_scholes(kind, spot, 105, life, volatility, 0.06, 0.025).value;
        };
        const auto at = black_scholes(kind, 100, 105, 0.7, 0.25, 0.06, 0.025);
        const double h = 1e-3;
        EXPECT_NEAR(at.delta, (value(100 + h, 0.7, 0.25) - value(100 - h, 0.7, 0.25)) / (2 * h),
                    1e-8);
        EXPECT_NEAR(at.gamma,
                    (value(100.1, 0.7, 0.25) - 2 * at.value + value(99.9, 0.7, 0.25)) / 0.01, 1e-7);
        EXPECT_NEAR(at.vega, (value(100, 0.7, 0.25 + 1e-5) - value(100, 0.7, 0.25 - 1e-5)) / 2e-5,
                    1e-5);
        EXPECT_NEAR(at.theta, (value(100, 0.7 - 1e-5, 0.25) - value(100, 0.7 + 1e-5, 0.25)) / 2e-5,
                    1e-5);
    }
}

TEST(BlackScholes, IsIntrinsicAtExpiry) {
    EXPECT_EQ(black_scholes(OptionKind::call, 103, 100, 0, 0.2, 0.1, 0).value, 3.0);
    EXPECT_EQ(black_scholes(OptionKind::call, 103, 100, 0, 0.2, 0.1, 0).delta, 1.0);
    EXPECT_EQ(black_scholes(OptionKind::put, 103, 100, 0, 0.2, 0.1, 0).value, 0.0);
    EXPECT_EQ(black_scholes(OptionKind::put, 98, 100, 0, 0.2, 0.1, 0).value, 2.0);
    EXPECT_EQ(black_scholes(OptionKind::put, 98, 100, 0, 0.2, 0.1, 0).delta, -1.0);
}

/// Calls and puts of several expiries and volatilities, under a rate, a dividend and a stress of
/// implied volatility.
scenario::Scenario book_of_legs(const char* precision) {
    test::ScenarioText text;
    text.set("market.rate", "0.05").set("market.dividend_yield", "0.02");
    text.set("simulation.precision", std::string("'") + precision + "'");
    text.append(
        "[[stress]]\nat_days = 12\nduration_days = 5\nhalf_life_days = 4\n"
        "implied_volatility_multiplier = 1.8");
    int number = 0;
    for (const double expiry : {9.5, 30.0, 47.25, 400.0}) {
        for (const double strike : {70.0, 96.0, 100.0, 131.0}) {
            for (const char* kind : {"call", "put"}) {
                ++number;
                text.append("[[book.option]]\nname = 'l" + std::to_string(number) + "'\nkind = '" +
                            kind + "'\nstrike = " + std::to_string(strike) +
                            "\nexpiry_days = " + std::to_string(expiry) + "\nquantity = " +
                            std::to_string(number % 3 - 1.5) + "\nmultiplier = 10\n" +
                            "implied_volatility = " + std::to_string(0.15 + 0.02 * number));
            }
        }
    }
    return text.load();
}

struct Marked {
    double value = 0.0;
    double delta = 0.0;
};

Marked by_formula(const scenario::Scenario& s, double t, double spot) {
    const double day = 1.0 / 365.0;
    const double m = t < 12 * day - 1e-9   ? 1.0
                     : t < 17 * day - 1e-9 ? 1.8
                                           : 1.0 + 0.8 * std::exp2(-(t - 17 * day) / (4 * day));
    Marked total;
    for (const auto& leg : s.book.options) {
        if (leg.expiry < t + 1e-9) continue;
        const auto at = black_scholes(leg.kind, spot, leg.strike, leg.expiry - t,
                                      leg.implied_volatility * m, 0.05, 0.02);
        total.value += leg.quantity * leg.multiplier * at.value;
        total.delta += leg.quantity * leg.multiplier * at.delta;
    }
    return total;
}

template <class T>
void expect_marks(const plan::Plan& plan, const PathParams<T>& params,
                  const scenario::Scenario& scenario, double tolerance) {
    const double notional = plan.initial_book().gross_notional;
    for (std::uint32_t step = 0; step + 1 < params.steps; ++step) {
        for (const double log2_spot : {-0.6, -0.08, -0.001, 0.0, 0.03, 0.4}) {
            // A book alive from the start would settle legs on its way here; this one only marks.
            path::Book<T> book(params);
            path::MarketBlock<T, 1> market{};
            path::BookBlock<T, 1> marked{};
            const T at = static_cast<T>(log2_spot);
            const double spot = 100.0 * std::exp2(static_cast<double>(at));
            market.log2_spot[0] = at;
            market.spot[1] = static_cast<T>(spot);
            book.template mark<ColumnSet::all>(params, step, 1u, market, marked);
            const Marked exact = by_formula(scenario, plan.grid().steps[step].to, spot);
            EXPECT_NEAR(marked.pnl[0] - marked.cash[1], exact.value, tolerance * notional)
                << "step " << step << ", spot " << spot;
            EXPECT_NEAR(marked.delta[0], exact.delta, tolerance * notional / 100.0)
                << "step " << step << ", spot " << spot;
        }
    }
}

TEST(BookMark, InFloatsIsTheFormulaToAMillionthOfTheNotional) {
    const auto scenario = book_of_legs("single");
    const plan::Plan plan(scenario);
    expect_marks(plan, *plan.view().single, scenario, 1e-6);
}

TEST(BookMark, InDoublesIsTheFormulaToTheErrorOfItsNormalDistribution) {
    const auto scenario = book_of_legs("double");
    const plan::Plan plan(scenario);
    expect_marks(plan, *plan.view().reference, scenario, 1e-7);
}

}  // namespace
}  // namespace hedgestorm
