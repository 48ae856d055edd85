// SPDX-License-Identifier: Apache-2.0
#include "host/risk/paired.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/risk/intervals.hpp"

namespace hedgestorm::risk {
namespace {

struct Totals {
    double count = 0.0;
    double beyond = 0.0;  ///< share of paths with L > q
    double excess = 0.0;  ///< mean of (L - q)+
};

Totals totals(const TailSums& tail) {
    const auto count = static_cast<double>(
        std::accumulate(tail.count.begin(), tail.count.end(), std::uint64_t{0}));
    const auto beyond = static_cast<double>(
        std::accumulate(tail.beyond.begin(), tail.beyond.end(), std::uint64_t{0}));
    return {count, beyond / count,
            std::accumulate(tail.excess.begin(), tail.excess.end(), 0.0) / count};
}

/// 0 where one of the two does not vary.
double correlation(double covariance, double variance, double other_variance) {
    if (!(variance > 0.0 && other_variance > 0.0)) return 0.0;
    return std::clamp(covariance / std::sqrt(variance * other_variance), -1.0, 1.0);
}

/// Skewness of the mean over all batches of the difference between two accounts' excesses.
double skewness_of_mean(const TailSums& a, const TailSums& b) {
    std::array<double, batches> difference = {};
    int used = 0;
    for (std::size_t i = 0; i < batches; ++i)
        if (a.count[i] > 0)
            difference[used++] = (a.excess[i] - b.excess[i]) / static_cast<double>(a.count[i]);
    if (used < batches) return 0.0;  // so few paths that no batch mean is near normal
    const double mean = std::accumulate(difference.begin(), difference.end(), 0.0) / batches;
    double second = 0.0;
    double third = 0.0;
    for (const double value : difference) {
        const double centred = value - mean;
        second += centred * centred / batches;
        third += centred * centred * centred / batches;
    }
    return second > 0.0 ? third / (second * std::sqrt(second)) / std::sqrt(double{batches}) : 0.0;
}

/// se of A - B from those of A and B; their sum where the correlation is unknown.
double difference_se(double a, double b, const TailDependence& dependence, double correlation) {
    if (!dependence.known) return a + b;
    return std::sqrt(std::max(a * a + b * b - 2.0 * correlation * a * b, 0.0));
}

}  // namespace

TailDependence tail_dependence(const Sample& sample, std::size_t account, std::size_t other,
                               std::size_t level) {
    const auto accounts = static_cast<std::size_t>(sample.accounts);
    const auto levels = static_cast<std::size_t>(sample.levels);
    TailDependence result;
    if (level >= levels || sample.tails.size() != accounts * levels ||
        sample.joint.size() != accounts * accounts * levels)
        return result;
    const auto joint = [&](std::size_t a, std::size_t b) -> const JointTail& {
        return sample.joint[(a * accounts + b) * levels + level];
    };
    const TailSums& tail = sample.tails[account * levels + level];
    const TailSums& other_tail = sample.tails[other * levels + level];
    const Totals a = totals(tail);
    const Totals b = totals(other_tail);
    const double n = a.count;
    if (!(n > 1.0) || b.count != n || std::isnan(joint(account, other).excess_product) ||
        std::isnan(joint(account, account).excess_product) ||
        std::isnan(joint(other, other).excess_product))
        return result;
    result.known = true;
    const double both = static_cast<double>(joint(account, other).both_beyond) / n;
    result.of_indicators = correlation(both - a.beyond * b.beyond, a.beyond * (1.0 - a.beyond),
                                       b.beyond * (1.0 - b.beyond));
    result.of_excesses =
        correlation(joint(account, other).excess_product / n - a.excess * b.excess,
                    joint(account, account).excess_product / n - a.excess * a.excess,
                    joint(other, other).excess_product / n - b.excess * b.excess);
    result.skewness = skewness_of_mean(tail, other_tail);
    return result;
}

Estimate var_difference(const ColumnFigures& account, const ColumnFigures& other, std::size_t level,
                        const TailDependence& dependence) {
    const double se = difference_se(account.var_sampling_se[level], other.var_sampling_se[level],
                                    dependence, dependence.of_indicators);
    const double bins = std::hypot(account.var_bin_se[level], other.var_bin_se[level]);
    return normal_estimate(account.risk.var[level].value - other.risk.var[level].value,
                           std::hypot(se, bins));
}

Estimate shortfall_difference(const Estimate& account, const Estimate& other,
                              const TailDependence& dependence) {
    const double se = difference_se(account.se, other.se, dependence, dependence.of_excesses);
    Estimate result = normal_estimate(account.value - other.value, se);
    const Ends hall = hall_interval(result.value, se, dependence.skewness);
    result.low = std::min(result.low, hall.low);
    result.high = std::max(result.high, hall.high);
    return result;
}

}  // namespace hedgestorm::risk
