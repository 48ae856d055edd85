// SPDX-License-Identifier: Apache-2.0
#pragma once

// Funding rates out of a CSV file: a column of times, a column of rates.

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/root.hpp"

namespace hedgestorm::scenario {

/// Replaces the file that a hedge's funding names in `document` by its rates and the time between
/// them: so the data are part of the resolved scenario, and of its identity.
void include_funding(Node& document, const Root& root, Problems& problems);

}  // namespace hedgestorm::scenario
