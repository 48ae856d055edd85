// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fit as the [market] block of a scenario.

#include <string>

#include "host/fit/fit.hpp"
#include "host/fit/returns.hpp"

namespace hedgestorm::fit {

/// What the block says of the drift: a history of any length tells little about it, and a hedge
/// needs none.
enum class Drift { risk_neutral, estimated };

/// Begins every block, by which a file is known as one.
inline constexpr const char* block_signature = "# A market fitted by hedgestorm calibrate";

/// The name of what an entry holds in tables of estimates, such as "kou.eta1".
std::string label_of(const Entry& entry);

/// TOML, with each estimate's error as a comment; `history` names what it was fitted to.
std::string market_block(const Fit& fit, const Returns& returns, const std::string& history,
                         Drift drift);

/// Throws EngineError, saying which and why, where a scenario with this block would be refused.
void require_accepted(const std::string& block, const Returns& returns);

/// Why a run whose rebalance intervals are as long as the history's rows refuses a block that a
/// scenario takes; empty where it does not.
std::string refused_by_run(const std::string& block, const Returns& returns);

}  // namespace hedgestorm::fit
