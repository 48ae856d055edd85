// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/funding_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "host/scenario/scalar.hpp"
#include "host/scenario/series_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

namespace {

/// The first row at `start`, or the first of all; the end, and a problem, where there is none.
std::vector<PriceRow>::const_iterator first_row(const std::vector<PriceRow>& rows,
                                                const std::string& start, const std::string& path,
                                                const Place& place, Problems& problems) {
    if (start.empty()) return rows.begin();
    const std::optional<Instant> time = instant_in(start);
    if (!time) {
        problems.add(place, path + ".start",
                     fmt::format("is \"{}\", must be a time", escaped(start)), "ISO 8601");
        return rows.end();
    }
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const PriceRow& row) { return row.time == *time; });
    if (found == rows.end())
        problems.add(place, path + ".start", fmt::format("there is no row at {}", shown(*time)),
                     fmt::format("the file goes from {} to {}", shown(rows.front().time),
                                 shown(rows.back().time)));
    return found;
}

/// The rates of the file and the time between them; none where something is wrong with it, which
/// is added to `problems`.
struct Rates {
    Array each;
    Instant spacing = 0;
};

Rates read_rates(Table& table, const Node& named, const std::string& path, const Root& root,
                 Problems& problems) {
    SeriesColumns columns = {taken_text(table, path, "time_column", named.place, true, problems),
                             taken_text(table, path, "rate_column", named.place, true, problems)};
    columns.about_gaps = "fill the gap: every funding time has a rate";
    columns.lowest = -1.0;
    columns.highest = 1.0;
    const std::string start = taken_text(table, path, "start", named.place, false, problems);
    std::erase_if(table, [&](const auto& entry) {
        const auto& [key, node] = entry;
        if (!key.starts_with("every_") && key != "rates") return false;
        problems.add(node.place, fmt::format("{}.{}", path, key), "says what the file says already",
                     "keep one of the two");
        return true;
    });
    const auto text = root.read(named, path + ".file", problems);
    if (!text || columns.time.empty() || columns.price.empty()) return {};
    const std::size_t before = problems.count();
    const std::vector<PriceRow> rows = read_prices(text->text, columns, text->source, problems);
    if (problems.count() > before) return {};
    const Instant spacing = find_spacing(rows, columns, text->source, problems);
    if (spacing == 0) return {};
    Rates rates = {{}, spacing};
    for (auto row = first_row(rows, start, path, named.place, problems); row != rows.end(); ++row)
        rates.each.push_back({named.place, row->price});
    return rates;
}

void include(Table& table, const std::string& path, const Root& root, Problems& problems) {
    const auto file = table.find("file");
    if (file == table.end()) return;
    const Node named = std::move(file->second);
    table.erase(file);
    Rates rates = read_rates(table, named, path, root, problems);
    if (rates.spacing != 0)
        table.emplace("every_seconds",
                      Node{named.place, static_cast<double>(rates.spacing) / 1000.0});
    table.emplace("rates", Node{named.place, std::move(rates.each)});
}

}  // namespace

void include_funding(Node& document, const Root& root, Problems& problems) {
    Node* hedges = document.find("hedge");
    Array* all = hedges == nullptr ? nullptr : hedges->as<Array>();
    if (all == nullptr) return;
    for (std::size_t i = 0; i < all->size(); ++i) {
        Node* funding = (*all)[i].find("funding");
        Table* table = funding == nullptr ? nullptr : funding->as<Table>();
        if (table != nullptr) include(*table, fmt::format("hedge[{}].funding", i), root, problems);
    }
}

}  // namespace hedgestorm::scenario
