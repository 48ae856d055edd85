// SPDX-License-Identifier: Apache-2.0
#pragma once

// The errors a user can meet, each with the exit code it owns. Thrown where known, caught once in
// main. A sentence reads: place, key = value (why it is wrong) what to do.

#include <stdexcept>
#include <string>
#include <vector>

namespace hedgestorm {

enum class ExitCode : int {
    done = 0,
    scenario = 2,
    capacity = 3,
    engine = 4,
    file = 5,
    report = 6,
    bug = 70,
    interrupted = 130,
};

class Error : public std::runtime_error {
  public:
    Error(ExitCode code, const std::string& what) : std::runtime_error(what), code_(code) {}
    ExitCode code() const { return code_; }

  private:
    ExitCode code_;
};

/// One thing wrong with a scenario: where it stands, which key, what is wrong, why, and what to do.
struct Problem {
    std::string file;
    int line = 0;         ///< 1-based; 0: unknown
    int column = 0;       ///< 1-based; 0: unknown
    std::string key;      ///< dotted path, e.g. policy[0].half_width
    std::string message;  ///< what is wrong and why
    std::string hint;     ///< what to do; may be empty
};

/// `file:line:column: key: message (hint)`, one line, control characters escaped.
std::string to_string(const Problem& problem);

/// Everything wrong with a scenario, at once; exit code 2.
class ScenarioError : public Error {
  public:
    explicit ScenarioError(std::vector<Problem> problems);
    const std::vector<Problem>& problems() const { return problems_; }

  private:
    std::vector<Problem> problems_;
};

/// A command line that asks for something that is not there; exit code 2.
struct UsageError : Error {
    explicit UsageError(const std::string& what) : Error(ExitCode::scenario, what) {}
};

/// What was asked does not fit this machine; exit code 3.
struct CapacityError : Error {
    explicit CapacityError(const std::string& what) : Error(ExitCode::capacity, what) {}
};

/// An engine that is not there or failed, or figures that cannot be had; exit code 4.
struct EngineError : Error {
    explicit EngineError(const std::string& what) : Error(ExitCode::engine, what) {}
};

/// A file that cannot be read or written; exit code 5.
struct FileError : Error {
    explicit FileError(const std::string& what) : Error(ExitCode::file, what) {}
};

}  // namespace hedgestorm
