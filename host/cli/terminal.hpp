// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the standard output is: how wide, and whether a person reads it there.

#include <optional>

#include "host/cli/show_table.hpp"

namespace hedgestorm::cli {

/// Columns of the terminal; none where the output goes to a file or another program.
std::optional<int> terminal_width();

/// As wide as the terminal, or 100 columns where there is none; bold only on a terminal.
TableStyle terminal_style();

}  // namespace hedgestorm::cli
