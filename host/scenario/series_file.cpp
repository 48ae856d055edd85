// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/series_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "host/scenario/csv_file.hpp"
#include "host/scenario/nearest.hpp"
#include "host/scenario/scalar.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_quote = 60;

/// A cell as a message quotes it.
std::string quoted(const std::string& cell) {
    if (cell.empty()) return "empty";
    return fmt::format("\"{}\"", escaped(cell.substr(0, longest_quote)));
}

class Rows {
  public:
    Rows(const SeriesColumns& columns, const SourcePtr& source, Problems& problems)
        : columns_(columns), source_(source), problems_(problems) {}

    /// False once nothing more can be read.
    bool add(const CsvRow& row) {
        if (width_ == 0) return read_header(row);
        if (row.cells.size() != width_) {
            problems_.add(
                {source_, row.line, 0}, "",
                fmt::format("has {} fields, the header has {}", row.cells.size(), width_));
            return true;
        }
        if (rows.size() == most_prices) {
            problems_.add({source_, row.line, 0}, "",
                          fmt::format("more than {} rows, the most a series may hold", most_prices),
                          "cut it to the years that matter, or take a coarser one");
            return false;
        }
        const std::optional<Instant> time = instant_in(row.cells[time_]);
        if (!time)
            refuse(row, time_, columns_.time, "must be a time",
                   "ISO 8601, or whole seconds or milliseconds since 1970");
        const std::optional<double> price = price_in(row);
        if (time && price) rows.push_back({*time, *price, row.line});
        return true;
    }
    bool has_header() const { return width_ > 0; }

    std::vector<PriceRow> rows;

  private:
    bool read_header(const CsvRow& row) {
        width_ = row.cells.size();
        const auto time = find(row, columns_.time);
        const auto price = find(row, columns_.price);
        if (!time || !price) return false;
        time_ = *time;
        price_ = *price;
        return true;
    }

    std::optional<std::size_t> find(const CsvRow& row, const std::string& name) {
        const auto first = std::find(row.cells.begin(), row.cells.end(), name);
        const auto index = static_cast<std::size_t>(first - row.cells.begin());
        const Place place = {source_, row.line, 0};
        if (first == row.cells.end()) {
            problems_.add(place, name, "there is no such column", column_hint(name, row.cells));
            return std::nullopt;
        }
        if (std::find(first + 1, row.cells.end(), name) != row.cells.end()) {
            problems_.add(place, name, "the column is there twice");
            return std::nullopt;
        }
        return index;
    }

    static std::string column_hint(const std::string& name, const std::vector<std::string>& known) {
        const std::string meant = did_you_mean(name, known);
        if (!meant.empty()) return meant;
        std::string all;
        for (const std::string& column : known) {
            if (all.size() > 200) return all + ", …";
            all += (all.empty() ? "there are: " : ", ") + escaped(column.substr(0, longest_quote));
        }
        return all;
    }

    std::optional<double> price_in(const CsvRow& row) {
        const std::string& cell = row.cells[price_];
        double price = 0.0;
        const char* end = cell.data() + cell.size();
        const auto [stop, error] = std::from_chars(cell.data(), end, price);
        const char* why = nullptr;
        if (cell.empty() || stop != end || error == std::errc::invalid_argument)
            why = "must be a number";
        else if (!std::isfinite(price))
            why = "must be finite";
        if (why == nullptr && error == std::errc() && price > columns_.lowest &&
            price <= columns_.highest)
            return price;
        std::string range =
            fmt::format("must be above {:g} and at most {:g}", columns_.lowest, columns_.highest);
        std::erase(range, '+');  // of 1e+15
        refuse(row, price_, columns_.price, why == nullptr ? range.c_str() : why,
               "correct the row, or take it out: it becomes a gap");
        return std::nullopt;
    }

    void refuse(const CsvRow& row, std::size_t cell, const std::string& column, const char* why,
                const char* hint) {
        problems_.add({source_, row.line, column_of(row, cell)}, column,
                      fmt::format("is {}, {}", quoted(row.cells[cell]), why), hint);
    }

    const SeriesColumns& columns_;
    SourcePtr source_;
    Problems& problems_;
    std::size_t width_ = 0;
    std::size_t time_ = 0;
    std::size_t price_ = 0;
};

/// False where the times do not ascend, which is added to `problems`.
bool ascends(const std::vector<PriceRow>& rows, const std::string& column, const SourcePtr& source,
             Problems& problems) {
    bool all = true;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const PriceRow& before = rows[i - 1];
        const PriceRow& row = rows[i];
        if (row.time > before.time) continue;
        all = false;
        if (row.time < before.time) {
            problems.add({source, row.line, 0}, column,
                         fmt::format("is {}, before that of line {}", shown(row.time), before.line),
                         "sort the rows by time, oldest first");
            break;  // a file in the wrong order says so once
        }
        problems.add({source, row.line, 0}, column,
                     fmt::format("is {}, as in line {}: two prices at one time", shown(row.time),
                                 before.line),
                     "take one of the rows out");
    }
    return all;
}

