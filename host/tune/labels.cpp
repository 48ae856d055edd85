// SPDX-License-Identifier: Apache-2.0

#include "host/tune/labels.hpp"

#include <algorithm>
#include <cctype>

namespace hedgestorm::tune {

void label_run(const scenario::Scenario& scenario, Paths paths, result::Labelled& file) {
    file.title = scenario.name;
    file.attributes["seed"] = std::to_string(scenario.simulation.seed);
    file.attributes["paths"] = std::to_string(paths.count);
    file.attributes["first_path"] = std::to_string(paths.first);
    file.attributes["sha256"] = scenario.sha256;
    file.texts["scenario"] = scenario.source_text;
    file.texts["resolved"] = scenario.resolved_text;
}

void label_figures(const std::vector<std::string>& policies,
                   const std::vector<Statistic>& statistics, result::Labelled& file) {
    std::vector<std::string> figures;
    for (const Statistic& statistic : statistics) figures.push_back(statistic.text);
    file.dimensions.push_back({"policy", policies, {}, {"hedging policy"}});
    file.dimensions.push_back({"figure", figures, {}, {"statistic of an outcome"}});
    file.dimensions.push_back({"statistic",
                               {"value", "se", "low", "high"},
                               {},
                               {"value, standard error, ends of the 95 % interval"}});
}

std::string dimension_name(const std::string& key, const result::Labelled& file) {
    std::string name;
    for (const char c : key) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (plain) name += c;
        if (!plain && !name.empty() && name.back() != '_') name += '_';
    }
    while (name.ends_with('_')) name.pop_back();
    if (name.empty()) name = "axis";
    const auto taken = [&](const std::string& wanted) {
        return std::any_of(file.dimensions.begin(), file.dimensions.end(),
                           [&](const auto& dimension) { return dimension.name == wanted; });
    };
    std::string free = name;
    for (int i = 2; taken(free) || free == "policy" || free == "figure" || free == "statistic"; ++i)
        free = name + "_" + std::to_string(i);
    return free;
}

void append(const risk::Estimate& estimate, std::vector<double>& numbers) {
    numbers.insert(numbers.end(), {estimate.value, estimate.se, estimate.low, estimate.high});
}

risk::Estimate estimate_at(const std::vector<double>& numbers, std::size_t cell) {
    return {numbers[4 * cell], numbers[4 * cell + 1], numbers[4 * cell + 2], numbers[4 * cell + 3]};
}

}  // namespace hedgestorm::tune
