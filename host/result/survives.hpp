// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether a step that might bring the program down does so, tried out in a child process.

#include <functional>

namespace hedgestorm::result {

/// Runs `act` in a child process that prints nothing: false if it crashed or took over a minute.
/// Throwing is surviving. For programs without other threads at that moment.
bool survives(const std::function<void()>& act);

}  // namespace hedgestorm::result
