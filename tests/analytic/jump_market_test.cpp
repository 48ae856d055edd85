// SPDX-License-Identifier: Apache-2.0
//
// Markets with jumps: the martingale, the moments of the log price, prices of puts, and what
// continuous delta hedging leaves. Jumps and diffusion are exact at any step, so a year is one.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/markets.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

ScenarioText merton(double years, int steps, double rate = 0.0) {
    return test::over(ScenarioText()
                          .set("market.model", "'merton'")
                          .set("market.rate", test::number(rate))
                          .append(test::merton_table(1.0, -0.1, 0.15)),
                      years, steps);
}

ScenarioText kou(double years, int steps, double rate = 0.0) {
    return test::over(ScenarioText()
                          .set("market.model", "'kou'")
                          .set("market.volatility", "0.16")
                          .set("market.rate", test::number(rate))
                          .append(test::kou_table(1.0, 0.4, 10.0, 5.0)),
                      years, steps);
}

std::vector<float> spots(ScenarioText text, std::uint64_t tiles) {
    text.set("risk.outcomes", "'standard'").policy({{"name", "'p'"}, {"rule", "'none'"}});
    return test::outcomes(text.load(), tiles, {{test::the_path, Column::spot}})[0];
}

/// Within 4 standard errors, and sharp enough to see the compensator off by 1 % (8.5e-4 and 5.6e-4
/// a year).
void expect_forward(const ScenarioText& text, double forward, double visible) {
    const Moments m = moments_of(spots(text, 1024));
    test::expect_within_sigma(m.mean, m.mean_se, forward, 4.0, "E S");
    EXPECT_LT(4.0 * m.mean_se, visible * forward);
}

TEST(JumpMarket, DiscountedPriceIsAMartingale) {
    expect_forward(merton(1.0, 1), 100.0, 8.4e-4);
    expect_forward(merton(1.0, 1, 0.05).set("market.dividend_yield", "0.02"),
                   100.0 * std::exp(0.03), 8.4e-4);
    expect_forward(kou(2.0, 1).set("market.volatility", "0.02"), 100.0, 1.1e-3);
}

TEST(JumpMarket, DiscountedPriceIsAMartingaleThroughStressAndClosedTime) {
    expect_forward(
        merton(1.0, 12)
            .append("[[stress]]\nat_days = 100.3\nduration_days = 40\n"
                    "realised_volatility_multiplier = 2.0\nhalf_life_days = 10")
            .append("[[simulation.closed]]\nfrom_days = 20.2\nto_days = 90\nvariance_weight = 0.3"),
        100.0, 1e-3);
}

struct Shape {
    Moments moments;
    double skewness, skewness_se, excess, excess_se;
};

/// Moments of the log price; errors of the shape from 64 batches.
Shape shape_of_logs(const ScenarioText& text, std::uint64_t tiles) {
    std::vector<double> logs;
    const std::vector<float> all = spots(text, tiles);
    for (const float s : all) logs.push_back(std::log(s / 100.0));
    Shape shape{moments_of(logs), 0, 0, 0, 0};
    constexpr std::size_t batches = 64;
    std::vector<double> skewness(batches);
    std::vector<double> excess(batches);
    const auto [mean, mean_se, sd, sd_se] = shape.moments;
    for (std::size_t i = 0; i < logs.size(); ++i) {
        const double x = (logs[i] - mean) / sd;
        skewness[i % batches] += x * x * x;
        excess[i % batches] += x * x * x * x;
    }
    const double size = static_cast<double>(logs.size()) / batches;
    for (double& s : skewness) s /= size;
    for (double& k : excess) k = k / size - 3.0;
    const Moments s = moments_of(skewness);
    const Moments k = moments_of(excess);
    return {shape.moments, s.mean, s.mean_se, k.mean, k.mean_se};
}

TEST(JumpMarket, LogPriceHasTheMomentsOfMerton) {
    const Shape a = shape_of_logs(merton(1.0, 1), 512);
    test::expect_within_sigma(a.moments.mean, a.moments.mean_se, -0.5 * 0.07014862712, 4.0, "mean");
    test::expect_within_sigma(a.moments.sd, a.moments.sd_se, std::sqrt(0.0725), 4.0, "sd");
    test::expect_within_sigma(a.skewness, a.skewness_se, -0.3970038264, 4.0, "skewness");
    test::expect_within_sigma(a.excess, a.excess_se, 0.564803805, 4.0, "excess kurtosis");
    EXPECT_LT(4.0 * a.moments.sd_se, 0.005 * a.moments.sd);
}

TEST(JumpMarket, LogPriceHasTheMomentsOfKou) {
    const Shape a = shape_of_logs(kou(1.0, 2), 512);
    test::expect_within_sigma(a.moments.mean, a.moments.mean_se,
                              -0.5 * 0.0256 + 0.05555555556 - 0.08, 4.0, "mean");
    test::expect_within_sigma(a.moments.sd, a.moments.sd_se, std::sqrt(0.0256 + 0.056), 4.0, "sd");
    // Third cumulant: 6 (p / eta1^3 - (1 - p) / eta2^3).
    test::expect_within_sigma(a.skewness, a.skewness_se,
                              6.0 * (0.4e-3 - 0.6 / 125.0) / std::pow(0.0816, 1.5), 4.0,
                              "skewness");
}

void expect_puts(const ScenarioText& text, double years, double rate,
                 const std::vector<std::pair<double, double>>& calls) {
    const std::vector<float> all = spots(text, 245);
    std::vector<float> payoff(all.size());
    const double discount = std::exp(-rate * years);
    for (const auto& [strike, call] : calls) {
        for (std::size_t p = 0; p < all.size(); ++p)
            payoff[p] = std::max(static_cast<float>(strike) - all[p], 0.0f);
        const Moments m = moments_of(payoff);
        const double put = call - 100.0 + strike * discount;
        EXPECT_LE(std::abs(discount * m.mean - put), 4.0 * discount * m.mean_se + 1e-3 * put)
            << strike;
    }
}

TEST(JumpMarket, PutsAreMet) {
    expect_puts(merton(1.0, 4, 0.05), 1.0, 0.05,
                {{80, 25.95553492},
                 {90, 18.69831619},
                 {100, 12.76128859},
                 {110, 8.258348699},
                 {120, 5.09055029}});
    expect_puts(merton(0.25, 1), 0.25, 0.0,
                {{90, 11.63249009}, {100, 4.940584659}, {110, 1.496675833}});
    expect_puts(kou(0.5, 2, 0.05), 0.5, 0.05, {{98, 9.147317304}});
}

TEST(JumpMarket, LeavesTheResidualOfContinuousDeltaHedging) {
    // At Black and Scholes's delta of the total volatility, sqrt(0.0725): 2.9346685 by the formula
    // of docs/model.md, "Other markets", integrated over time; to 3 % at 126 dates. The premium is
    // the model's, so nothing is earned.
    auto text = merton(0.25, 126).set("book.premium", "'model'");
    text.set("policy.valuation", "'expected'").set("risk.outcomes", "'pnl'");
    const Moments pnl = moments_of(test::outcomes(text.load(), 128, {{0, Column::pnl}})[0]);
    EXPECT_NEAR(pnl.sd, 2.9346685, 0.03 * 2.9346685 + 4.0 * pnl.sd_se);
    test::expect_within_sigma(pnl.mean, pnl.mean_se, 0.0, 4.0, "mean");
    EXPECT_LT(4.0 * pnl.mean_se, 0.01 * 4.940584659);
}

}  // namespace
}  // namespace hedgestorm
