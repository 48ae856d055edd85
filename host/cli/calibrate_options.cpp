// SPDX-License-Identifier: Apache-2.0
#include "host/cli/calibrate_options.hpp"

#include "host/fit/calibrate.hpp"

namespace hedgestorm::cli {

CLI::App* add_calibrate(CLI::App& app, CalibrateOptions& options) {
    CLI::App* command =
        app.add_subcommand("calibrate", "Fit a market to a price history, for a scenario");
    const auto words = [&](const char* name, std::string& value, const char* help,
                           const std::vector<std::string>& allowed) {
        return command->add_option(name, value, help)
            ->check(CLI::IsMember(allowed))
            ->option_text("WORD");
    };
    command->add_option("prices", options.history, "Price history (CSV with a header)")
        ->required()
        ->option_text(" ");
    words("--model", options.model, "gbm, merton, kou, garch, regime, hawkes, heston",
          fit::fitted_models())
        ->required();
    command->add_option("--states", options.states, "States of a regime model, 2 to 4 [2]")
        ->check(CLI::Range(2, 4))
        ->option_text("N");
    words("--innovations", options.innovations, "Of garch: normal, student_t [normal]",
          {"normal", "student_t"});
    command->add_option("--time-column", options.time_column, "Column of times [the first one]")
        ->option_text("NAME");
    command
        ->add_option("--price-column", options.price_column,
                     "Column of prices [close, or the only other one]")
        ->option_text("NAME");
    command->add_option("--from", options.from, "First time used, ISO 8601 [the first row]")
        ->option_text("TIME");
    command->add_option("--to", options.to, "Last time used, ISO 8601 [the last row]")
        ->option_text("TIME");
    words("--gaps", options.gaps,
          "Missing rows: drop (no return across them), or\n"
          "join (as if there were none: a closed market) [drop]",
          {"drop", "join"});
    words("--drift", options.drift,
          "What the block says of it: risk_neutral,\nestimated [risk_neutral]",
          {"risk_neutral", "estimated"});
    words("--errors", options.errors,
          "robust (sandwich), or information (as if the model\nwere the truth) [robust]",
          {"robust", "information"});
    words("--format", options.format,
          "table, json (a stable interface for programs) or\ntoml (the block alone) [table]",
          {"table", "json", "toml"});
    command->add_option("-o,--output", options.output, "File for the [market] block")
        ->option_text("PATH");
    command->add_flag("--force", options.force, "Replace an existing block");
    return command;
}

}  // namespace hedgestorm::cli
