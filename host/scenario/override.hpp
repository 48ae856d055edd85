// SPDX-License-Identifier: Apache-2.0
#pragma once

// --set key=value: one value of the document replaced from the command line.

#include <filesystem>
#include <string>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"

namespace hedgestorm::scenario {

/// Puts the value where `text` says: simulation.paths=4e6, policy[0].half_width=0.04,
/// policy["band 5"].rule=band. Files named by it are relative to `folder`. A key no table knows is
/// put there too, and found unknown when keys are read.
void apply_override(Node& document, const std::string& text, const std::filesystem::path& folder,
                    Problems& problems);

}  // namespace hedgestorm::scenario
