// SPDX-License-Identifier: Apache-2.0

#include "host/tune/statistic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace hedgestorm::tune {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Calls visit(batch, x) for every finite value.
template <class Visit>
void for_finite(std::span<const float> values, const Visit& visit) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) visit(i % risk::batches, static_cast<double>(values[i]));
    }
}

/// How many finite values each batch has.
std::array<std::size_t, risk::batches> counts(std::span<const float> values) {
    std::array<std::size_t, risk::batches> count = {};
    for_finite(values, [&](std::size_t b, double) { ++count[b]; });
    return count;
}

/// Batch means of f(x), and their mean weighted by paths.
template <class F>
Figure mean_of(std::span<const float> values, const F& f) {
    Figure result;
    const auto count = counts(values);
    for_finite(values, [&](std::size_t b, double x) { result.batch[b] += f(x); });
    double sum = 0.0;
    std::size_t total = 0;
    for (std::size_t b = 0; b < risk::batches; ++b) {
        if (count[b] < 2) return {nan, {}};
        sum += result.batch[b];
        total += count[b];
        result.batch[b] /= static_cast<double>(count[b]);
    }
    result.value = sum / static_cast<double>(total);
    return result;
}

/// Value and batch values by a differentiable function of a mean: T + T' (batch mean - mean).
Figure through(const Figure& mean, double value, double derivative) {
    Figure result;
    result.value = value;
    for (std::size_t b = 0; b < risk::batches; ++b)
        result.batch[b] = value + derivative * (mean.batch[b] - mean.value);
    return result;
}

/// Mean square about the mean of a sample of n; divided by n - 1.
Figure variance_of(std::span<const float> values) {
    const double centre = mean_of(values, [](double x) { return x; }).value;
    const Figure square = mean_of(values, [&](double x) { return (x - centre) * (x - centre); });
    const auto finite =
        std::count_if(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
    const auto n = static_cast<double>(finite);
    return square * (n / (n - 1.0));
}

/// The k-th smallest of `values`, k from 1; reorders them.
double order_statistic(std::vector<float>& values, std::size_t k) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
}

/// Rank of the quantile at `level`: ceil(n level), kept from rounding up by an error of the
/// product.
std::size_t rank_of(std::size_t n, double level) {
    const double exact = static_cast<double>(n) * level;
    const auto rank = static_cast<std::size_t>(std::ceil(exact - 1e-9 * exact));
    return std::clamp<std::size_t>(rank, 1, n);
}

struct Tail {
    std::vector<float> sorted_part;  ///< the finite values, signed so that more is worse
    double quantile = 0.0;
    std::size_t n = 0;
};

Tail tail_of(std::span<const float> values, double sign, double level) {
    Tail tail;
    tail.sorted_part.reserve(values.size());
    for_finite(values, [&](std::size_t, double x) {
        tail.sorted_part.push_back(static_cast<float>(sign * x));
    });
    tail.n = tail.sorted_part.size();
    if (tail.n > 0) tail.quantile = order_statistic(tail.sorted_part, rank_of(tail.n, level));
    return tail;
}

/// Of X times `sign`. The influence of a path on a quantile is (level - 1{X <= q}) / f(q), the
/// density by the spacing of quantiles h apart either side (Siddiqui, J. Res. NBS 64B, 1960) with
/// Bofinger's h of a normal density (Austral. J. Statist. 17, 1975).
Figure quantile_of(std::span<const float> values, double sign, double level) {
    Tail tail = tail_of(values, sign, level);
    constexpr std::size_t fewest_beyond = 5;
    const double beyond = static_cast<double>(tail.n) * std::min(level, 1.0 - level);
    if (beyond < static_cast<double>(fewest_beyond)) return {nan, {}};
    const boost::math::normal normal;
    const double z = quantile(normal, level);
    const double bend = 4.5 * std::pow(pdf(normal, z), 4) / std::pow(2.0 * z * z + 1.0, 2);
    const double h = std::min(0.5 * std::min(level, 1.0 - level),
                              std::pow(bend / static_cast<double>(tail.n), 0.2));
    const double high = order_statistic(tail.sorted_part, rank_of(tail.n, level + h));
    const double low = order_statistic(tail.sorted_part, rank_of(tail.n, level - h));
    const double sparsity = (high - low) / (2.0 * h);
    const double q = tail.quantile;
    const Figure above = mean_of(values, [&](double x) { return sign * x > q ? 1.0 : 0.0; });
    return through(above, q, sparsity);
}

