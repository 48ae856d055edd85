// SPDX-License-Identifier: Apache-2.0

// `hedgestorm list`: what scenarios there are, each on a line.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "host/cli/commands.hpp"
#include "host/cli/page.hpp"
#include "host/cli/show_text.hpp"
#include "host/cli/terminal.hpp"
#include "host/scenario/load.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using Path = std::filesystem::path;

/// One line of the list; a file that did not load has only what is wrong with it.
struct Entry {
    std::string file;
    std::string name;
    std::string horizon;
    std::string policies;
    std::string description;
    std::optional<std::string> wrong;
};

/// The scenario files of a folder, by name. Folders within it hold parts of scenarios.
std::vector<Path> scenarios_in(const Path& folder) {
    std::error_code failed;
    std::vector<Path> files;
    for (auto at = std::filesystem::directory_iterator(folder, failed);
         !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
        std::error_code ignored;
        if (at->path().extension() == ".toml" && !at->is_directory(ignored))
            files.push_back(at->path());
    }
    if (failed)
        throw FileError(fmt::format(
            "cannot list {}: {}", escaped(folder.string()),
            failed == std::errc::not_a_directory ? "it is not a folder" : failed.message()));
    if (files.empty())
        throw FileError(
            fmt::format("{} holds no scenarios (files *.toml)", escaped(folder.string())));
    std::sort(files.begin(), files.end());
    return files;
}

std::string horizon_text(const scenario::Simulation& simulation) {
    const double days = simulation.horizon * simulation.days_per_year;
    return days < 1.0 ? fmt::format("{:.3g} hours", 24.0 * days) : fmt::format("{:.3g} days", days);
}

/// Up to and with the first full stop that ends a sentence.
std::string first_sentence(const std::string& text) {
    const std::size_t end = text.find(". ");
    return end == std::string::npos ? text : text.substr(0, end + 1);
}

Entry entry(const Path& file) {
    Entry made;
    made.file = escaped(file.filename().string());
    try {
        const scenario::Scenario scenario = scenario::load(file);
        made.name = escaped(scenario.name);
        made.horizon = horizon_text(scenario.simulation);
        made.policies = scenario.policies.size() == 1
                            ? "1 policy"
                            : fmt::format("{} policies", scenario.policies.size());
        made.description = escaped(first_sentence(scenario.description));
    } catch (const ScenarioError& error) {
        made.wrong =
            fmt::format("{} (hedgestorm check {} says more)",
                        counted(error.problems().size(), "problem"), escaped(file.string()));
    } catch (const FileError& error) {
        made.wrong = escaped(error.what());
    }
    return made;
}

int widest(const std::vector<Entry>& entries, std::string Entry::*part) {
    int width = 0;
    for (const Entry& entry : entries) width = std::max(width, display_width(entry.*part));
    return width;
}

/// Lines are cut to `width`, where there is one: a program gets them whole.
void print(const std::vector<Entry>& entries, std::optional<int> width) {
    const int file = widest(entries, &Entry::file);
    const int name = widest(entries, &Entry::name);
    const int horizon = widest(entries, &Entry::horizon);
    const int policies = widest(entries, &Entry::policies);
    for (const Entry& entry : entries) {
        std::string line = left(entry.file, file) + "  ";
        if (entry.wrong) {
            line += *entry.wrong;  // whole, however wide: it says what to do
        } else {
            line += left(entry.name, name) + "  " + left(entry.horizon, horizon) + "  " +
                    left(entry.policies, policies) + "  " + entry.description;
            if (width) line = cut(line, *width);
        }
        while (line.ends_with(' ')) line.pop_back();
        fmt::print("{}\n", line);
    }
}

}  // namespace

ExitCode list(const ListOptions& options) {
    std::vector<Path> folders = options.folders;
    std::error_code ignored;
    if (folders.empty()) {
        if (!std::filesystem::is_directory("scenarios", ignored))
            throw UsageError(
                "there is no folder scenarios here (name one: hedgestorm list FOLDER)");
        folders.emplace_back("scenarios");
    }
    std::vector<std::vector<Path>> files;
    for (const Path& folder : folders) files.push_back(scenarios_in(folder));

    const TableStyle style = terminal_style();
    std::size_t listed = 0;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < folders.size(); ++i) {
        std::vector<Entry> entries;
        for (const Path& file : files[i]) entries.push_back(entry(file));
        for (const Entry& entry : entries) wrong += entry.wrong ? 1 : 0;
        listed += entries.size();
        if (folders.size() > 1) {
            Page page(style);
            if (i > 0) page.gap();
            page.title(escaped(folders[i].string()));
            fmt::print("{}", page.take());
        }
        print(entries, terminal_width());
    }
    if (wrong == 0) return ExitCode::done;
    std::fflush(stdout);
    throw UsageError(fmt::format("{} of {} files cannot be run", wrong, listed));
}

}  // namespace hedgestorm::cli
