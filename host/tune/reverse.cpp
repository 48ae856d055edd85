// SPDX-License-Identifier: Apache-2.0

#include "host/tune/reverse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>

#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"
#include "host/tune/labels.hpp"
#include "host/tune/number.hpp"

namespace hedgestorm::tune {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Binary digits to which a crossing is pinned down: 2e-5 of it, far below any sampling error.
constexpr int root_bits = 16;
constexpr std::uintmax_t most_evaluations = 40;

/// Calls act(); what is wrong with a scenario there says where that is.
template <class Act>
auto placed(const std::string& where, const Act& act) {
    try {
        return act();
    } catch (const ScenarioError& error) {
        std::vector<Problem> problems = error.problems();
        for (Problem& problem : problems) problem.message += " (at " + where + ")";
        throw ScenarioError(problems);
    }
}

/// The figure of every policy as a function of the key, each value worked out once.
class Curves {
  public:
    Curves(const Reverse& reverse, const scenario::Scenario& base, Paths paths,
           Evaluator& evaluator)
        : reverse_(reverse), base_(base), paths_(paths), evaluator_(evaluator) {}

    const std::vector<risk::Estimate>& at(double x) {
        const auto known = known_.find(x);
        if (known != known_.end()) return known->second;
        return known_.emplace(x, placed(where(x), [&] { return estimates_of(scenario_at(x)); }))
            .first->second;
    }

    /// Throws where there is no scenario at x.
    void check(double x) const {
        placed(where(x), [&] { return scenario_at(x); });
    }

  private:
    std::string where(double x) const { return reverse_.range.override_at(x); }

    scenario::Scenario scenario_at(double x) const {
        Overrides overrides = reverse_.work.set;
        overrides.push_back(reverse_.range.override_at(x));
        scenario::Scenario scenario =
            scenario::load_text(base_.source_text, reverse_.work.scenario, overrides);
        if (scenario.policies.size() != base_.policies.size())
            throw UsageError("a search varies policies, not how many there are");
        return scenario;
    }

    std::vector<risk::Estimate> estimates_of(const scenario::Scenario& scenario) {
        std::vector<risk::Estimate> estimates;
        for (const Score& score : evaluator_.scores(scenario, scenario.policies, paths_))
            estimates.push_back(estimate(score.front()));
        if (reverse_.work.report) reverse_.work.report(known_.size() + 1, expected());
        return estimates;
    }

    /// Evaluations a search usually takes: the scan, and three roots of some ten steps for each
    /// policy.
    std::size_t expected() const {
        return std::max(known_.size() + 1, reverse_.scan + 30 * base_.policies.size());
    }

    const Reverse& reverse_;
    const scenario::Scenario& base_;
    Paths paths_;
    Evaluator& evaluator_;
    std::map<double, std::vector<risk::Estimate>> known_;
};

using End = double risk::Estimate::*;

/// Where `end` of the estimate first rises above the limit between scanned values; infinity where
/// it does nowhere, minus infinity where it is above from the start.
double first_crossing(Curves& curves, std::size_t policy, End end, double limit,
                      const std::vector<double>& scanned) {
    const auto excess = [&](double x) { return curves.at(x)[policy].*end - limit; };
    if (excess(scanned.front()) > 0.0) return -infinity;
    for (std::size_t i = 1; i < scanned.size(); ++i) {
        const double above = excess(scanned[i]);
        if (!(above > 0.0)) continue;
        std::uintmax_t evaluations = most_evaluations;
        const auto bracket = boost::math::tools::toms748_solve(
            excess, scanned[i - 1], scanned[i], excess(scanned[i - 1]), above,
            boost::math::tools::eps_tolerance<double>(root_bits), evaluations);
        return bracket.second;
    }
    return infinity;
}

Crossing crossing_of(Curves& curves, std::size_t policy, double limit,
                     const std::vector<double>& scanned) {
    Crossing crossing;
    crossing.figure_at_low = curves.at(scanned.front())[policy];
    crossing.figure_at_high = curves.at(scanned.back())[policy];
    const double at = first_crossing(curves, policy, &risk::Estimate::value, limit, scanned);
    crossing.breach =
        at == infinity ? Breach::never : (at == -infinity ? Breach::always : Breach::found);
    crossing.at = {std::isfinite(at) ? at : nan, nan,
                   first_crossing(curves, policy, &risk::Estimate::high, limit, scanned),
                   first_crossing(curves, policy, &risk::Estimate::low, limit, scanned)};
    if (crossing.breach != Breach::found) return crossing;
    // The error by the slope between scanned neighbours: se of the figure / its slope.
    const auto above = std::upper_bound(scanned.begin(), scanned.end(), at);
    const double right = above == scanned.end() ? scanned.back() : *above;
    const double left = *(std::lower_bound(scanned.begin(), scanned.end(), at) - 1);
    const double slope =
        (curves.at(right)[policy].value - curves.at(left)[policy].value) / (right - left);
    crossing.at.se = curves.at(at)[policy].se / slope;
    return crossing;
}

}  // namespace

