// SPDX-License-Identifier: Apache-2.0
#pragma once

// One figure of an outcome column, as text such as es_99(pnl), and what it is on a set of paths.
//
// Beside its value a figure has 64 batch values: the value plus the mean influence of the paths of
// batch b = path number modulo 64 (Hampel, J. Amer. Statist. Assoc. 69, 1974). Their mean is the
// value, and since every policy sees the same paths, the error of any smooth combination of
// figures, differences above all, is that of the mean of 64 combined batch values.

#include <array>
#include <span>
#include <string>

#include "hedgestorm/outcome.hpp"
#include "host/risk/risk.hpp"

namespace hedgestorm::tune {

enum class StatisticKind {
    mean,
    mean_square,
    variance,
    sd,
    quantile,     ///< q_P: the smallest x with P(X <= x) >= P %
    var,          ///< value at risk of the adverse tail, more is worse
    es,           ///< expected shortfall of the adverse tail, more is worse
    below,        ///< P(X < x)
    above,        ///< P(X > x)
    exp_utility,  ///< (1/a) ln E e^{-a X}: what a gain X of exponential utility is worth, as a loss
};

struct Statistic {
    StatisticKind kind = StatisticKind::mean;
    Column column = Column::pnl;
    double parameter = 0.0;  ///< level in (0, 1), x [unit of the column] or a [1/currency]
    std::string text;        ///< canonical: es_99(pnl)

    bool operator==(const Statistic&) const = default;
};

/// Reads mean(total_cost), es_99 (of the P&L), q_0.5(pnl), p(pnl < -1e6), exp_utility(pnl, 1e-5).
/// Throws UsageError saying what is wrong and which names there are.
Statistic parse_statistic(const std::string& text);

/// The statistics that parse_statistic knows, for a help text.
extern const char* const statistic_names;

using Batches = std::array<double, risk::batches>;

struct Figure {
    double value = 0.0;
    Batches batch = {};  ///< their mean is the value, to rounding

    Figure& operator+=(const Figure& other);
    Figure operator*(double factor) const;
    Figure operator-(const Figure& other) const;
};

/// The figure of values in the order of path numbers, the first one of a number divisible by 64.
/// Paths that are not finite are left out. NaN where it does not exist: of fewer than two paths in
/// a batch, of a tail without paths.
Figure figure(const Statistic& statistic, std::span<const float> values);

/// Value, standard error and 95 % interval by Student's t with 63 degrees of freedom.
risk::Estimate estimate(const Figure& figure);

/// The standard error alone.
double standard_error(const Figure& figure);

/// 97.5 % point of Student's t with 63 degrees of freedom, and its upper-tail probability.
double student_975();
double student_upper(double t);

}  // namespace hedgestorm::tune
