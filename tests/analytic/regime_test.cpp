// SPDX-License-Identifier: Apache-2.0
//
// A market of regimes against closed forms. Bounds are 4 standard errors, or float rounding where
// nothing is random. A hedge of one unit sold at the horizon tells the state there: its spread cost
// over the price is the state's multiplier of a half-spread.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::expect_within_sigma;
using test::moments_of;
using test::ScenarioText;

constexpr double half_spread = 1e-3;

ScenarioText regime(const std::string& keys) {
    ScenarioText text;
    text.set("market.model", "'regime'").without("market.volatility");
    text.set("risk.outcomes", "'standard'").set("costs.half_spread_bps", "10");
    text.policy({{"name", "'one unit'"}, {"rule", "'static'"}, {"initial", "1.0"}});
    return text.append("[market.regime]\n" + keys);
}

std::string state(const std::string& name, const std::string& keys) {
    return "[[market.regime.state]]\nname = '" + name + "'\n" + keys + "\n";
}

std::string change(const std::string& from, const std::string& to, const std::string& rate) {
    return "[[market.regime.switch]]\nfrom = '" + from + "'\nto = '" + to +
           "'\nrate_per_year = " + rate + "\n";
}

std::string two_states(const std::string& more = "") {
    return "initial = 'calm'\n" + state("calm", "volatility = 0.3") +
           state("storm", "volatility = 1.5\nhalf_spread_multiplier = 5.0\n" + more) +
           change("calm", "storm", "20") + change("storm", "calm", "35");
}

/// A circle of three states.
std::string circle() {
    return "initial = 'a'\n" + state("a", "volatility = 0.2") +
           state("b", "volatility = 0.4\nhalf_spread_multiplier = 2.0") +
           state("c", "volatility = 0.8\nhalf_spread_multiplier = 3.0") + change("a", "b", "8") +
           change("b", "c", "8") + change("c", "a", "8");
}

struct Ends {
    std::vector<float> spot;
    std::vector<int> multiplier;  ///< of the half-spread, in the state at the horizon
};

Ends ends_of(const ScenarioText& text, std::uint64_t tiles) {
    const auto columns = test::outcomes(text.load(), tiles,
                                        {{test::the_path, Column::spot}, {0, Column::spread_cost}});
    Ends ends = {columns[0], {}};
    for (std::size_t p = 0; p < columns[0].size(); ++p)
        ends.multiplier.push_back(
            static_cast<int>(std::lround(columns[1][p] / columns[0][p] / half_spread)));
    return ends;
}

TEST(RegimeMarket, StatesAreHeldAsOftenAsTheMatrixExponentialSays) {
    const double c = 8.0;
    const auto expect_occupation = [&](const ScenarioText& text, double t) {
        const Ends ends = ends_of(text, 64);
        const auto n = static_cast<double>(ends.spot.size());
        for (int k = 0; k < 3; ++k) {
            const double third = 2.0 * std::acos(-1.0) / 3.0;
            const double p = 1.0 / 3.0 + 2.0 / 3.0 * std::exp(-1.5 * c * t) *
                                             std::cos(0.5 * std::sqrt(3.0) * c * t - k * third);
            double held = 0.0;
            for (const int m : ends.multiplier) held += m == k + 1;
            expect_within_sigma(held / n, std::sqrt(p * (1.0 - p) / n), p, 4.0,
                                "share of state " + std::to_string(k));
        }
    };
    expect_occupation(regime(circle()), 30.0 / 365.0);
    // A closed window counts by its weight.
    expect_occupation(regime(circle()).append("[[simulation.closed]]\nfrom_days = 5.5\n"
                                              "to_days = 20.5\nvariance_weight = 0.2"),
                      18.0 / 365.0);
}

TEST(RegimeMarket, PriceIsAMartingaleWhateverTheStates) {
    auto text = regime(two_states("intensity = 40\njump_mean = -0.04\njump_sd = 0.06"));
    text.set("market.rate", "0.08").set("market.dividend_yield", "0.03");
    text.append("[[stress]]\nat_days = 6.4\nduration_days = 5\nrealised_volatility_multiplier = 2");
    const auto m = moments_of(ends_of(text, 256).spot);
    expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(0.05 * 30.0 / 365.0), 4.0, "E[S]");
    EXPECT_LT(m.mean_se, 0.08);  // the jumps alone would move it by 0.5
}

