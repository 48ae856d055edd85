// SPDX-License-Identifier: Apache-2.0
#pragma once

// What writer and reader of the result file agree on. docs/result-format.md says it in words.

#include <array>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "host/risk/risk.hpp"

namespace hedgestorm::result::schema {

/// Goes up when a file of the version before could be misread; a newer file is refused.
inline constexpr int version = 1;
inline constexpr const char* program = "hedgestorm";

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();
inline constexpr risk::Estimate no_estimate = {missing, missing, missing, missing};

/// `mantissa_bits` of a column without a histogram: 0 says that there is no such column, or that it
/// is zero on every path.
inline constexpr unsigned char no_histogram = 255;

inline unsigned char bits_in_file(int mantissa_bits) {
    return mantissa_bits == 0 ? no_histogram : static_cast<unsigned char>(mantissa_bits);
}
inline int bits_from_file(double bits) {
    return bits == no_histogram ? 0 : static_cast<int>(bits);
}

inline const std::vector<std::string> statistics = {"value", "se", "low", "high"};
inline const std::vector<std::string> executions = {"account", "twin"};

/// Estimates over some dimensions, as the file keeps them: row-major, `statistic` last.
class Estimates {
  public:
    /// `cells` estimates, all missing.
    explicit Estimates(std::size_t cells) : numbers_(cells * 4, missing) {}
    /// Estimates as read; a multiple of four numbers.
    explicit Estimates(std::vector<double> numbers) : numbers_(std::move(numbers)) {}

    void put(std::size_t cell, const risk::Estimate& e) {
        const std::array<double, 4> four = {e.value, e.se, e.low, e.high};
        for (std::size_t i = 0; i < 4; ++i) numbers_[cell * 4 + i] = four[i];
    }
    risk::Estimate at(std::size_t cell) const {
        const double* four = &numbers_[cell * 4];
        return {four[0], four[1], four[2], four[3]};
    }
    std::vector<risk::Estimate> row(std::size_t first, std::size_t count) const {
        std::vector<risk::Estimate> cells;
        for (std::size_t i = 0; i < count; ++i) cells.push_back(at(first + i));
        return cells;
    }
    /// Fills the cells from `first`, one for each of `row` but no more than `count`.
    void put_row(std::size_t first, std::size_t count, const std::vector<risk::Estimate>& row) {
        for (std::size_t i = 0; i < count && i < row.size(); ++i) put(first + i, row[i]);
    }
    std::span<const double> numbers() const { return numbers_; }

  private:
    std::vector<double> numbers_;
};

inline const char* unit_name(Unit unit) {
    switch (unit) {
        case Unit::currency:
            return "currency";
        case Unit::underlying:
            return "underlying";
        case Unit::count:
            return "1";
    }
    return "1";
}

inline const ColumnInfo& info(Column column) {
    return column_info[static_cast<int>(column)];
}

}  // namespace hedgestorm::result::schema
