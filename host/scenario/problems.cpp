// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t shown_at_most = 100;
constexpr std::size_t kept_at_most = 10'000;  // a file of garbage must not fill the memory

}  // namespace

void Problems::add(const Place& place, std::string key, std::string message, std::string hint) {
    ++count_;
    if (kept_.size() >= kept_at_most) return;
    kept_.push_back({place.source ? place.source->name : std::string(), place.line, place.column,
                     std::move(key), std::move(message), std::move(hint)});
}

void Problems::raise_if_any() const {
    if (empty()) return;
    std::map<std::string, std::size_t> file_order;
    for (const Problem& problem : kept_) file_order.try_emplace(problem.file, file_order.size());
    std::vector<Problem> sorted = kept_;
    std::stable_sort(sorted.begin(), sorted.end(), [&](const Problem& a, const Problem& b) {
        return std::make_tuple(file_order.at(a.file), a.line, a.column) <
               std::make_tuple(file_order.at(b.file), b.line, b.column);
    });
    if (sorted.size() > shown_at_most) sorted.resize(shown_at_most);
    if (count_ > sorted.size()) {
        Problem rest;
        rest.file = sorted.front().file;
        rest.message = fmt::format("and {} more problems", count_ - sorted.size());
        rest.hint = "correct these first";
        sorted.push_back(rest);
    }
    throw ScenarioError(std::move(sorted));
}

}  // namespace hedgestorm::scenario
