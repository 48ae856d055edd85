// SPDX-License-Identifier: Apache-2.0
//
// A short call hedged at N dates: the exact standard deviation of the hedging error, its exact mean
// under a drift, the exact turnover, and what a wrong volatility earns. Base case: S = K = 100,
// sigma = 0.2, T = 0.25, no rate. Exact values are one- and two-dimensional lognormal integrals by
// quadrature (docs/model.md, "Checks"). Everything within 4 standard errors of the sample unless
// another tolerance is stated.

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/black_scholes.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

ScenarioText base_case(int steps) {
    ScenarioText text;
    text.without("simulation.horizon_days").set("simulation.horizon_years", "0.25");
    text.without("option.expiry_days").set("option.expiry_years", "0.25");
    return text.set("simulation.steps", std::to_string(steps));
}

Moments pnl_of(const ScenarioText& text, std::uint64_t tiles) {
    ScenarioText quick = text;
    quick.set("risk.outcomes", "'pnl'");
    return moments_of(test::outcomes(quick.load(), tiles, {{0, Column::pnl}})[0]);
}

struct ExactCase {
    int steps;
    std::uint64_t tiles;
    double value;
};

class ExactSd : public ::testing::TestWithParam<ExactCase> {};

TEST_P(ExactSd, OfAHedgedCallIsMetAndItsMeanIsZero) {
    const ExactCase& exact = GetParam();
    const Moments pnl = pnl_of(base_case(exact.steps), exact.tiles);
    test::expect_within_sigma(pnl.mean, pnl.mean_se, 0.0, 4.0, "mean");
    test::expect_within_sigma(pnl.sd, pnl.sd_se, exact.value, 4.0, "sd");
    EXPECT_LT(4.0 * pnl.sd_se, 0.01 * exact.value) << "too few paths to see an error of 1 %";
}

INSTANTIATE_TEST_SUITE_P(
    Steps, ExactSd,
    ::testing::Values(ExactCase{1, 256, 3.017191851}, ExactCase{2, 256, 2.218102406},
                      ExactCase{4, 256, 1.61866882}, ExactCase{63, 256, 0.4348553524},
                      ExactCase{252, 128, 0.2199497869}, ExactCase{1008, 96, 0.1106183314}),
    [](const auto& test) { return "At" + std::to_string(test.param.steps) + "Dates"; });

TEST(DiscreteHedging, HasTheExactMeanUnderADrift) {
    for (const ExactCase& exact :
         {ExactCase{4, 1024, -0.03108838997}, ExactCase{63, 512, -0.001968582025}}) {
        const Moments pnl = pnl_of(base_case(exact.steps).set("market.drift", "0.10"), exact.tiles);
        test::expect_within_sigma(pnl.mean, pnl.mean_se, exact.value, 4.0,
                                  std::to_string(exact.steps) + " dates");
    }
}

TEST(DiscreteHedging, RebalancingTurnsOverTheExactNotional) {
    const auto scenario = base_case(63)
                              .set("costs.half_spread_bps", "6")
                              .set("costs.fee_bps", "4")
                              .set("risk.outcomes", "'standard'")
                              .load();
    const auto columns = test::outcomes(scenario, 256,
                                        {{0, Column::rebalance_cost},
                                         {0, Column::entry_cost},
                                         {0, Column::turnover},
                                         {0, Column::exit_cost},
                                         {0, Column::pnl}});
    const Moments rebalancing = moments_of(columns[0]);
    test::expect_within_sigma(rebalancing.mean, rebalancing.mean_se, 0.2505395508, 4.0,
                              "cost of rebalancing");
    EXPECT_LT(4.0 * rebalancing.mean_se, 0.01 * 0.25);
    EXPECT_NEAR(columns[1][17], 0.05199388058, 1e-8);
    // The account's own turnover tells the same story, entry and unwind taken off.
    std::vector<double> inside(columns[2].size());
    std::vector<double> leak(columns[2].size());
    for (std::size_t p = 0; p < inside.size(); ++p) {
        inside[p] = columns[2][p] - 51.99388058 - columns[3][p] * 1e3;
        leak[p] = columns[4][p] + 1e-3 * columns[2][p];
    }
    const Moments turnover = moments_of(inside);
    test::expect_within_sigma(turnover.mean, turnover.mean_se, 250.5395508, 4.0, "turnover");
    // The price is a martingale and the premium fair: on average all that is lost is the cost.
    const Moments difference = moments_of(leak);
    test::expect_within_sigma(difference.mean, difference.mean_se, 0.0, 4.0, "mean + cost");
}

