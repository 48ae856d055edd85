// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text from outside made safe to show: names, keys and notes are never trusted by a terminal.

#include <string>
#include <string_view>

namespace hedgestorm {

/// `text` with control characters, line separators and direction overrides written as \xNN or
/// \uNNNN, and bytes that are not UTF-8 as \xNN; what remains is one printable line.
std::string escaped(std::string_view text);

/// Length in bytes of the UTF-8 character at the start of `text`; 0 where it is not valid UTF-8.
std::size_t utf8_length(std::string_view text);

}  // namespace hedgestorm
