// SPDX-License-Identifier: Apache-2.0
//
// Prices under the model against published and independently computed ones, to every digit printed,
// and against what is known without an integral.

#include "host/plan/model_price.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/black_scholes.hpp"
#include "host/plan/plan.hpp"
#include "host/support/error.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

using scenario::OptionKind;
using scenario::OptionLeg;
using scenario::Scenario;
using test::ScenarioText;

Scenario market(double rate = 0.0, double dividend = 0.0) {
    Scenario s;
    s.market.spot = 100.0;
    s.market.rate = rate;
    s.market.dividend_yield = dividend;
    return s;
}

Scenario heston(double kappa, double theta, double xi, double rho, double initial,
                double rate = 0.0, double dividend = 0.0) {
    Scenario s = market(rate, dividend);
    s.market.heston = {kappa, theta, xi, rho, initial};
    return s;
}

Scenario merton(double rate = 0.0, double dividend = 0.0) {
    Scenario s = market(rate, dividend);
    s.market.volatility = 0.2;
    s.market.merton = {1.0, -0.1, 0.15};
    return s;
}

double price(const Scenario& s, OptionKind kind, double strike, double life) {
    OptionLeg leg;
    leg.kind = kind;
    leg.strike = strike;
    leg.expiry = life;
    return model_price(s, leg, life);
}

/// A call to half a unit of the last digit printed, and the put by parity.
void expect_call(const Scenario& s, double strike, double life, const std::string& printed) {
    const auto decimals = static_cast<int>(printed.size() - printed.find('.') - 1);
    const double call = std::stod(printed);
    const double tolerance = 0.51 * std::pow(10.0, -decimals);
    EXPECT_LT(tolerance, 1e-8 * call);
    EXPECT_NEAR(price(s, OptionKind::call, strike, life), call, tolerance) << strike;
    const double parity = 100.0 * std::exp(-s.market.dividend_yield * life) -
                          strike * std::exp(-s.market.rate * life);
    EXPECT_NEAR(price(s, OptionKind::put, strike, life), call - parity, tolerance) << strike;
}

TEST(ModelPrice, MeetsEveryDigitOfHestonPrices) {
    // Lewis; Fang & Oosterlee (2008); Broadie & Kaya (2006), twice; Andersen (2008), I to III.
    const Scenario a = heston(4.0, 0.25, 1.0, -0.5, 0.04, 0.01, 0.02);
    expect_call(a, 80, 1, "26.774758744");
    expect_call(a, 90, 1, "20.9333490006");
    expect_call(a, 100, 1, "16.07015491703");
    expect_call(a, 110, 1, "12.13221151671");
    expect_call(a, 120, 1, "9.024913483458");
    const Scenario b = heston(1.5768, 0.0398, 0.5751, -0.5711, 0.0175);
    expect_call(b, 100, 1, "5.78515543438");
    expect_call(b, 100, 10, "22.3189457912");
    expect_call(heston(6.21, 0.019, 0.61, -0.7, 0.010201, 0.0319), 100, 1, "6.806113313");
    expect_call(heston(2.0, 0.09, 1.0, -0.3, 0.09, 0.05), 100, 5, "34.99975835");
    const Scenario one = heston(0.5, 0.04, 1.0, -0.9, 0.04);
    expect_call(one, 60, 10, "44.32997507");
    expect_call(one, 100, 10, "13.08467014");
    expect_call(one, 140, 10, "0.2957744358");
    const Scenario two = heston(0.3, 0.04, 0.9, -0.5, 0.04);
    expect_call(two, 60, 15, "45.28686397");
    expect_call(two, 100, 15, "16.64922292");
    expect_call(two, 140, 15, "5.138190494");
    const Scenario three = heston(1.0, 0.09, 1.0, -0.3, 0.09, 0.05);
    expect_call(three, 60, 5, "56.57502467");
    expect_call(three, 100, 5, "33.59681806");
    expect_call(three, 140, 5, "18.15695689");
    const Scenario own = heston(2.0, 0.04, 0.5, -0.7, 0.09);
    expect_call(own, 80, 1, "22.82307601");
    expect_call(own, 100, 1, "9.067821725");
    expect_call(own, 120, 1, "1.941487186");
}

TEST(ModelPrice, MeetsEveryDigitOfPricesWithJumps) {
    const Scenario m = merton(0.05);
    expect_call(m, 80, 1, "25.95553492");
    expect_call(m, 90, 1, "18.69831619");
    expect_call(m, 100, 1, "12.76128859");
    expect_call(m, 110, 1, "8.258348699");
    expect_call(m, 120, 1, "5.09055029");
    expect_call(merton(), 90, 0.25, "11.63249009");
    expect_call(merton(), 100, 0.25, "4.940584659");
    expect_call(merton(), 110, 0.25, "1.496675833");
    Scenario kou = market(0.05);
    kou.market.volatility = 0.16;
    kou.market.kou = {1.0, 0.4, 10.0, 5.0};
    expect_call(kou, 98, 0.5, "9.147317304");
    Scenario bates = heston(2.0, 0.04, 0.5, -0.7, 0.09);
    bates.market.merton = {0.5, -0.1, 0.15};
    expect_call(bates, 80, 1, "23.47372574");
    expect_call(bates, 100, 1, "10.30157272");
    expect_call(bates, 120, 1, "2.93019217");
}

