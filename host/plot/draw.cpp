// SPDX-License-Identifier: Apache-2.0
#include "host/plot/draw.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sstream>
#include <string_view>
#include <utility>

#include "host/plot/gnuplot_script.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::plot {
namespace {

constexpr const char* how_to_install = "Debian and Ubuntu have it: apt-get install gnuplot-nox";

/// What gnuplot may say of a failure before it is cut off.
constexpr std::size_t most_words = 300;

/// A file without a name, in memory.
class MemoryFile {
  public:
    MemoryFile() : descriptor_(memfd_create("hedgestorm-plot", MFD_CLOEXEC)) {
        if (descriptor_ < 0) throw failure("no memory for a picture");
    }
    ~MemoryFile() { close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    int descriptor() const { return descriptor_; }

    void fill(std::string_view content) {
        while (!content.empty()) {
            const ssize_t written = write(descriptor_, content.data(), content.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw failure("no memory for a picture");
            content.remove_prefix(static_cast<std::size_t>(written));
        }
        lseek(descriptor_, 0, SEEK_SET);
    }

    std::string content() const {
        std::string all;
        char some[65536];
        for (;;) {
            const ssize_t count =
                pread(descriptor_, some, sizeof some, static_cast<off_t>(all.size()));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw failure("what gnuplot drew cannot be read");
            if (count == 0) return all;
            all.append(some, static_cast<std::size_t>(count));
        }
    }

  private:
    static DrawingError failure(const char* what) {
        return DrawingError(fmt::format("{}: {}", what, std::strerror(errno)));
    }

    int descriptor_;
};

/// What the new process finds as its standard streams.
class Streams {
  public:
    Streams(const MemoryFile& in, const MemoryFile& out, const MemoryFile& errors) {
        posix_spawn_file_actions_init(&actions_);
        const int files[] = {in.descriptor(), out.descriptor(), errors.descriptor()};
        for (int stream = 0; stream < 3; ++stream)
            posix_spawn_file_actions_adddup2(&actions_, files[stream], stream);
    }
    ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;

    const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_;
};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

/// gnuplot's SVG names one font, which the reader may not have, and bold only in mark-up, which
/// text that is not trusted must not be.
std::string with_fonts_for_all(std::string svg) {
    svg = replaced(std::move(svg), R"(font-family="DejaVu Sans:Bold")",
                   R"(font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-weight="bold")");
    return replaced(std::move(svg), R"(font-family="DejaVu Sans")",
                    R"(font-family="DejaVu Sans, Verdana, Arial, sans-serif")");
}

/// What gnuplot said, in short.
std::string one_line(const std::string& said) {
    std::istringstream words(said.substr(0, most_words));
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + escaped(word);
    return line.empty() ? "it gave no reason" : line;
}

/// Runs gnuplot without the files it reads at its start, and returns what it writes.
std::string run_gnuplot(const char* argument, std::string_view input) {
    MemoryFile in, out, errors;
    in.fill(input);
    const Streams streams(in, out, errors);
    std::string program = "gnuplot", defaults = "-d", what = argument;
    char* const arguments[] = {program.data(), defaults.data(), what.data(), nullptr};
    pid_t child = 0;
    const int status_of_spawn =
        posix_spawnp(&child, program.c_str(), streams.get(), nullptr, arguments, environ);
    if (status_of_spawn != 0) {
        throw DrawingError(fmt::format("gnuplot cannot be started: {} ({})",
                                       std::strerror(status_of_spawn), how_to_install));
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::string drawn = out.content();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !drawn.empty()) return drawn;
    throw DrawingError(fmt::format("gnuplot could not draw the picture: {} (5.4 or newer can)",
                                   one_line(errors.content())));
}

}  // namespace

void require_gnuplot() {
    run_gnuplot("--version", "");
}

std::string draw(const Page& page, Format format) {
    std::string drawn = run_gnuplot("-", gnuplot_script(page, format));
    return format == Format::svg ? with_fonts_for_all(std::move(drawn)) : drawn;
}

}  // namespace hedgestorm::plot
