// SPDX-License-Identifier: Apache-2.0
//
// Self-exciting jumps with sizes of 1 and no compensator, so that a move is a number of jumps.
// Fixed seed; within 4 standard errors.
//
// From the mean intensity m = a / (1 - n) on, with k = d (1 - n) and g = n / (1 - n), N(T) less its
// mean m T is the integral of 1 + g (1 - e^{-k (T - s)}) over the martingale N - int lambda, so
//
//   Var N(T) = m ((1 + g)^2 T - 2 g (1 + g) (1 - e^{-kT}) / k + g^2 (1 - e^{-2kT}) / 2k)
//
// which for long T is m T / (1 - n)^2 (Hawkes and Oakes, J. Applied Probability 11, 1974).

#include "kernels/path/market/hawkes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::path {
namespace {

using test::ScenarioText;

constexpr double baseline = 40.0;
constexpr double ratio = 0.6;
constexpr double decay = 150.0;
constexpr double horizon = 30.0 / 365.0;

ScenarioText market() {
    return ScenarioText()
        .set("simulation.precision", "'double'")
        .set("market.model", "'hawkes'")
        .append(
            "[market.hawkes]\nbaseline = 40\nbranching_ratio = 0.6\ndecay = 150\n"
            "jump_mean = 0.02\njump_sd = 0.03");
}

/// Numbers of jumps in each step of each path.
class Counts {
  public:
    explicit Counts(const ScenarioText& text) : plan_(text.load()) {
        params_ = *plan_.view().reference;
        HawkesParams<double>& hawkes = params_.market.hawkes;
        hawkes.mean = 1.0;
        hawkes.deviation = 0.0;
        hawkes.compensator = 0.0;
        for (std::uint32_t i = 0; i < params_.steps; ++i) {
            step_.push_back(hawkes.step[i]);
            step_.back().certain = 0.0;
        }
        hawkes.step = {step_.data(), params_.steps};
    }
    std::vector<double> of(std::uint32_t path) const {
        Hawkes<double, math::Philox<std::uint32_t>> hawkes(params_.market.hawkes, params_.seed,
                                                           path, 0);
        std::vector<double> move(params_.steps);
        hawkes.add(params_, 0, params_.steps, move.data());
        return move;
    }
    const plan::Grid& grid() const { return plan_.grid(); }

  private:
    plan::Plan plan_;
    PathParams<double> params_;
    std::vector<HawkesStep<double>> step_;
};

double variance_until(double time) {
    const double mean = baseline / (1.0 - ratio);
    const double k = decay * (1.0 - ratio);
    const double g = ratio / (1.0 - ratio);
    return mean * ((1 + g) * (1 + g) * time + 2 * g * (1 + g) * std::expm1(-k * time) / k -
                   g * g * std::expm1(-2 * k * time) / (2 * k));
}

/// Total jumps of many paths.
std::vector<double> totals(const Counts& counts) {
    std::vector<double> total;
    for (std::uint32_t path = 0; path < 40'000; ++path) {
        total.push_back(0.0);
        for (const double n : counts.of(path)) total.back() += n;
    }
    return total;
}

TEST(Hawkes, HasTheMeanAndVarianceOfItsNumberOfJumps) {
    for (const char* steps : {"3", "30"}) {
        const auto total = totals(Counts(market().set("simulation.steps", steps)));
        const test::Moments m = test::moments_of(total);
        const double mean = baseline / (1.0 - ratio) * horizon;
        test::expect_within_sigma(m.mean, m.mean_se, mean, 4.0, "mean number of jumps");
        test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance_until(horizon)), 4.0,
                                  "sd of the number of jumps");
        EXPECT_GT(m.sd * m.sd, 2.0 * mean);  // a Poisson number's is its mean
    }
}

TEST(Hawkes, FollowsAnInitialIntensityBackToItsMean) {
    auto text = market();
    text.append("initial_intensity = 400");
    const test::Moments m = test::moments_of(totals(Counts(text)));
    const double mean = baseline / (1.0 - ratio);
    const double k = decay * (1.0 - ratio);
    const double expected = mean * horizon - (400.0 - mean) * std::expm1(-k * horizon) / k;
    test::expect_within_sigma(m.mean, m.mean_se, expected, 4.0, "mean number of jumps");
}

TEST(Hawkes, JumpsFollowJumps) {
    const Counts counts(market());
    std::vector<double> products;
    const double mean = baseline / (1.0 - ratio) / 365.0;
    for (std::uint32_t path = 0; path < 20'000; ++path) {
        const auto n = counts.of(path);
        products.push_back((n[20] - mean) * (n[21] - mean));
    }
    const test::Moments m = test::moments_of(products);
    EXPECT_GT(m.mean, 4.0 * m.mean_se);  // positive autocorrelation
}

TEST(Hawkes, EventsInsideAnIntervalMoveNoJump) {
    const Counts whole(market());
    auto text = market();
    for (const char* at : {"0.25", "3.5", "3.6", "29.99"})
        text.append("[[book.option]]\nname = 'event " + std::string(at) +
                    "'\nkind = 'call'\nstrike = 100000\nexpiry_days = " + at +
                    "\nquantity = 0.000001\nimplied_volatility = 0.2");
    const Counts pieces(text);
    ASSERT_EQ(pieces.grid().steps.size(), 34u);
    for (std::uint32_t path = 0; path < 500; ++path) {
        const auto n = whole.of(path);
        std::vector<double> sum(30);
        const auto parts = pieces.of(path);
        for (std::size_t i = 0; i < parts.size(); ++i) sum[pieces.grid().steps[i].draw] += parts[i];
        EXPECT_EQ(sum, n) << path;
    }
}

TEST(Hawkes, NothingJumpsWhileTheMarketIsClosed) {
    auto text = market();
    text.append("[[simulation.closed]]\nfrom_days = 4\nto_days = 20\nvariance_weight = 0.0");
    const Counts counts(text);
    double jumps = 0.0;
    for (std::uint32_t path = 0; path < 500; ++path) {
        const auto n = counts.of(path);
        for (std::size_t i = 0; i < n.size(); ++i)
            if (counts.grid().steps[i].clock() == 0.0) jumps += n[i];
    }
    EXPECT_EQ(jumps, 0.0);
}

}  // namespace
}  // namespace hedgestorm::path
