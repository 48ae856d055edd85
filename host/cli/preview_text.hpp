// SPDX-License-Identifier: Apache-2.0
#pragma once

// A preview in numbers: a page for a person at a terminal, and every number of the picture as CSV.

#include <string>

#include "host/cli/show_table.hpp"
#include "host/preview/preview.hpp"

namespace hedgestorm::cli {

/// What volatilities and half-spreads are fractions of, where the price is displaced.
std::string displaced_fractions(const preview::Preview& preview);

/// What CSV of a preview begins with.
inline constexpr const char* preview_csv_header = "quantity,unit,time_days,series,value,low,high\n";

/// What the fans end in, and where volatility is highest, each with its 95 % interval.
std::string preview_table(const preview::Preview& preview, const TableStyle& style = {});

/// A line for each quantity, time and series: a quantile, with its 95 % interval, or a path, whose
/// values are exact.
std::string preview_csv(const preview::Preview& preview);

}  // namespace hedgestorm::cli
