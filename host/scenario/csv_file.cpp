// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/csv_file.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/scenario/text_file.hpp"

namespace hedgestorm::scenario {

namespace {

/// A row of garbage must not fill the memory.
constexpr std::size_t most_fields = 1000;

/// libcsv calls back with a pointer; this is what it points at.
struct Reading {
    const std::function<bool(CsvRow&&)>& take;
    CsvRow row;
    bool goes_on = true;
    bool is_too_wide = false;
};

void on_field(void* text, std::size_t length, void* reading) {
    auto* it = static_cast<Reading*>(reading);
    if (it->is_too_wide) return;
    const char* begin = static_cast<const char*>(text);
    it->row.cells.emplace_back(begin == nullptr ? std::string_view()
                                                : std::string_view(begin, length));
    it->is_too_wide = it->row.cells.size() > most_fields;
}

void on_row(int, void* reading) {
    auto* it = static_cast<Reading*>(reading);
    CsvRow row = {std::exchange(it->row.cells, {}), it->row.line, it->row.text};
    it->goes_on = it->goes_on && !it->is_too_wide && it->take(std::move(row));
}

}  // namespace

bool read_csv(const std::string& text, const SourcePtr& source, Problems& problems,
              const std::function<bool(CsvRow&&)>& take) {
    if (!check_encoding(text, source, problems)) return false;
    Reading reading = {take, {}};
    csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    bool sound = true;
    while (sound && !rest.empty() && reading.goes_on) {
        const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
        ++reading.row.line;
        reading.row.text = rest.substr(0, length);
        sound = csv_parse(&parser, rest.data(), length, on_field, on_row, &reading) == length;
        rest.remove_prefix(length);
    }
    if (sound && reading.goes_on) sound = csv_fini(&parser, on_field, on_row, &reading) == 0;
    if (!sound)
        problems.add({source, reading.row.line, 0}, "",
                     "a quoted field is not closed, or text follows it",
                     "a quote inside a quoted field is written twice");
    csv_free(&parser);
    if (sound && reading.is_too_wide) {
        sound = false;
        problems.add({source, reading.row.line, 0}, "",
                     fmt::format("has more than {} fields", most_fields), "is it the right file?");
    }
    return sound;
}

int column_of(const CsvRow& row, std::size_t index) {
    bool quoted = false;
    std::size_t field = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < row.text.size(); ++i) {
        if (row.text[i] == '"') quoted = !quoted;
        if (row.text[i] != ',' || quoted) continue;
        if (++field == index) found = i + 1;
    }
    return field + 1 == row.cells.size() ? static_cast<int>(found) + 1 : 0;
}

}  // namespace hedgestorm::scenario
