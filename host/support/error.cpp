// SPDX-License-Identifier: Apache-2.0
#include "host/support/error.hpp"

#include <fmt/format.h>

#include "host/support/escape.hpp"

namespace hedgestorm {

namespace {

std::string sentence(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += to_string(problem);
    }
    return text;
}

}  // namespace

std::string to_string(const Problem& problem) {
    std::string text = escaped(problem.file);
    if (problem.line > 0) text += fmt::format(":{}", problem.line);
    if (problem.line > 0 && problem.column > 0) text += fmt::format(":{}", problem.column);
    if (!problem.key.empty()) {
        if (!text.empty()) text += ": ";
        text += escaped(problem.key);
    }
    if (!text.empty()) text += ": ";
    text += escaped(problem.message);
    if (!problem.hint.empty()) text += fmt::format(" ({})", escaped(problem.hint));
    return text;
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : Error(ExitCode::scenario, sentence(problems)), problems_(std::move(problems)) {}

}  // namespace hedgestorm
