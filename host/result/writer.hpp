// SPDX-License-Identifier: Apache-2.0
#pragma once

// Result -> one self-describing HDF5 file, whole or not at all. docs/result-format.md is its map.

#include <filesystem>
#include <string>

#include "host/result/output_file.hpp"
#include "host/result/result.hpp"

namespace hedgestorm::result {

/// Writes `result` to `path`; see output_file.hpp for what stays true when that fails (FileError).
/// HDF5 is not thread-safe: one call at a time, and none beside `read`.
void write(const Result& result, const std::filesystem::path& path, Overwrite overwrite);

/// The bytes `write` would save.
std::string encode(const Result& result);

}  // namespace hedgestorm::result
