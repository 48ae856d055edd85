// SPDX-License-Identifier: Apache-2.0
#pragma once

// How much of this machine there is to work on.

#include <string>

namespace hedgestorm::run {

/// Processors this process may run on, which in a container are fewer than the machine's.
int usable_processors();

/// The CPU engine with the most lanes that this processor has.
std::string widest_cpu_engine();

}  // namespace hedgestorm::run
