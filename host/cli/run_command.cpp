// SPDX-License-Identifier: Apache-2.0

// `hedgestorm run`: everything that can be refused is refused before the first path is simulated.

#include <fmt/format.h>

#include <cstdio>

#include "host/cli/commands.hpp"
#include "host/cli/files.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/show_set.hpp"
#include "host/cli/show_table.hpp"
#include "host/cli/terminal.hpp"
#include "host/plan/plan.hpp"
#include "host/result/output_file.hpp"
#include "host/result/writer.hpp"
#include "host/run/run.hpp"
#include "host/scenario/load.hpp"
#include "host/scenario/unread.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using Path = std::filesystem::path;

/// Up to so many scenarios are summed up one by one; more would bury what they have in common.
constexpr std::size_t few_scenarios = 3;

/// "3 of 20, " where there are several.
std::string which_of(std::size_t i, std::size_t count) {
    return count > 1 ? fmt::format("{} of {}, ", i + 1, count) : std::string();
}

}  // namespace

ExitCode run(const RunOptions& options) {
    const std::vector<scenario::Scenario> scenarios = load_all(options.scenarios, options.set);
    run::choose_engines(options.engine);
    const std::vector<Path> outputs =
        output_paths(options.output, options.scenarios, {"results", ".h5", {".h5"}});
    const auto overwrite = options.force ? result::Overwrite::replace : result::Overwrite::refuse;
    for (const Path& output : outputs) {
        make_output_folder(options.output, output, scenarios.size());
        result::require_writable(output, overwrite);
    }

    const InterruptWatch watch;
    Figures figures = Figures::all_available;
    SetSummary summary;
    const std::size_t count = scenarios.size();
    for (std::size_t i = 0; i < count; ++i) {
        result::Result result;
        {
            ProgressLine line(which_of(i, count) + escaped(scenarios[i].name), options.quiet);
            run::Options how;
            how.engine = options.engine;
            how.threads = options.threads;
            how.progress_every = line.pace();
            how.running_estimate = !options.quiet;
            how.report = [&](const run::Progress& progress) { line.report(progress); };
            how.interrupted = watch.flag();
            result = run::run(scenarios[i], how);
        }
        result::write(result, outputs[i], overwrite);
        if (!options.quiet) {
            const bool alone = count <= few_scenarios;
            if (alone) fmt::print("{}\n", show_table(result, terminal_style()));
            fmt::print("{}written to {}\n", alone ? "" : which_of(i, count),
                       escaped(outputs[i].string()));
            if (alone && count > 1) fmt::print("\n");
            std::fflush(stdout);
            summary.add(result);
        }
        if (result.risk.figures_missing) figures = Figures::some_missing;
    }
    if (!options.quiet && count > 1)
        fmt::print("{}{}", count > few_scenarios ? "\n" : "", summary.show(terminal_style()));
    return exit_code(figures);
}

ExitCode check(const CheckOptions& options) {
    Complaints complaints;
    for (const Path& file : options.scenarios) {
        complaints.collect([&] {
            const auto scenario = scenario::load(file, options.set);
            const plan::Plan plan(scenario);  // what only the grid of times can tell
            fmt::print("{}: ok: {}\n", escaped(file.string()), escaped(scenario.name));
            for (const std::string& sentence : scenario::unread_conditions(scenario))
                fmt::print("{}: note: {}\n", escaped(file.string()), escaped(sentence));
        });
    }
    std::fflush(stdout);
    complaints.raise();
    return ExitCode::done;
}

}  // namespace hedgestorm::cli
