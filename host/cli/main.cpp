// SPDX-License-Identifier: Apache-2.0

// The command line: what may be asked, and the one place where errors become exit codes.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "host/cli/calibrate_options.hpp"
#include "host/cli/commands.hpp"
#include "host/cli/sweep_options.hpp"
#include "host/scenario/nearest.hpp"
#include "host/support/build_info.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 done; 2 scenario or usage error; 3 does not fit this machine;\n"
    "4 engine error or figures not available; 5 file error; 6 picture not drawn;\n"
    "70 a bug; 130 interrupted.";

constexpr const char* help_text = "Print this help and exit";
constexpr int help_column = 26;

void add_set(CLI::App& command, std::vector<std::string>& set) {
    command
        .add_option("--set", set,
                    "Override a key, as often as needed:\n"
                    "--set simulation.paths=4e6\n"
                    "--set 'policy[0].half_width=0.04'\n"
                    "--set 'policy[\"band 5\"].hedge_ratio=0.9'")
        ->option_text("KEY=VALUE")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_output(CLI::App& command, std::filesystem::path& output, const char* about) {
    command.add_option("-o,--output", output, about)
        ->check(CLI::Validator(
            [](std::string& path) { return std::string(path.empty() ? "a path is missing" : ""); },
            ""))
        ->option_text("PATH");
}

/// Builds the parser; options are bound to the structs, which must outlive it.
struct Parser {
    CLI::App app{
        "hedgestorm: Monte Carlo stress tests of hedge ratios.\n"
        "A scenario file in, millions of hedged paths, distributions of hedge slippage\n"
        "and residual risk out."};
    RunOptions run_options;
    PreviewOptions preview_options;
    SweepOptions sweep_options;
    ReverseOptions reverse_options;
    TuneCommandOptions tune_options;
    CheckOptions check_options;
    ListOptions list_options;
    CalibrateOptions calibrate_options;
    ShowOptions show_options;
    CLI::App* run_command = nullptr;
    CLI::App* preview_command = nullptr;
    CLI::App* sweep_command = nullptr;
    CLI::App* reverse_command = nullptr;
    CLI::App* tune_command = nullptr;
    CLI::App* check_command = nullptr;
    CLI::App* list_command = nullptr;
    CLI::App* calibrate_command = nullptr;
    CLI::App* show_command = nullptr;
    CLI::App* engines_command = nullptr;
    CLI::App* schema_command = nullptr;
    CLI::App* version_command = nullptr;

    Parser() {
        app.name("hedgestorm");
        app.require_subcommand(1);
        app.footer(exit_codes);
        app.get_formatter()->column_width(help_column);
        app.get_formatter()->label("SUBCOMMAND", "COMMAND");
        app.set_version_flag("--version", std::string("hedgestorm ") + build_info().version,
                             "Print the version and exit");

        run_command =
            app.add_subcommand("run", "Simulate scenarios and write their results as HDF5");
        run_command->add_option("scenarios", run_options.scenarios, "Scenario files (TOML)")
            ->required()
            ->option_text(" ");
        add_output(*run_command, run_options.output,
                   "Result file, or a folder; several scenarios need\n"
                   "a folder [results/NAME.h5]");
        add_set(*run_command, run_options.set);
        run_command
            ->add_option("--engine", run_options.engine,
                         "auto, scalar, avx2, avx512, cuda, cuda:0 ...\n"
                         "The result does not depend on it [auto]")
            ->option_text("NAME");
        run_command
            ->add_option("--threads", run_options.threads,
                         "CPU threads, to 4096; 0: as many as this process\nmay use [0]")
            ->check(CLI::Range(0, 4096))
            ->option_text("N");
        run_command->add_flag("--force", run_options.force, "Replace an existing result");
        run_command->add_flag("-q,--quiet", run_options.quiet, "No progress and no summary");

        preview_command =
            app.add_subcommand("preview", "Draw the market of scenarios, without a book");
        preview_command->add_option("scenarios", preview_options.scenarios, "Scenario files (TOML)")
            ->required()
            ->option_text(" ");
        add_output(*preview_command, preview_options.output,
                   "Picture (.svg, .png) or numbers (.csv), or a\n"
                   "folder; several scenarios need a folder\n"
                   "[NAME-market.svg]");
        preview_command
            ->add_option("--format", preview_options.format,
                         "svg, png or csv, for names in a folder [svg]")
            ->check(CLI::IsMember({"svg", "png", "csv"}))
            ->option_text("FORMAT");
        add_set(*preview_command, preview_options.set);
        preview_command
            ->add_option("--paths", preview_options.paths,
                         fmt::format("Paths in the fans, {} to {} [{}]", preview::fewest_paths,
                                     preview::most_paths, preview::default_paths))
            ->check(CLI::Range(preview::fewest_paths, preview::most_paths))
            ->option_text("N");
        preview_command
            ->add_option("--samples", preview_options.samples,
                         fmt::format("Single paths drawn, to {} [{}]", preview::most_samples,
                                     preview::default_samples))
            ->check(CLI::Range(std::size_t{0}, preview::most_samples))
            ->option_text("N");
        preview_command->add_flag("--force", preview_options.force, "Replace an existing picture");
        preview_command->add_flag("-q,--quiet", preview_options.quiet, "No summary");

        check_command =
            app.add_subcommand("check", "Report every problem of scenarios, without a run");
        check_command->add_option("scenarios", check_options.scenarios, "Scenario files (TOML)")
            ->required()
            ->option_text(" ");
        add_set(*check_command, check_options.set);

        list_command = app.add_subcommand("list", "List the scenarios of a folder");
        list_command
            ->add_option("folders", list_options.folders, "Folders of scenario files [scenarios]")
            ->option_text(" ");

        calibrate_command = add_calibrate(app, calibrate_options);
        sweep_command = add_sweep(app, sweep_options);
        reverse_command = add_reverse(app, reverse_options);
        tune_command = add_tune(app, tune_options);

        show_command = app.add_subcommand("show", "Print the summary of a result file");
        show_command->add_option("result", show_options.result, "Result file (HDF5)")
            ->required()
            ->option_text(" ");
        show_command
            ->add_option("--format", show_options.format,
                         "table, json (a stable interface for programs) or\ncsv [table]")
            ->check(CLI::IsMember({"table", "json", "csv"}))
            ->option_text("FORMAT");

        engines_command = app.add_subcommand("engines", "List what this machine can run on");
        schema_command = app.add_subcommand("schema", "Print the JSON Schema of a scenario file");
        version_command =
            app.add_subcommand("version", "Print the version, commit and build of this program");
        for (CLI::App* part : app.get_subcommands({})) {
            part->set_help_flag("-h,--help", help_text);
            part->group("Commands");
        }
        app.set_help_flag("-h,--help", help_text);
    }

    std::vector<std::string> command_names() const {
        std::vector<std::string> names;
        for (const CLI::App* part : app.get_subcommands({})) names.push_back(part->get_name());
        return names;
    }

    /// The word that stands where a command should, and is none; null where there is no such word.
    const char* unknown_command(int argc, char** argv) const {
        if (!app.get_subcommands().empty()) return nullptr;
        const auto word =
            std::find_if(argv + 1, argv + argc, [](const char* arg) { return arg[0] != '-'; });
        return word == argv + argc ? nullptr : *word;
    }

    /// What is wrong with a command line that could not be parsed, and what may have been meant.
    std::string complaint(const CLI::ParseError& error, int argc, char** argv) const {
        const std::vector<CLI::App*> chosen = app.get_subcommands();
        if (chosen.empty()) {
            if (const char* word = unknown_command(argc, argv))
                return fmt::format(
                    "no command is called {} ({})", escaped(word),
                    suggestion(word, command_names(), "hedgestorm --help lists them"));
            if (argc < 2)
                return fmt::format("name a command: {} (hedgestorm --help explains them)",
                                   fmt::join(command_names(), ", "));
            return fmt::format("{} (hedgestorm --help says more)", escaped(error.what()));
        }
        const CLI::App& command = *chosen.front();
        const std::string more = fmt::format("hedgestorm {} --help says more", command.get_name());
        if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
            std::vector<std::string> names;
            for (const CLI::Option* option : command.get_options()) {
                for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
            }
            for (int i = 1; i < argc; ++i) {
                const std::string typed =
                    std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
                if (!typed.starts_with("--") || typed == "--") continue;
                if (std::find(names.begin(), names.end(), typed) != names.end()) continue;
                return fmt::format("{}: there is no option {} ({})", command.get_name(),
                                   escaped(typed), suggestion(typed, names, more));
            }
        }
        return fmt::format("{}: {} ({})", command.get_name(), escaped(error.what()), more);
    }

    static std::string suggestion(const std::string& typed, const std::vector<std::string>& known,
                                  const std::string& otherwise) {
        const std::string meant = scenario::did_you_mean(typed, known);
        return meant.empty() ? otherwise : meant;
    }

    ExitCode dispatch() const {
        if (run_command->parsed()) return run(run_options);
        if (sweep_command->parsed()) return sweep(sweep_options);
        if (reverse_command->parsed()) return reverse(reverse_options);
        if (tune_command->parsed()) return tune(tune_options);
        if (preview_command->parsed()) return preview(preview_options);
        if (check_command->parsed()) return check(check_options);
        if (list_command->parsed()) return list(list_options);
        if (calibrate_command->parsed()) return calibrate(calibrate_options);
        if (show_command->parsed()) return show(show_options);
        if (engines_command->parsed()) return engines();
        if (schema_command->parsed()) return schema();
        return version();
    }
};

