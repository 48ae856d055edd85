// SPDX-License-Identifier: Apache-2.0
#include "host/risk/rank.hpp"

#include <algorithm>
#include <cmath>

#include "hedgestorm/contract.hpp"
#include "host/risk/risk.hpp"

namespace hedgestorm::risk {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr long double side = 0.025L;  // what each side of an interval may miss

long double log_binomial_pmf(std::uint64_t n, std::uint64_t k, long double p, long double q) {
    const auto count = static_cast<long double>(n);
    const auto hits = static_cast<long double>(k);
    return std::lgamma(count + 1) - std::lgamma(hits + 1) - std::lgamma(count - hits + 1) +
           hits * std::log(p) + (count - hits) * std::log(q);
}

/// P(B <= k), summed downwards from its largest term; k below the mean.
long double lower_tail(std::uint64_t n, std::uint64_t k, long double p, long double q) {
    long double term = std::exp(log_binomial_pmf(n, k, p, q));
    long double sum = term;
    for (std::uint64_t i = k; i > 0 && term > 1e-18L * sum; --i) {
        term *= static_cast<long double>(i) * q / (static_cast<long double>(n - i + 1) * p);
        sum += term;
    }
    return sum;
}

/// The smallest k with P(B <= k) >= 2.5 %.
std::uint64_t lower_quantile(std::uint64_t n, Fraction probability) {
    const auto p = static_cast<long double>(probability.numerator) /
                   static_cast<long double>(probability.denominator);
    const auto q = static_cast<long double>(probability.complement().numerator) /
                   static_cast<long double>(probability.denominator);
    const long double mean = static_cast<long double>(n) * p;
    const long double start = std::floor(mean - 1.96L * std::sqrt(mean * q));
    auto k = static_cast<std::uint64_t>(std::max(start, 0.0L));
    while (k > 0 && lower_tail(n, k - 1, p, q) >= side) --k;
    while (lower_tail(n, k, p, q) < side) ++k;
    return k;
}

}  // namespace

std::uint64_t ceiling_rank(std::uint64_t n, Fraction p) {
    const Wide product = static_cast<Wide>(n) * p.numerator;
    return static_cast<std::uint64_t>((product + p.denominator - 1) / p.denominator);
}

RankInterval enclosing_ranks(std::uint64_t n, Fraction p) {
    HS_EXPECT(n > 0 && p.numerator > 0 && p.numerator < p.denominator);
    return {lower_quantile(n, p), n + 1 - lower_quantile(n, p.complement())};
}

double QuantileRanks::tail_points() const {
    return static_cast<double>(n) * std::min(probability.value(), probability.rest());
}

QuantileRanks quantile_ranks(std::uint64_t n, Fraction p) {
    const RankInterval ends = enclosing_ranks(n, p);
    return {p,
            n,
            ceiling_rank(n, p),
            std::max<std::uint64_t>(ends.low, 1),
            std::min(ends.high, n),
            ends.low < 1 || ends.high > n};
}

RankTable rank_table(std::uint64_t n, const std::vector<scenario::Level>& levels) {
    RankTable table;
    table.n = n;
    for (const double level : quantile_levels)  // all are multiples of 1/1000
        table.quantiles.push_back(
            quantile_ranks(n, {static_cast<std::uint64_t>(std::llround(level * 1000.0)), 1000}));
    for (const scenario::Level& level : levels)
        table.levels.push_back(quantile_ranks(n, {level.numerator, level.denominator}));
    return table;
}

}  // namespace hedgestorm::risk