/// Merton's (1976) series, with a dividend.
double series(const Scenario& s, OptionKind kind, double strike, double life) {
    const auto& [intensity, m, d] = *s.market.merton;
    const double k = std::expm1(m + 0.5 * d * d);
    const double mean = intensity * (1.0 + k) * life;
    double weight = std::exp(-mean);
    double sum = 0.0;
    for (int n = 0; n < 60; ++n) {
        const double volatility =
            std::sqrt(s.market.volatility * s.market.volatility + n * d * d / life);
        const double rate = s.market.rate - intensity * k + n * (m + 0.5 * d * d) / life;
        sum += weight *
               black_scholes(kind, 100.0, strike, life, volatility, rate, s.market.dividend_yield)
                   .value;
        weight *= mean / (n + 1);
    }
    return sum;
}

TEST(ModelPrice, IsMertonsSeriesFromAnHourToTenYearsAndFarFromTheMoney) {
    const Scenario s = merton(0.07, 0.03);
    for (const double life : {1.0 / 8760, 1.0 / 365, 0.02, 0.3, 2.0, 10.0}) {
        for (const double strike : {40.0, 70.0, 99.0, 100.0, 101.0, 140.0, 300.0}) {
            for (const auto kind : {OptionKind::call, OptionKind::put}) {
                EXPECT_NEAR(price(s, kind, strike, life), series(s, kind, strike, life), 1e-9)
                    << life << ' ' << strike;
            }
        }
    }
}

TEST(ModelPrice, OfAVarianceThatHardlyMovesIsBlackAndScholes) {
    for (const double xi : {1e-9, 1e-6, 1e-4}) {
        const double kappa = 2.0;
        const double mean = 0.04 + 0.05 * (1.0 - std::exp(-kappa)) / kappa;
        const double expected =
            black_scholes(OptionKind::put, 100.0, 90.0, 1.0, std::sqrt(mean), 0.02, 0.01).value;
        EXPECT_NEAR(price(heston(kappa, 0.04, xi, -0.7, 0.09, 0.02, 0.01), OptionKind::put, 90, 1),
                    expected, 1e-9 + 3.0 * xi)
            << xi;
    }
}

TEST(ModelPrice, OfAMarketWithoutVarianceIsTheForwardsIntrinsicValue) {
    const Scenario s = heston(2.0, 0.0, 0.5, -0.7, 0.0, 0.05, 0.01);
    EXPECT_NEAR(price(s, OptionKind::call, 90, 2), 100 * std::exp(-0.02) - 90 * std::exp(-0.1),
                1e-12);
    EXPECT_EQ(price(s, OptionKind::put, 90, 2), 0.0);
}

TEST(ModelPrice, SaysSoWhereTheIntegralDoesNotConverge) {
    // All but no variance, far from the money: the integrand neither decays nor stops turning.
    const Scenario s = heston(2.0, 1e-9, 5.0, -1.0, 0.0);
    EXPECT_TRUE(test::only_problem(
        test::problems_of([&] { price(s, OptionKind::call, 30.0, 1.0 / 365); }), "book.premium",
        "the call at 30 that expires in 0.00273973 years does not converge"));
}

TEST(ModelPrice, IsThePremiumOfEveryLegInMarketTime) {
    auto text = ScenarioText()
                    .set("market.model", "'merton'")
                    .set("book.premium", "'model'")
                    .append("[market.merton]\nintensity = 1\njump_mean = -0.1\njump_sd = 0.15")
                    .append(
                        "[[book.option]]\nname = 'p'\nkind = 'put'\nstrike = 90\n"
                        "expiry_days = 50\nquantity = 2\nimplied_volatility = 0.5");
    const double call = price(merton(), OptionKind::call, 100, 30.0 / 365);
    const double put = price(merton(), OptionKind::put, 90, 50.0 / 365);
    EXPECT_NEAR(Plan(text.load()).initial_book().premium, call - 2.0 * put, 1e-9);
    // Ten days closed: both expiries have ten days less to move in.
    text.append("[[simulation.closed]]\nfrom_days = 4.5\nto_days = 14.5\nvariance_weight = 0");
    const double shorter = price(merton(), OptionKind::call, 100, 20.0 / 365) -
                           2.0 * price(merton(), OptionKind::put, 90, 40.0 / 365);
    EXPECT_NEAR(Plan(text.load()).initial_book().premium, shorter, 1e-9);
}

}  // namespace
}  // namespace hedgestorm::plan
