// SPDX-License-Identifier: Apache-2.0
#pragma once

// One document laid over another: tables merge deeply, lists of named tables merge by name, the
// rest replaces.

#include <string>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"

namespace hedgestorm::scenario {

/// Lays `overlay` over `base`, both tables. A named table with remove = true takes its namesake
/// away.
void merge(Node& base, Node overlay, Problems& problems);

/// Puts `node` under `key`, in place of the key itself and of every key that says the same another
/// way: horizon_days for horizon_years, steps for steps_per_day, spot_move for spot_log_move.
void replace(Table& table, const std::string& key, Node node);

}  // namespace hedgestorm::scenario
