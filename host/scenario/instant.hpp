// SPDX-License-Identifier: Apache-2.0
#pragma once

// Points in calendar time, as milliseconds since 1970-01-01T00:00:00Z.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hedgestorm::scenario {

using Instant = std::int64_t;

/// Reads ISO 8601 (2020-03-12, 2020-03-12T10:00, 2020-03-12 10:00:00.5+01:00; without an offset:
/// UTC), or whole seconds or milliseconds since 1970. Nothing where `text` is none of them.
std::optional<Instant> instant_in(std::string_view text);

/// 2020-03-12T10:00:00Z, with milliseconds where there are any.
std::string shown(Instant instant);

/// "90 seconds", "1 hour", "2.5 hours", "7 days": of so many milliseconds.
std::string duration_in_words(double milliseconds);

}  // namespace hedgestorm::scenario
