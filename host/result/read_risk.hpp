// SPDX-License-Identifier: Apache-2.0
#pragma once

// The figures of a run from /, /path and /paired of its file: the mirror of write_risk.hpp.

#include <hdf5.h>

#include "host/result/result.hpp"
#include "host/result/table_reader.hpp"

namespace hedgestorm::result {

/// Fills result.risk's accounts, path and paired, and what the scenario says about them: policy
/// names, levels and loss limits.
void read_risk(hid_t file, const TableReader& root, Result& result);

}  // namespace hedgestorm::result
