// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/positions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "host/scenario/csv_file.hpp"
#include "host/scenario/interpret.hpp"
#include "host/scenario/nearest.hpp"
#include "host/scenario/sections.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace {

/// Turns rows of cells into tables of a key table's cells.
class Rows {
  public:
    Rows(const SourcePtr& source, Problems& problems) : source_(source), problems_(problems) {}

    void add(const CsvRow& from) {
        const std::vector<std::string>& cells = from.cells;
        const Place place = {source_, from.line, 0};
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
};

}  // namespace

Array read_positions(const std::string& text, const SourcePtr& source, Problems& problems) {
    Rows rows(source, problems);
    int last_line = 0;
    const bool sound = read_csv(text, source, problems, [&](CsvRow&& row) {
        last_line = row.line;
        rows.add(row);
        return !rows.full();
    });
    if (rows.full())
        problems.add({source, last_line, 0}, "",
                     fmt::format("more than {} rows, the most a book may hold", most_legs));
    else if (sound && rows.rows.empty())
        problems.add(
            {source, 0, 0}, "",
            rows.has_header() ? "the file has a header but no rows" : "the file has no header",
            "the first row names the columns: kind,strike,expiry_days,quantity,"
            "implied_volatility");
    return std::move(rows.rows);
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
