// SPDX-License-Identifier: Apache-2.0
#pragma once

// The text of a scenario as a tree: every value knows the file, line and column it came from.
//
// Takes TOML text, gives nodes. toml++ is known to document.cpp alone; merging, overrides and
// positions files all work on these nodes, so a problem found later still points at the right line.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hedgestorm::scenario {

class Problems;

/// Where text came from: a file, or one --set.
struct Source {
    std::string name;              ///< as shown in messages
    std::filesystem::path folder;  ///< anchors relative files named in it
};
using SourcePtr = std::shared_ptr<const Source>;

struct Place {
    SourcePtr source;
    int line = 0;    ///< 1-based; 0: unknown
    int column = 0;  ///< 1-based; 0: unknown
};

struct Node;
using Table = std::map<std::string, Node, std::less<>>;
using Array = std::vector<Node>;

/// A cell of a positions file: its type is whatever the key it stands under asks for.
struct Cell {
    std::string text;
};

/// A TOML date or time, which no key of a scenario takes.
struct Date {};

struct Node {
    Place place;  ///< of the key, or of the item in an array
    std::variant<Table, Array, std::string, std::int64_t, double, bool, Cell, Date> value;

    template <class T>
    const T* as() const {
        return std::get_if<T>(&value);
    }
    template <class T>
    T* as() {
        return std::get_if<T>(&value);
    }
    /// The child of a table under `key`; null where there is none.
    const Node* find(std::string_view key) const;
    Node* find(std::string_view key);
};

/// "a table", "text", "a whole number" …
std::string kind_of(const Node& node);

/// The tree of `text`. Adds to `problems` and gives an empty table where the text is not TOML.
Node parse(const std::string& text, const SourcePtr& source, Problems& problems);

/// The tree of one value as typed after --set key=; bare words are text.
Node parse_value(const std::string& text, const SourcePtr& source, Problems& problems);

}  // namespace hedgestorm::scenario
