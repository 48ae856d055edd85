// SPDX-License-Identifier: Apache-2.0
#include "host/risk/column.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "host/risk/distribution.hpp"
#include "host/risk/intervals.hpp"
#include "host/risk/moments.hpp"
#include "host/risk/tail.hpp"

namespace hedgestorm::risk {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_available = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t fewest_hill_points = 50;

/// A column that was never computed, as if it had been.
ColumnSample all_zero(const ColumnSample& column, std::uint64_t n) {
    ColumnSample zero = column;
    zero.sums = {};
    zero.sums.count = n;
    zero.bins = {{0.0, 0.0, n, 0.0}};
    return zero;
}

ColumnFigures without_figures(const ColumnSample& column, const RunFacts& facts) {
    const std::size_t levels = facts.level_names.size();
    ColumnFigures figures;
    figures.risk.account = column.account;
    figures.risk.column = column.column;
    figures.risk.mantissa_bits = column.mantissa_bits;
    figures.risk.mean = figures.risk.sd = unavailable();
    figures.risk.skewness = figures.risk.excess_kurtosis = unavailable();
    figures.risk.min = figures.risk.max = not_available;
    figures.risk.quantiles.assign(std::size(quantile_levels), unavailable());
    figures.risk.var.assign(levels, unavailable());
    figures.risk.es.assign(levels, unavailable());
    figures.risk.tail_index = not_available;
    figures.var_sampling_se.assign(levels, not_available);
    figures.var_bin_se.assign(levels, not_available);
    figures.variance = figures.relative_variance_se = not_available;
    return figures;
}

/// How far outcomes lie beyond the last bin of the adverse side; infinite where that is unknown.
double adverse_overshoot(const ColumnSample& column) {
    if (column.clipped == 0 || column.bins.empty()) return 0.0;
    const double below = column.bins.front().low - column.sums.min;
    const double above = column.sums.max - column.bins.back().high;
    if (below <= 0.0 && above <= 0.0) return infinity;
    const auto& info = column_info[static_cast<std::size_t>(column.column)];
    return std::max(info.adverse == Adverse::low ? below : above, 0.0);
}

void note_heavy_tail(const Distribution& losses, std::uint64_t points, double index,
                     const std::string& name, Notes& notes) {
    // Two depths: a gap in the middle of the losses looks heavy at one of them.
    if (!(index < 2.0) || !(losses.hill_index(points / 4) < 2.0)) return;
    notes.say(name + ": the adverse tail is so heavy (tail index " + in_words(index) +
              ", below 2) that its variance may not exist; the error bars of mean, standard "
              "deviation and expected shortfall are unreliable");
}

}  // namespace

std::string in_words(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

ColumnFigures assess_column(const ColumnSample& sample, const RunFacts& facts,
                            const std::string& owner, Notes& notes) {
    const std::uint64_t n = facts.ranks.n;
    const ColumnSample zero = sample.identically_zero ? all_zero(sample, n) : ColumnSample{};
    const ColumnSample& column = sample.identically_zero ? zero : sample;
    ColumnFigures figures = without_figures(column, facts);
    ColumnRisk& risk = figures.risk;
    if (n == 0) return figures;
    risk.min = column.sums.min;
    risk.max = column.sums.max;
    if (n == 1) {  // an outcome is its own mean; how far another would lie from it is unknown
        risk.mean.value = risk.min;
        return figures;
    }

    const Moments moments = central_moments(column.sums);
    const MomentEstimates estimates = estimate_moments(moments, column);
    risk.mean = estimates.mean;
    risk.sd = estimates.sd;
    risk.skewness = estimates.skewness;
    risk.excess_kurtosis = estimates.excess_kurtosis;
    figures.variance = moments.variance();
    figures.relative_variance_se =
        std::sqrt(std::max(moments.kurtosis() - 1.0, 0.0) / static_cast<double>(n));

    if (column.mantissa_bits == 0) {
        notes.say(
            "some outcomes have moments alone: risk.quantiles asks for no quantiles, value at risk "
            "and expected shortfall of them");
        return figures;
    }
    const Distribution values = Distribution::of_values(column);
    for (std::size_t i = 0; i < risk.quantiles.size(); ++i)
        if (facts.quantile_available[i])
            risk.quantiles[i] = estimate_quantile(values, facts.ranks.quantiles[i]).estimate;

    const std::string name =
        owner + ", " + column_info[static_cast<std::size_t>(column.column)].name;
    const Distribution losses = Distribution::of_losses(column);
    const double overshoot = adverse_overshoot(column);
    for (std::size_t i = 0; i < risk.var.size(); ++i) {
        if (!facts.level_available[i]) continue;
        const QuantileRanks& ranks = facts.ranks.levels[i];
        if (overshoot > 0.0 && n - ranks.rank < column.clipped) {
            notes.miss(name + ": value at risk and expected shortfall at level " +
                       facts.level_names[i] + " are not available: " +
                       std::to_string(column.clipped) + " outcomes lie beyond the last bin");
            continue;
        }
        const QuantileEstimate var = estimate_quantile(losses, ranks);
        risk.var[i] = var.estimate;
        figures.var_sampling_se[i] = var.sampling_se;
        figures.var_bin_se[i] = var.bin_se;
        const Estimate es = estimate_shortfall(losses, ranks);
        // What the clipped outcomes could add, were all of them as far out as the farthest.
        const double doubt = overshoot > 0.0
                                 ? static_cast<double>(column.clipped) * overshoot /
                                       (static_cast<double>(n) * ranks.probability.rest())
                                 : 0.0;
        if (doubt <= es.se / 20.0)
            risk.es[i] = es;
        else
            notes.miss(name + ": expected shortfall at level " + facts.level_names[i] +
                       " is not available: " + std::to_string(column.clipped) +
                       " outcomes lie beyond the last bin and could change it by " +
                       in_words(doubt));
    }
    if (column.clipped > 0)
        notes.say(name + ": " + std::to_string(column.clipped) +
                  " outcomes lie beyond the last bin; figures that do not reach them stand");

    const std::uint64_t points = hill_points(n);
    if (points >= fewest_hill_points) {
        risk.tail_index = losses.hill_index(points);
        note_heavy_tail(losses, points, risk.tail_index, name, notes);
    }
    return figures;
}

}  // namespace hedgestorm::risk
