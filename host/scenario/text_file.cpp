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

// Follows just enough of TOML's grammar (strings and comments) to count brackets and dots outside
// them, so that no nesting of the user's can exhaust the stack of the parser.
class NestingScan {
  public:
    explicit NestingScan(std::string_view text) : text_(text) {}

    /// Offset of the first character nested too deeply; npos where there is none.
    std::size_t find() {
        int depth = 0;
        int dots = 0;
        for (std::size_t i = 0; i < text_.size(); ++i) {
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
            if (depth > nesting_limit || dots > nesting_limit) return i;
        }
        return std::string_view::npos;
    }

  private:
    // Offset of the last character of the string that starts at `i`.
    std::size_t string_end(std::size_t i) const {
        const char quote = text_[i];
        const bool escapes = quote == '"';
        const std::string_view three = escapes ? "\"\"\""sv : "'''"sv;
        if (text_.substr(i, 3) == three) {
            for (std::size_t j = i + 3; j < text_.size(); ++j) {
                if (escapes && text_[j] == '\\')
                    ++j;
                else if (text_.substr(j, 3) == three)
                    return j + 2;
            }
            return text_.size();
        }
        for (std::size_t j = i + 1; j < text_.size() && text_[j] != '\n'; ++j) {
            if (escapes && text_[j] == '\\')
                ++j;
            else if (text_[j] == quote)
                return j;
        }
        return i;  // not closed on its line: the parser will say so
    }

    std::string_view text_;
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
    const std::size_t deep = NestingScan(text).find();
    if (deep == std::string::npos) return true;
    problems.add(
        place_at(text, deep, source), "",
        fmt::format("tables, arrays or dotted keys nest deeper than {} levels", nesting_limit));
    return false;
}

}  // namespace hedgestorm::scenario
