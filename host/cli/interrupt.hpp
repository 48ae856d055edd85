// SPDX-License-Identifier: Apache-2.0
#pragma once

// Ctrl-C and termination, as a flag that long work looks at.

#include <atomic>

namespace hedgestorm::cli {

/// Turns Ctrl-C and termination into a flag while it lives; a second one ends the program at once.
/// One at a time.
class InterruptWatch {
  public:
    InterruptWatch();
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    const std::atomic<bool>* flag() const;
};

}  // namespace hedgestorm::cli
