// SPDX-License-Identifier: Apache-2.0

// The reader's keys that take lists.

#include <fmt/format.h>

#include <algorithm>

#include "host/scenario/nearest.hpp"
#include "host/scenario/reader.hpp"
#include "host/scenario/scalar.hpp"

namespace hedgestorm::scenario {

namespace {

/// What may stand where `name` does: the nearest name, or all of them where none is near.
std::string name_hint(const std::string* name, std::span<const std::string> known) {
    const std::string meant =
        name == nullptr ? "" : did_you_mean(*name, {known.begin(), known.end()});
    return meant.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : meant;
}

}  // namespace

void Reader::numbers(std::string_view key, Field<std::vector<double>>& field, const Range& range,
                     std::size_t most, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    const Array* items = node->as<Array>();
    if (items == nullptr || items->size() > most) {
        problems_.add(
            node->place, path_of(key),
            items == nullptr
                ? fmt::format("is {}, must be a list of numbers", shown(*node))
                : fmt::format("holds {} numbers, at most {} are taken", items->size(), most));
        return;
    }
    std::vector<double> values;
    for (std::size_t i = 0; i < items->size(); ++i)
        if (const auto x = as_number((*items)[i], fmt::format("{}[{}]", path_of(key), i), range))
            values.push_back(*x);
    if (values.size() == items->size()) field.value = values;
}

void Reader::knots(std::string_view key, Field<std::vector<Knot>>& field, const Range& at,
                   const Range& value, std::size_t most, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    const Array* items = node->as<Array>();
    if (items == nullptr || items->empty() || items->size() > most) {
        problems_.add(node->place, path_of(key),
                      items == nullptr
                          ? fmt::format("is {}, must be a list of pairs", shown(*node))
                          : fmt::format("holds {} pairs, 1 to {} are taken", items->size(), most),
                      "write [[0, 1.0], [6, 0.9]]");
        return;
    }
    std::vector<Knot> knots;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const Node& item = (*items)[i];
        const std::string path = fmt::format("{}[{}]", path_of(key), i);
        const Array* pair = item.as<Array>();
        if (pair == nullptr || pair->size() != 2) {
            problems_.add(item.place, path,
                          fmt::format("is {}, must be a pair of numbers", shown(item)));
            continue;
        }
        const auto time = as_number((*pair)[0], path + "[0]", at);
        const auto there = as_number((*pair)[1], path + "[1]", value);
        if (!time || !there) continue;
        if (!knots.empty() && !(knots.back().at < *time))
            problems_.add((*pair)[0].place, path + "[0]",
                          fmt::format("is {}, not above {} before it", *time, knots.back().at),
                          "times must ascend");
        knots.push_back({*time, *there});
    }
    if (knots.size() == items->size()) field.value = knots;
}

void Reader::texts(std::string_view key, Field<std::vector<std::string>>& field,
                   std::span<const std::string> known, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    const Array* items = node->as<Array>();
    if (items == nullptr) {
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be a list of names", shown(*node)));
        return;
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const Node& item = (*items)[i];
        const std::string path = fmt::format("{}[{}]", path_of(key), i);
        const std::string* name = text_in(item);
        const bool is_known =
            known.empty() ||
            (name != nullptr && std::find(known.begin(), known.end(), *name) != known.end());
        if (name == nullptr || !is_known)
            problems_.add(item.place, path, fmt::format("{} is not known", shown(item)),
                          name_hint(name, known));
        else if (std::find(values.begin(), values.end(), *name) != values.end())
            problems_.add(item.place, path, fmt::format("{} is listed twice", shown(item)));
        else
            values.push_back(*name);
    }
    if (values.size() == items->size()) field.value = values;
}

}  // namespace hedgestorm::scenario
