// SPDX-License-Identifier: Apache-2.0

// `hedgestorm calibrate`: a price history in, the [market] block of a scenario out.

#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string_view>

#include "host/cli/commands.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/show_fit.hpp"
#include "host/cli/terminal.hpp"
#include "host/fit/calibrate.hpp"
#include "host/fit/market_block.hpp"
#include "host/result/output_file.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

constexpr result::FileKind block_kind = {"fitted market block", [](std::string_view start) {
                                             return start.starts_with(fit::block_signature);
                                         }};

std::optional<scenario::Instant> time_in(const std::string& text, const char* option) {
    if (text.empty()) return std::nullopt;
    const auto time = scenario::instant_in(text);
    if (!time)
        throw UsageError(
            fmt::format("calibrate: {} {} is no time (write it like "
                        "2020-03-12T00:00:00Z)",
                        option, escaped(text)));
    return time;
}

/// An option of another model would do nothing, and is a mistake.
void check_options(const CalibrateOptions& options) {
    if (options.states != 2 && options.model != "regime")
        throw UsageError("calibrate: --states goes with --model regime");
    if (options.innovations != "normal" && options.model != "garch")
        throw UsageError("calibrate: --innovations goes with --model garch");
    if (options.errors != "robust" && options.model == "heston")
        throw UsageError("calibrate: --errors information needs a likelihood, and heston has none");
    if (options.force && options.output.empty())
        throw UsageError("calibrate: --force replaces the file that -o names, and there is none");
}

fit::HistoryOptions history_options(const CalibrateOptions& options) {
    return {options.time_column, options.price_column, time_in(options.from, "--from"),
            time_in(options.to, "--to"),
            options.gaps == "join" ? fit::Gaps::join : fit::Gaps::drop};
}

fit::Fit fitted(const CalibrateOptions& options, const fit::Returns& returns) {
    const InterruptWatch watch;
    fit::CalibrationOptions how;
    how.model = fit::model_named(options.model);
    how.states = static_cast<std::size_t>(options.states);
    how.innovations = options.innovations == "student_t" ? scenario::Innovations::student_t
                                                         : scenario::Innovations::normal;
    how.errors = options.errors == "information" ? fit::Errors::information : fit::Errors::robust;
    how.interrupted = watch.flag();
    return fit::calibrate(returns, how);
}

}  // namespace

ExitCode calibrate(const CalibrateOptions& options) {
    check_options(options);
    const fit::HistoryOptions which = history_options(options);
    const auto overwrite = options.force ? result::Overwrite::replace : result::Overwrite::refuse;
    if (!options.output.empty()) result::require_writable(options.output, overwrite, block_kind);
    const fit::Returns returns = fit::read_returns(options.history, which);
    fit::Fit fit = fitted(options, returns);
    const std::string block = fit::market_block(
        fit, returns, options.history.filename().string(),
        options.drift == "estimated" ? fit::Drift::estimated : fit::Drift::risk_neutral);
    fit::require_accepted(block, returns);
    const std::string refused = fit::refused_by_run(block, returns);
    if (!refused.empty()) fit.notes.push_back(refused);
    if (!options.output.empty()) result::save(options.output, block, overwrite, block_kind);
    if (options.format == "toml") {
        fmt::print("{}", block);
    } else if (options.format == "json") {
        fmt::print("{}", fit_json(fit, returns, options.model, block));
    } else {
        fmt::print("{}", fit_table(fit, returns, options.model, terminal_style()));
        if (options.output.empty())
            fmt::print("\n{}", block);
        else
            fmt::print("\nwritten to {}\n", escaped(options.output.string()));
    }
    return ExitCode::done;
}

}  // namespace hedgestorm::cli
