// SPDX-License-Identifier: Apache-2.0
#include "host/cli/sweep_options.hpp"

#include <fmt/format.h>

#include "host/tune/statistic.hpp"
#include "host/tune/sweep.hpp"

namespace hedgestorm::cli {
namespace {

template <class Options>
void add_running(CLI::App& command, Options& options) {
    command
        .add_option("--engine", options.engine,
                    "auto, scalar, avx2, avx512, cuda, cuda:0 ...\n"
                    "The figures do not depend on it [auto]")
        ->option_text("NAME");
    command
        .add_option("--threads", options.threads,
                    "CPU threads, to 4096; 0: as many as this process\nmay use [0]")
        ->check(CLI::Range(0, 4096))
        ->option_text("N");
    command.add_flag("--force", options.force, "Replace an existing result");
    command.add_flag("-q,--quiet", options.quiet, "No progress and no summary");
}

void add_common(CLI::App& command, ExperimentOptions& options, const char* suffix) {
    command.add_option("scenario", options.scenario, "Scenario file (TOML)")
        ->required()
        ->option_text(" ");
    command
        .add_option("-o,--output", options.output,
                    fmt::format("Result file, or a folder [results/NAME{}.h5]", suffix))
        ->option_text("PATH");
    command.add_option("--set", options.set, "Override a key for all points, as often as needed")
        ->option_text("KEY=VALUE")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        .add_option("--paths", options.paths,
                    fmt::format("Paths at every point, {} to {} [the scenario's]",
                                tune::fewest_paths, tune::most_paths))
        ->check(CLI::Range(tune::fewest_paths, tune::most_paths))
        ->option_text("N");
    add_running(command, options);
}

}  // namespace

CLI::App* add_sweep(CLI::App& app, SweepOptions& options) {
    CLI::App* command =
        app.add_subcommand("sweep", "Vary keys of a scenario and compare on the same paths");
    add_common(*command, options, "-sweep");
    command
        ->add_option("--vary", options.vary,
                     "A key and its values, up to six times:\n"
                     "--vary severity=0:2:9\n"
                     "--vary 'policy[0].half_width=0.01:0.2:12:log'\n"
                     "--vary 'policy[0].rebalance_to=[target, edge]'")
        ->option_text("KEY=VALUES")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        ->add_option("--tornado", options.tornado,
                     "Move every number of the scenario by this share,\n"
                     "one at a time, and rank them: --tornado 20%")
        ->option_text("SHARE");
    command
        ->add_option("--figure", options.figures,
                     "What to work out, as often as needed, C an outcome:\n"
                     "mean(C), sd(C), variance(C), mean_square(C),\n"
                     "q_P(C), var_P(C), es_P(C), p(C < X), p(C > X),\n"
                     "exp_utility(C, A)  [mean(pnl), sd(pnl),\n"
                     "es_99(pnl), mean(total_cost)]")
        ->option_text("FIGURE")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    return command;
}

CLI::App* add_reverse(CLI::App& app, ReverseOptions& options) {
    CLI::App* command =
        app.add_subcommand("reverse", "Find the value of a key at which a limit breaks");
    add_common(*command, options, "-reverse");
    command->add_option("--vary", options.vary, "The key and its range: --vary severity=0:3")
        ->required()
        ->option_text("KEY=RANGE");
    command
        ->add_option("--limit", options.limit,
                     "The figure and its limit: --limit es_99=5e6,\n"
                     "--limit 'p(pnl < -1e6)=0.01'")
        ->required()
        ->option_text("FIGURE=X");
    command
        ->add_option("--scan", options.scan,
                     "Points in which the first crossing is looked for,\n2 to 1000 [17]")
        ->check(CLI::Range(std::size_t{2}, std::size_t{1000}))
        ->option_text("N");
    return command;
}

CLI::App* add_tune(CLI::App& app, TuneCommandOptions& options) {
    CLI::App* command =
        app.add_subcommand("tune", "Choose a policy's parameters, checked on fresh paths");
    command->add_option("tune-file", options.tune_file, "Tune file (TOML)")
        ->required()
        ->option_text(" ");
    command
        ->add_option("-o,--output", options.output,
                     "Result file, or a folder [results/NAME-tune.h5]")
        ->option_text("PATH");
    command
        ->add_option("--emit", options.emit,
                     "Write the first scenario with the recommendation in\nplace")
        ->option_text("FILE");
    command
        ->add_option("--plot", options.plot,
                     "Draw the front, the objective along and over\nparameters (.svg or .png)")
        ->option_text("FILE");
    command
        ->add_option("--budget", options.budget,
                     "Stop after so long with what there is: 60s, 5m, 2h")
        ->option_text("TIME");
    add_running(*command, options);
    return command;
}

}  // namespace hedgestorm::cli
