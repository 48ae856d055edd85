// SPDX-License-Identifier: Apache-2.0

// The commands that tell: show, engines, schema, version.

#include <fmt/format.h>

#include <cstdio>

#include "hedgestorm/engine.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/show_csv.hpp"
#include "host/cli/show_json.hpp"
#include "host/cli/show_labelled.hpp"
#include "host/cli/show_table.hpp"
#include "host/cli/terminal.hpp"
#include "host/result/labelled.hpp"
#include "host/result/reader.hpp"
#include "host/run/run.hpp"
#include "host/scenario/load.hpp"
#include "host/support/build_info.hpp"

namespace hedgestorm::cli {
namespace {

/// What sweep, reverse and their like have written.
ExitCode show_experiment(const ShowOptions& options) {
    const result::Labelled file = result::read_labelled(options.result);
    if (options.format == "json") {
        fmt::print("{}", labelled_json(file));
    } else if (options.format == "csv") {
        fmt::print("{}", labelled_csv(file));
    } else {
        fmt::print("{}", show_labelled(file, terminal_style()));
    }
    return ExitCode::done;
}

}  // namespace

ExitCode show(const ShowOptions& options) {
    if (!result::kind_of(options.result).empty()) return show_experiment(options);
    const result::Result result = result::read(options.result);
    if (options.format == "json") {
        fmt::print("{}", show_json(result));
    } else if (options.format == "csv") {
        fmt::print("{}", show_csv(result));
    } else {
        fmt::print("{}", show_table(result, terminal_style()));
    }
    return exit_code(result.risk.figures_missing ? Figures::some_missing : Figures::all_available);
}

ExitCode exit_code(Figures figures) {
    if (figures == Figures::all_available) return ExitCode::done;
    std::fflush(stdout);
    std::fputs("hedgestorm: some figures are not available; the notes of the result say why\n",
               stderr);
    return ExitCode::engine;
}

ExitCode engines() {
    const View<EngineOffer> offers = engine_offers();
    const std::string automatic = run::choose_engines("auto").front();
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        const EngineOffer& offer = offers[i];
        const bool first = automatic == offer.name;
        if (offer.available) {
            fmt::print("{:<8} available{}  {}\n", offer.name, first ? " (auto)" : "       ",
                       offer.device);
        } else {
            fmt::print("{:<8} not available: {}\n", offer.name, offer.reason);
        }
    }
    return ExitCode::done;
}

ExitCode schema() {
    fmt::print("{}\n", scenario::json_schema());
    return ExitCode::done;
}

ExitCode version() {
    const BuildInfo& build = build_info();
    fmt::print("hedgestorm {}\ncommit {}{}\ncompiler {} ({})\ncuda {}\n", build.version,
               build.commit, build.dirty ? " (with local changes)" : "", build.compiler,
               build.build_type, build.cuda);
    return ExitCode::done;
}

}  // namespace hedgestorm::cli
