// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a model is fitted to: the log returns of a price history at one spacing.
//
// Takes a CSV file as market.series does (host/scenario/series_file), gives returns in the order of
// time, with the spacings that passed unseen before each of them.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/scenario/instant.hpp"

namespace hedgestorm::fit {

/// What a day is of a year, as `simulation.days_per_year` is unless a scenario says otherwise.
inline constexpr double days_per_year = 365.0;

/// What missing rows do: no return is formed across them, or one as if they did not exist (of a
/// market that was closed).
enum class Gaps { drop, join };

struct HistoryOptions {
    std::string time_column;                ///< empty: the first one
    std::string price_column;               ///< empty: the one called close, or the only other one
    std::optional<scenario::Instant> from;  ///< the first row used is not before it
    std::optional<scenario::Instant> to;    ///< the last row used is not after it
    Gaps gaps = Gaps::drop;
};

struct Returns {
    double spacing = 0.0;  ///< [years]
    double spacing_hours = 0.0;
    std::vector<double> values;         ///< ln(price / price one spacing before)
    std::vector<std::uint32_t> unseen;  ///< spacings before each of them that left no return
    double mean = 0.0;                  ///< of the values
    double sd = 0.0;                    ///< of the values, divisor n; above 0
    double last_price = 0.0;
    scenario::Instant first = 0;
    scenario::Instant last = 0;
    std::size_t gaps = 0;     ///< places where rows are missing
    std::size_t missing = 0;  ///< rows missing there
    std::string time_column;
    std::string price_column;

    std::size_t size() const { return values.size(); }
    double years() const { return spacing * static_cast<double>(values.size()); }
};

/// Fewest returns that anything is fitted to.
inline constexpr std::size_t fewest_returns = 20;

/// Throws ScenarioError with all that is wrong with the rows, FileError where the file cannot be
/// read.
Returns read_returns(const std::filesystem::path& file, const HistoryOptions& options);

/// Returns of such a spacing without a gap, for one who has no file.
Returns returns_of(std::vector<double> values, double spacing_hours);

}  // namespace hedgestorm::fit
