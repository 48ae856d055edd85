// SPDX-License-Identifier: Apache-2.0
#include "host/result/seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
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
    if (!seal.starts_with(mark)) return SealState::absent;

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
