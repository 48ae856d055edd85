// SPDX-License-Identifier: Apache-2.0
#include "host/result/seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <vector>

#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

namespace {

constexpr std::string_view mark = "hedgestorm-seal-";  // 16 bytes, then the hash in hexadecimal
constexpr std::size_t seal_size = 32;
static_assert(mark.size() + 16 == seal_size);

std::string seal_text(const Checksum& checksum) {
    return fmt::format("{}{:016x}", mark, checksum.value());
}

/// Where the HDF5 part of a file ends, by its superblock (HDF5 File Format Specification 3.0, II.A,
/// versions 2 and 3, of which ours is one); nothing where another kind of superblock begins it.
std::optional<std::uint64_t> hdf5_end(std::ifstream& file) {
    constexpr std::size_t version = 8, offset_size = 9, end_of_file = 28, read = 36;
    std::array<unsigned char, read> start{};
    file.seekg(0);
    if (!file.read(reinterpret_cast<char*>(start.data()), read)) {
        file.clear();
        return std::nullopt;
    }
    if ((start[version] != 2 && start[version] != 3) || start[offset_size] != 8)
        return std::nullopt;
    std::uint64_t end = 0;
    for (std::size_t i = read; i-- > end_of_file;) end = end << 8 | start[i];
    return end;
}

}  // namespace

void Checksum::add(std::string_view bytes) {
    std::uint64_t hash = value_;
    for (const char byte : bytes) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001B3u;  // FNV-1a prime
    }
    value_ = hash;
}

std::string seal_of(std::string_view content) {
    Checksum checksum;
    checksum.add(content);
    return seal_text(checksum);
}

SealState check_seal(const std::filesystem::path& path) {
    const auto unreadable = [&] {
        return FileError(
            fmt::format("{}: cannot be read ({})", escaped(path.string()), std::strerror(errno)));
    };
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    if (problem) {
        errno = problem.value();
        throw unreadable();
    }
    if (size <= seal_size) return SealState::absent;

    std::ifstream file(path, std::ios::binary);
    std::string seal(seal_size, '\0');
    file.seekg(static_cast<std::streamoff>(size - seal_size));
    if (!file.read(seal.data(), seal_size)) throw unreadable();
    if (!seal.starts_with(mark)) {
        // HDF5 leaves nothing behind its own end: what is there is what became of a seal.
        const auto end = hdf5_end(file);
        return end && size > *end ? SealState::broken : SealState::absent;
    }

    Checksum checksum;
    std::vector<char> piece(std::size_t{1} << 20);
    file.seekg(0);
    for (std::uintmax_t left = size - seal_size; left > 0;) {
        const auto want = std::min<std::uintmax_t>(left, piece.size());
        if (!file.read(piece.data(), static_cast<std::streamsize>(want))) throw unreadable();
        checksum.add({piece.data(), static_cast<std::size_t>(want)});
        left -= want;
    }
    return seal == seal_text(checksum) ? SealState::intact : SealState::broken;
}

}  // namespace hedgestorm::result
