// SPDX-License-Identifier: Apache-2.0
#pragma once

// A device's tallies on their way into the host's. The device keeps bins apart, and the rest, the
// ledger, in one small block that travels whole.
//
// Adding honours the locks of a copy that threads share. Everything is integer addition or a
// minimum, so the order in which devices and threads add does not matter.

#include <cstddef>
#include <cstdint>

#include "hedgestorm/tally.hpp"
#include "kernels/reduce/touched_bins.hpp"

namespace hedgestorm::launch {

/// Bytes of a ledger: all tallies but bins and worst paths.
std::size_t ledger_bytes(const TallyPlan& plan);

/// The view of a ledger at that address; its bins, worst paths and locks are null.
TallyView ledger_at(const TallyPlan& plan, void* memory);

/// Writes an empty ledger to host memory.
void clear_ledger(const TallyPlan& plan, void* memory);

/// Adds a ledger to a copy of the tallies.
void merge_ledger(const TallyPlan& plan, const TallyView& ledger, const TallyView& into);

/// Adds bins to a copy of the tallies.
void merge_bins(const TallyPlan& plan, const reduce::TouchedBin* bins, std::size_t count,
                const TallyView& into);

/// The highest key that may still enter an account's worst paths.
std::uint32_t worst_bar(const TallyPlan& plan, std::uint32_t account, const TallyView& into);

/// Offers candidates, key << 32 | place, whose path is `first_path` + place.
void offer_worst(const TallyPlan& plan, std::uint32_t account, const std::uint64_t* candidates,
                 std::size_t count, std::uint64_t first_path, const TallyView& into);

}  // namespace hedgestorm::launch
