// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/positions.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "host/scenario/interpret.hpp"
#include "host/scenario/nearest.hpp"
#include "host/scenario/sections.hpp"
#include "host/scenario/text_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace {

/// Collects fields into rows and rows into tables, as libcsv hands them over.
class Rows {
  public:
    Rows(const SourcePtr& source, Problems& problems) : source_(source), problems_(problems) {}

    void field(std::string_view text) { cells_.emplace_back(text); }
    void end_row(int line) {
        const std::vector<std::string> cells = std::exchange(cells_, {});
        const Place place = {source_, line, 0};
        if (header_.empty()) return read_header(cells, place);
        if (cells.size() != header_.size()) {
            problems_.add(
                place, "",
                fmt::format("has {} fields, the header has {}", cells.size(), header_.size()));
            return;
        }
        Table row;
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (!cells[i].empty() && !header_[i].empty())
                row.emplace(header_[i], Node{place, Cell{cells[i]}});
        rows.push_back({place, std::move(row)});
    }
    bool full() const { return rows.size() > most_legs; }
    bool has_header() const { return !header_.empty(); }

    Array rows;

  private:
    void read_header(const std::vector<std::string>& cells, const Place& place) {
        static const std::vector<std::string> known = option_keys();
        header_ = cells;
        for (std::size_t i = 0; i < header_.size(); ++i) {
            std::string& name = header_[i];
            const bool twice = std::find(cells.begin(), cells.begin() + static_cast<long>(i),
                                         name) != cells.begin() + static_cast<long>(i);
            const bool unknown = std::find(known.begin(), known.end(), name) == known.end();
            if (unknown)
                problems_.add(place, name, "unknown column", did_you_mean(name, known));
            else if (twice)
                problems_.add(place, name, "the column is there twice");
            if (unknown || twice) name.clear();
        }
    }

    SourcePtr source_;
    Problems& problems_;
    std::vector<std::string> header_;
    std::vector<std::string> cells_;
};

/// libcsv calls back with a pointer; this is what it points at.
struct Reading {
    Rows rows;
    int line = 0;
};

void on_field(void* text, std::size_t length, void* reading) {
    const char* begin = static_cast<const char*>(text);
    static_cast<Reading*>(reading)->rows.field(begin == nullptr ? std::string_view()
                                                                : std::string_view(begin, length));
}

void on_row(int, void* reading) {
    auto* it = static_cast<Reading*>(reading);
    it->rows.end_row(it->line);
}

}  // namespace

Array read_positions(const std::string& text, const SourcePtr& source, Problems& problems) {
    if (!check_encoding(text, source, problems)) return {};
    Reading reading = {Rows(source, problems)};
    csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    bool sound = true;
    while (sound && !rest.empty() && !reading.rows.full()) {
        const std::size_t length = std::min(rest.find('\n'), rest.size() - 1) + 1;
        ++reading.line;
        sound = csv_parse(&parser, rest.data(), length, on_field, on_row, &reading) == length;
        rest.remove_prefix(length);
    }
    if (sound && !reading.rows.full()) sound = csv_fini(&parser, on_field, on_row, &reading) == 0;
    if (!sound)
        problems.add({source, reading.line, 0}, "",
                     "a quoted field is not closed, or text follows it",
                     "a quote inside a quoted field is written twice");
    csv_free(&parser);
    if (reading.rows.full())
        problems.add({source, reading.line, 0}, "",
                     fmt::format("more than {} rows, the most a book may hold", most_legs));
    else if (sound && reading.rows.rows.empty())
        problems.add({source, 0, 0}, "",
                     reading.rows.has_header() ? "the file has a header but no rows"
                                               : "the file has no header",
                     "the first row names the columns: kind,strike,expiry_days,quantity,"
                     "implied_volatility");
    return std::move(reading.rows.rows);
}

void include_positions(Node& document, const Root& root, Problems& problems) {
    Node* book = document.find("book");
    Node* file = book == nullptr ? nullptr : book->find("file");
    if (file == nullptr) return;
    const Node named = std::move(*file);
    Table& table = *book->as<Table>();
    table.erase("file");
    const auto positions = root.read(named, "book.file", problems);
    if (!positions) return;
    Array rows = read_positions(positions->text, positions->source, problems);
    Node& options = table.try_emplace("option", Node{named.place, Array{}}).first->second;
    if (Array* items = options.as<Array>())
        items->insert(items->end(), std::make_move_iterator(rows.begin()),
                      std::make_move_iterator(rows.end()));
}

}  // namespace hedgestorm::scenario
