// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which of many candidates may be the best: paired over the 64 batches of the same paths, and
// corrected for how many are compared.

#include <cstddef>
#include <vector>

#include "host/risk/risk.hpp"
#include "host/tune/statistic.hpp"

namespace hedgestorm::tune {

/// Chance at most that a candidate no worse than the best is left out of the region.
inline constexpr double significance = 0.05;

/// A candidate against the best one.
struct Against {
    risk::Estimate difference;  ///< to the best: positive is worse
    double p = 1.0;             ///< two-sided, by Student's t, adjusted by Holm's method
    bool is_worse() const { return difference.value > 0.0 && p < significance; }
};

/// Every figure less that of `best`; p-values adjusted over all of them together (Holm, Scand. J.
/// Statist. 6, 1979). Two-sided, since the best was chosen by the same figures.
std::vector<Against> against_best(const std::vector<Figure>& figures, std::size_t best);

/// Holm's adjusted p-values: at most 1, in the order of `p`.
std::vector<double> holm(const std::vector<double>& p);

/// Those of `eligible` that no other eligible one is at least as good as in every objective and
/// better in one; by the first objective, ascending. values[candidate][objective], less is better.
std::vector<std::size_t> front_of(const std::vector<std::vector<double>>& values,
                                  const std::vector<std::size_t>& eligible);

/// For each member of `front`, the share of bootstrap samples of the 64 batches (Efron, Ann.
/// Statist. 7, 1979; the same for all candidates, seed fixed) in which no eligible candidate
/// dominates it. figures[candidate][objective].
std::vector<double> probability_on_front(const std::vector<std::vector<Figure>>& figures,
                                         const std::vector<std::size_t>& eligible,
                                         const std::vector<std::size_t>& front);

/// The sum of objectives, each from 0 at its least on the front to 1 at its greatest: the least sum
/// is the knee, the member furthest below the chord between the ends. One objective is itself.
std::vector<Figure> scalarised(const std::vector<std::vector<Figure>>& figures,
                               const std::vector<std::size_t>& front);

}  // namespace hedgestorm::tune
