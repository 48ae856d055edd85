// SPDX-License-Identifier: Apache-2.0

#include "host/plan/garch_tables.hpp"

#include <cmath>
#include <numbers>

#include "host/plan/student_mixing.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// Periods that are over at time t, where one may end a hundred-thousandth of the shortest
/// rebalance interval late.
double periods_over(double t, double period, const Grid& grid) {
    return std::floor((t + 1e4 * grid.snap) / period);
}

}  // namespace

void make_garch(const scenario::Garch& garch, const Grid& grid, const StressScript& script,
                MarketTables<double>& tables, MarketParams<double>& params) {
    params.diffusion = Diffusion::garch;
    params.garch.initial = garch.initial_variance;
    params.garch.omega = garch.omega;
    params.garch.alpha = garch.alpha;
    params.garch.beta = garch.beta;
    params.garch.alpha_after_fall = garch.alpha + garch.gamma;
    if (garch.innovations == scenario::Innovations::student_t) {
        params.garch.mixing_scale = 1.0 / mixing_reach;
        tables.garch_mixing = mixing_coefficients(garch.degrees_of_freedom);
    }
    for (std::size_t i = 0; i < grid.steps.size();) {
        const double number = periods_over(grid.steps[i].from, garch.period, grid);
        // A period in whose last interval nobody trades lasts until the market is open again.
        std::size_t end = i;
        double whole = 0.0;
        bool over = false;
        while (!over && end < grid.steps.size()) {
            const GridStep& step = grid.steps[end];
            whole += step.clock();
            over = grid.ends_interval(end) && periods_over(step.to, garch.period, grid) > number;
            ++end;
        }
        for (std::size_t first = i; i < end; ++i) {
            const GridStep& step = grid.steps[i];
            const double square = step.variance_weight *
                                  script.realised_square_integral(step.from, step.to) /
                                  garch.period;
            tables.garch.push_back({std::sqrt(square) * log2_e, 0.5 * square * log2_e,
                                    whole > 0.0 ? std::sqrt(step.clock() / whole) : 0.0,
                                    static_cast<std::uint32_t>(number), i == first,
                                    over && i + 1 == end && whole > 0.0});
        }
    }
}

}  // namespace hedgestorm::plan
