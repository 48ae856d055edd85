// SPDX-License-Identifier: Apache-2.0
#pragma once

// Candidates of the same paths in order of merit.

#include <cstddef>
#include <vector>

#include "host/tune/tune.hpp"

namespace hedgestorm::tune {

/// What candidates are ranked by: the only objective, or the sum of several between the ends of
/// their front.
struct Ranking {
    std::vector<std::size_t> eligible;  ///< keep the constraints, with every figure there
    std::vector<std::size_t> front;
    std::vector<Figure> sum;  ///< [candidate]; of eligible ones

    /// Whose sum is least; there must be one.
    std::size_t best() const;
    /// Members of the front first, then the eligible ones by their sum, then the rest.
    std::vector<std::size_t> in_order(std::vector<std::size_t> members) const;
};

/// Works out the objectives of `members` over the scenarios, which must have scores of the same
/// paths, and ranks them.
Ranking rank(const std::vector<std::size_t>& members, TuneResult& result);

/// [member][scenario]
std::vector<std::vector<Figure>> figures_by_scenario(const Expression& objective,
                                                     const std::vector<std::size_t>& members,
                                                     const TuneResult& result);

/// Candidates with the most paths that any has.
std::vector<std::size_t> most_advanced(const TuneResult& result);

/// True where the scores of a policy, by scenario, break no constraint.
bool keeps_constraints(const TuneFile& file, const std::vector<Score>& scores);

}  // namespace hedgestorm::tune
