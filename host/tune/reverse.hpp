// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reverse stress test: the smallest value of a key, such as the severity of a stress, at which a
// figure crosses a limit. On common random numbers the figure is a fixed curve of the key, so a
// bracketing root finder sees no noise; what the sample leaves open is in the interval.

#include <cstddef>
#include <string>
#include <vector>

#include "host/result/labelled.hpp"
#include "host/tune/axis.hpp"
#include "host/tune/evaluate.hpp"
#include "host/tune/sweep.hpp"

namespace hedgestorm::tune {

/// es_99=5e6: breached where the figure is above its limit.
struct Limit {
    Statistic statistic;
    double value = 0.0;
};

/// Reads STATISTIC=NUMBER. Throws UsageError.
Limit parse_limit(const std::string& text);

struct Reverse {
    Work work;
    Range range;
    Limit limit;
    std::size_t scan = 17;  ///< points in which the first crossing is looked for
};

enum class Breach {
    never,   ///< nowhere in the range
    always,  ///< already at its low end
    found,
};

/// Where the figure of one policy crosses the limit.
struct Crossing {
    std::string policy;
    Breach breach = Breach::never;
    /// Of the key. The ends of the interval are where the 95 % interval of the figure touches the
    /// limit: low where its upper end does, high where its lower end does; an end the range does
    /// not hold is infinite.
    risk::Estimate at{};
    risk::Estimate figure_at_low{};   ///< of the figure, at the low end of the range
    risk::Estimate figure_at_high{};  ///< and at its high end
};

struct ReverseResult {
    scenario::Scenario base;
    Reverse asked;
    Paths paths;
    std::vector<double> scanned;       ///< values of the key
    std::vector<risk::Estimate> scan;  ///< [policy][scanned] figures
    std::vector<Crossing> crossings;   ///< one for each policy
};

/// Throws UsageError and ScenarioError where the scenario is wrong, at either end of the range too;
/// then as Evaluator, which has the limit's statistic alone.
ReverseResult reverse(const Reverse& reverse, Evaluator& evaluator);

result::Labelled labelled(const ReverseResult& result);

}  // namespace hedgestorm::tune
