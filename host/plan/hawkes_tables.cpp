// SPDX-License-Identifier: Apache-2.0

#include "host/plan/hawkes_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// Jumps drawn in one rebalance interval; each further one would be lost.
constexpr std::uint32_t most_jumps = 256;

/// Probability of losing one in an interval that a run of any size never sees.
constexpr double practically_never = 1e-12;

/// An intensity that is practically never exceeded: so many standard deviations of the stationary
/// one above its mean.
constexpr double deviations = 10.0;

double high_intensity(const scenario::Hawkes& hawkes) {
    const double mean = hawkes.mean_intensity();
    const double n = hawkes.branching_ratio;
    // Variance of the stationary intensity (Hawkes 1971; docs/model.md, "Clustered jumps").
    const double variance = n * n * hawkes.decay * mean / (2.0 * (1.0 - n));
    return std::max(hawkes.initial_intensity, mean + deviations * std::sqrt(variance));
}

}  // namespace

double more_jumps_than(double most, const scenario::Hawkes& hawkes, double intensity,
                       double clock) {
    // A Poisson number of jumps has no cause in the interval: the baseline's, and those of the
    // excess at its start. Each begins a family, whose members have branching_ratio
    // (1 - e^{-decay clock}) offspring of their own in the interval at most. With exactly that many
    // on average families have Borel sizes and P(N = k) = mu (mu + k n)^{k-1} e^{-(mu + k n)} / k!
    // (Consul and Jain, Technometrics 15, 1973).
    const double gone = -std::expm1(-hawkes.decay * clock);
    const double mu = hawkes.baseline * clock + (intensity - hawkes.baseline) * gone / hawkes.decay;
    const double n = hawkes.branching_ratio * gone;
    double tail = 0.0;
    // Far beyond the mean mu / (1 - n) terms fall faster than geometrically with this ratio.
    const double ratio = n * std::exp(1.0 - n);
    for (double k = most + 1.0;; ++k) {
        const double rate = mu + k * n;
        const double term =
            std::exp(std::log(mu) + (k - 1.0) * std::log(rate) - rate - std::lgamma(k + 1.0));
        tail += term;
        const bool beyond_mean = k > mu / (1.0 - n);
        if (tail > 1.0) return 1.0;
        if (beyond_mean && term <= tail * (1.0 - ratio) * 1e-12) return tail;
    }
}

void make_hawkes(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                 MarketParams<double>& params) {
    const scenario::Hawkes& hawkes = *scenario.market.hawkes;
    const double relative = std::expm1(hawkes.jump_mean + 0.5 * hawkes.jump_sd * hawkes.jump_sd);
    params.has_hawkes = true;
    HawkesParams<double>& p = params.hawkes;
    p.initial_excess = hawkes.initial_intensity - hawkes.baseline;
    p.wait = 1.0 / hawkes.baseline;
    p.kick = hawkes.branching_ratio * hawkes.decay;
    p.decay = hawkes.decay;
    p.lifetime = 1.0 / hawkes.decay;
    p.compensator = relative / hawkes.decay * log2_e;
    p.mean = hawkes.jump_mean * log2_e;
    p.deviation = hawkes.jump_sd * log2_e;
    p.most = most_jumps;
    const double high = high_intensity(hawkes);
    double longest = 0.0;
    double passed = 0.0;
    bool opens = true;
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const double clock = grid.steps[i].clock();
        const double to = passed + clock;
        tables.hawkes.push_back(
            {opens ? -1.0 : passed, to, relative * hawkes.baseline * clock * log2_e, opens});
        opens = grid.ends_interval(i);
        passed = opens ? 0.0 : to;
        if (to <= longest * (1.0 + 1e-9)) continue;
        longest = to;
        if (more_jumps_than(most_jumps, hawkes, high, to) > practically_never)
            throw ScenarioError({scenario.places.problem(
                "market.hawkes.baseline",
                fmt::format("may make more than {} jumps in the rebalance interval at {:.6g} "
                            "years, the most that are drawn (intensity to {:.4g} a year)",
                            most_jumps, grid.steps[i].from, high),
                "take more rebalance steps, or lower baseline, branching_ratio or decay")});
    }
}

}  // namespace hedgestorm::plan