int fail(ExitCode code, const char* what) {
    std::fflush(stdout);
    std::fprintf(stderr, "hedgestorm: %s\n", what);
    return static_cast<int>(code);
}

int output_failed() {
    return fail(ExitCode::file,
                "the output could not be written in full (is the disk full, or its reader gone?)");
}

/// Output that could not be written (a full disk, a closed pipe) is a failure, not a silence.
int finish(ExitCode code) {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return output_failed();
    return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Parser parser;
        try {
            parser.app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            // The help of a command that is not there would be the help of something else.
            if (error.get_exit_code() != 0 || parser.unknown_command(argc, argv) != nullptr)
                return fail(ExitCode::scenario, parser.complaint(error, argc, argv).c_str());
            parser.app.exit(error);  // prints what was asked for: help, or the version
            return finish(ExitCode::done);
        }
        return finish(parser.dispatch());
    } catch (const ScenarioError& error) {
        return fail(error.code(), error.what());
    } catch (const Error& error) {
        return fail(error.code(), error.what());
    } catch (const std::bad_alloc&) {
        return fail(ExitCode::capacity, "out of memory (take fewer policies, legs or steps)");
    } catch (const std::exception& error) {
        if (std::ferror(stdout) != 0) return output_failed();
        std::fprintf(stderr,
                     "hedgestorm: a bug: %s\nplease report it with the scenario that shows it\n",
                     error.what());
        return static_cast<int>(ExitCode::bug);
    }
}

}  // namespace hedgestorm::cli
