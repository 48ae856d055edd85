// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an engine says, as the error a user meets.

#include <string>

#include "hedgestorm/engine.hpp"
#include "host/run/run.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::run {

/// Throws what a status says unless all is well: Interrupted where it was told to stop,
/// CapacityError where memory was short, else EngineError. `where`, if any, ends the sentence.
inline void require(const EngineStatus& status, const std::string& engine,
                    const std::string& where = "") {
    if (status.ok()) return;
    if (status.why == Refusal::stopped) throw Interrupted();
    const std::string what = "engine " + engine + ": " + status.failure + where;
    if (status.why == Refusal::no_memory)
        throw CapacityError(what + " (take fewer policies, columns or steps, or another --engine)");
    throw EngineError(what);
}

}  // namespace hedgestorm::run
