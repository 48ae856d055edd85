// SPDX-License-Identifier: Apache-2.0
#include "host/cli/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "host/scenario/load.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using Path = std::filesystem::path;

bool names_folder(const Path& named) {
    std::error_code ignored;
    return std::filesystem::is_directory(named, ignored) || !named.has_filename();
}

}  // namespace

void Complaints::raise() const {
    if (problems_.empty()) return;
    const ScenarioError all(problems_);
    if (wrong_) throw all;
    throw FileError(all.what());
}

std::vector<scenario::Scenario> load_all(const std::vector<Path>& files,
                                         const std::vector<std::string>& set) {
    std::vector<scenario::Scenario> scenarios;
    Complaints complaints;
    for (const Path& file : files)
        complaints.collect([&] { scenarios.push_back(scenario::load(file, set)); });
    complaints.raise();
    return scenarios;
}

std::vector<Path> output_paths(const Path& named, const std::vector<Path>& scenarios,
                               const OutputNames& names) {
    std::error_code ignored;
    if (!named.empty() && !names_folder(named)) {
        if (scenarios.size() == 1) return {named};
        const bool is_file = std::find(names.extensions.begin(), names.extensions.end(),
                                       named.extension().string()) != names.extensions.end();
        if (is_file || std::filesystem::exists(named, ignored)) {
            throw UsageError(
                fmt::format("--output {} names a file, but several scenarios need a folder (end it "
                            "with / for a new one)",
                            escaped(named.string())));
        }
    }
    const Path folder = named.empty() ? names.folder : named;
    std::vector<Path> paths;
    std::map<Path, Path> taken;
    for (const Path& scenario : scenarios) {
        const Path path = folder / (scenario.stem().string() + names.suffix);
        if (const auto [other, added] = taken.emplace(path, scenario); !added) {
            throw UsageError(
                fmt::format("{} and {} would both be written to {} (run them one at a time)",
                            escaped(other->second.string()), escaped(scenario.string()),
                            escaped(path.string())));
        }
        paths.push_back(path);
    }
    return paths;
}

void make_output_folder(const Path& named, const Path& output, std::size_t scenarios) {
    const bool file_named = !named.empty() && named.has_filename() && scenarios == 1;
    const Path folder = output.parent_path();
    if (file_named || folder.empty()) return;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) {
        throw FileError(fmt::format("cannot make the folder {}: {}", escaped(folder.string()),
                                    failed.message()));
    }
}

}  // namespace hedgestorm::cli
