// SPDX-License-Identifier: Apache-2.0
//
// Jumps and momentum: what they add to a path, and that they change nothing else of it.

#include "kernels/path/market/processes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"
#include "tests/support/markets.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm::path {
namespace {

using test::ScenarioText;
using Random = math::Philox<std::uint32_t>;

constexpr double day = 1.0 / 365.0;

/// A gap of no size: an event and nothing else.
std::string event_at(double days) {
    return "[[stress]]\nat_days = " + test::number(days) + "\nspot_move = 0.0";
}

ScenarioText merton(double intensity, double mean, double sd) {
    return ScenarioText()
        .set("market.model", "'merton'")
        .set("simulation.precision", "'double'")
        .append(test::merton_table(intensity, mean, sd));
}

ScenarioText kou(double intensity, double up, double eta1, double eta2) {
    return ScenarioText()
        .set("market.model", "'kou'")
        .set("simulation.precision", "'double'")
        .append(test::kou_table(intensity, up, eta1, eta2));
}

/// The log2 moves that jumps make in every step of a path, block by block as a path takes them.
std::vector<double> moves_of(const PathParams<double>& params, std::uint32_t path,
                             std::uint32_t path_high) {
    constexpr int block = 8;
    Jumps<double, Random> jumps(params.seed, path, path_high);
    std::vector<double> moves;
    for (std::uint32_t first = 0; first < params.steps; first += block) {
        const std::uint32_t count = std::min<std::uint32_t>(block, params.steps - first);
        MarketBlock<double, block> market{};
        jumps.add(params, first, count, market);
        moves.insert(moves.end(), market.move, market.move + count);
    }
    return moves;
}

/// Sum of the log jumps of each rebalance interval.
std::vector<double> jumps_of(const plan::Plan& plan, std::uint32_t path) {
    const PathParams<double>& params = *plan.view().reference;
    const std::vector<double> move = moves_of(params, path, 2);
    std::vector<double> sum(plan.grid().rebalance_steps, 0.0);
    for (std::size_t i = 0; i < move.size(); ++i)
        sum[plan.grid().steps[i].draw] += move[i] * std::numbers::ln2;
    return sum;
}

TEST(Jumps, OfAnIntervalAreTheSameHoweverEventsDivideIt) {
    for (auto text : {merton(200.0, -0.02, 0.03), kou(200.0, 0.3, 20.0, 15.0)}) {
        const plan::Plan whole(text.load());
        for (const double at : {0.25, 3.5, 3.6, 3.61, 7.4, 29.999}) text.append(event_at(at));
        const plan::Plan divided(text.load());
        ASSERT_GT(divided.grid().steps.size(), whole.grid().steps.size());
        double size = 0.0;
        for (std::uint32_t path = 0; path < 200; ++path) {
            const auto a = jumps_of(whole, path);
            const auto b = jumps_of(divided, path);
            for (std::size_t j = 0; j < a.size(); ++j) {
                ASSERT_NEAR(a[j], b[j], 1e-14);
                size += std::abs(a[j]);
            }
        }
        EXPECT_GT(size, 10.0);
    }
}

TEST(Jumps, HappenInEachPieceInProportionToItsMarketTime) {
    // Intervals of 10 days; in the second the market is closed for 4 of them.
    auto text = merton(300.0, 0.05, 0.0).set("simulation.steps", "3").append(event_at(2.5));
    text.append("[[simulation.closed]]\nfrom_days = 11\nto_days = 15\nvariance_weight = 0");
    const plan::Plan plan(text.load());
    const PathParams<double>& params = *plan.view().reference;
    constexpr std::uint32_t paths = 20'000;
    std::vector<std::vector<double>> number(params.steps);
    for (std::uint32_t path = 0; path < paths; ++path) {
        const std::vector<double> move = moves_of(params, path, 0);
        for (std::size_t i = 0; i < move.size(); ++i)
            number[i].push_back(move[i] * std::numbers::ln2 / 0.05);
    }
    for (std::size_t i = 0; i < number.size(); ++i) {
        const double mean = 300.0 * plan.grid().steps[i].clock();
        const test::Moments m = test::moments_of(number[i]);
        test::expect_within_sigma(m.mean, m.mean_se, mean, 4.0, "number " + std::to_string(i));
        test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(mean), 4.0, "its deviation");
    }
}

