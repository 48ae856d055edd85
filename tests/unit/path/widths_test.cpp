// SPDX-License-Identifier: Apache-2.0
//
// Half-widths of the bands that move, as a path makes them: a call with a quarter of a year to go,
// at 100, sigma 0.2, 10 bp. Figures by numpy from the formulas of the papers (docs/model.md, "Bands
// that move"): 1e-8 in doubles, 1e-5 in floats.

#include "kernels/path/targets/widths.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::path {
namespace {

using test::ScenarioText;

/// Half a year in two steps: a quarter is left at the end of the first.
ScenarioText half_a_year(ScenarioText text = {}) {
    text = test::over(text, 0.5, 2);
    return text.set("simulation.precision", "'double'")
        .set("costs.half_spread_bps", "6")
        .set("costs.fee_bps", "4");
}

/// In Heston's market, its steps as long.
ScenarioText in_heston() {
    return half_a_year(test::heston({2.0, 0.04, 0.5, -0.7, 0.04}, "longest_step_days = 200"));
}

ScenarioText under(ScenarioText text, const std::string& rule, ScenarioText::Keys keys = {}) {
    keys.insert(keys.begin(), {{"name", "'p'"}, {"rule", "'" + rule + "'"}});
    return text.policy(keys);
}

struct Wish {
    double hedge;
    double half_width;
};

template <class T>
const PathParams<T>& params_of(const plan::Plan& plan) {
    if constexpr (std::is_same_v<T, double>) {
        return *plan.view().reference;
    } else {
        return *plan.view().single;
    }
}

/// What the first policy wants at a spot, at the end of a step, at a volatility that may be read
/// and a multiplier of the marks on the path.
template <class T>
Wish wish_at(const ScenarioText& text, T spot, std::uint32_t step = 0, T volatility = T(0),
             T implied = T(1)) {
    const plan::Plan plan(text.load());
    const PathParams<T>& params = params_of<T>(plan);
    EXPECT_TRUE(params.has_moving_bands);
    MarketBlock<T, 1> market{};
    market.log2_spot[0] = static_cast<T>(std::log2(spot / T(100)));
    market.spot[1] = spot;
    market.volatility[0] = volatility;
    market.implied[0] = implied;
    TargetBlock<T, 1> target = {{T(0)}};
    WidthBlock<T, 1> width = {{volatility}};
    widen<math::Philox<std::uint32_t>>(params, params.target.data[0], step, 1u, market, target,
                                       width);
    return {double{target.hedge[0]}, double{width.half[0]}};
}

void expect_half_width(const ScenarioText& text, double spot, double exact) {
    EXPECT_NEAR(wish_at<double>(text, spot).half_width, exact, 1e-8 * exact);
    ScenarioText floats = text;
    floats.set("simulation.precision", "'single'");
    EXPECT_NEAR(wish_at<float>(floats, static_cast<float>(spot)).half_width, exact, 1e-5 * exact);
}

TEST(WhalleyWilmott, MeetsThePrintedHalfWidths) {
    const ScenarioText text = half_a_year();
    expect_half_width(under(text, "whalley_wilmott", {{"risk_aversion", "1"}}), 100.0,
                      0.06198337475);
    const auto careless = under(text, "whalley_wilmott", {{"risk_aversion", "0.1"}});
    expect_half_width(careless, 100.0, 0.1335391328);
    // The same ratio of cost to risk aversion.
    expect_half_width(
        under(text, "whalley_wilmott", {{"risk_aversion", "1"}, {"assumed_cost_bps", "100"}}),
        100.0, 0.1335391328);
    ScenarioText at_110 = under(text, "whalley_wilmott", {{"risk_aversion", "1"}});
    expect_half_width(at_110.set("option.strike", "110"), 100.0, 0.047268081);
    ScenarioText with_rate = under(text, "whalley_wilmott", {{"risk_aversion", "1"}});
    expect_half_width(with_rate.set("market.rate", "0.05"), 100.0, 0.06114967414);
    // The optimum of who trades to the target: 4^(1/3) as wide.
    expect_half_width(
        under(text, "whalley_wilmott", {{"risk_aversion", "1"}, {"coefficient", "6"}}), 100.0,
        0.09839247428);
}

TEST(WhalleyWilmott, ScalesWithPriceAndQuantity) {
    // Twice every price: gamma halves, H = (c S Gamma^2)^{1/3} falls by 2^{-1/3}.
    ScenarioText doubled = under(half_a_year(), "whalley_wilmott", {{"risk_aversion", "1"}});
    doubled.set("market.spot", "200").set("option.strike", "200");
    const plan::Plan plan(doubled.load());
    const PathParams<double>& params = *plan.view().reference;
    MarketBlock<double, 1> market{};
    market.spot[1] = 200.0;
    TargetBlock<double, 1> target{};
    WidthBlock<double, 1> width{};
    widen<math::Philox<std::uint32_t>>(params, params.target.data[0], 0, 1u, market, target, width);
    EXPECT_NEAR(width.half[0], 0.06198337475 * std::cbrt(0.5), 1e-9);
    // Eight calls: 8^{2/3} = 4 times as wide.
    ScenarioText eight = under(half_a_year(), "whalley_wilmott", {{"risk_aversion", "1"}});
    expect_half_width(eight.set("option.quantity", "-8"), 100.0, 4.0 * 0.06198337475);
}

TEST(WhalleyWilmott, IsWorkedOutAtThePolicysValuation) {
    const double at_30 = wish_at<double>(under(half_a_year(), "whalley_wilmott",
                                               {{"risk_aversion", "1"}, {"valuation", "0.3"}}),
                                         100.0)
                             .half_width;
    // gamma = n(d1) / (S sigma sqrt(tau)), d1 = sigma sqrt(tau) / 2.
    const double d1 = 0.075;
    const double gamma = std::exp(-0.5 * d1 * d1) / std::sqrt(8.0 * std::atan(1.0)) / 15.0;
    EXPECT_NEAR(at_30, std::cbrt(1.5 * 1e-3 * 100.0 * gamma * gamma), 1e-9);
    // A volatility known only on the path gives the same where it is the same.
    ScenarioText realised =
        under(half_a_year(), "whalley_wilmott",
              {{"risk_aversion", "1"}, {"valuation", "'realised'"}, {"half_life_days", "9"}});
    EXPECT_NEAR(wish_at<double>(realised, 100.0, 0, 0.3).half_width, at_30, 1e-12);
    ScenarioText heston = under(in_heston(), "whalley_wilmott",
                                {{"risk_aversion", "1"}, {"valuation", "'instantaneous'"}});
    EXPECT_NEAR(wish_at<double>(heston, 100.0, 0, 0.3).half_width, at_30, 1e-12);
}

TEST(WhalleyWilmott, OfABookWithoutGammaHasNoWidth) {
    // Long and short of the same call but for its name, and after every leg has settled.
    ScenarioText flat = under(half_a_year(), "whalley_wilmott", {{"risk_aversion", "1"}});
    flat.append(
        "[[book.option]]\nkind = 'call'\nstrike = 100\nexpiry_years = 0.5\nquantity = 1\n"
        "implied_volatility = 0.2");
    const double none = wish_at<double>(flat, 100.0).half_width;
    EXPECT_GE(none, 0.0);
    EXPECT_LT(none, 1e-15);
    for (const char* rule : {"whalley_wilmott", "zakamouline"}) {
        const auto settled = under(half_a_year(), rule, {{"risk_aversion", "1"}});
        EXPECT_EQ(wish_at<double>(settled, 100.0, 1).half_width, 0.0) << rule;
    }
}

TEST(WhalleyWilmott, IsANumberHoweverNearTheExpiryAndFarTheStrike) {
    for (const char* rule : {"whalley_wilmott", "zakamouline"}) {
        ScenarioText text = under(half_a_year(), rule, {{"risk_aversion", "1"}});
        text.set("option.expiry_years", "0.2500001").set("simulation.precision", "'single'");
        for (const float spot : {1e-3f, 50.0f, 99.999f, 100.0f, 100.001f, 2e3f, 1e8f}) {
            const Wish wish = wish_at<float>(text, spot);
            EXPECT_TRUE(std::isfinite(wish.half_width)) << rule << " at " << spot;
            EXPECT_GE(wish.half_width, 0.0) << rule << " at " << spot;
            EXPECT_TRUE(std::isfinite(wish.hedge)) << rule << " at " << spot;
        }
    }
}

TEST(Zakamouline, MeetsThePrintedHalfWidthsAndDeltas) {
    const ScenarioText text = under(half_a_year(), "zakamouline", {{"risk_aversion", "1"}});
    expect_half_width(text, 100.0, 0.0376472274);
    EXPECT_NEAR(wish_at<double>(text, 100.0).hedge, 0.5207406269, 1e-9);
    ScenarioText at_110 = text;
    expect_half_width(at_110.set("option.strike", "110"), 100.0, 0.03090616243);
    ScenarioText long_call = text;
    long_call.set("option.quantity", "1");
    expect_half_width(long_call, 100.0, 0.0376472274);
    EXPECT_NEAR(wish_at<double>(long_call, 100.0).hedge, -0.5191032428, 1e-9);
}

TEST(Zakamouline, CorrectsTheVolatilityByThePrintedAmount) {
    const plan::Plan plan(under(half_a_year(), "zakamouline", {{"risk_aversion", "1"}}).load());
    const WidthStep<double>& step = plan.view().reference->target.data[0].width.step.data[0];
    const double g = 3.984439141;  // gamma x S
    EXPECT_NEAR(0.2 * zakamouline_scale(step, -g, 0.0), 0.2080499357, 1e-9);
    EXPECT_NEAR(0.2 * zakamouline_scale(step, g, 0.0), 0.1916121715, 1e-9);
    EXPECT_NEAR(step.base / 100.0, 0.001, 1e-12);                        // H0
    EXPECT_NEAR(step.band * std::sqrt(g / 100.0), 0.0366472274, 1e-10);  // H1
}

TEST(Zakamouline, TakesItsCoefficientsFromTheScenario) {
    ScenarioText text = under(
        half_a_year(), "zakamouline",
        {{"risk_aversion", "1"}, {"band_coefficient", "2.24"}, {"volatility_coefficient", "0"}});
    EXPECT_NEAR(wish_at<double>(text, 100.0).half_width, 0.001 + 2.0 * 0.0366472274, 1e-9);
    EXPECT_NEAR(wish_at<double>(text, 100.0).hedge, 0.5199388058, 1e-9);
}

TEST(Zakamouline, KeepsATenthOfTheVolatilityWhereTheFitWouldLeaveNone) {
    ScenarioText text = under(half_a_year(), "zakamouline",
                              {{"risk_aversion", "1e6"}, {"assumed_cost_bps", "500"}});
    text.set("option.quantity", "1").set("option.strike", "105");
    // N(d1) at 0.02: d1 = -ln 1.05 / 0.01 + 0.005.
    const double d1 = -std::log(1.05) / 0.01 + 0.005;
    EXPECT_NEAR(wish_at<double>(text, 100.0).hedge, -0.5 * std::erfc(-d1 / std::sqrt(2.0)), 1e-9);
}

TEST(MovingBands, FollowTheSpotOfThePath) {
    // By the papers' formulas at 110 on a path that began at 100, strike 121.
    constexpr double spot = 110.0, root = 0.1, kappa = 1e-3;  // root: sigma sqrt(tau)
    const double d1 = std::log(spot / 121.0) / root + 0.5 * root;
    const double gamma = std::exp(-0.5 * d1 * d1) / std::sqrt(2.0 * M_PI) / (spot * root);
    ScenarioText call = half_a_year().set("option.strike", "121");
    expect_half_width(under(call, "whalley_wilmott", {{"risk_aversion", "1"}}), spot,
                      std::cbrt(1.5 * kappa * spot * gamma * gamma));
    // A dividend yield of 0.08: e^(-q tau) times the gamma at its forward.
    const double d1_q = d1 - 0.08 * 0.25 / root;
    const double gamma_q = gamma * std::exp(0.5 * (d1 * d1 - d1_q * d1_q) - 0.08 * 0.25);
    ScenarioText with_yield = under(call, "whalley_wilmott", {{"risk_aversion", "1"}});
    expect_half_width(with_yield.set("market.dividend_yield", "0.08"), spot,
                      std::cbrt(1.5 * kappa * spot * gamma_q * gamma_q));
    const ScenarioText other = under(call, "zakamouline", {{"risk_aversion", "1"}});
    const double tail = std::pow(1.0 / 0.2, 0.25);  // (e^(-r tau) / sigma)^0.25
    const double h0 = kappa / (spot * 0.04 * 0.25);
    const double h1 = 1.12 * std::pow(kappa, 0.31) * std::pow(0.25, 0.05) * tail * std::sqrt(gamma);
    expect_half_width(other, spot, h0 + h1);
    const double k = -4.76 * std::pow(kappa, 0.78) * std::pow(0.25, -0.02) * tail *
                     std::pow(spot * spot * gamma, 0.15);
    const double corrected = root * std::sqrt(1.0 - k);
    const double d = std::log(spot / 121.0) / corrected + 0.5 * corrected;
    EXPECT_NEAR(wish_at<double>(other, spot).hedge, 0.5 * std::erfc(-d / std::sqrt(2.0)), 1e-9);
}

TEST(MovingBands, KnowPutsAndMarksThatMoveOnThePath) {
    // A put's delta is the call's less one, its gamma the same.
    const ScenarioText::Keys keys = {{"risk_aversion", "1"}};
    const ScenarioText calls = under(half_a_year(), "zakamouline", keys);
    ScenarioText puts = calls;
    puts.set("option.kind", "'put'");
    const Wish call = wish_at<double>(calls, 104.0);
    const Wish put = wish_at<double>(puts, 104.0);
    EXPECT_NEAR(put.hedge, call.hedge - 1.0, 1e-9);
    EXPECT_NEAR(put.half_width, call.half_width, 1e-12);
    // Marks half as high again on the path are those of a book marked so from the start.
    const std::string random =
        "[[stress]]\nrate_per_year = 1\nduration_days = 9\nimplied_volatility_multiplier = 1.5";
    const auto marked = [&](ScenarioText text, const std::string& volatility, double multiplier) {
        text.append(random).set("option.implied_volatility", volatility);
        return wish_at<double>(text, 104.0, 0, 0.0, multiplier);
    };
    const ScenarioText whalley = under(half_a_year(), "whalley_wilmott", keys);
    EXPECT_NEAR(marked(whalley, "0.2", 1.5).half_width, marked(whalley, "0.3", 1.0).half_width,
                1e-9);
    // Coefficients are of the volatility at t_0, so here without the correction.
    const ScenarioText zakamouline = under(
        half_a_year(), "zakamouline", {{"risk_aversion", "1"}, {"volatility_coefficient", "0"}});
    EXPECT_NEAR(marked(zakamouline, "0.2", 1.5).hedge, marked(zakamouline, "0.3", 1.0).hedge, 1e-9);
}

TEST(VarianceScaled, DividesItsBudgetByPriceAndVolatility) {
    // A budget of 3 a day, 3 sqrt(365) a year.
    const double yearly = 3.0 * std::sqrt(365.0);
    const ScenarioText::Keys budget = {{"budget", "3"}};
    ScenarioText plain = under(half_a_year(), "variance_scaled", budget);
    EXPECT_NEAR(wish_at<double>(plain, 80.0).half_width, yearly / (80.0 * 0.2), 1e-12);
    // A scripted multiplier in force makes the volatility twice what it was.
    ScenarioText stressed = plain;
    stressed.append(
        "[[stress]]\nat_days = 10\nduration_days = 100\nrealised_volatility_multiplier = 2");
    const std::uint32_t step = 1;  // the step before ends where the stress begins
    EXPECT_NEAR(wish_at<double>(stressed, 80.0, step).half_width, yearly / (80.0 * 0.4), 1e-12);
    // Heston's volatility is the path's own.
    ScenarioText heston = under(in_heston(), "variance_scaled", budget);
    EXPECT_NEAR(wish_at<double>(heston, 80.0, 0, 0.35).half_width, yearly / (80.0 * 0.35), 1e-12);
    const plan::Plan of_heston(heston.load());
    EXPECT_TRUE(of_heston.view().reference->market.volatility_is_read);
}

TEST(Hybrid, HasTheWidthsOfABand) {
    const auto at = [](const std::string& unit, double spot) {
        return wish_at<double>(under(half_a_year().set("option.quantity", "-50"), "hybrid",
                                     {{"every", "9"},
                                      {"half_width", "0.04"},
                                      {"half_width_unit", "'" + unit + "'"}}),
                               spot)
            .half_width;
    };
    EXPECT_EQ(at("underlying", 80.0), 0.04);
    EXPECT_EQ(at("relative", 80.0), 2.0);
    EXPECT_EQ(at("dollar", 80.0), 0.04 / 80.0);
}

}  // namespace
}  // namespace hedgestorm::path
