// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which inputs matter: every number of a scenario moved a little down and up, one at a time, on the
// same paths, ranked by what that does to a figure.

#include <string>
#include <vector>

#include "host/tune/sweep.hpp"

namespace hedgestorm::tune {

/// A number of a scenario: its key as --set takes it.
struct Input {
    std::string key;
    double value = 0.0;
    bool whole = false;
};

/// The numbers of the resolved scenario that describe the world, the book and the policies: not
/// those of [simulation] and [risk], no zeros, no series of prices.
std::vector<Input> inputs_of(const scenario::Scenario& scenario);

struct Tornado {
    double share = 0.0;         ///< each input is moved by, 0.2 for 20 %
    std::vector<Input> inputs;  ///< by the largest |difference| of the first figure of any policy
    Swept swept;                ///< points 2 i and 2 i + 1: input i down, and up
    std::vector<std::size_t> order;  ///< inputs[i] is at points 2 order[i] and 2 order[i] + 1
};

/// Throws as sweep() does.
Tornado tornado(const Work& work, double share, Evaluator& evaluator);

result::Labelled labelled(const Tornado& tornado);

}  // namespace hedgestorm::tune
