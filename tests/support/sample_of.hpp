// SPDX-License-Identifier: Apache-2.0
#pragma once

// A whole run's tallies from outcomes written down: P&L per account, and the scenario they belong
// to.

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "host/risk/sample.hpp"
#include "host/scenario/scenario.hpp"
#include "tests/support/histogram_of.hpp"

namespace hedgestorm::test {

inline scenario::Level level(std::uint64_t numerator, std::uint64_t denominator) {
    scenario::Level result;
    result.numerator = numerator;
    result.denominator = denominator;
    result.text = std::to_string(numerator) + "/" + std::to_string(denominator);
    return result;
}

inline scenario::Scenario scenario_with(std::size_t policies, std::vector<scenario::Level> levels) {
    scenario::Scenario result;
    for (std::size_t i = 0; i < policies; ++i) {
        scenario::Policy policy;
        policy.name = "policy " + std::to_string(i);
        result.policies.push_back(policy);
    }
    result.risk.levels = std::move(levels);
    return result;
}

/// Sums over the losses beyond a threshold per account, for one level.
inline void tally_tails(risk::Sample& sample, const std::vector<std::vector<float>>& pnl,
                        const std::vector<double>& thresholds) {
    const std::size_t accounts = pnl.size();
    sample.levels = 1;
    sample.tails.assign(accounts, {});
    sample.joint.assign(accounts * accounts, {});
    for (std::size_t path = 0; path < pnl[0].size(); ++path) {
        for (std::size_t a = 0; a < accounts; ++a) {
            const double excess = std::max(-double{pnl[a][path]} - thresholds[a], 0.0);
            risk::TailSums& tail = sample.tails[a];
            tail.threshold = thresholds[a];
            tail.excess[path % risk::batches] += excess;
            tail.beyond[path % risk::batches] += excess > 0.0;
            ++tail.count[path % risk::batches];
            for (std::size_t b = 0; b < accounts; ++b) {
                const double other = std::max(-double{pnl[b][path]} - thresholds[b], 0.0);
                sample.joint[a * accounts + b].excess_product += excess * other;
                sample.joint[a * accounts + b].both_beyond += excess > 0.0 && other > 0.0;
            }
        }
    }
}

/// A sample whose only columns are P&L and, beyond the first account, its difference to the first.
inline risk::Sample sample_of(const std::vector<std::vector<float>>& pnl) {
    risk::Sample sample;
    sample.paths = pnl.at(0).size();
    sample.accounts = static_cast<int>(pnl.size());
    for (std::size_t a = 0; a < pnl.size(); ++a) {
        const int account = static_cast<int>(a);
        sample.columns.push_back(histogram_of(Column::pnl, pnl[a], account));
        if (a == 0) continue;
        std::vector<float> difference(pnl[a].size());
        for (std::size_t i = 0; i < difference.size(); ++i) difference[i] = pnl[a][i] - pnl[0][i];
        sample.columns.push_back(histogram_of(Column::pnl_difference, difference, account));
    }
    return sample;
}

}  // namespace hedgestorm::test
