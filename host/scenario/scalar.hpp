// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers out of nodes: a TOML number, or a cell of a positions file that holds one.

#include <cstdint>
#include <optional>
#include <string>

#include "host/scenario/document.hpp"

namespace hedgestorm::scenario {

/// The number in `node`, not necessarily finite; nothing where it holds no number.
std::optional<double> number_in(const Node& node);

/// The text in `node`; null where it holds none.
const std::string* text_in(const Node& node);

/// A whole number, split into sign and size so that the whole range of 64 bits can be compared.
struct Whole {
    bool negative = false;
    std::uint64_t size = 0;
};

/// The whole number in `node`: an integer, or a float of exactly integer value (4e6); nothing where
/// it holds none.
std::optional<Whole> whole_in(const Node& node);

/// Text of digits as a number below 2^64; nothing where it is not one.
std::optional<std::uint64_t> digits_in(const std::string& text);

/// The shortest text that reads back as `x`, with a point or an exponent: TOML's float.
std::string shortest(double x);

/// How the value of `node` is quoted in a message.
std::string shown(const Node& node);

}  // namespace hedgestorm::scenario
