// SPDX-License-Identifier: Apache-2.0
#pragma once

// A positions file: comma-separated rows, one option each, under a header of [[book.option]] keys.

#include <string>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/root.hpp"

namespace hedgestorm::scenario {

/// The rows of a positions file as tables of cells, each in the place it was read from. Rows that
/// are no rows are added to `problems`, all of them.
Array read_positions(const std::string& text, const SourcePtr& source, Problems& problems);

/// Replaces book.file in `document` by the options it names, after those of [[book.option]].
void include_positions(Node& document, const Root& root, Problems& problems);

}  // namespace hedgestorm::scenario
