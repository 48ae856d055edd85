// SPDX-License-Identifier: Apache-2.0
#pragma once

// A bin that holds something: how a device's tallies travel to the host.

#include <cstdint>

namespace hedgestorm::reduce {

struct TouchedBin {
    std::uint64_t bin;     ///< index in TallyView::bins
    std::uint64_t packed;  ///< what to add to it
};

}  // namespace hedgestorm::reduce
