// SPDX-License-Identifier: Apache-2.0
#pragma once

// The summary of a result as a long table for spreadsheets and data frames.

#include <string>

#include "host/result/result.hpp"

namespace hedgestorm::cli {

/// One line per figure: policy,outcome,statistic,level,value,se,low,high. Quoted by RFC 4180; an
/// empty cell is missing; a name that a spreadsheet would run as a formula gets a leading '.
std::string show_csv(const result::Result& result);

}  // namespace hedgestorm::cli
