// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tuning as a person reads it: the recommendation, how sure it is, the front, and what is left of
// it on fresh paths.

#include <string>

#include "host/cli/page.hpp"
#include "host/result/labelled.hpp"

namespace hedgestorm::cli {

void show_tune(const result::Labelled& file, Page& page);

}  // namespace hedgestorm::cli