/// A call bought at 0.2 in a market that moves by 0.3.
ScenarioText bought_cheap(int steps, const std::string& valuation) {
    ScenarioText text = base_case(steps);
    text.set("market.volatility", "0.3").set("option.quantity", "1");
    return text.set("policy.valuation", valuation);
}

TEST(WrongVolatility, EarnsTheDifferenceOfThePricesOnAverageWhateverTheHedge) {
    const double gain = 1.990767643;
    const auto price = [](double volatility) {
        return plan::black_scholes(scenario::OptionKind::call, 100.0, 100.0, 0.25, volatility, 0.0,
                                   0.0)
            .value;
    };
    EXPECT_NEAR(price(0.3) - price(0.2), gain, 1e-9);
    for (const char* valuation : {"'implied'", "'instantaneous'", "0.3", "0.2"}) {
        const Moments pnl = pnl_of(bought_cheap(63, valuation), 256);
        test::expect_within_sigma(pnl.mean, pnl.mean_se, gain, 4.0, valuation);
        EXPECT_LT(4.0 * pnl.mean_se, 0.01 * gain);
    }
}

TEST(WrongVolatility, LeavesARiskThatOnlyTheTrueVolatilityHedgesAway) {
    // Continuous hedging at 0.2 leaves 0.90686; 1008 dates add the discrete error in quadrature
    // (3 %).
    const Moments implied = pnl_of(bought_cheap(1008, "'implied'"), 32);
    EXPECT_NEAR(implied.sd, 0.90686293, 0.03 * 0.90686293 + 4.0 * implied.sd_se);
    // Hedged at 0.3 the gain is path-independent but for the dates: sd = g(0.3) / sqrt(N) times
    // (1 - 0.185 / sqrt(N)), with g = sqrt(pi/4) vega sigma to 0.05 % (3 %).
    const Moments own = pnl_of(bought_cheap(1008, "0.3"), 32);
    const double vega =
        plan::black_scholes(scenario::OptionKind::call, 100.0, 100.0, 0.25, 0.3, 0.0, 0.0).vega;
    const double discrete = std::sqrt(std::atan(1.0)) * vega * 0.3 / std::sqrt(1008.0) *
                            (1.0 - 0.185 / std::sqrt(1008.0));
    EXPECT_NEAR(own.sd, discrete, 0.03 * discrete + 4.0 * own.sd_se);
}

/// Trades when the price has moved by half a per cent, watched 8000 times.
ScenarioText price_move() {
    return base_case(8000)
        .policy({{"name", "'move'"}, {"rule", "'price_move'"}, {"price_move", "0.005"}})
        .set("risk.outcomes", "'standard'");
}
constexpr double trigger = 0.005;
const double step_deviation = 0.2 * std::sqrt(0.25 / 8000);

TEST(PriceMove, TradesAsOftenAsExitTimesSay) {
    // Steps between trades: (m + 0.5826)^2 + 0.25 with m = b / (sigma sqrt(dt)); good to 1 %. A leg
    // with years to live has a delta that never comes to rest, so that every exit is a trade.
    const auto scenario = price_move().set("option.expiry_years", "3").load();
    const Moments trades = moments_of(test::outcomes(scenario, 4, {{0, Column::trades}})[0]);
    const double wait = std::pow(trigger / step_deviation + 0.5826, 2) + 0.25;
    EXPECT_NEAR(trades.mean - 1.0, 8000 / wait, 0.01 * 8000 / wait + 4.0 * trades.mean_se);
}

TEST(PriceMove, LeavesAThirdOfTheVarianceOfHedgingByTheClock) {
    // The error's variance is (b^2 sigma^2 / 6) I, b shifted by 0.5826 sigma sqrt(dt): within 6 %.
    const auto columns = test::outcomes(price_move().load(), 10, {{0, Column::pnl}});
    const Moments pnl = moments_of(columns[0]);
    test::expect_within_sigma(pnl.mean, pnl.mean_se, 0.0, 4.0, "mean");
    const double sd = 0.1019808896 * (trigger + 0.5826 * step_deviation) / trigger;
    EXPECT_NEAR(pnl.sd, sd, 0.06 * sd + 4.0 * pnl.sd_se);
}

}  // namespace
}  // namespace hedgestorm
