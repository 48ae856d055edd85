// SPDX-License-Identifier: Apache-2.0
#pragma once

// A calibration for a person at a terminal, and for programs.

#include <string>

#include "host/cli/show_table.hpp"
#include "host/fit/fit.hpp"
#include "host/fit/returns.hpp"

namespace hedgestorm::cli {

/// What was fitted to what and how, a line for each estimate with its error, how well the model
/// describes the history, notes.
std::string fit_table(const fit::Fit& fit, const fit::Returns& returns, const std::string& model,
                      const TableStyle& style = {});

/// The same and the block, as JSON; figures that are not available are null.
std::string fit_json(const fit::Fit& fit, const fit::Returns& returns, const std::string& model,
                     const std::string& block);

}  // namespace hedgestorm::cli
