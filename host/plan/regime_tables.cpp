// SPDX-License-Identifier: Apache-2.0

#include "host/plan/regime_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

Matrix identity(std::size_t n) {
    Matrix one(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) one[i][i] = 1.0;
    return one;
}

Matrix product(const Matrix& a, const Matrix& b) {
    const std::size_t n = a.size();
    Matrix c(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t j = 0; j < n; ++j) c[i][j] += a[i][k] * b[k][j];
    return c;
}

/// Row k = 1, 2, ...: for each state, the probability of its k-th other state or one after.
void append_leaving(const Matrix& moves, std::vector<double>& leave) {
    const std::size_t n = moves.size();
    std::vector<double> rows(n * (n - 1), 0.0);
    for (std::size_t from = 0; from < n; ++from) {
        double sum = 0.0;
        for (std::size_t k = n - 1; k >= 1; --k) {
            const std::size_t to = k <= from ? k - 1 : k;
            sum += moves[from][to];
            rows[(k - 1) * n + from] = sum;
        }
    }
    leave.insert(leave.end(), rows.begin(), rows.end());
}

RegimeState<double> state_of(const scenario::RegimeState& state) {
    const double relative =
        std::expm1(state.jump_mean + 0.5 * state.jump_sd * state.jump_sd);  // E[e^J] - 1
    return {state.volatility,
            0.5 * state.volatility * state.volatility * log2_e,
            state.drift * log2_e,
            state.intensity * relative * log2_e,
            state.half_spread_multiplier,
            state.jump_mean * log2_e,
            state.jump_sd * log2_e};
}

}  // namespace

/// Uniformisation: P = sum_k e^(-c t) (c t)^k / k! (1 + Q / c)^k with c the fastest rate of leaving
/// (Jensen, Skand. Aktuarietidskrift 36, 1953), of a time so short that few terms are needed, and
/// squared back. Nothing is negative, so nothing cancels.
Matrix transition(const Matrix& rates, double time) {
    const std::size_t n = rates.size();
    double fastest = 0.0;
    for (const auto& row : rates) {
        double leaving = 0.0;
        for (const double rate : row) leaving += rate;
        fastest = std::max(fastest, leaving);
    }
    if (fastest * time <= 0.0) return identity(n);
    int halvings = 0;
    double mean = fastest * time;
    for (; mean > 0.5; mean *= 0.5) ++halvings;
    Matrix jump(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        double leaving = 0.0;
        for (std::size_t j = 0; j < n; ++j) leaving += jump[i][j] = rates[i][j] / fastest;
        jump[i][i] = std::max(0.0, 1.0 - leaving);
    }
    constexpr int terms = 20;  // 0.5^20 / 20! < 1e-24
    Matrix power = identity(n);
    Matrix sum(n, std::vector<double>(n, 0.0));
    double weight = std::exp(-mean);
    for (int k = 0; k < terms; ++k, weight *= mean / k) {
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) sum[i][j] += weight * power[i][j];
        power = product(power, jump);
    }
    for (; halvings > 0; --halvings) sum = product(sum, sum);
    return sum;
}

double highest_variance(const scenario::Regime& regime) {
    double highest = 0.0;
    for (const auto& state : regime.states)
        highest = std::max(highest, state.volatility * state.volatility);
    return highest;
}

void make_regime(const scenario::Regime& regime, const Grid& grid, const StressScript& script,
                 MarketTables<double>& tables, MarketParams<double>& params) {
    params.diffusion = Diffusion::regime;
    params.regime.initial = static_cast<std::uint32_t>(regime.initial);
    for (const auto& state : regime.states) tables.regime_state.push_back(state_of(state));
    std::map<float, std::uint32_t> known;  // market time of an interval -> place of its numbers
    double interval = 0.0;
    for (std::size_t i = 0; i < grid.steps.size(); ++i) {
        const GridStep& step = grid.steps[i];
        interval += step.clock();
        const double square =
            step.variance_weight * script.realised_square_integral(step.from, step.to);
        RegimeStep<double> at = {std::sqrt(square) * log2_e, square, step.clock(),
                                 step.to - step.from, no_switch};
        if (grid.ends_interval(i)) {
            // Lengths of intervals differ in the last digits; what they are drawn from need not.
            const auto [place, fresh] =
                known.try_emplace(static_cast<float>(interval),
                                  static_cast<std::uint32_t>(tables.regime_leave.size()));
            if (fresh) append_leaving(transition(regime.rates, place->first), tables.regime_leave);
            at.leaves = place->second;
            interval = 0.0;
        }
        tables.regime.push_back(at);
    }
}

}  // namespace hedgestorm::plan
