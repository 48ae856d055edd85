// SPDX-License-Identifier: Apache-2.0
#pragma once

// The program's commands. Each takes what the command line said and does the work; errors are
// thrown as the classes of host/support/error.hpp and become an exit code in main.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/preview/preview.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::cli {

struct RunOptions {
    std::vector<std::filesystem::path> scenarios;
    std::filesystem::path output;  ///< a file, or a folder when there are several scenarios
    std::vector<std::string> set;
    std::string engine = "auto";
    int threads = 0;
    bool force = false;
    bool quiet = false;
};

/// Simulates each scenario and writes its result; prints the summary unless quiet.
ExitCode run(const RunOptions& options);

struct PreviewOptions {
    std::vector<std::filesystem::path> scenarios;
    std::filesystem::path output;  ///< a file, or a folder when there are several scenarios
    std::string format;            ///< svg, png, csv; empty: as the file's name says, or svg
    std::vector<std::string> set;
    std::uint64_t paths = preview::default_paths;
    std::size_t samples = preview::default_samples;
    bool force = false;
    bool quiet = false;
};

/// Draws the market of each scenario, and prints what it ends in unless quiet.
ExitCode preview(const PreviewOptions& options);

/// What sweep and reverse share.
struct ExperimentOptions {
    std::filesystem::path scenario;
    std::filesystem::path output;  ///< a file or a folder
    std::vector<std::string> set;
    std::size_t paths = 0;  ///< 0: as the scenario says
    std::string engine = "auto";
    int threads = 0;
    bool force = false;
    bool quiet = false;
};

struct SweepOptions : ExperimentOptions {
    std::vector<std::string> vary;
    std::vector<std::string> figures;  ///< none: the usual ones
    std::string tornado;               ///< share each input is moved by, as 20%; or ""
};

/// Every figure at every point of a grid, or with each input moved in turn; writes and prints them.
ExitCode sweep(const SweepOptions& options);

struct ReverseOptions : ExperimentOptions {
    std::string vary;
    std::string limit;
    std::size_t scan = 17;
};

/// The smallest value of a key at which a figure crosses its limit.
ExitCode reverse(const ReverseOptions& options);

struct TuneCommandOptions {
    std::filesystem::path tune_file;
    std::filesystem::path output;  ///< a file or a folder
    std::filesystem::path emit;    ///< scenario with the recommendation; none: not written
    std::filesystem::path plot;    ///< picture (.svg, .png); none: not drawn
    std::string budget;            ///< as 60s; none: until the end
    std::string engine = "auto";
    int threads = 0;
    bool force = false;
    bool quiet = false;
};

/// The best candidate of a tune file, what it is worth and how sure that is.
ExitCode tune(const TuneCommandOptions& options);

struct CheckOptions {
    std::vector<std::filesystem::path> scenarios;
    std::vector<std::string> set;
};

/// Checks every scenario and prints all problems of all of them.
ExitCode check(const CheckOptions& options);

struct ListOptions {
    std::vector<std::filesystem::path> folders;  ///< none: ./scenarios
};

/// Prints a line for each scenario of the folders; throws UsageError at the end where files do not
/// load.
ExitCode list(const ListOptions& options);

struct CalibrateOptions {
    std::filesystem::path history;
    std::filesystem::path output;  ///< of the block; none: not written
    std::string model;
    int states = 2;
    std::string innovations = "normal";
    std::string time_column;
    std::string price_column;
    std::string from;
    std::string to;
    std::string gaps = "drop";
    std::string drift = "risk_neutral";
    std::string errors = "robust";
    std::string format = "table";  ///< table, json, toml
    bool force = false;
};

/// Fits a market to a price history, prints the estimates and writes the [market] block.
ExitCode calibrate(const CalibrateOptions& options);

enum class Figures { all_available, some_missing };

struct ShowOptions {
    std::filesystem::path result;
    std::string format = "table";  ///< table, json, csv
};

/// Prints the summary of a result file; exits as the run did that made it.
ExitCode show(const ShowOptions& options);

/// What a run or its result ends with: `engine`, and why on the standard error, where a figure that
/// was asked for is not available.
ExitCode exit_code(Figures figures);

/// Prints what this machine offers.
ExitCode engines();

/// Prints the JSON Schema of a scenario file.
ExitCode schema();

/// Prints the program's version, commit and build.
ExitCode version();

/// Parses the command line and runs the command. Never throws.
int main(int argc, char** argv);

}  // namespace hedgestorm::cli
