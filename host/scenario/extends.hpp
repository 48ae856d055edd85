// SPDX-License-Identifier: Apache-2.0
#pragma once

// The chain of files a scenario extends, laid over one another.

#include <filesystem>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/root.hpp"

namespace hedgestorm::scenario {

/// `document` (read from `path`) laid over the file it extends, and that over the one it extends,
/// without cycles and inside `root`.
Node follow_extends(Node document, const std::filesystem::path& path, const Root& root,
                    Problems& problems);

}  // namespace hedgestorm::scenario
