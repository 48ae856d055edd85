// SPDX-License-Identifier: Apache-2.0

// `hedgestorm tune`: a tune file in, the best candidate and how sure that is out.

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>

#include "host/cli/commands.hpp"
#include "host/cli/files.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/picture_file.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/show_labelled.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/tune_picture.hpp"
#include "host/result/output_file.hpp"
#include "host/run/outcomes.hpp"
#include "host/run/run.hpp"
#include "host/support/escape.hpp"
#include "host/tune/tune.hpp"

namespace hedgestorm::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* emitted_heading = "# Written by hedgestorm tune";

/// Scenarios that a tuning wrote: those alone may be replaced.
constexpr result::FileKind emitted_kind = {
    "scenario emitted by a tuning",
    [](std::string_view start) { return start.starts_with(emitted_heading); }};

/// 60s, 5m, 2h, or seconds.
std::chrono::duration<double> budget_in(const std::string& text) {
    double factor = 1.0;
    std::string number = text;
    if (!number.empty() && number.find_first_of("smh") == number.size() - 1) {
        factor = number.back() == 'h' ? 3600.0 : number.back() == 'm' ? 60.0 : 1.0;
        number.pop_back();
    }
    double value = 0.0;
    const char* end = number.data() + number.size();
    const auto [stopped, error] = std::from_chars(number.data(), end, value);
    if (error != std::errc() || stopped != end || !(value > 0.0 && value < 1e9)) {
        throw UsageError(
            fmt::format("tune: --budget {} is not a time (write 60s, 5m or 2h)", escaped(text)));
    }
    return std::chrono::duration<double>(value * factor);
}

}  // namespace

ExitCode tune(const TuneCommandOptions& options) {
    const tune::TuneFile file = tune::load_tune_file(options.tune_file);
    tune::TuneOptions how;
    if (!options.budget.empty()) how.budget = budget_in(options.budget);
    const std::filesystem::path output =
        output_paths(options.output, {options.tune_file}, {"results", "-tune.h5", {".h5"}}).front();
    const auto overwrite = options.force ? result::Overwrite::replace : result::Overwrite::refuse;
    if (!options.emit.empty()) result::require_writable(options.emit, overwrite, emitted_kind);
    if (!options.plot.empty()) require_picture(options.plot, overwrite);
    make_output_folder(options.output, output, 1);
    result::require_writable(output, overwrite);

    tune::TuneResult result;
    {
        const InterruptWatch watch;
        run::OutcomeRuns runs(options.engine, options.threads, watch.flag());
        ProgressLine line(escaped(file.name), options.quiet);
        const auto start = Clock::now();
        double next_report = 0.0;
        how.report = [&](const tune::TuneProgress& progress) {
            const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
            if (seconds < next_report) return;
            next_report = seconds + line.pace();
            line.report(CountedWork{
                progress.done, progress.total, seconds,
                progress.best.empty() ? "runs" : "runs, best " + escaped(progress.best)});
        };
        result = tune::tune(file, runs, how);
    }
    if (result.compared.empty() && result.ending == tune::Ending::interrupted)
        throw run::Interrupted();
    const result::Labelled labelled = tune::labelled(result);
    result::write(labelled, output, overwrite);
    if (!options.quiet) {
        fmt::print("{}\nwritten to {}\n", show_labelled(labelled, terminal_style()),
                   escaped(output.string()));
    }
    if (!options.plot.empty()) {
        save_picture(tune_picture(labelled), options.plot, overwrite);
        if (!options.quiet) fmt::print("drawn to {}\n", escaped(options.plot.string()));
    }
    if (!options.emit.empty() && result.recommended) {
        result::save(
            options.emit,
            fmt::format("{}: \"{}\", with its recommendation in place.\n{}", emitted_heading,
                        escaped(file.name), tune::emitted_scenario(result)),
            overwrite, emitted_kind);
        if (!options.quiet)
            fmt::print("the scenario with it is in {}\n", escaped(options.emit.string()));
    }
    if (result.ending == tune::Ending::interrupted) return ExitCode::interrupted;
    return exit_code(result.recommended ? Figures::all_available : Figures::some_missing);
}

}  // namespace hedgestorm::cli
