// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a tuning minimises and what it must respect, as text: mean(total_cost) + 0.5 * es_97.5(pnl),
// p(pnl < -1e6) <= 0.01.

#include <cstddef>
#include <string>
#include <vector>

#include "host/tune/evaluate.hpp"
#include "host/tune/statistic.hpp"

namespace hedgestorm::tune {

/// A sum of statistics, each with a coefficient.
struct Expression {
    struct Term {
        double coefficient = 1.0;
        std::size_t statistic = 0;  ///< index into the statistics of a tuning
    };
    std::vector<Term> terms;
    std::string text;

    Figure of(const Score& score) const;
};

/// expression <= bound, or >=.
struct Constraint {
    Expression expression;
    bool at_most = true;
    double bound = 0.0;
    std::string text;

    bool holds(const Score& score) const;
};

/// Reads an expression; its statistics are looked up in `statistics`, and added where they are not
/// there. Throws UsageError.
Expression parse_expression(const std::string& text, std::vector<Statistic>& statistics);
Constraint parse_constraint(const std::string& text, std::vector<Statistic>& statistics);

}  // namespace hedgestorm::tune
