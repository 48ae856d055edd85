// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file that appears whole or not at all, and never in the place of another unless asked to.

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace hedgestorm::result {

/// What to do where a file of the same kind already stands. Other files are never replaced.
enum class Overwrite { refuse, replace };

/// A kind of file: what people call it, and whether one may begin like this (its first bytes, at
/// most kind_bytes of them).
struct FileKind {
    const char* noun;
    bool (*may_begin)(std::string_view start);
};
inline constexpr std::size_t kind_bytes = 64;

/// HDF5 files.
extern const FileKind result_file;

/// Throws FileError, saying what to do, unless `path` could be written now: its folder exists and
/// may be written to, and nothing stands there that `overwrite` protects. Call it before a long
/// run.
void require_writable(const std::filesystem::path& path, Overwrite overwrite,
                      const FileKind& kind = result_file);

/// Writes `content` under a temporary name in the same folder, syncs it to the disk and renames it
/// to `path`. On any failure `path` is as it was, the temporary file is gone, and FileError says
/// why.
void save(const std::filesystem::path& path, std::string_view content, Overwrite overwrite,
          const FileKind& kind = result_file);

}  // namespace hedgestorm::result
