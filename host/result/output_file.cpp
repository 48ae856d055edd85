// SPDX-License-Identifier: Apache-2.0
#include "host/result/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

FileError refusal(const fs::path& path, const char* why, const char* what_to_do) {
    return FileError(fmt::format("{}: {} ({})", escaped(path.string()), why, what_to_do));
}

/// The sentence for a system call that failed with `error` while writing `path`.
FileError failure(const fs::path& path, int error) {
    const char* what_to_do = "nothing was left there; choose another folder with -o";
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        what_to_do = "nothing was left there; free some space or choose another folder with -o";
    if (error == EEXIST) return refusal(path, "exists already", "--force replaces it");
    return refusal(path, fmt::format("cannot be written: {}", std::strerror(error)).c_str(),
                   what_to_do);
}

/// Writing past the file size limit is an error code, not the end of the program.
class IgnoreFileSizeSignal {
  public:
    IgnoreFileSizeSignal() {
        struct sigaction ignore = {};
        ignore.sa_handler = SIG_IGN;
        sigaction(SIGXFSZ, &ignore, &before_);
    }
    ~IgnoreFileSizeSignal() { sigaction(SIGXFSZ, &before_, nullptr); }

  private:
    struct sigaction before_ = {};
};

/// A file under a name of its own, removed again unless it was given its final one.
class TemporaryFile {
  public:
    TemporaryFile(const fs::path& target, const FileKind& kind) : target_(target), kind_(kind) {
        for (int attempt = 0; descriptor_ < 0; ++attempt) {
            name_ = folder_of(target) / fmt::format(".hedgestorm-{}-{}.tmp", getpid(), attempt);
            descriptor_ = open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (descriptor_ < 0 && (errno != EEXIST || attempt == 100))
                throw failure(target, errno);
        }
    }
    ~TemporaryFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!name_.empty()) unlink(name_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::string_view content) {
        while (!content.empty()) {
            const ssize_t written = ::write(descriptor_, content.data(), content.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw failure(target_, errno);
            content.remove_prefix(static_cast<std::size_t>(written));
        }
        if (fsync(descriptor_) != 0) throw failure(target_, errno);
        if (::close(std::exchange(descriptor_, -1)) != 0) throw failure(target_, errno);
    }

    void rename(Overwrite overwrite) {
        const unsigned flags = overwrite == Overwrite::refuse ? RENAME_NOREPLACE : 0;
        int status = renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target_.c_str(), flags);
        if (status != 0 && (errno == EINVAL || errno == ENOSYS)) {
            // A file system that cannot refuse in the same breath: look again, then rename.
            require_writable(target_, overwrite, kind_);
            status = ::rename(name_.c_str(), target_.c_str());
        }
        if (status != 0) throw failure(target_, errno);
        name_.clear();
    }

  private:
    fs::path target_;
    const FileKind& kind_;
    fs::path name_;
    int descriptor_ = -1;
};

/// Makes the new name itself survive a power cut; a file system that cannot is not an error.
void sync_folder(const fs::path& folder) {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

/// As every HDF5 file does (HDF5 File Format Specification 3.0, II.A).
bool begins_as_hdf5(std::string_view start) {
    return start.starts_with("\x89HDF\r\n\x1a\n");
}

/// Whether a file is empty, or begins as those of the kind do.
bool may_be(const fs::path& path, const FileKind& kind) {
    std::ifstream file(path, std::ios::binary);
    std::string start(kind_bytes, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    return !file.bad() && (start.empty() || kind.may_begin(start));
}

}  // namespace

const FileKind result_file = {"result", begins_as_hdf5};

void require_writable(const fs::path& path, Overwrite overwrite, const FileKind& kind) {
    if (path.empty())
        throw FileError(fmt::format("the {}'s name is empty (give one with -o)", kind.noun));
    std::error_code unreadable;
    const fs::file_status folder = fs::status(folder_of(path), unreadable);
    if (folder.type() == fs::file_type::not_found)
        throw refusal(path, "its folder does not exist",
                      "make it first, or choose another with -o");
    if (unreadable) throw failure(path, unreadable.value());
    if (!fs::is_directory(folder))
        throw refusal(path, "its folder is a file", "choose another folder with -o");

    const fs::file_status there = fs::symlink_status(path, unreadable);
    if (fs::exists(there)) {
        // A link is judged by what it leads to, and replaced as a link.
        const fs::file_status target = fs::status(path, unreadable);
        if (fs::is_directory(target)) throw refusal(path, "is a folder", "name a file in it");
        if (fs::exists(target) && !fs::is_regular_file(target))
            throw refusal(path, "is not an ordinary file",
                          fmt::format("a {} is written as one; name another", kind.noun).c_str());
        if (overwrite == Overwrite::refuse) throw failure(path, EEXIST);
        if (fs::exists(target) && !may_be(path, kind)) {
            throw refusal(path, fmt::format("exists, and is no {}", kind.noun).c_str(),
                          fmt::format("--force replaces a {} alone", kind.noun).c_str());
        }
    }
    if (access(folder_of(path).c_str(), W_OK | X_OK) != 0) throw failure(path, errno);
}

void save(const fs::path& path, std::string_view content, Overwrite overwrite,
          const FileKind& kind) {
    require_writable(path, overwrite, kind);
    const IgnoreFileSizeSignal ignore;
    TemporaryFile file(path, kind);
    file.write(content);
    file.rename(overwrite);
    sync_folder(folder_of(path));
}

}  // namespace hedgestorm::result
