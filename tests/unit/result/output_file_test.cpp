// SPDX-License-Identifier: Apache-2.0
#include "host/result/output_file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "host/result/reader.hpp"
#include "host/result/writer.hpp"
#include "host/support/error.hpp"
#include "tests/unit/result/made_up_result.hpp"

namespace hedgestorm::result {
namespace {

namespace fs = std::filesystem;
using test::contents;
using test::put;
using test::ResultFolder;

/// What the FileError thrown by `act` says; empty if there was none.
std::string complaint(const std::function<void()>& act) {
    try {
        act();
    } catch (const FileError& error) {
        EXPECT_EQ(error.code(), ExitCode::file);
        return error.what();
    }
    return "";
}

#define EXPECT_SAYS(words, act)                                       \
    EXPECT_NE(complaint([&] { act; }).find(words), std::string::npos) \
        << "said: " << complaint([&] { act; })

/// Files of this process may not grow beyond `bytes` while it lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit = {bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_ = {};
};

TEST(OutputFile, AppearsWithItsContent) {
    const ResultFolder folder;
    save(folder / "a.h5", "content", Overwrite::refuse);
    EXPECT_EQ(contents(folder / "a.h5"), "content");
    EXPECT_EQ(folder.files(), 1);
}

TEST(OutputFile, AnExistingFileStaysAsItIs) {
    const ResultFolder folder;
    put(folder / "a.h5", "old");
    EXPECT_SAYS("--force", require_writable(folder / "a.h5", Overwrite::refuse));
    EXPECT_SAYS("exists already", save(folder / "a.h5", "new", Overwrite::refuse));
    EXPECT_EQ(contents(folder / "a.h5"), "old");
    EXPECT_EQ(folder.files(), 1);
}

TEST(OutputFile, ReplacesAnExistingFileWhenAsked) {
    const ResultFolder folder;
    put(folder / "a.h5", "\x89HDF\r\n\x1a\nold");
    save(folder / "a.h5", "new", Overwrite::replace);
    EXPECT_EQ(contents(folder / "a.h5"), "new");
    EXPECT_EQ(folder.files(), 1);
}

TEST(OutputFile, NeverReplacesWhatIsNoResult) {
    const ResultFolder folder;
    for (const char* text : {"schema = 1\n", "\x89HDF", "x"}) {
        put(folder / "s.toml", text);
        EXPECT_SAYS("is no result", require_writable(folder / "s.toml", Overwrite::replace));
        EXPECT_SAYS("is no result", save(folder / "s.toml", "new", Overwrite::replace));
        EXPECT_EQ(contents(folder / "s.toml"), text);
    }
    put(folder / "empty", "");
    save(folder / "empty", "new", Overwrite::replace);
    EXPECT_EQ(contents(folder / "empty"), "new");
}

TEST(OutputFile, SaysWhyAPlaceCannotBeWritten) {
    const ResultFolder folder;
    put(folder / "file", "");
    EXPECT_SAYS("folder does not exist", require_writable(folder / "no/a.h5", Overwrite::refuse));
    EXPECT_SAYS("is a folder", require_writable(folder.path(), Overwrite::replace));
    EXPECT_SAYS("file", require_writable(folder / "file/a.h5", Overwrite::refuse));
    EXPECT_SAYS("name is empty", require_writable("", Overwrite::refuse));
    EXPECT_SAYS("not an ordinary file", require_writable("/dev/null", Overwrite::replace));
    EXPECT_NO_THROW(require_writable(folder / "a.h5", Overwrite::refuse));
}

TEST(OutputFile, ABrokenLinkCountsAsSomethingThatExists) {
    const ResultFolder folder;
    fs::create_symlink("nowhere", folder / "a.h5");
    EXPECT_SAYS("exists already", require_writable(folder / "a.h5", Overwrite::refuse));
    save(folder / "a.h5", "new", Overwrite::replace);
    EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(folder / "a.h5")));
}

TEST(OutputFile, AReadOnlyFolderIsAnErrorInWords) {
    if (geteuid() == 0) GTEST_SKIP() << "the superuser may write anywhere";
    const ResultFolder folder;
    chmod(folder.path().c_str(), 0500);
    EXPECT_SAYS("Permission denied", require_writable(folder / "a.h5", Overwrite::refuse));
    chmod(folder.path().c_str(), 0700);
}

TEST(OutputFile, NoRoomLeavesNothingBehind) {
    const ResultFolder folder;
    const FileSizeLimit limit(4096);
    EXPECT_SAYS("free some space",
                save(folder / "a.h5", std::string(10'000, 'x'), Overwrite::refuse));
    EXPECT_EQ(folder.files(), 0);
}

TEST(OutputFile, NoRoomLeavesTheFileThatWasThere) {
    const ResultFolder folder;
    const Result result = test::made_up_result(1);
    write(result, folder / "a.h5", Overwrite::refuse);
    const std::string before = contents(folder / "a.h5");
    const FileSizeLimit limit(4096);
    EXPECT_SAYS("free some space", write(result, folder / "a.h5", Overwrite::replace));
    EXPECT_EQ(contents(folder / "a.h5"), before);
    EXPECT_EQ(folder.files(), 1);
}

TEST(OutputFile, ANameTooLongIsAnErrorInWords) {
    const ResultFolder folder;
    EXPECT_SAYS("too long", save(folder / std::string(300, 'a'), "x", Overwrite::refuse));
    EXPECT_EQ(folder.files(), 0);
}

TEST(OutputFile, ControlCharactersInANameAreShownHarmless) {
    EXPECT_SAYS("\\x1b[2J", require_writable("no/\x1b[2J.h5", Overwrite::refuse));
}

}  // namespace
}  // namespace hedgestorm::result
