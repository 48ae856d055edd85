// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sweeps, tornados and reverse stress tests as a person reads them, and as programs do.

#include <string>

#include "host/cli/show_table.hpp"
#include "host/result/labelled.hpp"

namespace hedgestorm::cli {

/// The tables of a file of its kind; for each policy its own.
std::string show_labelled(const result::Labelled& file, const TableStyle& style);

/// Every dimension and array; missing numbers are null.
std::string labelled_json(const result::Labelled& file);

/// A line for each cell: array, the label along each dimension, and value, se, low, high of what
/// has them.
std::string labelled_csv(const result::Labelled& file);

}  // namespace hedgestorm::cli
