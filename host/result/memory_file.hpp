// SPDX-License-Identifier: Apache-2.0
#pragma once

// A result file while it is made: in memory, so that a full disk can only fail the plain write of
// finished bytes. Inside host/result only.

#include <filesystem>
#include <string>

#include "host/result/hdf5.hpp"

namespace hedgestorm::result {

/// An empty HDF5 file without a file behind it.
hdf5::Handle file_in_memory();

/// Its bytes and the seal that host/result/seal.hpp checks.
std::string sealed_bytes_of(hid_t file);

/// What encode() gives; its Failure becomes a FileError about `path`.
template <class Encode>
std::string encoded(const std::filesystem::path& path, const Encode& encode);

/// Throws that FileError.
[[noreturn]] void refuse_encoding(const std::filesystem::path& path, const hdf5::Failure& failure);

template <class Encode>
std::string encoded(const std::filesystem::path& path, const Encode& encode) {
    try {
        return encode();
    } catch (const hdf5::Failure& failure) {
        refuse_encoding(path, failure);
    }
}

}  // namespace hedgestorm::result
