// SPDX-License-Identifier: Apache-2.0
#pragma once

// A price series out of a CSV file: a column of times, a column of prices, one row after another at
// a fixed spacing.

#include <cstdint>
#include <string>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/scenario/instant.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/root.hpp"

namespace hedgestorm::scenario {

/// Most prices of a series: a year of minutes, or seventy years of hours.
inline constexpr std::size_t most_prices = 600'000;

/// What the file is asked for.
struct SeriesColumns {
    std::string time;
    std::string price;  ///< or rate, or whatever is read
    bool drops_gaps = false;
    const char* about_gaps =
        "fill the gap, or set market.series.gaps = \"drop\": then no return is formed across it";
    double lowest = 0.0;  ///< values are above it ...
    double highest = 1e15;
};

/// One price a row, in the order of the file.
struct PriceRow {
    Instant time;
    double price;
    int line;
};

/// The value of a text key of a table that names a file, taken out of the table: its path is
/// `prefix` and the key. A problem where it is missing, unless it need not be there.
std::string taken_text(Table& table, const std::string& prefix, const char* key, const Place& place,
                       bool needed, Problems& problems);

/// The rows of a series file. What is wrong with it is added to `problems`, all of it.
std::vector<PriceRow> read_prices(const std::string& text, const SeriesColumns& columns,
                                  const SourcePtr& source, Problems& problems);

/// Most common distance between rows, where they ascend; 0 where there are less than two rows or
/// something is wrong with the distances, which is added to `problems`.
Instant find_spacing(const std::vector<PriceRow>& rows, const SeriesColumns& columns,
                     const SourcePtr& source, Problems& problems);

/// Replaces the file that market.series names in `document` by its spacing and its prices, a
/// [[market.series.stretch]] for each run without a gap: so the data are part of the resolved
/// scenario, and of its identity.
void include_series(Node& document, const Root& root, Problems& problems);

}  // namespace hedgestorm::scenario
