// SPDX-License-Identifier: Apache-2.0
#pragma once

// "did you mean": the known word nearest to a mistyped one.

#include <string>
#include <string_view>
#include <vector>

namespace hedgestorm::scenario {

/// The candidate fewest edits away (insert, delete, replace, swap neighbours); empty where none is
/// near enough to be meant.
std::string nearest(std::string_view typed, const std::vector<std::string>& candidates);

/// `did you mean "…"?`, or nothing.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace hedgestorm::scenario
