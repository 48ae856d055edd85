// SPDX-License-Identifier: Apache-2.0
#pragma once

// A comma-separated file, row by row. libcsv is known to csv_file.cpp alone.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"

namespace hedgestorm::scenario {

struct CsvRow {
    std::vector<std::string> cells;
    int line = 0;           ///< the last of the lines it stands on
    std::string_view text;  ///< of that line
};

/// Hands the rows of `text` to `take` until it wants no more and returns false. False where the
/// text is not CSV, or not text at all, which is added to `problems`.
bool read_csv(const std::string& text, const SourcePtr& source, Problems& problems,
              const std::function<bool(CsvRow&&)>& take);

/// Where field `index` of a row starts in its line, 1-based; 0 where the row has several lines.
int column_of(const CsvRow& row, std::size_t index);

}  // namespace hedgestorm::scenario
