// SPDX-License-Identifier: Apache-2.0
#pragma once

// A result file -> the Result that `show` prints.

#include <filesystem>

#include "host/result/result.hpp"

namespace hedgestorm::result {

/// Reads the result at `path`. Complete: risk, book, provenance, worst paths. Of the scenario: its
/// texts, name, hash, paths, seed, horizon, spot, policy names, levels and loss limits; whoever
/// needs the rest loads `resolved_text`. Histograms and sums stay in the file.
///
/// Throws FileError, saying what to do, for a file that is missing, not a result, damaged, or
/// written by a newer program. HDF5 is not thread-safe: one call at a time.
Result read(const std::filesystem::path& path);

}  // namespace hedgestorm::result
