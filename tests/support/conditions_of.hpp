// SPDX-License-Identifier: Apache-2.0
#pragma once

// The market's conditions along one path, from the engines' own path code.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"
#include "kernels/path/market.hpp"

namespace hedgestorm::test {

/// At the end of every step, in doubles, taken in blocks of so many steps.
template <int block = 8>
std::vector<path::Conditions<double>> conditions_of(const plan::Plan& plan, std::uint32_t path) {
    const PathParams<double>& params = *plan.view().reference;
    using Random = math::Philox<std::uint32_t>;
    path::Market<double, Random, path::Markets::any> model(params, path, 0);
    std::vector<path::Conditions<double>> at(params.steps);
    path::MarketBlock<double, block> market{};
    for (std::uint32_t first = 0; first < params.steps; first += block) {
        const auto count = std::min<std::uint32_t>(block, params.steps - first);
        const path::WatchConditions<double> keep{at.data() + first};
        model.advance(params, first, count, market, keep);
    }
    return at;
}

}  // namespace hedgestorm::test
