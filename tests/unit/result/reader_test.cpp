// SPDX-License-Identifier: Apache-2.0
#include "host/result/reader.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include "host/result/seal.hpp"
#include "host/result/survives.hpp"
#include "host/result/writer.hpp"
#include "host/support/error.hpp"
#include "tests/unit/result/made_up_result.hpp"

// HDF5 itself forgets some memory when it gives up on a damaged file.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libhdf5";
}

namespace hedgestorm::result {
namespace {

using test::put;
using test::ResultFolder;

/// What `read` says about a file with these bytes; empty if it reads them.
std::string complaint(const std::filesystem::path& path, const std::string& bytes) {
    put(path, bytes);
    try {
        read(path);
    } catch (const FileError& error) {
        return error.what();
    }
    return "";
}

constexpr std::size_t seal_size = 32;

/// The bytes of a result as another HDF5 tool would leave them: without a seal.
std::string unsealed(const std::string& bytes) {
    return bytes.substr(0, bytes.size() - seal_size);
}

void set_integer(const std::filesystem::path& path, const char* name, int value) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT, &value);
    H5Aclose(attribute);
    H5Fclose(file);
}

void remove_link(const std::filesystem::path& path, const char* name) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Ldelete(file, name, H5P_DEFAULT);
    H5Fclose(file);
}

std::string complaint(const std::filesystem::path& path) {
    return complaint(path, test::contents(path));
}

#define EXPECT_MENTIONS(text, words) EXPECT_NE((text).find(words), std::string::npos) << (text)

TEST(ResultReader, RefusesWhatIsNotAResult) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    EXPECT_THROW(read(path), FileError);
    EXPECT_MENTIONS(complaint(path, ""), "not an HDF5 file");
    EXPECT_MENTIONS(complaint(path, "schema = 1\nname = 'x'\n"), "not an HDF5 file");
    EXPECT_THROW(read(folder.path()), FileError);
    EXPECT_THROW(read("/dev/null"), FileError);
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    EXPECT_MENTIONS(complaint(path), "not a result of hedgestorm");
}

TEST(ResultReader, RefusesANewerSchema) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    write(test::made_up_result(1), path, Overwrite::refuse);
    set_integer(path, "schema_version", 2);
    EXPECT_MENTIONS(complaint(path), "schema_version is 2");
    EXPECT_MENTIONS(complaint(path), "update hedgestorm");
}

TEST(ResultReader, ReadsAFileThatAnotherToolHasSaved) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    write(test::made_up_result(2), path, Overwrite::refuse);
    EXPECT_EQ(check_seal(path), SealState::intact);
    set_integer(path, "threads", 5);
    EXPECT_EQ(check_seal(path), SealState::absent);
    EXPECT_EQ(read(path).provenance.threads, 5);
}

TEST(ResultReader, SaysWhatIsMissing) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    for (const char* name : {"mean", "es", "book", "scenario", "level_text", "mantissa_bits"}) {
        write(test::made_up_result(2), path, Overwrite::replace);
        remove_link(path, name);
        EXPECT_MENTIONS(complaint(path), "cannot be read as a result") << name;
    }
}

TEST(ResultReader, ATruncatedFileIsAnErrorWhereverItIsCut) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    const std::string bytes = encode(test::made_up_result(2));
    for (std::size_t length = 0; length < bytes.size() - seal_size; length += 1 + bytes.size() / 61)
        EXPECT_NE(complaint(path, bytes.substr(0, length)), "") << length;
    EXPECT_NE(complaint(path, bytes.substr(0, bytes.size() - seal_size - 1)), "");
    for (std::size_t lost = 1; lost < seal_size; ++lost)
        EXPECT_MENTIONS(complaint(path, bytes.substr(0, bytes.size() - lost)), "damaged");
    EXPECT_MENTIONS(complaint(path, bytes + "x"), "damaged");
}

TEST(ResultReader, AFlippedByteIsFoundWhereverItIs) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    const std::string bytes = encode(test::made_up_result(1));
    for (std::size_t place = 0; place < bytes.size() - seal_size; place += 1 + bytes.size() / 149) {
        std::string damaged = bytes;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
        EXPECT_NE(complaint(path, damaged), "") << place;
    }
}

TEST(ResultReader, AFlippedByteInTheSealIsDamageToo) {
    const ResultFolder folder;
    const std::string bytes = encode(test::made_up_result(1));
    for (std::size_t place = bytes.size() - seal_size; place < bytes.size(); ++place) {
        std::string damaged = bytes;
        damaged[place] ^= 1;
        EXPECT_MENTIONS(complaint(folder / "r.h5", damaged), "damaged") << place;
    }
}

TEST(ResultReader, WithoutASealHdf5FindsMostDamageAndNothingCrashes) {
    const ResultFolder folder;
    const auto path = folder / "r.h5";
    const std::string bytes = unsealed(encode(test::made_up_result(1)));
    EXPECT_EQ(complaint(path, bytes), "");
    for (std::size_t place = 0; place < bytes.size(); place += 1 + bytes.size() / 31) {
        std::string damaged = bytes;
        damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
        complaint(path, damaged);
    }
}

TEST(Survives, TellsACrashFromAnError) {
    EXPECT_TRUE(survives([] {}));
    EXPECT_TRUE(survives([] { throw std::runtime_error("an error is no crash"); }));
    EXPECT_FALSE(survives([] { std::abort(); }));
}

TEST(Checksum, IsFnv1a) {
    Checksum checksum;
    checksum.add("foo");
    checksum.add("bar");
    EXPECT_EQ(checksum.value(), 0x85944171F73967E8u);  // the published value of "foobar"
}

}  // namespace
}  // namespace hedgestorm::result
