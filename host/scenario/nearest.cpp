// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_considered = 64;

// Optimal string alignment distance: Levenshtein's with swaps of neighbours counted once.
std::size_t edits(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> cost((a.size() + 1) * width);
    const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
        return cost[i * width + j];
    };
    for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
    for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
        }
    return at(a.size(), b.size());
}

}  // namespace

std::string nearest(std::string_view typed, const std::vector<std::string>& candidates) {
    if (typed.empty() || typed.size() > longest_considered) return {};
    std::string best;
    std::size_t fewest = std::max<std::size_t>(2, typed.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest_considered) continue;
        const std::size_t n = edits(typed, candidate);
        if (2 * n > std::max(typed.size(), candidate.size())) continue;  // too little in common
        if (n < fewest) {
            fewest = n;
            best = candidate;
        }
    }
    if (!best.empty()) return best;
    for (const std::string& candidate : candidates)  // "vol" for "volatility"
        if (typed.size() >= 3 && candidate.size() <= longest_considered &&
            (candidate.find(typed) != std::string::npos ||
             typed.find(candidate) != std::string_view::npos))
            return candidate;
    return {};
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates) {
    const std::string near = nearest(typed, candidates);
    return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
}

}  // namespace hedgestorm::scenario