/// q + E (L - q)+ / (1 - alpha) at the sample's own quantile: exactly the mean of the worst
/// n (1 - alpha) paths, the boundary path prorated (docs/statistics.md). The form is insensitive to
/// q to first order (Rockafellar, Uryasev, J. Risk 2, 2000), so its batch means need no term for
/// the error of q.
Figure shortfall_of(std::span<const float> values, double sign, double level) {
    const Tail tail = tail_of(values, sign, level);
    if (static_cast<double>(tail.n) * (1.0 - level) < 1.0) return {nan, {}};
    const double q = tail.quantile;
    const Figure excess = mean_of(values, [&](double x) { return std::max(sign * x - q, 0.0); });
    return through(excess, q + excess.value / (1.0 - level), 1.0 / (1.0 - level));
}

Figure exp_utility_of(std::span<const float> values, double a) {
    double worst = std::numeric_limits<double>::infinity();
    for_finite(values, [&](std::size_t, double x) { worst = std::min(worst, x); });
    // Relative to the worst path nothing overflows.
    const Figure power = mean_of(values, [&](double x) { return std::exp(-a * (x - worst)); });
    return through(power, std::log(power.value) / a - worst, 1.0 / (a * power.value));
}

double adverse_sign(Column column) {
    return column_info[static_cast<std::size_t>(column)].adverse == Adverse::low ? -1.0 : 1.0;
}

const boost::math::students_t& student() {
    static const boost::math::students_t distribution(risk::batches - 1);
    return distribution;
}

}  // namespace

Figure& Figure::operator+=(const Figure& other) {
    value += other.value;
    for (std::size_t b = 0; b < batch.size(); ++b) batch[b] += other.batch[b];
    return *this;
}

Figure Figure::operator*(double factor) const {
    Figure result = *this;
    result.value *= factor;
    for (double& b : result.batch) b *= factor;
    return result;
}

Figure Figure::operator-(const Figure& other) const {
    Figure result = *this;
    return result += other * -1.0;
}

Figure figure(const Statistic& statistic, std::span<const float> values) {
    const double p = statistic.parameter;
    switch (statistic.kind) {
        case StatisticKind::mean:
            return mean_of(values, [](double x) { return x; });
        case StatisticKind::mean_square:
            return mean_of(values, [](double x) { return x * x; });
        case StatisticKind::variance:
            return variance_of(values);
        case StatisticKind::sd: {
            const Figure variance = variance_of(values);
            const double sd = std::sqrt(variance.value);
            return through(variance, sd, sd > 0.0 ? 0.5 / sd : 0.0);
        }
        case StatisticKind::quantile:
            return quantile_of(values, 1.0, p);
        case StatisticKind::var:
            return quantile_of(values, adverse_sign(statistic.column), p);
        case StatisticKind::es:
            return shortfall_of(values, adverse_sign(statistic.column), p);
        case StatisticKind::below:
            return mean_of(values, [&](double x) { return x < p ? 1.0 : 0.0; });
        case StatisticKind::above:
            return mean_of(values, [&](double x) { return x > p ? 1.0 : 0.0; });
        case StatisticKind::exp_utility:
            return exp_utility_of(values, p);
    }
    return {nan, {}};
}

double standard_error(const Figure& figure) {
    double mean = 0.0;
    for (const double b : figure.batch) mean += b / risk::batches;
    double square = 0.0;
    for (const double b : figure.batch) square += (b - mean) * (b - mean);
    return std::sqrt(square / (risk::batches - 1.0) / risk::batches);
}

risk::Estimate estimate(const Figure& figure) {
    if (!std::isfinite(figure.value)) return {nan, nan, nan, nan};
    const double se = standard_error(figure);
    return {figure.value, se, figure.value - student_975() * se, figure.value + student_975() * se};
}

double student_975() {
    static const double t = quantile(complement(student(), 0.025));
    return t;
}

double student_upper(double t) {
    return cdf(complement(student(), t));
}

}  // namespace hedgestorm::tune
