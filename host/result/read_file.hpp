// SPDX-License-Identifier: Apache-2.0
#pragma once

// Opens a file of ours for reading, whole, undamaged and not newer than this program.

#include <filesystem>
#include <functional>
#include <string>

#include "host/result/hdf5.hpp"

namespace hedgestorm::result {

/// Calls decode(file). Throws FileError, saying what to do, for a file that is missing, not a
/// result, damaged, or written by a newer program, and where decode throws a Failure. `decode` may
/// be called twice.
void read_file(const std::filesystem::path& path, const std::function<void(hid_t)>& decode);

}  // namespace hedgestorm::result
