// SPDX-License-Identifier: Apache-2.0
#pragma once

// Spec -> the text that says all of it: `extends`, --set, positions files and defaults applied.

#include <string>

#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// Which paths a run covers is part of its text, but not of what it simulates.
enum class PathRange { written, left_out };

/// Canonical TOML of `spec`, every key in the order of the key table; loads to the same scenario.
std::string resolved_text(ScenarioSpec spec, PathRange paths = PathRange::written);

}  // namespace hedgestorm::scenario
