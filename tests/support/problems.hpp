// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is wrong with a scenario, for tests that expect something to be.

#include <gtest/gtest.h>

#include <concepts>
#include <string>
#include <vector>

#include "host/support/error.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::test {

/// The problems `act` is refused for; empty where it is not.
template <std::invocable Act>
std::vector<Problem> problems_of(Act&& act) {
    try {
        act();
    } catch (const ScenarioError& error) {
        EXPECT_EQ(error.code(), ExitCode::scenario);
        return error.problems();
    }
    return {};
}

inline std::vector<Problem> problems_of(const ScenarioText& text,
                                        const std::vector<std::string>& overrides = {}) {
    return problems_of([&] { text.load(overrides); });
}

/// True where exactly one problem was found, under `key`, and its line holds `words`.
inline testing::AssertionResult only_problem(const std::vector<Problem>& problems,
                                             const std::string& key, const std::string& words) {
    std::string all;
    for (const Problem& problem : problems) all += "\n  " + to_string(problem);
    const bool found = problems.size() == 1 && problems[0].key == key &&
                       to_string(problems[0]).find(words) != std::string::npos;
    if (found) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "expected one problem of " << key << " with \"" << words
                                       << "\", found " << problems.size() << ":" << all;
}

}  // namespace hedgestorm::test

/// A scenario with exactly one problem, of this key, said in these words.
#define EXPECT_PROBLEM(text, key, words) \
    EXPECT_TRUE(::hedgestorm::test::only_problem(::hedgestorm::test::problems_of(text), key, words))
