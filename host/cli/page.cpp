// SPDX-License-Identifier: Apache-2.0
#include "host/cli/page.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/cli/show_text.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

constexpr double headline_level = 0.99;

std::string padding(int columns) {
    return std::string(static_cast<std::size_t>(std::max(columns, 0)), ' ');
}

std::string right(const std::string& text, int width) {
    return padding(width - display_width(text)) + text;
}

}  // namespace

std::string left(const std::string& text, int width) {
    return text + padding(width - display_width(text));
}

bool TableColumn::empty() const {
    return std::none_of(cells.begin(), cells.end(), [](const auto& cell) { return cell; });
}

int TableColumn::width() const {
    int widest = display_width(title);
    for (const auto& cell : cells) widest = std::max(widest, display_width(cell.value_or("-")));
    return widest;
}

void Page::title(const std::string& text) {
    out_ += style_.emphasis == Emphasis::bold ? "\x1b[1m" + text + "\x1b[0m\n" : text + "\n";
}

void Page::items(const std::vector<std::string>& items) {
    out_ += wrapped(items, " · ", style_.width, 2);
}

void Page::sentence(const std::string& mark, const std::string& text) {
    std::vector<std::string> words;
    std::istringstream stream(mark + escaped(text));
    for (std::string word; stream >> word;) words.push_back(word);
    out_ += wrapped(words, " ", style_.width, 2);
}

void Page::table(const std::string& corner, const std::vector<std::string>& rows,
                 const std::vector<TableColumn>& columns, int most) {
    std::vector<std::string> names;
    int name_width = display_width(corner);
    for (const std::string& row : rows) {
        names.push_back(cut(escaped(row), most));
        name_width = std::max(name_width, display_width(names.back()));
    }
    for (std::size_t first = 0; first < columns.size();) {
        std::size_t last = first;
        for (int used = name_width; last < columns.size(); ++last) {
            used += 2 + columns[last].width();
            if (used > style_.width && last > first) break;
        }
        std::string heading = left(corner, name_width);
        for (std::size_t i = first; i < last; ++i)
            heading += "  " + right(columns[i].title, columns[i].width());
        if (first > 0) gap();
        title(heading);
        for (std::size_t row = 0; row < names.size(); ++row) {
            const bool bare = std::none_of(
                columns.begin() + static_cast<long>(first),
                columns.begin() + static_cast<long>(last),
                [row](const TableColumn& column) { return column.cells[row].has_value(); });
            if (bare) continue;
            std::string line = left(names[row], name_width);
            for (std::size_t i = first; i < last; ++i)
                line += "  " + right(columns[i].cells[row].value_or("-"), columns[i].width());
            line.erase(line.find_last_not_of(' ') + 1);  // of a row whose cells are blank
            out_ += line + "\n";
        }
        first = last;
    }
}

const risk::ColumnRisk* find(const std::vector<risk::ColumnRisk>& columns, Column column) {
    for (const risk::ColumnRisk& risk : columns)
        if (risk.column == column) return &risk;
    return nullptr;
}

std::optional<std::size_t> headline(const std::vector<scenario::Level>& levels) {
    if (levels.empty()) return std::nullopt;
    const auto far = [](const scenario::Level& level) {
        return std::abs(level.value() - headline_level);
    };
    const auto closest =
        std::min_element(levels.begin(), levels.end(),
                         [&](const auto& a, const auto& b) { return far(a) < far(b); });
    return static_cast<std::size_t>(closest - levels.begin());
}

}  // namespace hedgestorm::cli
