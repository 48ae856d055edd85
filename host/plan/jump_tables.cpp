// SPDX-License-Identifier: Apache-2.0

#include "host/plan/jump_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
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

/// Rows k = 1, 2, ... of P(N >= k) for each mean, up to a row of zeros.
void append_tails(const std::vector<double>& means, std::vector<double>& rows) {
    std::vector<std::vector<double>> tails;
    std::size_t longest = 0;
    for (const double mean : means) {
        tails.push_back(poisson_tails(mean));
        longest = std::max(longest, tails.back().size());
    }
    for (std::size_t k = 0; k <= longest; ++k)
        for (const auto& tail : tails) rows.push_back(k < tail.size() ? tail[k] : 0.0);
}

/// What makes jumps: the market, or each of its states.
struct Source {
    std::string key;
    double intensity;
};

std::vector<Source> sources(const scenario::Market& market) {
    if (market.merton) return {{"market.merton.intensity", market.merton->intensity}};
    if (market.kou) return {{"market.kou.intensity", market.kou->intensity}};
    std::vector<Source> all;
    if (!market.regime) return all;
    for (const auto& state : market.regime->states) {
        all.push_back(
            {fmt::format("market.regime.state[{}].intensity", all.size()), state.intensity});
    }
    return all;
}

void require_few(const scenario::Scenario& scenario, const Source& source, double mean, double at) {
    if (mean <= most_jumps_per_interval) return;
    throw ScenarioError({scenario.places.problem(
        source.key,
        fmt::format("makes {:.4g} jumps in the rebalance interval at {:.6g} years, more than the "
                    "{:g} that are drawn",
                    mean, at, most_jumps_per_interval),
        "take more rebalance steps, or put so many small jumps into the volatility")});
}

bool jumps_in_any_state(const scenario::Regime& regime) {
    return std::any_of(regime.states.begin(), regime.states.end(),
                       [](const auto& state) { return state.intensity > 0.0; });
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
    } else if (market.regime && jumps_in_any_state(*market.regime)) {
        jumps.size = JumpSize::by_state;
    } else {
        return;
    }
    const std::vector<Source> all = sources(market);
    std::map<std::vector<double>, std::uint32_t> counts;  // mean numbers -> place of their tails
    for (std::size_t i = 0; i < grid.steps.size();) {
        std::size_t end = i;
        double whole = 0.0;
        do whole += grid.steps[end].clock();
        while (!grid.ends_interval(end++));
        // Lengths of intervals differ in the last digits; what they are drawn from need not.
        std::vector<double> means;
        for (const Source& source : all) {
            means.push_back(static_cast<float>(source.intensity * whole));
            require_few(scenario, source, means.back(), grid.steps[i].from);
        }
        const auto [place, fresh] =
            counts.try_emplace(means, static_cast<std::uint32_t>(tables.jumps_beyond.size()));
        if (fresh) append_tails(means, tables.jumps_beyond);
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
