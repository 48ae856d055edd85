// SPDX-License-Identifier: Apache-2.0

#include "host/plan/heston_tables.hpp"

#include <cmath>
#include <numbers>

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// Root mean square of the realised-volatility multiplier over a step.
double mean_multiplier(const GridStep& step, const StressScript& script) {
    return std::sqrt(script.realised_square_integral(step.from, step.to) / (step.to - step.from));
}

HestonEulerStep<double> euler_step(const scenario::Heston& heston, double dt, double m) {
    return {heston.kappa * dt, heston.xi * std::sqrt(dt), m * std::sqrt(dt) * log2_e,
            0.5 * m * m * dt * log2_e};
}

/// Andersen (2008), sections 3.2 and 4.2, with both weights of the variance in time one half.
HestonQuadexpStep<double> quadexp_step(const scenario::Heston& heston, double dt, double m) {
    const auto& [kappa, theta, xi, rho, initial, scheme, longest] = heston;
    const double gone = -std::expm1(-kappa * dt);
    HestonQuadexpStep<double> step{};
    step.decay = std::exp(-kappa * dt);
    step.level = theta * gone;
    step.spread = xi * xi * step.decay * gone / kappa;
    step.floor = theta * xi * xi * gone * gone / (2.0 * kappa);
    step.slope = 0.5 * dt * (kappa * rho * m / xi - 0.5 * m * m) + rho * m / xi;
    const double residual = 0.5 * dt * m * m * (1.0 - rho * rho);
    step.exponent = step.slope + 0.5 * residual;
    step.before = step.after = residual * log2_e * log2_e;
    step.half_before = step.half_after = 0.5 * residual * log2_e;
    step.curvature = 0.25 * dt * m * m;
    step.is_moving = dt > 0.0;
    return step;
}

}  // namespace

void make_heston(const scenario::Heston& heston, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params) {
    const bool euler = heston.scheme == scenario::HestonScheme::full_truncation;
    params.diffusion = euler ? Diffusion::heston_euler : Diffusion::heston_quadexp;
    params.heston.initial = heston.initial_variance;
    params.heston.long_run = heston.theta;
    params.heston.correlation = heston.rho;
    params.heston.orthogonal = std::sqrt(1.0 - heston.rho * heston.rho);
    for (const GridStep& step : grid.steps) {
        const double m = mean_multiplier(step, script);
        if (euler) {
            tables.heston_euler.push_back(euler_step(heston, step.clock(), m));
        } else {
            tables.heston_quadexp.push_back(quadexp_step(heston, step.clock(), m));
        }
    }
}

}  // namespace hedgestorm::plan
