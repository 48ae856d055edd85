// SPDX-License-Identifier: Apache-2.0
#pragma once

// The summary of a result for a person at a terminal.

#include <string>

#include "host/result/result.hpp"

namespace hedgestorm::cli {

enum class Emphasis { none, bold };

struct TableStyle {
    int width = 100;                     ///< terminal columns to keep within where possible
    Emphasis emphasis = Emphasis::none;  ///< bold titles; only for a terminal
};

/// Header, book at t_0, one row per policy, differences to the first policy, notes.
std::string show_table(const result::Result& result, const TableStyle& style = {});

}  // namespace hedgestorm::cli
