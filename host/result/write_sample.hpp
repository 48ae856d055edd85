// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the figures were made from: /worst and /tally of the result file.

#include <hdf5.h>

#include "host/result/result.hpp"

namespace hedgestorm::result {

/// Makes /worst: every policy's worst paths with their numbers.
void write_worst(hid_t file, const Result& result);
/// Makes /tally: power sums, histograms and tail sums, so that any figure can be had again.
void write_tally(hid_t file, const Result& result);

}  // namespace hedgestorm::result
