// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the keys of a scenario stand, for problems that show only when the grid of times is built.

#include <map>
#include <string>

#include "host/support/error.hpp"

namespace hedgestorm::scenario {

struct Node;

/// Files, lines and columns by key. Items of a list are known by number and by name: policy[0],
/// policy["band 5"]. Legs of the book are not listed one by one.
class Places {
  public:
    Places() = default;
    explicit Places(const Node& document);

    /// A problem where `key` stands; where it was left to its default, at the table that it would
    /// stand in; without a line where that was not written either.
    Problem problem(std::string key, std::string message, std::string hint) const;

    /// The same scenario may be written in many ways.
    bool operator==(const Places&) const { return true; }

  private:
    struct Position {
        std::string file;
        int line = 0;
        int column = 0;
    };
    void collect(const Node& node, const std::string& key);

    std::string document_;  ///< the scenario's own file
    std::map<std::string, Position> known_;
};

}  // namespace hedgestorm::scenario
