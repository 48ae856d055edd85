// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plan's tables in one block of memory that can be copied to a device as it is, with views that
// hold the addresses of the copy.

#include <cstddef>

#include "hedgestorm/engine.hpp"

namespace hedgestorm::launch {

/// A plan whose views point into the copy. One of the two params is in use, as in PlanView.
struct PackedPlan {
    PathParams<float> single;
    PathParams<double> reference;
    bool is_single;
    TallyPlan tally;
};

/// Bytes the tables of the plan take.
std::size_t packed_bytes(const PlanView& plan);

/// Writes the tables to `image` (packed_bytes long) and gives the plan as it reads when the image
/// has been copied to address `copy`. Both are aligned to 16 bytes.
PackedPlan pack(const PlanView& plan, void* image, const void* copy);

}  // namespace hedgestorm::launch
