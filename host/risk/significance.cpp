// SPDX-License-Identifier: Apache-2.0
#include "host/risk/significance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace hedgestorm::risk {

namespace {

/// Two-sided, by the normal law that the intervals go by.
double p_value(const Estimate& difference) {
    if (!std::isfinite(difference.value) || !std::isfinite(difference.se))
        return std::numeric_limits<double>::quiet_NaN();
    if (difference.value == 0.0) return 1.0;
    return std::erfc(std::abs(difference.value) / difference.se / std::numbers::sqrt2);
}

}  // namespace

std::vector<bool> holm(const std::vector<Estimate>& differences) {
    std::vector<double> p;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        p.push_back(p_value(differences[i]));
        if (!std::isnan(p[i])) order.push_back(i);
    }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<bool> result(differences.size(), false);
    std::size_t left = order.size();
    for (const std::size_t i : order) {
        if (p[i] * static_cast<double>(left--) > false_alarm) break;
        // The interval of an expected shortfall may be wider than its normal law.
        result[i] = differences[i].low > 0.0 || differences[i].high < 0.0;
    }
    return result;
}

std::vector<PairedSignificance> significance(const std::vector<PairedRisk>& paired) {
    std::vector<PairedSignificance> result(paired.size());
    const auto judge = [&](const auto& figure, const auto& put) {
        std::vector<Estimate> differences;
        for (const PairedRisk& pair : paired) differences.push_back(figure(pair));
        const std::vector<bool> real = holm(differences);
        for (std::size_t i = 0; i < paired.size(); ++i) put(result[i], real[i]);
    };
    judge([](const PairedRisk& pair) { return pair.mean_pnl; },
          [](PairedSignificance& to, bool real) { to.mean_pnl = real; });
    judge([](const PairedRisk& pair) { return pair.mean_total_cost; },
          [](PairedSignificance& to, bool real) { to.mean_total_cost = real; });
    const std::size_t levels = paired.empty() ? 0 : paired.front().var.size();
    for (std::size_t l = 0; l < levels; ++l) {
        judge([&](const PairedRisk& pair) { return pair.var[l]; },
              [](PairedSignificance& to, bool real) { to.var.push_back(real); });
        judge([&](const PairedRisk& pair) { return pair.es[l]; },
              [](PairedSignificance& to, bool real) { to.es.push_back(real); });
    }
    return result;
}

}  // namespace hedgestorm::risk
