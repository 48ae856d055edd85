// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two accounts on the same paths: how far their figures lie apart, and how sure that is.
//
// Takes the figures of both and the joint sums over their tails, gives differences whose errors
// know that the paths are shared. Formulas: docs/statistics.md, "Paired differences".

#include <cstddef>

#include "host/risk/column.hpp"
#include "host/risk/notes.hpp"
#include "host/risk/sample.hpp"

namespace hedgestorm::risk {

/// How the tails of two accounts move together at one level.
struct TailDependence {
    bool known = false;
    double of_indicators = 0.0;  ///< correlation of 1{L > q} of the two
    double of_excesses = 0.0;    ///< correlation of (L - q)+
    double skewness = 0.0;       ///< of the mean difference of (L - q)+, from the batches
};

TailDependence tail_dependence(const Sample& sample, std::size_t account, std::size_t other,
                               std::size_t level);

/// VaR of `account` less that of `other`.
Estimate var_difference(const ColumnFigures& account, const ColumnFigures& other, std::size_t level,
                        const TailDependence& dependence);

/// Expected shortfall of `account` less that of `other`.
Estimate shortfall_difference(const Estimate& account, const Estimate& other,
                              const TailDependence& dependence);

}  // namespace hedgestorm::risk
