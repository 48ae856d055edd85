// SPDX-License-Identifier: Apache-2.0

#include "host/tune/steadiness.hpp"

#include <algorithm>

#include "host/tune/compare.hpp"

namespace hedgestorm::tune {
namespace {

constexpr int looks_in_a_row = 2;

}  // namespace

bool Steadiness::look(const Ranking& ranking) {
    const auto& eligible = ranking.eligible;
    if (eligible.empty()) {
        *this = {};
        return false;
    }
    const std::size_t now = ranking.best();
    const bool was_there =
        best_ && std::find(eligible.begin(), eligible.end(), *best_) != eligible.end();
    const bool is_still =
        was_there && !against_best({ranking.sum[now], ranking.sum[*best_]}, 0)[1].is_worse();
    still_ = is_still ? still_ + 1 : 0;
    best_ = now;
    return still_ >= looks_in_a_row;
}

}  // namespace hedgestorm::tune
