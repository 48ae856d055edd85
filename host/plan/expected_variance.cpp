// SPDX-License-Identifier: Apache-2.0

#include "host/plan/expected_variance.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/jump_tables.hpp"

namespace hedgestorm::plan {
namespace {

/// Stretches of time from t_0 to an expiry: steps of the grid, and what lies beyond the horizon.
std::vector<GridStep> stretches(const Grid& grid, double expiry) {
    std::vector<GridStep> until;
    for (const GridStep& step : grid.steps)
        if (step.to <= expiry + grid.snap) until.push_back(step);
    const double end = grid.steps.back().to;
    if (until.size() == grid.steps.size() && expiry > end + grid.snap) {
        GridStep rest;
        rest.from = end;
        rest.to = expiry;
        until.push_back(rest);
    }
    return until;
}

/// Integrals from a time to the expiry, worked out from the expiry back.
///
/// E[v(s) | v] = theta + (v - theta) e^{-kappa c}, c the market time from now to s (Cox, Ingersoll
/// & Ross 1985): over a stretch of length c the deviation v - theta counts (1 - e^{-kappa c}) /
/// kappa, and all that comes later e^{-kappa c} times.
class Backward {
  public:
    explicit Backward(const scenario::Market& market)
        : market_(market), jumps_(jump_moments(market)) {}

    void add(const GridStep& stretch, double square_integral) {
        const double clock = stretch.clock();
        const double mean_square = square_integral / (stretch.to - stretch.from);
        squares_ += mean_square * clock;
        clock_ += clock;
        if (!market_.heston) return;
        const double kappa = market_.heston->kappa;
        deviation_ = mean_square * -std::expm1(-kappa * clock) / kappa +
                     std::exp(-kappa * clock) * deviation_;
    }

    MeanVariance over(double life) const {
        const double jumps = jumps_.intensity * jumps_.square * clock_;
        if (!market_.heston)
            return {(market_.volatility * market_.volatility * squares_ + jumps) / life, 0.0};
        return {(market_.heston->theta * (squares_ - deviation_) + jumps) / life,
                deviation_ / life};
    }

  private:
    const scenario::Market& market_;
    JumpMoments jumps_;
    double squares_ = 0.0;    ///< of the realised-volatility multiplier, in market time
    double deviation_ = 0.0;  ///< weight of v - theta
    double clock_ = 0.0;
};

}  // namespace

std::vector<MeanVariance> expected_variance(const scenario::Scenario& scenario, const Grid& grid,
                                            const StressScript& script, double expiry) {
    std::vector<MeanVariance> mean(grid.steps.size() + 1);
    const std::vector<GridStep> stretch = stretches(grid, expiry);
    const std::vector<double> starts = script.realised_starts();
    // Stresses that have begun by the start of a stretch; at t_0 none has.
    const auto begun = [&](std::size_t i) {
        if (i == 0) return starts.begin();
        return std::upper_bound(starts.begin(), starts.end(), stretch[i].from + grid.snap);
    };
    for (std::size_t from = 0; from < stretch.size();) {
        const auto known = begun(from);
        std::size_t to = from + 1;
        while (to < stretch.size() && begun(to) == known) ++to;
        const double known_at = known == starts.begin() ? -1.0 : known[-1];
        Backward sum(scenario.market);
        for (std::size_t i = stretch.size(); i-- > from;) {
            sum.add(stretch[i],
                    script.realised_square_integral(stretch[i].from, stretch[i].to, known_at));
            if (i < to) mean[i] = sum.over(expiry - stretch[i].from);
        }
        from = to;
    }
    return mean;
}

}  // namespace hedgestorm::plan
