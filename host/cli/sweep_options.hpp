// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options of `sweep`, `reverse` and `tune`.

#include <CLI/CLI.hpp>

#include "host/cli/commands.hpp"

namespace hedgestorm::cli {

/// Adds the command; its options write into `options`, which must outlive `app`.
CLI::App* add_sweep(CLI::App& app, SweepOptions& options);
CLI::App* add_reverse(CLI::App& app, ReverseOptions& options);
CLI::App* add_tune(CLI::App& app, TuneCommandOptions& options);

}  // namespace hedgestorm::cli
