// SPDX-License-Identifier: Apache-2.0
#pragma once

// A checksum over the whole result file, kept in 32 bytes after the end of its HDF5 part.
//
// HDF5 checksums its arrays but not its strings, and crashes on some damage there. The seal finds
// any flipped byte before HDF5 sees it, and that the file was cut. HDF5 ignores bytes after its own
// end, and cuts them off when it opens a file for writing: a file that another tool has opened so
// has no seal rather than a broken one.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hedgestorm::result {

/// The 64-bit FNV-1a hash of bytes fed in pieces; any change of one byte changes it.
class Checksum {
  public:
    void add(std::string_view bytes);
    std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 0xCBF29CE484222325u;  // FNV-1a offset basis
};

/// The 32 bytes that seal `content`.
std::string seal_of(std::string_view content);

enum class SealState { intact, broken, absent };

/// What the end of the file at `path` says about the rest. Throws FileError if it cannot be read.
SealState check_seal(const std::filesystem::path& path);

}  // namespace hedgestorm::result
