// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files of a command line: scenarios in, and an output for each of them.

#include <filesystem>
#include <string>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::cli {

/// What was wrong with the files of a command line, thrown as one error.
class Complaints {
  public:
    /// Calls load(); keeps what it throws about a scenario or its file.
    template <class Load>
    void collect(const Load& load) {
        try {
            load();
        } catch (const ScenarioError& error) {
            wrong_ = true;
            problems_.insert(problems_.end(), error.problems().begin(), error.problems().end());
        } catch (const FileError& error) {
            Problem& problem = problems_.emplace_back();
            problem.message = error.what();
        }
    }

    /// Throws them as one, if there are any.
    void raise() const;

  private:
    std::vector<Problem> problems_;
    bool wrong_ = false;
};

/// Loads every scenario; the problems of all of them come in one error.
std::vector<scenario::Scenario> load_all(const std::vector<std::filesystem::path>& files,
                                         const std::vector<std::string>& set);

/// How outputs that the user does not name are called: FOLDER/STEM + suffix.
struct OutputNames {
    std::filesystem::path folder;
    std::string suffix;  ///< "-market.svg", ".h5"
    std::vector<std::string>
        extensions;  ///< of what a file's name, rather than a folder's, ends in
};

/// One output for each scenario: the file named, or one in the folder named. Throws UsageError
/// where a file is named for several, or two would have one name.
std::vector<std::filesystem::path> output_paths(const std::filesystem::path& named,
                                                const std::vector<std::filesystem::path>& scenarios,
                                                const OutputNames& names);

/// Makes the folder that outputs go to, where it was not named as a file's.
void make_output_folder(const std::filesystem::path& named, const std::filesystem::path& output,
                        std::size_t scenarios);

}  // namespace hedgestorm::cli
