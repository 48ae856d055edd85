// SPDX-License-Identifier: Apache-2.0

#include "host/plan/series_tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numbers>

#include "host/scenario/history.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

constexpr double log2_e = std::numbers::log2e;

/// Clock and spacing differ by rounding alone up to this.
constexpr double same_time = 1e-6;

/// ln of the mean of e^{m d} over demeaned log returns d: what makes m d a martingale's step.
class LogMeans {
  public:
    explicit LogMeans(const std::vector<double>& deviations) : deviations_(deviations) {}

    double at(double multiplier) {
        const auto [place, fresh] = known_.try_emplace(multiplier, 0.0);
        if (fresh) {
            double sum = 0.0;
            for (const double d : deviations_) sum += std::expm1(multiplier * d);
            place->second = std::log1p(sum / static_cast<double>(deviations_.size()));
        }
        return place->second;
    }

  private:
    const std::vector<double>& deviations_;
    std::map<double, double> known_;
};

void require_whole_interval(const scenario::Scenario& scenario, double clock, double at) {
    const double days = scenario.simulation.days_per_year;
    const double spacing = scenario.market.series->spacing;
    if (std::fabs(clock / spacing - 1.0) <= same_time) return;
    throw ScenarioError(
        {{scenario.source_path, 0, 0, "simulation.closed",
          fmt::format(
              "leaves {:.6g} hours of market time in the rebalance interval at {:.6g} days, "
              "and the series has a price every {:.6g} hours: a bootstrap takes one return "
              "for each interval",
              clock * days * 24.0, at * days, spacing * days * 24.0),
          "let closed windows begin and end at rebalance points, with variance_weight = 0"}});
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
    LogMeans log_means(deviations);
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
            const double length = step.to - step.from;
            const double m =
                std::sqrt(script.realised_square_integral(step.from, step.to) / length);
            const double scale = moves ? step.clock() / whole * m : 0.0;
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