TEST(RegimeMarket, LogReturnHasTheMomentsOfItsIntegratedVariance) {
    // With A the integrated variance, E = -E[A]/2 and Var = E[A] + Var[A]/4; A by recursion over
    // the grid, backward from the horizon.
    const double dt = 1.0 / 365.0;
    const double gone = -std::expm1(-55.0 * dt);
    const double p[2] = {20.0 / 55.0 * gone, 35.0 / 55.0 * gone};  // of leaving
    const double a[2] = {0.09 * dt, 2.25 * dt};
    double first[2] = {0.0, 0.0};
    double second[2] = {0.0, 0.0};
    for (int i = 0; i < 30; ++i) {
        double f[2];
        double s[2];
        for (int k = 0; k < 2; ++k) {
            const double next = (1.0 - p[k]) * first[k] + p[k] * first[1 - k];
            f[k] = a[k] + next;
            s[k] =
                a[k] * a[k] + 2.0 * a[k] * next + (1.0 - p[k]) * second[k] + p[k] * second[1 - k];
        }
        for (int k = 0; k < 2; ++k) {
            first[k] = f[k];
            second[k] = s[k];
        }
    }
    const double variance = first[0] + 0.25 * (second[0] - first[0] * first[0]);
    std::vector<double> logs;
    for (const float spot : ends_of(regime(two_states()), 128).spot)
        logs.push_back(std::log(spot / 100.0));
    const auto m = moments_of(logs);
    expect_within_sigma(m.mean, m.mean_se, -0.5 * first[0], 4.0, "mean of the log return");
    expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd of the log return");
    EXPECT_LT(m.sd_se, 0.005 * m.sd);
    // Fourth moment of the centred mixture: E[(c - A/2 + sqrt(A) z)^4] > 3 Var^2 by 3 Var[A].
    double fourth = 0.0;
    for (const double x : logs) fourth += std::pow(x - m.mean, 4);
    EXPECT_GT(fourth / static_cast<double>(logs.size()),
              3.0 * variance * variance + 2.0 * (second[0] - first[0] * first[0]));
}

TEST(RegimeMarket, OfOneStateIsThePlainMarket) {
    const auto one = ends_of(regime("initial = 'only'\n" + state("only", "volatility = 0.2")), 2);
    auto plain = ScenarioText().set("risk.outcomes", "'standard'");
    const auto spot = test::outcomes(plain.load(), 2, {{test::the_path, Column::spot}})[0];
    for (std::size_t p = 0; p < spot.size(); ++p)
        ASSERT_NEAR(one.spot[p] / spot[p], 1.0f, 2e-6f) << p;
}

TEST(RegimeMarket, OfOneStateWithJumpsIsMertonsWithTheSameJumps) {
    const std::string jumps = "intensity = 30\njump_mean = -0.02\njump_sd = 0.05\n";
    const auto one =
        ends_of(regime("initial = 'only'\n" + state("only", "volatility = 0.2\n" + jumps)), 2);
    auto merton = ScenarioText().set("risk.outcomes", "'standard'").set("market.model", "'merton'");
    merton.append("[market.merton]\n" + jumps);
    const auto spot = test::outcomes(merton.load(), 2, {{test::the_path, Column::spot}})[0];
    for (std::size_t p = 0; p < spot.size(); ++p)
        ASSERT_NEAR(one.spot[p] / spot[p], 1.0f, 3e-6f) << p;
}

TEST(RegimeMarket, StressChangesNoState) {
    const auto plain = ends_of(regime(two_states()), 4);
    const auto stressed = ends_of(regime(two_states())
                                      .append("[[stress]]\nat_days = 3.3\nspot_move = -0.1\n"
                                              "duration_days = 2\n"
                                              "realised_volatility_multiplier = 3.0"),
                                  4);
    EXPECT_EQ(plain.multiplier, stressed.multiplier);
    EXPECT_NE(plain.spot, stressed.spot);
}

TEST(RegimeMarket, AStatesOwnDriftIsAddedToTheMarkets) {
    const auto text = regime("initial = 'only'\n" + state("only", "volatility = 0.2\ndrift = 1.5"));
    const auto m = moments_of(ends_of(text, 64).spot);
    expect_within_sigma(m.mean, m.mean_se, 100.0 * std::exp(1.5 * 30.0 / 365.0), 4.0, "E[S]");
}

TEST(RegimeMarket, EntryPaysTheSpreadOfTheInitialState) {
    auto text = regime("initial = 'storm'\n" + two_states().substr(two_states().find('\n')));
    text.policy({{"name", "'p'"}, {"rule", "'static'"}, {"final", "'mark'"}});
    const auto cost = test::outcomes(text.load(), 1, {{0, Column::spread_cost}})[0];
    const double delta = 0.5 * std::erfc(-0.5 * 0.2 * std::sqrt(30.0 / 365.0) / std::sqrt(2.0));
    for (const float c : cost) ASSERT_NEAR(c, 5.0 * half_spread * 100.0 * delta, 1e-6);
}

}  // namespace
}  // namespace hedgestorm
