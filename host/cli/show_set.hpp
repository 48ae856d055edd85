// SPDX-License-Identifier: Apache-2.0
#pragma once

// The summary of several results side by side: a row for each scenario and policy.

#include <map>
#include <string>
#include <vector>

#include "host/cli/page.hpp"
#include "host/result/result.hpp"

namespace hedgestorm::cli {

/// Keeps of each result what its rows show, for the results themselves are large.
class SetSummary {
  public:
    void add(const result::Result& result);

    /// Mean P&L, sd, expected shortfall at the level nearest to 99 % and total cost of every policy
    /// of every scenario; then each note once, with the scenarios it is about.
    std::string show(const TableStyle& style = {}) const;

  private:
    struct Row {
        std::string name;   ///< of the scenario, or indented of a policy
        std::string level;  ///< of the expected shortfall; empty: none
        std::optional<std::string> pnl, sd, es, cost;
    };

    std::vector<Row> rows_;
    std::vector<std::string> notes_;  ///< in the order they came
    std::map<std::string, std::vector<std::string>> noted_;
};

}  // namespace hedgestorm::cli