bool taken_gaps(Table& table, Problems& problems) {
    const auto found = table.find("gaps");
    if (found == table.end()) return false;
    const Node node = std::move(found->second);
    table.erase(found);
    const std::string* text = text_in(node);
    if (text != nullptr && *text == "drop") return true;
    if (text != nullptr && *text == "error") return false;
    problems.add(node.place, "market.series.gaps",
                 fmt::format("{} is not one of \"error\", \"drop\"", shown(node)));
    return true;  // so that gaps are not reported beside it
}

Node stretches_of(const std::vector<PriceRow>& rows, Instant spacing, const Place& place) {
    Array stretches;
    for (std::size_t i = 0; i < rows.size();) {
        Array prices;
        Table stretch;
        stretch.emplace("start", Node{place, shown(rows[i].time)});
        do prices.push_back({place, rows[i].price});
        while (++i < rows.size() && rows[i].time - rows[i - 1].time == spacing);
        stretch.emplace("prices", Node{place, std::move(prices)});
        stretches.push_back({place, std::move(stretch)});
    }
    return {place, std::move(stretches)};
}

}  // namespace

std::string taken_text(Table& table, const std::string& prefix, const char* key, const Place& place,
                       bool needed, Problems& problems) {
    const std::string path = fmt::format("{}.{}", prefix, key);
    const auto found = table.find(key);
    if (found == table.end()) {
        if (needed)
            problems.add(place, path, "is missing", "it names a column of the file's header");
        return {};
    }
    const Node node = std::move(found->second);
    table.erase(found);
    const std::string* text = text_in(node);
    if (text == nullptr || text->empty()) {
        problems.add(node.place, path, fmt::format("is {}, must be text", shown(node)));
        return {};
    }
    return *text;
}

std::vector<PriceRow> read_prices(const std::string& text, const SeriesColumns& columns,
                                  const SourcePtr& source, Problems& problems) {
    Rows rows(columns, source, problems);
    const std::size_t before = problems.count();
    read_csv(text, source, problems, [&](CsvRow&& row) { return rows.add(row); });
    if (problems.count() == before && rows.rows.size() < 2)
        problems.add({source, 0, 0}, "",
                     rows.has_header() ? "the file has fewer than two rows of prices"
                                       : "the file has no header",
                     "the first row names the columns, each further row is a time and a price");
    return std::move(rows.rows);
}

Instant find_spacing(const std::vector<PriceRow>& rows, const SeriesColumns& columns,
                     const SourcePtr& source, Problems& problems) {
    if (rows.size() < 2 || !ascends(rows, columns.time, source, problems)) return 0;
    std::map<Instant, std::size_t> distances;
    for (std::size_t i = 1; i < rows.size(); ++i) ++distances[rows[i].time - rows[i - 1].time];
    const Instant spacing =
        std::max_element(distances.begin(), distances.end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
        })->first;
    bool sound = true;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Instant distance = rows[i].time - rows[i - 1].time;
        if (distance == spacing) continue;
        const Place place = {source, rows[i].line, 0};
        const std::string where =
            fmt::format("{} after line {} ({})", duration_in_words(static_cast<double>(distance)),
                        rows[i - 1].line, shown(rows[i - 1].time));
        const std::string usual = duration_in_words(static_cast<double>(spacing));
        if (distance % spacing != 0) {
            problems.add(place, columns.time,
                         fmt::format("comes {}, where rows are {} apart", where, usual),
                         "a series has one spacing");
            sound = false;
        } else if (!columns.drops_gaps) {
            const Instant missing = distance / spacing - 1;
            problems.add(place, columns.time,
                         missing == 1
                             ? fmt::format("comes {}: a row is missing", where)
                             : fmt::format("comes {}: {} rows are missing", where, missing),
                         columns.about_gaps);
            sound = false;
        }
    }
    return sound ? spacing : 0;
}

void include_series(Node& document, const Root& root, Problems& problems) {
    Node* market = document.find("market");
    Node* series = market == nullptr ? nullptr : market->find("series");
    Node* file = series == nullptr ? nullptr : series->find("file");
    if (file == nullptr) return;
    const Node named = std::move(*file);
    Table& table = *series->as<Table>();
    table.erase("file");
    const std::string path = "market.series";
    const SeriesColumns columns = {
        taken_text(table, path, "time_column", named.place, true, problems),
        taken_text(table, path, "price_column", named.place, true, problems),
        taken_gaps(table, problems)};
    std::erase_if(table, [&](const auto& entry) {
        const auto& [key, node] = entry;
        if (!key.starts_with("spacing_") && key != "stretch") return false;
        problems.add(node.place, fmt::format("market.series.{}", key),
                     "says what the file says already", "keep one of the two");
        return true;
    });
    const auto text = root.read(named, "market.series.file", problems);
    if (!text || columns.time.empty() || columns.price.empty()) return;
    const std::size_t before = problems.count();
    const std::vector<PriceRow> rows = read_prices(text->text, columns, text->source, problems);
    if (problems.count() > before) return;
    const Instant spacing = find_spacing(rows, columns, text->source, problems);
    if (spacing == 0) return;
    table.emplace("spacing_seconds", Node{named.place, static_cast<double>(spacing) / 1000.0});
    table.emplace("stretch", stretches_of(rows, spacing, named.place));
}

}  // namespace hedgestorm::scenario
