// SPDX-License-Identifier: Apache-2.0
//
// The width of a band that tuning finds, against theory: rebalancing cost at a rate kappa of what
// is traded and half the risk aversion times the integral of sigma^2 S^2 y^2 are least together at
// H = (3/2 kappa S Gamma^2 / a)^{1/3} where a trade goes to the edge (Whalley, Wilmott, Math.
// Finance 7, 1997), and 4^{1/3} further out where it goes to the target. Where a trade costs a
// fixed sum C instead, H = (12 C Gamma^2 / a)^{1/4}: trades to the target come at a rate of
// (Gamma sigma S / H)^2 and leave y^2 at H^2 / 6 on average.
//
// Gamma must stand still for that: a call of 25 years struck so that d1 = -sigma sqrt T has a gamma
// that a move of the price leaves as it is, to first order. Gamma of the book is 0.04, a = 1.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "host/tune/tune.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::tune {
namespace {

constexpr double spot = 100.0, sigma = 0.2, years = 25.0, gamma = 0.04;
constexpr double horizon = 0.25;
constexpr int steps = 25'000;
constexpr std::size_t paths = 1'024;

double step_years() {
    return horizon / steps;
}

struct Cost {
    double rate = 0.0;   ///< fraction of what is traded
    double fixed = 0.0;  ///< per trade
};

std::string scenario(const Cost& cost) {
    const double root = sigma * std::sqrt(years);
    const double d1 = -root;
    const double strike = spot * std::exp(0.5 * root * root - d1 * root);
    const double one = std::exp(-0.5 * d1 * d1) / std::sqrt(2.0 * M_PI) / (spot * root);
    return fmt::format(
        "schema = 1\nname = 'one gamma'\n[simulation]\npaths = {}\nhorizon_years = {}\nsteps = {}\n"
        "seed = 3\n[market]\nspot = {}\nvolatility = {}\n[costs]\nfee_bps = {}\n"
        "fixed = {}\n[book]\n"
        "[[book.option]]\nname = 'long life'\nkind = 'call'\nstrike = {}\nexpiry_years = {}\n"
        "quantity = {}\nimplied_volatility = {}\n"
        "[[policy]]\nname = 'static'\nrule = 'static'\n",
        paths, horizon, steps, spot, sigma, 1e4 * cost.rate, cost.fixed, strike, years,
        -gamma / one, sigma);
}

struct Optimum {
    double width;  ///< where a parabola in its logarithm through the least and its neighbours lies
    bool theory_is_in_the_region;
};

/// Widths from half to twice the theory's.
Optimum optimum(const Cost& cost, const std::string& destination, double theory) {
    const test::TempFolder folder;
    folder.write("scenario.toml", scenario(cost));
    const std::string text = fmt::format(
        "schema = 1\n[[scenario]]\nfile = 'scenario.toml'\n"
        "[policy]\nname = 'tuned'\nrule = 'band'\nhalf_width = 0.05\nrebalance_to = '{}'\n"
        "[[parameter]]\nkey = 'policy.half_width'\nvalues = '{}:{}:16:log'\n"
        "[objective]\nminimise = ['mean(rebalance_cost) + {} * "
        "mean_square(residual_dollar_delta_rms)']\n"
        "[search]\npaths = {}\nhold_out_paths = 128\n",
        destination, 0.5 * theory, 2.0 * theory, 0.5 * sigma * sigma * horizon, paths);
    run::OutcomeRuns runs("auto", 0, nullptr);
    const TuneResult result = tune(load_tune_file(folder.write("tune.toml", text)), runs, {});
    std::vector<std::pair<double, double>> curve;
    double nearest = 1e9;
    bool inside = false;
    for (std::size_t i = 0; i < result.compared.size(); ++i) {
        const Candidate& candidate = result.candidates[result.compared[i]];
        const double width = std::stod(candidate.values[0]);
        curve.emplace_back(std::log(width), candidate.objectives[0].value);
        const double distance = std::abs(std::log(width / theory));
        if (distance < nearest) inside = !result.against[i].is_worse();
        nearest = std::min(nearest, distance);
    }
    std::sort(curve.begin(), curve.end());
    const auto least = std::min_element(curve.begin(), curve.end(),
                                        [](auto a, auto b) { return a.second < b.second; });
    const auto i = static_cast<std::size_t>(least - curve.begin());
    if (i == 0 || i + 1 == curve.size()) return {std::exp(curve[i].first), false};
    const double rise = curve[i + 1].second - curve[i].second;
    const double fall = curve[i - 1].second - curve[i].second;
    const double spacing = curve[i + 1].first - curve[i].first;
    return {std::exp(curve[i].first + 0.5 * spacing * (fall - rise) / (fall + rise)), inside};
}

/// Monitoring at steps lets the delta overshoot: the band works as if 0.5826 steps of the delta
/// wider (Chernoff, Ann. Math. Statist. 36, 1965).
double overshoot() {
    return 0.5826 * gamma * spot * sigma * std::sqrt(step_years());
}

double theory(double kappa, double coefficient) {
    return std::cbrt(coefficient * kappa * spot * gamma * gamma);
}

TEST(OptimalBand, IsThatOfWhalleyAndWilmottAtTheEdge) {
    const double continuous = theory(1e-3, 1.5);
    const Optimum found = optimum({1e-3, 0.0}, "edge", continuous - overshoot());
    EXPECT_NEAR((found.width + overshoot()) / continuous, 1.0, 0.05);
    EXPECT_TRUE(found.theory_is_in_the_region);
}

TEST(OptimalBand, IsWiderByTheCubeRootOfFourAtTheTarget) {
    const double continuous = theory(1e-3, 6.0);
    const Optimum found = optimum({1e-3, 0.0}, "target", continuous - overshoot());
    EXPECT_NEAR((found.width + overshoot()) / continuous, 1.0, 0.05);
    EXPECT_TRUE(found.theory_is_in_the_region);
}

TEST(OptimalBand, GrowsWithTheCubeRootOfTheCost) {
    std::vector<double> widths;
    for (const double kappa : {1e-4, 1e-2})
        widths.push_back(optimum({kappa, 0.0}, "edge", theory(kappa, 1.5) - overshoot()).width +
                         overshoot());
    EXPECT_NEAR(std::log(widths[1] / widths[0]) / std::log(100.0), 1.0 / 3.0, 0.03);
}

TEST(OptimalBand, GrowsWithTheFourthRootOfAFixedCost) {
    std::vector<double> widths;
    for (const double fixed : {1e-4, 1e-2}) {
        const double continuous = std::pow(12.0 * fixed * gamma * gamma, 0.25);
        const Optimum found = optimum({0.0, fixed}, "target", continuous - overshoot());
        widths.push_back(found.width + overshoot());
        EXPECT_NEAR(widths.back() / continuous, 1.0, 0.05);
        EXPECT_TRUE(found.theory_is_in_the_region);
    }
    EXPECT_NEAR(std::log(widths[1] / widths[0]) / std::log(100.0), 0.25, 0.03);
}

}  // namespace
}  // namespace hedgestorm::tune
