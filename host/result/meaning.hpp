// SPDX-License-Identifier: Apache-2.0
#pragma once

// What stands beside the numbers of a file.

#include <string>

namespace hedgestorm::result {

/// What a dataset holds, in words, and in which unit.
struct Meaning {
    std::string long_name;
    std::string units = "1";
};

}  // namespace hedgestorm::result
