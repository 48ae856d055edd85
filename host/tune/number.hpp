// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers in the texts of this folder.

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace hedgestorm::tune {

/// The finite number that `text` is, all of it; a sign + may stand before it.
inline std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0.0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stopped != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace hedgestorm::tune
