// SPDX-License-Identifier: Apache-2.0

#include "host/result/memory_file.hpp"

#include <fmt/format.h>

#include "host/result/seal.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

using hdf5::check;
using hdf5::Handle;

Handle file_in_memory() {
    const char* doing = "making the file";
    Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
    constexpr bool no_file_behind = false;
    check(H5Pset_fapl_core(access, std::size_t{4} << 20, no_file_behind), doing);
    // Checksummed metadata, and still open to programs with an HDF5 of 2008.
    check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), doing);
    const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, doing);
    constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
    check(H5Pset_link_creation_order(creation, tracked), doing);
    check(H5Pset_attr_creation_order(creation, tracked), doing);
    // Most arrays are one chunk: a small index node serves them.
    check(H5Pset_istore_k(creation, 4), doing);
    // The name is never used, and no file can have it.
    return {H5Fcreate("/dev/null/result", H5F_ACC_TRUNC, creation, access), H5Fclose, doing};
}

std::string sealed_bytes_of(hid_t file) {
    const char* doing = "collecting the file";
    check(H5Fflush(file, H5F_SCOPE_GLOBAL), doing);
    const ssize_t size = H5Fget_file_image(file, nullptr, 0);
    check(size, doing);
    // Only its size: the copy HDF5 1.10 makes has a superblock whose checksum no longer fits.
    void* memory = nullptr;
    check(H5Fget_vfd_handle(file, H5P_DEFAULT, &memory), doing);
    std::string bytes(*static_cast<const char**>(memory), static_cast<std::size_t>(size));
    return bytes + seal_of(bytes);
}

void refuse_encoding(const std::filesystem::path& path, const hdf5::Failure& failure) {
    throw FileError(fmt::format("{}: cannot be written ({}) nothing was left there",
                                escaped(path.string()), failure.what()));
}

}  // namespace hedgestorm::result
