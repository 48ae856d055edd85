// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a person reads at a terminal, built line by line: titles, items, and tables broken into as
// many blocks as the width asks for.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/cli/show_table.hpp"
#include "host/result/result.hpp"

namespace hedgestorm::cli {

inline constexpr int widest_name = 28;

/// A column of a table: its title and a cell for each row, or "-" where a row has none.
struct TableColumn {
    std::string title;
    std::vector<std::optional<std::string>> cells;

    bool empty() const;
    int width() const;
};

/// `text` and as many spaces as bring it to `width` terminal columns.
std::string left(const std::string& text, int width);

class Page {
  public:
    explicit Page(const TableStyle& style) : style_(style) {}

    void title(const std::string& text);
    void items(const std::vector<std::string>& items);
    void sentence(const std::string& mark, const std::string& text);
    void gap() { out_ += "\n"; }
    /// The columns beside the names of the rows, in as many blocks as the width asks for; names are
    /// cut at `most` terminal columns.
    void table(const std::string& corner, const std::vector<std::string>& rows,
               const std::vector<TableColumn>& columns, int most = widest_name);
    std::string take() { return std::move(out_); }

  private:
    TableStyle style_;
    std::string out_;
};

/// The outcome's figures; null where it was not computed.
const risk::ColumnRisk* find(const std::vector<risk::ColumnRisk>& columns, Column column);

/// The level shown: of those the scenario asks for, the one closest to 99 %.
std::optional<std::size_t> headline(const std::vector<scenario::Level>& levels);

}  // namespace hedgestorm::cli
