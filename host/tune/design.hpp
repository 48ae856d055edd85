// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which candidates are looked at.

#include <string>
#include <vector>

#include "host/tune/axis.hpp"
#include "host/tune/tune_file.hpp"

namespace hedgestorm::tune {

/// Values of each parameter, for each candidate: every point of a grid, in an order in which any
/// first part is spread over all of it (van der Corput, Proc. Akad. Wetensch. 38, 1935); or the
/// points of a Sobol sequence (USSR Comput. Math. 7, 1967; directions of Joe and Kuo, SIAM J. Sci.
/// Comput. 30, 2008, as Boost has them), without repeats.
std::vector<std::vector<std::string>> design(const TuneFile& file);

/// The value a share u in [0, 1] of the way along an axis; of a list, one of its entries.
std::string value_at(const Axis& axis, double u);

/// The share of a value of a range.
double share_of(const Axis& axis, const std::string& value);

}  // namespace hedgestorm::tune
