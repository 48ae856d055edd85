// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of a run as labelled arrays: /, /path and /paired of the result file.

#include <hdf5.h>

#include "host/result/result.hpp"
#include "host/result/table.hpp"

namespace hedgestorm::result {

/// Fills the root table: every policy's columns, loss limits and effectiveness.
void write_accounts(Table& root, const Result& result);
/// Makes /path: the columns of the path itself.
void write_path(hid_t file, const Result& result);
/// Makes /paired: the policies after the first against it; nothing if there is only one.
void write_paired(hid_t file, const Result& result);

}  // namespace hedgestorm::result
