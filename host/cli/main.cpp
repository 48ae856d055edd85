// SPDX-License-Identifier: Apache-2.0

// The command line: what may be asked, and the one place where errors become exit codes.

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "host/cli/commands.hpp"
#include "host/support/build_info.hpp"

namespace hedgestorm::cli {
namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 done; 2 scenario or usage error; 3 does not fit this machine; 4 engine error or "
    "figures not "
    "available; 5 file error; 70 a bug; 130 interrupted.";

void add_set(CLI::App& command, std::vector<std::string>& set) {
    command
        .add_option(
            "--set", set,
            "Override a key: --set simulation.paths=4e6, --set 'policy[0].half_width=0.04', --set "
            "'policy[\"band 5\"].hedge_ratio=0.9'")
        ->type_name("KEY=VALUE")
        ->take_all()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// Builds the parser; options are bound to the structs, which must outlive it.
struct Parser {
    CLI::App app{
        "hedgestorm: Monte Carlo stress tests of hedge ratios.\n"
        "A scenario file in, millions of hedged paths, distributions of hedge slippage and "
        "residual risk out."};
    RunOptions run_options;
    CheckOptions check_options;
    ShowOptions show_options;
    CLI::App* run_command = nullptr;
    CLI::App* check_command = nullptr;
    CLI::App* show_command = nullptr;
    CLI::App* engines_command = nullptr;
    CLI::App* schema_command = nullptr;
    CLI::App* version_command = nullptr;

    Parser() {
        app.name("hedgestorm");
        app.require_subcommand(1);
        app.footer(exit_codes);
        app.set_version_flag("--version", std::string("hedgestorm ") + build_info().version);

        run_command =
            app.add_subcommand("run", "Simulate scenarios and write their results as HDF5");
        run_command->add_option("scenarios", run_options.scenarios, "Scenario files (TOML)")
            ->required()
            ->type_name("SCENARIO...");
        run_command
            ->add_option("-o,--output", run_options.output,
                         "Result file; a folder when there are several scenarios [results/NAME.h5]")
            ->type_name("PATH");
        add_set(*run_command, run_options.set);
        run_command
            ->add_option("--engine", run_options.engine,
                         "auto, scalar, avx2, avx512, cuda, cuda:0 ...")
            ->capture_default_str()
            ->type_name("NAME");
        run_command
            ->add_option("--threads", run_options.threads,
                         "CPU threads; 0: all this process may use")
            ->check(CLI::Range(0, 4096))
            ->capture_default_str()
            ->type_name("N");
        run_command->add_flag("--force", run_options.force, "Replace an existing result");
        run_command->add_flag("-q,--quiet", run_options.quiet, "No progress and no summary");

        check_command = app.add_subcommand(
            "check", "Report every problem of scenario files, without running them");
        check_command->add_option("scenarios", check_options.scenarios, "Scenario files (TOML)")
            ->required()
            ->type_name("SCENARIO...");
        add_set(*check_command, check_options.set);

        show_command = app.add_subcommand("show", "Print the summary of a result file");
        show_command->add_option("result", show_options.result, "Result file (HDF5)")
            ->required()
            ->type_name("RESULT");
        show_command
            ->add_option("--format", show_options.format, "table, json (stable interface) or csv")
            ->check(CLI::IsMember({"table", "json", "csv"}))
            ->capture_default_str()
            ->type_name("FORMAT");

        engines_command = app.add_subcommand("engines", "List what this machine can run on");
        schema_command = app.add_subcommand("schema", "Print the JSON Schema of a scenario file");
        version_command =
            app.add_subcommand("version", "Print the version, commit and build of this program");
    }

    ExitCode dispatch() const {
        if (run_command->parsed()) return run(run_options);
        if (check_command->parsed()) return check(check_options);
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

/// Output that could not be written (a full disk, a closed pipe) is a failure, not a silence.
int finish(ExitCode code) {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        return fail(ExitCode::file, "the output could not be written in full (is the disk full?)");
    }
    return static_cast<int>(code);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Parser parser;
        try {
            parser.app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            const int code = parser.app.exit(error);
            return code == 0 ? finish(ExitCode::done) : static_cast<int>(ExitCode::scenario);
        }
        return finish(parser.dispatch());
    } catch (const ScenarioError& error) {
        return fail(error.code(), error.what());
    } catch (const Error& error) {
        return fail(error.code(), error.what());
    } catch (const std::bad_alloc&) {
        return fail(ExitCode::capacity, "out of memory (take fewer policies, legs or steps)");
    } catch (const std::exception& error) {
        std::fprintf(stderr,
                     "hedgestorm: a bug: %s\nplease report it with the scenario that shows it\n",
                     error.what());
        return static_cast<int>(ExitCode::bug);
    }
}

}  // namespace hedgestorm::cli
