// SPDX-License-Identifier: Apache-2.0
#pragma once

// A text file read whole, and refused in words where it is not one.

#include <filesystem>
#include <optional>
#include <string>

#include "host/scenario/document.hpp"

namespace hedgestorm::scenario {

/// Largest scenario or positions file.
inline constexpr std::size_t file_limit = 64u << 20;

/// Deepest nesting of tables and arrays, and longest dotted key.
inline constexpr int nesting_limit = 64;

/// The bytes of the file at `path`. Throws FileError where it cannot be read; adds to `problems`
/// and gives nothing where it is larger than `file_limit`.
std::optional<std::string> read_text(const std::filesystem::path& path, const SourcePtr& source,
                                     Problems& problems);

/// True where `text` is UTF-8 with something in it, ASCII outside strings and comments, and not
/// nested beyond the limit; otherwise adds to `problems` what it is instead.
bool check_text(const std::string& text, const SourcePtr& source, Problems& problems);

/// The part of it that positions files share: something in it, and UTF-8.
bool check_encoding(const std::string& text, const SourcePtr& source, Problems& problems);

}  // namespace hedgestorm::scenario
