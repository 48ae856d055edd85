// SPDX-License-Identifier: Apache-2.0
#pragma once

// What `hedgestorm calibrate` may be asked.

#include <CLI/CLI.hpp>

#include "host/cli/commands.hpp"

namespace hedgestorm::cli {

/// Adds the command to the parser; options are bound to `options`, which must outlive it.
CLI::App* add_calibrate(CLI::App& app, CalibrateOptions& options);

}  // namespace hedgestorm::cli
