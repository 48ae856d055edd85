// SPDX-License-Identifier: Apache-2.0

#include "host/plan/series_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "host/scenario/history.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// Clock and spacing differ by rounding alone up to this.
constexpr double same_time = 1e-6;

/// ln of the mean of e^{m d} over demeaned log returns d: what makes m d a martingale's step.
///
/// A multiplier that fades asks for as many m as there are steps, each a sum over the series. So
/// from some number on the function is interpolated in Chebyshev's points, where it is smooth
/// enough: with m |d| to 2 its nearest singularity, a zero of the mean, is pi / 2|d| off the real
/// axis, and 32 points are good to rounding (Trefethen, Approximation Theory and Approximation
/// Practice, 2013, theorem 8.2).
class LogMeans {
  public:
    LogMeans(const std::vector<double>& deviations, double highest)
        : deviations_(deviations), highest_(highest) {
        double widest = 0.0;
        for (const double d : deviations) widest = std::max(widest, std::fabs(d));
        is_smooth_ = highest * widest <= 2.0;
    }

    double at(double m) {
        const auto found = known_.find(m);
        if (found != known_.end()) return found->second;
        if (is_smooth_ && known_.size() >= most_sums) return interpolated(m);
        return known_[m] = sum(m);
    }

  private:
    static constexpr std::size_t most_sums = 64;
    static constexpr std::size_t points = 32;

    double sum(double m) const {
        double sum = 0.0;
        for (const double d : deviations_) sum += std::expm1(m * d);
        return std::log1p(sum / static_cast<double>(deviations_.size()));
    }

    static double angle(std::size_t k) {
        return (static_cast<double>(k) + 0.5) * std::numbers::pi / points;
    }

    double interpolated(double m) {
        const auto place = [&](std::size_t k) {
            return 0.5 * highest_ * (1.0 - std::cos(angle(k)));
        };
        if (values_.empty())
            for (std::size_t k = 0; k < points; ++k) values_.push_back(sum(place(k)));
        double above = 0.0;
        double below = 0.0;
        for (std::size_t k = 0; k < points; ++k) {
            if (m == place(k)) return values_[k];
            const double weight = (k % 2 == 0 ? 1.0 : -1.0) * std::sin(angle(k)) / (m - place(k));
            above += weight * values_[k];
            below += weight;
        }
        return above / below;
    }

    const std::vector<double>& deviations_;
    double highest_;
    bool is_smooth_;
    std::map<double, double> known_;
    std::vector<double> values_;
};

/// Root mean square of the realised-volatility multiplier over a step.
double mean_multiplier(const GridStep& step, const StressScript& script) {
    return std::sqrt(script.realised_square_integral(step.from, step.to) / (step.to - step.from));
}

void require_whole_interval(const scenario::Scenario& scenario, double clock, double at) {
    const double days = scenario.simulation.days_per_year;
    const double spacing = scenario.market.series->spacing;
    if (std::fabs(clock / spacing - 1.0) <= same_time) return;
    throw ScenarioError({scenario.places.problem(
        "simulation.closed",
        fmt::format("leaves {:.6g} hours of market time in the rebalance interval at {:.6g} days, "
                    "and the series has a price every {:.6g} hours: a bootstrap takes one return "
                    "for each interval",
                    clock * days * 24.0, at * days, spacing * days * 24.0),
        "let closed windows begin and end at rebalance points, with variance_weight = 0")});
}

}  // namespace

void make_bootstrap(const scenario::Scenario& scenario, const Grid& grid,
                    const StressScript& script, MarketTables<double>& tables,
                    MarketParams<double>& params) {
    params.diffusion = Diffusion::bootstrap;
    std::vector<double> deviations = scenario::log_returns(*scenario.market.series);
    double mean = 0.0;
    for (const double r : deviations) mean += r / static_cast<double>(deviations.size());
    for (double& r : deviations) {
        r -= mean;
        tables.series_row.push_back(r * log2_e);
    }
    double highest = 0.0;
    for (const GridStep& step : grid.steps)
        highest = std::max(highest, mean_multiplier(step, script));
    LogMeans log_means(deviations, highest);
    bool is_first = true;
    for (std::size_t i = 0; i < grid.steps.size();) {
        std::size_t end = i;
        double whole = 0.0;
        do whole += grid.steps[end].clock();
        while (!grid.ends_interval(end++));
        const bool moves = whole > 0.0;
        if (moves) require_whole_interval(scenario, whole, grid.steps[i].from);
        double restart = !moves     ? 0.0
                         : is_first ? 1.0
                                    : 1.0 / scenario.market.bootstrap->mean_block;
        if (moves) is_first = false;
        double passed = 0.0;  // of the return, times multipliers
        for (; i < end; ++i) {
            const GridStep& step = grid.steps[i];
            const double scale = moves ? step.clock() / whole * mean_multiplier(step, script) : 0.0;
            const double shift = step_move(scenario.market, step, script).drift -
                                 (log_means.at(passed + scale) - log_means.at(passed));
            tables.bootstrap.push_back({restart, scale, shift * log2_e});
            passed += scale;
            restart = 0.0;
        }
    }
}

void make_replay(const scenario::Scenario& scenario, const Grid& grid, MarketTables<double>& tables,
                 MarketParams<double>& params) {
    const scenario::Series& series = *scenario.market.series;
    const scenario::Replay& replay = *scenario.market.replay;
    const std::vector<double>& prices = series.stretches[replay.stretch].prices;
    params.diffusion = Diffusion::replay;
    params.series.starts = replay.starts;
    double last = 0.0;
    for (const GridStep& step : grid.steps) {
        const double rows = step.to / series.spacing;
        // A grid time that rounding has put next to a row is that row.
        const double whole = std::floor(rows + same_time);
        const double fraction = rows - whole > same_time ? rows - whole : 0.0;
        tables.replay.push_back({whole, fraction});
        last = whole + (fraction > 0.0 ? 1.0 : 0.0);
    }
    const auto end = replay.row + replay.starts + static_cast<std::size_t>(last);
    for (std::size_t row = replay.row; row < end; ++row)
        tables.series_row.push_back(std::log2(prices.at(row) / prices.at(replay.row)));
}

}  // namespace hedgestorm::plan