Limit parse_limit(const std::string& text) {
    const std::size_t sign = text.rfind('=');
    const auto value = sign == std::string::npos
                           ? std::nullopt
                           : number_in(std::string_view(text).substr(sign + 1));
    if (!value) {
        throw UsageError(
            fmt::format("--limit {}: write STATISTIC=NUMBER, as in es_99=5e6", escaped(text)));
    }
    return {parse_statistic(text.substr(0, sign)), *value};
}

ReverseResult reverse(const Reverse& asked, Evaluator& evaluator) {
    ReverseResult result;
    result.asked = asked;
    result.base = base_of(asked.work);
    result.paths = paths_of(result.base);
    result.scanned = spaced(asked.range.low, asked.range.high, asked.scan, false);
    Curves curves(asked, result.base, result.paths, evaluator);
    // A range that leaves what a scenario may say is told before the first path.
    curves.check(asked.range.low);
    curves.check(asked.range.high);
    curves.at(asked.range.high);  // what only the grid of times can tell shows there, if anywhere
    for (const double x : result.scanned) curves.at(x);
    for (std::size_t p = 0; p < result.base.policies.size(); ++p) {
        for (const double x : result.scanned) result.scan.push_back(curves.at(x)[p]);
        if (!std::isfinite(result.scan.back().value)) {
            throw EngineError(fmt::format("{} cannot be had of {} paths (take more, see --paths)",
                                          asked.limit.statistic.text, result.paths.count));
        }
        result.crossings.push_back(crossing_of(curves, p, asked.limit.value, result.scanned));
        result.crossings.back().policy = result.base.policies[p].name;
    }
    return result;
}

result::Labelled labelled(const ReverseResult& result) {
    result::Labelled file;
    file.kind = "reverse";
    label_run(result.base, result.paths, file);
    file.attributes["key"] = result.asked.range.key;
    file.attributes["figure"] = result.asked.limit.statistic.text;
    file.attributes["limit"] = fmt::format("{}", result.asked.limit.value);
    std::vector<std::string> policies;
    std::vector<double> crossings;
    std::vector<double> breaches;
    for (const Crossing& crossing : result.crossings) {
        policies.push_back(crossing.policy);
        append(crossing.at, crossings);
        breaches.push_back(static_cast<double>(crossing.breach));
    }
    const std::string key = dimension_name(result.asked.range.key, file);
    file.dimensions.push_back({key, {}, result.scanned, {result.asked.range.key}});
    label_figures(policies, {result.asked.limit.statistic}, file);
    std::vector<double> scan;
    for (const risk::Estimate& estimate : result.scan) append(estimate, scan);
    file.arrays.push_back({"scan",
                           {"policy", key, "statistic"},
                           std::move(scan),
                           {result.asked.limit.statistic.text + " along the key"}});
    file.arrays.push_back({"crossing",
                           {"policy", "statistic"},
                           std::move(crossings),
                           {"where the figure first crosses its limit"}});
    file.arrays.push_back({"breach",
                           {"policy"},
                           std::move(breaches),
                           {"0: nowhere in the range; 1: already at its low end; 2: at crossing"}});
    return file;
}

}  // namespace hedgestorm::tune
