// SPDX-License-Identifier: Apache-2.0
#include "host/risk/effectiveness.hpp"

#include <cmath>

#include "host/risk/intervals.hpp"

namespace hedgestorm::risk {
namespace {

Estimate variance_reduction(const ColumnFigures& hedged, const ColumnFigures& unhedged) {
    const double ratio = hedged.variance / unhedged.variance;
    // The sum bounds the error of the logarithm for every correlation of the two variances.
    const double relative_se = hedged.relative_variance_se + unhedged.relative_variance_se;
    const Estimate kept = log_estimate(ratio, ratio * relative_se);
    return {1.0 - kept.value, kept.se, 1.0 - kept.high, 1.0 - kept.low};
}

Estimate shortfall_reduction(const Estimate& hedged, const Estimate& unhedged) {
    const double ratio = hedged.value / unhedged.value;
    return normal_estimate(1.0 - ratio,
                           (hedged.se + std::abs(ratio) * unhedged.se) / unhedged.value);
}

}  // namespace

Effectiveness assess_effectiveness(const ColumnFigures* hedged, const ColumnFigures* unhedged,
                                   const RunFacts& facts, Notes& notes) {
    Effectiveness result{unavailable(), {}};
    result.es.assign(facts.level_names.size(), unavailable());
    if (facts.ranks.n < 2) return result;
    if (hedged == nullptr || unhedged == nullptr) {
        notes.say(std::string("no hedge effectiveness: the ") +
                  (unhedged == nullptr ? "unhedged" : "hedged or the ideal") +
                  " P&L is not among the outcomes of this run");
        return result;
    }
    if (!(unhedged->variance > 0.0)) {
        notes.say("no hedge effectiveness: the unhedged P&L is the same on every path");
        return result;
    }
    result.variance = variance_reduction(*hedged, *unhedged);
    for (std::size_t i = 0; i < result.es.size(); ++i) {
        const Estimate& reference = unhedged->risk.es[i];
        if (reference.low > 0.0)
            result.es[i] = shortfall_reduction(hedged->risk.es[i], reference);
        else if (!std::isnan(reference.value))
            notes.say("no hedge effectiveness by expected shortfall at level " +
                      facts.level_names[i] + ": that of the unhedged P&L is not clearly a loss");
        else if (facts.level_available[i] && unhedged->risk.mantissa_bits != 0)
            notes.say("no hedge effectiveness by expected shortfall at level " +
                      facts.level_names[i] + ": that of the unhedged P&L is not available");
    }
    return result;
}

}  // namespace hedgestorm::risk
