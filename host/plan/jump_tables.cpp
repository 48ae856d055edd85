// SPDX-License-Identifier: Apache-2.0

#include "host/plan/jump_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// More jumps than this between two rebalance points are a diffusion, and cost a loop each.
constexpr double most_jumps_per_interval = 100.0;

/// A probability below the smallest uniform that is drawn (2^-32) never happens.
constexpr double never = 0x1p-33;

/// P(N >= 1), P(N >= 2), ... of a Poisson number with this mean, as far as they ever happen.
std::vector<double> poisson_tails(double mean) {
    std::vector<double> mass;
    double p = std::exp(-mean);
    for (double n = 0.0; n < mean || p > 0x1p-80; ++n) {
        mass.push_back(p);
        p *= mean / (n + 1.0);
    }
    // Summed from the far end, so that small tails keep their digits.
    std::vector<double> tails(mass.size());
    double sum = 0.0;
    for (std::size_t n = mass.size(); n-- > 1;) tails[n - 1] = sum += mass[n];
    tails.erase(std::find_if(tails.begin(), tails.end(), [](double t) { return t < never; }),
                tails.end());
    return tails;
}

void require_few(const scenario::Scenario& scenario, double mean, double at) {
    if (mean <= most_jumps_per_interval) return;
    throw ScenarioError(
        {{scenario.source_path, 0, 0,
          scenario.market.merton ? "market.merton.intensity" : "market.kou.intensity",
          fmt::format("makes {:.4g} jumps in the rebalance interval at {:.6g} years, more than the "
                      "{:g} that are drawn",
                      mean, at, most_jumps_per_interval),
          "take more rebalance steps, or put so many small jumps into the volatility"}});
}

}  // namespace

JumpMoments jump_moments(const scenario::Market& market) {
    if (market.merton) {
        const auto& [intensity, mean, sd] = *market.merton;
        return {intensity, std::expm1(mean + 0.5 * sd * sd), mean * mean + sd * sd};
    }
    if (market.kou) {
        const auto& [intensity, p, eta1, eta2] = *market.kou;
        return {intensity, p / (eta1 - 1.0) - (1.0 - p) / (eta2 + 1.0),
                2.0 * p / (eta1 * eta1) + 2.0 * (1.0 - p) / (eta2 * eta2)};
    }
    return {};
}

void make_jumps(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                JumpParams<double>& jumps) {
    const scenario::Market& market = scenario.market;
    if (market.merton) {
        jumps.size = JumpSize::lognormal;
        jumps.mean = market.merton->jump_mean * log2_e;
        jumps.deviation = market.merton->jump_sd * log2_e;
    } else if (market.kou) {
        jumps.size = JumpSize::double_exponential;
        jumps.up_probability = market.kou->up_probability;
        jumps.up = log2_e / market.kou->eta1;
        jumps.down = log2_e / market.kou->eta2;
    } else {
        return;
    }
    const double intensity = jump_moments(market).intensity;
    std::map<double, std::uint32_t> counts;  // mean number -> place of its tails
    for (std::size_t i = 0; i < grid.steps.size();) {
        std::size_t end = i;
        double whole = 0.0;
        do whole += grid.steps[end].clock();
        while (!grid.ends_interval(end++));
        // Lengths of intervals differ in the last digits; what they are drawn from need not.
        const double mean = static_cast<float>(intensity * whole);
        require_few(scenario, mean, grid.steps[i].from);
        const auto [place, fresh] =
            counts.try_emplace(mean, static_cast<std::uint32_t>(tables.jumps_beyond.size()));
        if (fresh) {
            for (const double tail : poisson_tails(mean)) tables.jumps_beyond.push_back(tail);
            tables.jumps_beyond.push_back(0.0);
        }
        double passed = 0.0;
        for (; i < end; ++i) {
            const double from = whole > 0.0 ? passed / whole : 0.0;
            passed += grid.steps[i].clock();
            const double to = i + 1 == end ? 1.0 : whole > 0.0 ? passed / whole : 0.0;
            tables.jumps.push_back({place->second, from, to});
        }
    }
}

}  // namespace hedgestorm::plan
