// SPDX-License-Identifier: Apache-2.0

#include "host/tune/tornado.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <string_view>

#include "host/scenario/document.hpp"
#include "host/scenario/problems.hpp"
#include "host/tune/labels.hpp"

namespace hedgestorm::tune {
namespace {

/// How the numbers are made or told, and histories, are not the world's inputs.
constexpr std::string_view left_out[] = {"schema", "simulation", "risk", "market.series"};

bool is_left_out(const std::string& key) {
    return std::find(std::begin(left_out), std::end(left_out), key) != std::end(left_out);
}

void collect(const scenario::Node& node, const std::string& key, std::vector<Input>& inputs) {
    if (is_left_out(key)) return;
    if (const auto* table = node.as<scenario::Table>()) {
        for (const auto& [name, child] : *table)
            collect(child, key.empty() ? name : key + "." + name, inputs);
    } else if (const auto* array = node.as<scenario::Array>()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            // A list of plain numbers is one input as a whole, and cannot be moved by a share.
            if ((*array)[i].as<scenario::Table>() != nullptr)
                collect((*array)[i], fmt::format("{}[{}]", key, i), inputs);
        }
    } else if (const auto* number = node.as<double>()) {
        if (*number != 0.0 && std::isfinite(*number)) inputs.push_back({key, *number, false});
    } else if (const auto* whole = node.as<std::int64_t>()) {
        if (*whole != 0) inputs.push_back({key, static_cast<double>(*whole), true});
    }
}

std::string moved(const Input& input, double factor) {
    const double to = input.value * factor;
    return fmt::format("{}={}", input.key, input.whole ? std::round(to) : to);
}

double swing(const Swept& swept, std::size_t input) {
    double most = 0.0;
    for (std::size_t point = 2 * input; point < 2 * input + 2; ++point) {
        for (std::size_t a = 0; a < swept.policies.size(); ++a) {
            const double difference = std::abs(swept.at(point, a, 0).difference.value);
            if (difference > most) most = difference;
        }
    }
    return most;
}

}  // namespace

std::vector<Input> inputs_of(const scenario::Scenario& scenario) {
    scenario::Problems problems;
    const auto source = std::make_shared<scenario::Source>();
    const scenario::Node document = scenario::parse(scenario.resolved_text, source, problems);
    problems.raise_if_any();
    std::vector<Input> inputs;
    collect(document, "", inputs);
    return inputs;
}

Tornado tornado(const Work& work, double share, Evaluator& evaluator) {
    Tornado result;
    result.share = share;
    const scenario::Scenario base = base_of(work);
    // The resolved text has every key, those that the file leaves to their defaults too.
    scenario::Scenario explicit_base = base;
    explicit_base.source_text = base.resolved_text;
    Work rest = work;
    rest.set.clear();
    std::vector<Overrides> points;
    std::vector<Input> inputs;
    for (const Input& input : inputs_of(base)) {
        // A whole number may be too small to move by the share.
        if (input.whole && std::round(input.value * (1.0 + share)) == input.value) continue;
        inputs.push_back(input);
        points.push_back({moved(input, 1.0 - share)});
        points.push_back({moved(input, 1.0 + share)});
    }
    result.swept = sweep(rest, explicit_base, points, evaluator);
    result.swept.base = base;
    result.order.resize(inputs.size());
    std::iota(result.order.begin(), result.order.end(), std::size_t{0});
    std::stable_sort(result.order.begin(), result.order.end(), [&](std::size_t a, std::size_t b) {
        return swing(result.swept, a) > swing(result.swept, b);
    });
    for (const std::size_t i : result.order) result.inputs.push_back(inputs[i]);
    return result;
}

result::Labelled labelled(const Tornado& tornado) {
    const Swept& swept = tornado.swept;
    result::Labelled file;
    file.kind = "tornado";
    label_run(swept.base, swept.paths, file);
    file.attributes["share"] = fmt::format("{}", tornado.share);
    std::vector<std::string> keys;
    std::vector<double> values;
    for (const Input& input : tornado.inputs) {
        keys.push_back(input.key);
        values.push_back(input.value);
    }
    file.dimensions.push_back({"input", keys, {}, {"key of a number of the scenario"}});
    file.dimensions.push_back(
        {"move", {"down", "up"}, {}, {"input times 1 - share, times 1 + share"}});
    label_figures(swept.policies, swept.statistics, file);
    file.arrays.push_back({"input_value", {"input"}, std::move(values), {"value as it stands"}});
    std::vector<double> base;
    for (const risk::Estimate& estimate : swept.of_base) append(estimate, base);
    file.arrays.push_back({"base",
                           {"policy", "figure", "statistic"},
                           std::move(base),
                           {"figures of the scenario as it stands"}});
    std::vector<double> differences;
    std::string refusals;
    for (std::size_t i = 0; i < tornado.inputs.size(); ++i) {
        for (std::size_t point = 2 * tornado.order[i]; point < 2 * tornado.order[i] + 2; ++point) {
            for (std::size_t a = 0; a < swept.policies.size(); ++a) {
                for (std::size_t s = 0; s < swept.statistics.size(); ++s)
                    append(swept.at(point, a, s).difference, differences);
            }
            if (!swept.refusals[point].empty())
                refusals += fmt::format("{} {}: {}\n", tornado.inputs[i].key,
                                        point % 2 == 0 ? "down" : "up", swept.refusals[point]);
        }
    }
    file.arrays.push_back({"difference",
                           {"input", "move", "policy", "figure", "statistic"},
                           std::move(differences),
                           {"figures less those of the scenario as it stands, on the same paths"}});
    if (!refusals.empty()) file.texts["refusals"] = refusals;
    return file;
}

}  // namespace hedgestorm::tune
