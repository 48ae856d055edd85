// SPDX-License-Identifier: Apache-2.0
#pragma once

// The summary of a result for other programs: the stable interface of docs/result-format.md.

#include <string>

#include "host/result/result.hpp"

namespace hedgestorm::cli {

/// One JSON object, indented, in ASCII, with its keys always in the same order; missing is null.
std::string show_json(const result::Result& result);

}  // namespace hedgestorm::cli
