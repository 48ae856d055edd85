// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers and names as a terminal shows them: an estimate with as many digits as its error allows.

#include <string>
#include <string_view>
#include <vector>

#include "host/risk/risk.hpp"

namespace hedgestorm::cli {

/// `-0.29660 ± 0.00051`: the error with two digits, the value with as many decimals.
std::string with_error(const risk::Estimate& estimate);

/// `1.6824 [1.6801, 1.6850]`: two digits of the interval's half width over 1.96.
std::string with_interval(const risk::Estimate& estimate);

/// A number that has no error of its own, to `digits` significant digits.
std::string plain_number(double value, int digits = 6);

/// 1234567 as 1,234,567.
std::string grouped(std::uint64_t count);

/// "1 path", "1,234 paths".
std::string counted(std::uint64_t count, const std::string& noun);

/// A level such as "0.975" as "97.5 %".
std::string percent(const std::string& level);

/// Terminal columns that `text` (UTF-8 without control characters) takes.
int display_width(std::string_view text);

/// `text` cut to `width` terminal columns, the last one then being "…".
std::string cut(const std::string& text, int width);

/// `items` joined by `separator`, in lines of at most `width` columns, the later ones indented.
std::string wrapped(const std::vector<std::string>& items, const std::string& separator, int width,
                    int indent);

}  // namespace hedgestorm::cli
