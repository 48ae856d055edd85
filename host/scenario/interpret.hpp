// SPDX-License-Identifier: Apache-2.0
#pragma once

// Document -> Spec: every key read, typed and range-checked on its own; unknown keys found.

#include <string>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// What `document` says, defaults filled in. What is missing or wrong is added to `problems` and
/// left absent in the spec.
ScenarioSpec interpret(const Node& document, Problems& problems);

/// Every key a [[book.option]] knows: the columns a positions file may have.
std::vector<std::string> option_keys();

}  // namespace hedgestorm::scenario
