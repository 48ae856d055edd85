// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file that appears whole or not at all, and never in the place of another unless asked to.

#include <filesystem>
#include <string_view>

namespace hedgestorm::result {

/// What to do where a result already stands. Other files are never replaced.
enum class Overwrite { refuse, replace };

/// Throws FileError, saying what to do, unless `path` could be written now: its folder exists and
/// may be written to, and nothing stands there that `overwrite` protects. Call it before a long
/// run.
void require_writable(const std::filesystem::path& path, Overwrite overwrite);

/// Writes `content` under a temporary name in the same folder, syncs it to the disk and renames it
/// to `path`. On any failure `path` is as it was, the temporary file is gone, and FileError says
/// why.
void save(const std::filesystem::path& path, std::string_view content, Overwrite overwrite);

}  // namespace hedgestorm::result
