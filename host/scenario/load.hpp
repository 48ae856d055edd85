// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a file to a valid Scenario: document (keys and lines) -> spec (typed) -> scenario (valid).

#include <filesystem>
#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"

namespace hedgestorm::scenario {

struct Node;

/// Reads the scenario at `path`, follows `extends`, applies `overrides` ("key=value" as given to
/// --set) and checks everything. Throws ScenarioError with every problem found, FileError when the
/// file itself cannot be read.
Scenario load(const std::filesystem::path& path, const std::vector<std::string>& overrides = {});

/// The same for a scenario given as text; `path` names it in messages and anchors relative files.
Scenario load_text(const std::string& text, const std::filesystem::path& path,
                   const std::vector<std::string>& overrides = {});

/// The scenario at `path` with `overlay`, a table of keys of a scenario, laid over it before the
/// overrides: as a file would be read that extends it.
Scenario load_overlaid(const std::filesystem::path& path, const Node& overlay,
                       const std::vector<std::string>& overrides = {});

/// The published JSON Schema (draft 2020-12) of a scenario file, as indented JSON text.
std::string json_schema();

}  // namespace hedgestorm::scenario