TEST(Jumps, HaveTheirMomentsAndIndependentNumbers) {
    struct Case {
        ScenarioText text;
        double intensity, mean, square;
    };
    // Merton: m, m^2 + d^2. Kou: p/eta1 - (1-p)/eta2, 2p/eta1^2 + 2(1-p)/eta2^2.
    const Case cases[] = {
        {merton(1.0, -0.1, 0.15), 1.0, -0.1, 0.0325},
        {merton(60.0, -0.1, 0.15), 60.0, -0.1, 0.0325},
        {kou(40.0, 0.4, 10.0, 5.0), 40.0, -0.08, 0.056},
    };
    for (const Case& c : cases) {
        const plan::Plan plan(ScenarioText(c.text)
                                  .set("simulation.steps", "2")
                                  .set("simulation.horizon_days", "730")
                                  .load());
        std::vector<double> sum;
        for (std::uint32_t path = 0; path < 150'000; ++path)
            for (const double j : jumps_of(plan, path)) sum.push_back(j);
        const test::Moments m = test::moments_of(sum);
        test::expect_within_sigma(m.mean, m.mean_se, c.intensity * c.mean, 4.0, "mean");
        test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(c.intensity * c.square), 4.0, "sd");
    }
}

TEST(Jumps, OfNoSizeLeaveTheDiffusionAsItWas) {
    const auto spots = [](ScenarioText text) {
        return test::outcomes(text.set("risk.outcomes", "'standard'").load(), 1,
                              {{test::the_path, Column::spot}})[0];
    };
    const auto plain = spots(ScenarioText().set("simulation.precision", "'double'"));
    const auto jumping = spots(merton(300.0, 0.0, 0.0));
    for (std::size_t p = 0; p < plain.size(); ++p) ASSERT_EQ(plain[p], jumping[p]);
}

TEST(Jumps, MultiplyThePriceOfTheSameDiffusion) {
    const auto spots = [](ScenarioText text) {
        return test::outcomes(text.set("risk.outcomes", "'standard'").load(), 1,
                              {{test::the_path, Column::spot}})[0];
    };
    const auto plain = spots(ScenarioText().set("simulation.precision", "'double'"));
    auto text = merton(50.0, -0.1, 0.15);
    const auto jumping = spots(text);
    const plan::Plan plan(text.load());
    const PathParams<double>& params = *plan.view().reference;
    for (std::uint32_t p = 0; p < 500; ++p) {
        const std::vector<double> move = moves_of(params, p, 0);
        // The compensator: -lambda k T, k = e^{-0.1 + 0.01125} - 1.
        double log = 50.0 * 0.08492568644 * 30 * day;
        for (const double m : move) log += m * std::numbers::ln2;
        ASSERT_NEAR(std::log(jumping[p] / plain[p]), log, 1e-6);
    }
}

TEST(Momentum, MovesThePriceByAnOrnsteinUhlenbeckDriftHeldBetweenDates) {
    // All but no volatility: ln S is what the momentum adds. Two events divide intervals.
    constexpr double kappa = 30.0;
    constexpr double eta = 20.0;
    constexpr double initial = 3.0;
    constexpr int n = 30;
    auto text = ScenarioText()
                    .set("simulation.precision", "'double'")
                    .set("market.volatility", "1e-6")
                    .set("risk.outcomes", "'standard'")
                    .append(test::momentum_table(kappa, eta, initial))
                    .append(event_at(3.3))
                    .append(event_at(17.9));
    const auto spots = test::outcomes(text.load(), 64, {{test::the_path, Column::spot}})[0];
    std::vector<double> logs;
    for (const float s : spots) logs.push_back(std::log(s / 100.0));
    double mean = 0.0;
    double variance = 0.0;
    for (int i = 0; i < n; ++i) {
        mean += initial * std::exp(-kappa * i * day) * day;
        for (int j = 0; j < n; ++j)
            variance +=
                eta * eta / (2.0 * kappa) *
                (std::exp(-kappa * std::abs(i - j) * day) - std::exp(-kappa * (i + j) * day)) *
                day * day;
    }
    const test::Moments m = test::moments_of(logs);
    test::expect_within_sigma(m.mean, m.mean_se, mean, 4.0, "mean");
    test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * m.sd);
}

TEST(Momentum, OfNoSizeLeavesThePathAsItWas) {
    const auto spots = [](ScenarioText text) {
        return test::outcomes(text.set("risk.outcomes", "'standard'").load(), 1,
                              {{test::the_path, Column::spot}})[0];
    };
    EXPECT_EQ(spots(ScenarioText()),
              spots(ScenarioText().append(test::momentum_table(5.0, 0.0, 0.0))));
}

}  // namespace
}  // namespace hedgestorm::path
