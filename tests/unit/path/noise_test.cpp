// SPDX-License-Identifier: Apache-2.0
//
// Noise belongs to the rebalance interval: an event inside one divides its increment and changes
// nothing else. Tolerances are float rounding.

#include "kernels/path/market/noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::path {
namespace {

/// A leg so far out of the money that it is worth nothing, for its expiry alone.
std::string event_at(double days) {
    return "[[book.option]]\nname = 'event " + std::to_string(days) +
           "'\nkind = 'call'\nstrike = 100000\nexpiry_days = " + std::to_string(days) +
           "\nquantity = 0.000001\nimplied_volatility = 0.2";
}

std::vector<double> normals(const plan::Plan& plan, std::uint32_t path) {
    const PathParams<double>& params = *plan.view().reference;
    Noise<double> noise(params.seed, path, 1);
    std::vector<double> z(params.steps + 3);
    // In blocks, as the simulation does.
    for (std::uint32_t first = 0; first < params.steps; first += 8)
        noise.draw(params, first, std::min(8u, params.steps - first), z.data() + first);
    z.resize(params.steps);
    return z;
}

test::ScenarioText in_doubles() {
    return test::ScenarioText().set("simulation.precision", "'double'");
}

TEST(Bridge, PiecesOfAnIntervalAddUpToItsWholeIncrement) {
    const plan::Plan whole(in_doubles().load());
    auto divided = in_doubles();
    for (const double at : {0.25, 3.5, 3.6, 3.7, 3.71, 3.9, 7.4, 7.5, 7.6, 29.999})
        divided.append(event_at(at));
    const plan::Plan pieces(divided.load());
    ASSERT_EQ(pieces.grid().steps.size(), 40u);
    for (std::uint32_t path = 0; path < 50; ++path) {
        const auto w = normals(whole, path);
        const auto z = normals(pieces, path);
        std::vector<double> sum(30);
        for (std::size_t i = 0; i < z.size(); ++i) {
            const auto& step = pieces.grid().steps[i];
            sum[step.draw] += z[i] * std::sqrt(step.to - step.from);
        }
        for (std::size_t j = 0; j < 30; ++j)
            EXPECT_NEAR(sum[j] / std::sqrt(1.0 / 365.0), w[j], 1e-12) << j;
    }
}

TEST(Bridge, PiecesAreIndependentStandardNormals) {
    auto text = in_doubles().set("simulation.steps", "1");
    for (const double at : {1.0, 4.0, 29.5}) text.append(event_at(at));
    const plan::Plan plan(text.load());
    ASSERT_EQ(plan.grid().steps.size(), 4u);
    constexpr std::uint32_t n = 100'000;
    std::vector<std::vector<double>> z(4);
    std::vector<std::vector<double>> products(6);
    for (std::uint32_t path = 0; path < n; ++path) {
        const auto one = normals(plan, path);
        std::size_t pair = 0;
        for (std::size_t a = 0; a < 4; ++a) {
            z[a].push_back(one[a]);
            for (std::size_t b = 0; b < a; ++b) products[pair++].push_back(one[a] * one[b]);
        }
    }
    for (const auto& piece : z) {
        const test::Moments m = test::moments_of(piece);
        test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "mean");
        test::expect_within_sigma(m.sd, m.sd_se, 1.0, 4.0, "sd");
    }
    for (const auto& product : products) {
        const test::Moments m = test::moments_of(product);
        test::expect_within_sigma(m.mean, m.mean_se, 0.0, 4.0, "covariance");
    }
}

TEST(Bridge, AddingAnEventLeavesThePriceAtTheRebalancePointsAsItWas) {
    auto text = test::ScenarioText().set("risk.outcomes", "'standard'");
    const auto spots = [&] {
        return test::outcomes(text.load(), 1, {{test::the_path, Column::spot}})[0];
    };
    const auto without = spots();
    for (const double at : {0.25, 3.5, 3.6, 17.71, 29.999}) text.append(event_at(at));
    const auto with = spots();
    // 35 roundings of log2 S: 2e-6 of the price; a fresh draw would move it by a per cent.
    for (std::size_t p = 0; p < with.size(); ++p) ASSERT_NEAR(with[p] / without[p], 1.0, 2e-6);
}

TEST(Noise, IsTheSameHoweverTheStepsAreCutIntoBlocks) {
    auto text = in_doubles().set("simulation.steps", "37").append(event_at(4.4));
    const plan::Plan plan(text.load());
    const PathParams<double>& params = *plan.view().reference;
    std::vector<double> reference(params.steps + 3);
    Noise<double>(params.seed, 5, 0).draw(params, 0, params.steps, reference.data());
    for (std::uint32_t block = 1; block < 12; ++block) {
        Noise<double> noise(params.seed, 5, 0);
        for (std::uint32_t first = 0; first < params.steps; first += block) {
            const std::uint32_t count = std::min(block, params.steps - first);
            std::vector<double> z(count + 3);
            noise.draw(params, first, count, z.data());
            for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(z[i], reference[first + i]);
        }
        // The form a GPU thread uses.
        Noise<double> thread(params.seed, 5, 0);
        for (std::uint32_t first = 0; first + 8 <= params.steps; first += 8) {
            double z[11];
            thread.draw(params, first, Steps<8>{}, z);
            for (std::uint32_t i = 0; i < 8; ++i) ASSERT_EQ(z[i], reference[first + i]);
        }
    }
}

}  // namespace
}  // namespace hedgestorm::path
