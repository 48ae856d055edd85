// SPDX-License-Identifier: Apache-2.0

#include "host/result/read_file.hpp"

#include <fmt/format.h>

#include "host/result/schema.hpp"
#include "host/result/seal.hpp"
#include "host/result/survives.hpp"
#include "host/result/table_reader.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

using hdf5::check;
using hdf5::Failure;
using hdf5::Handle;

namespace {

FileError refusal(const std::filesystem::path& path, const std::string& why,
                  const char* what_to_do) {
    return FileError(fmt::format("{}: {} ({})", escaped(path.string()), why, what_to_do));
}

void require_ordinary_file(const std::filesystem::path& path) {
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (status.type() == std::filesystem::file_type::not_found)
        throw refusal(path, "there is no such file", "check the name; `hedgestorm run` makes one");
    if (problem)
        throw refusal(path, "cannot be read: " + problem.message(), "check its permissions");
    if (std::filesystem::is_directory(status))
        throw refusal(path, "is a folder", "name a result file in it");
    if (!std::filesystem::is_regular_file(status))
        throw refusal(path, "is not an ordinary file", "name a result file");
}

Handle open_file(const std::filesystem::path& path) {
    const char* doing = "opening the file";
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
    // Results are replaced by renaming, so no lock is needed; some network disks have none.
    check(H5Pset_file_locking(access, false, true), doing);
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, doing};
}

/// Refuses what another program wrote, and what this one wrote later than this version knows.
void require_our_schema(const std::filesystem::path& path, hid_t file) {
    const Handle root(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "opening the root group");
    if (H5Aexists(root, "schema_version") <= 0 || H5Aexists(root, "program") <= 0 ||
        TableReader(file, "/").string_attribute("program") != schema::program)
        throw refusal(path, "is an HDF5 file, but not a result of hedgestorm",
                      "name a file that `hedgestorm run` made");
    const unsigned long version = TableReader(file, "/").count_attribute("schema_version");
    if (version > static_cast<unsigned long>(schema::version))
        throw refusal(path,
                      fmt::format("its schema_version is {}, and this program reads up to {}",
                                  version, schema::version),
                      "update hedgestorm");
    if (version == 0) throw Failure("schema_version is 0");
}

}  // namespace

void read_file(const std::filesystem::path& path, const std::function<void(hid_t)>& decode) {
    require_ordinary_file(path);
    const hdf5::Quiet quiet;
    if (H5Fis_hdf5(path.c_str()) <= 0)
        throw refusal(path, "is not an HDF5 file, so not a result",
                      "name a file that `hedgestorm run` made");
    const auto open_and_decode = [&] {
        const Handle file = open_file(path);
        require_our_schema(path, file);
        decode(file);
    };
    const SealState seal = check_seal(path);
    const bool readable =
        seal == SealState::intact || (seal == SealState::absent && survives(open_and_decode));
    if (!readable)
        throw refusal(path, "its contents are damaged: they do not match their checksums",
                      "copy it again from where it was made, or repeat the run");
    try {
        open_and_decode();
    } catch (const Failure& failure) {
        throw refusal(path, fmt::format("cannot be read as a result: {}", escaped(failure.what())),
                      "it is damaged or was changed; copy it again or repeat the run");
    }
}

}  // namespace hedgestorm::result
