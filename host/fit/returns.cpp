// SPDX-License-Identifier: Apache-2.0
#include "host/fit/returns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "host/scenario/csv_file.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/series_file.hpp"
#include "host/scenario/text_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::fit {

namespace {

using scenario::Instant;
using scenario::PriceRow;
using scenario::Problems;
using scenario::SourcePtr;

constexpr double milliseconds_per_hour = 3.6e6;

/// A rounding error of the prices is no return: below this, of the largest one, they are all equal.
constexpr double same_return = 1e-12;

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::vector<std::string> header_of(const std::string& text, const SourcePtr& source,
                                   Problems& problems) {
    std::vector<std::string> header;
    scenario::read_csv(text, source, problems, [&](scenario::CsvRow&& row) {
        header = std::move(row.cells);
        return false;
    });
    return header;
}

/// The columns asked for, or those that need no asking; a price column that does is a problem.
scenario::SeriesColumns columns_of(const std::vector<std::string>& header,
                                   const HistoryOptions& options, const SourcePtr& source,
                                   Problems& problems) {
    // A gap is no error here: whatever is done about it is said.
    scenario::SeriesColumns columns = {options.time_column, options.price_column, true};
    if (columns.time.empty() && !header.empty()) columns.time = header.front();
    if (!columns.price.empty() || header.empty()) return columns;
    std::vector<std::string> others;
    for (const std::string& name : header)
        if (name != columns.time) others.push_back(name);
    const auto close = std::find_if(others.begin(), others.end(), [](const std::string& name) {
        return lower_case(name) == "close";
    });
    if (close != others.end()) {
        columns.price = *close;
    } else if (others.size() == 1) {
        columns.price = others.front();
    } else {
        std::string names;
        for (const std::string& name : others) names += (names.empty() ? "" : ", ") + name;
        problems.add({source, 1, 0}, "",
                     others.empty()
                         ? "the header has one column, a time and a price are needed"
                         : "none of the columns is called close: which holds the prices?",
                     others.empty() ? "the first row names the columns"
                                    : fmt::format("--price-column NAME, one of {}", names));
    }
    return columns;
}

void keep_window(std::vector<PriceRow>& rows, const HistoryOptions& options) {
    std::erase_if(rows, [&](const PriceRow& row) {
        return (options.from && row.time < *options.from) || (options.to && row.time > *options.to);
    });
}

void summarise(Returns& returns) {
    const auto n = static_cast<double>(returns.values.size());
    double sum = 0.0;
    for (const double r : returns.values) sum += r;
    returns.mean = sum / n;
    double square = 0.0;
    for (const double r : returns.values) square += (r - returns.mean) * (r - returns.mean);
    returns.sd = std::sqrt(square / n);
}

void set_spacing(Returns& returns, double hours) {
    returns.spacing_hours = hours;
    returns.spacing = hours / (24.0 * days_per_year);
}

void add_returns(Returns& returns, const std::vector<PriceRow>& rows, Instant spacing, Gaps gaps) {
    std::uint32_t unseen = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const Instant periods = (rows[i].time - rows[i - 1].time) / spacing;
        if (periods > 1) {
            ++returns.gaps;
            returns.missing += static_cast<std::size_t>(periods - 1);
            if (gaps == Gaps::drop) {
                unseen += static_cast<std::uint32_t>(periods);
                continue;
            }
        }
        returns.values.push_back(std::log(rows[i].price / rows[i - 1].price));
        returns.unseen.push_back(std::exchange(unseen, 0u));
    }
}

}  // namespace

Returns read_returns(const std::filesystem::path& file, const HistoryOptions& options) {
    const auto source = std::make_shared<const scenario::Source>(
        scenario::Source{file.string(), file.parent_path()});
    Problems problems;
    const auto text = scenario::read_text(file, source, problems);
    problems.raise_if_any();
    const std::vector<std::string> header = header_of(*text, source, problems);
    problems.raise_if_any();
    const scenario::SeriesColumns columns = columns_of(header, options, source, problems);
    problems.raise_if_any();
    std::vector<PriceRow> rows = scenario::read_prices(*text, columns, source, problems);
    problems.raise_if_any();
    const std::size_t all = rows.size();
    keep_window(rows, options);
    const Instant spacing =
        rows.size() < 2 ? 0 : scenario::find_spacing(rows, columns, source, problems);
    problems.raise_if_any();

    Returns returns;
    if (spacing > 0) {
        set_spacing(returns, static_cast<double>(spacing) / milliseconds_per_hour);
        add_returns(returns, rows, spacing, options.gaps);
    }
    if (returns.size() < fewest_returns) {
        problems.add(
            {source, 0, 0}, "",
            fmt::format("gives {} returns, at least {} are needed", returns.size(), fewest_returns),
            all > rows.size() ? fmt::format("--from and --to leave {} of {} rows", rows.size(), all)
                              : "take a longer history");
        problems.raise_if_any();
    }
    summarise(returns);
    const double largest = std::fabs(
        *std::max_element(returns.values.begin(), returns.values.end(),
                          [](double a, double b) { return std::fabs(a) < std::fabs(b); }));
    if (!(returns.sd > same_return * largest)) {
        problems.add({source, 0, 0}, columns.price,
                     largest == 0.0
                         ? "the price never changes, so that there is no volatility"
                         : "the returns are all the same, so that there is no volatility",
                     "is it the right column?");
        problems.raise_if_any();
    }
    returns.last_price = rows.back().price;
    returns.first = rows.front().time;
    returns.last = rows.back().time;
    returns.time_column = columns.time;
    returns.price_column = columns.price;
    return returns;
}

Returns returns_of(std::vector<double> values, double spacing_hours) {
    Returns returns;
    set_spacing(returns, spacing_hours);
    returns.values = std::move(values);
    returns.unseen.assign(returns.values.size(), 0);
    returns.last_price = 100.0;
    summarise(returns);
    return returns;
}

}  // namespace hedgestorm::fit
