// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include "host/scenario/problems.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t most_values = 1'000'000;  // each costs the parser some hundred bytes

Place place_at(const std::string& text, std::size_t offset, const SourcePtr& source) {
    Place place = {source, 1, 1};
    for (std::size_t i = 0; i < offset; ++i) {
        if (text[i] == '\n') {
            ++place.line;
            place.column = 0;
        }
        ++place.column;
    }
    return place;
}

/// Follows just enough of TOML's grammar (strings and comments) to see what stands outside them.
/// Nesting is bounded there so that no file can exhaust the stack of the parser, and letters that
/// are not ASCII, which TOML has no use for there, never reach it: toml++ 3.3 is undefined on them.
class OutsideStrings {
  public:
    struct Fault {
        std::size_t offset;
        const char* message;
    };

    explicit OutsideStrings(std::string_view text) : text_(text) {}

    std::optional<Fault> find() {
        int depth = 0;
        int dots = 0;
        std::size_t values = 0;
        std::size_t i = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        for (; i < text_.size(); ++i) {
            if (!ascii(i)) return Fault{i, "a letter that is not ASCII stands outside quotes"};
            const bool opens_value = "[{,="sv.find(text_[i]) != std::string_view::npos;
            if (opens_value && ++values > most_values)
                return Fault{i, "the file holds more than a million values"};
            switch (text_[i]) {
                case '#':
                    i = std::min(text_.find('\n', i), text_.size()) - 1;
                    break;
                case '"':
                case '\'':
                    i = string_end(i);
                    break;
                case '[':
                case '{':
                    ++depth;
                    dots = 0;
                    break;
                case ']':
                case '}':
                    depth -= depth > 0 ? 1 : 0;
                    [[fallthrough]];
                case ',':
                case '=':
                case '\n':
                    dots = 0;
                    break;
                case '.':
                    ++dots;
                    break;
                default:
                    break;
            }
            if (depth > nesting_limit || dots > nesting_limit)
                return Fault{i, "tables, arrays or dotted keys nest deeper than 64 levels"};
            if (fault_) return fault_;
        }
        return std::nullopt;
    }

  private:
    bool ascii(std::size_t i) const { return static_cast<unsigned char>(text_[i]) < 0x80; }

    // Offset of the last character of the string that starts at `i`; the end of the text where it
    // is not closed: the parser stops there and says so.
    std::size_t string_end(std::size_t i) {
        const char quote = text_[i];
        const bool escapes = quote == '"';
        const std::string_view three = escapes ? "\"\"\""sv : "'''"sv;
        const bool many_lines = text_.substr(i, 3) == three;
        for (std::size_t j = i + (many_lines ? 3 : 1); j < text_.size(); ++j) {
            if (escapes && text_[j] == '\\') {
                if (many_lines) check_line_end(j + 1);
                ++j;
            } else if (many_lines && text_.substr(j, 3) == three) {
                while (j + 3 < text_.size() && text_[j + 3] == quote) ++j;  // quotes at the end
                return j + 2;
            } else if (!many_lines && text_[j] == quote) {
                return j;
            } else if (!many_lines && text_[j] == '\n') {
                break;
            }
        }
        return text_.size();
    }

    // A backslash at the end of a line swallows what is blank after it, by the same code that is
    // undefined on letters that are not ASCII.
    void check_line_end(std::size_t i) {
        const std::size_t next = text_.find_first_not_of(" \t\r\n", i);
        if (next == std::string_view::npos || next == i || ascii(next)) return;
        fault_ = {next,
                  "a letter that is not ASCII follows a line that ends with a backslash: end the "
                  "line without one"};
    }

    std::string_view text_;
    std::optional<Fault> fault_;
};

}  // namespace

std::optional<std::string> read_text(const std::filesystem::path& path, const SourcePtr& source,
                                     Problems& problems) {
    const std::string shown = escaped(path.string());
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        throw FileError(fmt::format("cannot read {} (it is a folder)", shown));
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw FileError(fmt::format("cannot read {} ({})", shown,
                                    errno != 0 ? std::strerror(errno) : "it cannot be opened"));
    std::string text;
    std::string chunk(1u << 16, '\0');
    while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), file.gcount() > 0) {
        text.append(chunk, 0, static_cast<std::size_t>(file.gcount()));
        if (text.size() > file_limit) {
            problems.add({source, 0, 0}, "",
                         fmt::format("the file is larger than {} MB, the most that is read",
                                     file_limit >> 20),
                         "is it the right file?");
            return std::nullopt;
        }
    }
    if (file.bad()) throw FileError(fmt::format("cannot read {} (reading failed)", shown));
    return text;
}

bool check_encoding(const std::string& text, const SourcePtr& source, Problems& problems) {
    const auto refuse = [&](std::size_t offset, const char* why, const char* hint) {
        problems.add(place_at(text, offset, source), "", why, hint);
        return false;
    };
    if (text.empty()) {
        problems.add({source, 0, 0}, "", "the file is empty");
        return false;
    }
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return refuse(0, "the file is UTF-16 text", "save it as UTF-8");
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(std::string_view(text).substr(i, 4));
        if (text[i] == '\0')
            return refuse(i, "the file is not text (it holds a zero byte)",
                          "is it the right file?");
        if (length == 0)
            return refuse(i, "the file is not UTF-8 text",
                          "save it as UTF-8; is it the right file?");
        i += length;
    }
    return true;
}

bool check_text(const std::string& text, const SourcePtr& source, Problems& problems) {
    if (!check_encoding(text, source, problems)) return false;
    const auto fault = OutsideStrings(text).find();
    if (fault) problems.add(place_at(text, fault->offset, source), "", fault->message);
    return !fault;
}

}  // namespace hedgestorm::scenario
