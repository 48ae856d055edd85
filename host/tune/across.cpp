// SPDX-License-Identifier: Apache-2.0

#include "host/tune/across.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hedgestorm::tune {
namespace {

Figure weighted_mean(const std::vector<Figure>& figures, const std::vector<double>& weights) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    Figure sum;
    for (std::size_t s = 0; s < figures.size(); ++s) sum += figures[s] * (weights[s] / total);
    return sum;
}

/// The first that is missing, or the largest.
Figure largest(const std::vector<Figure>& figures) {
    return *std::max_element(figures.begin(), figures.end(), [](const Figure& a, const Figure& b) {
        if (std::isnan(a.value)) return false;
        return std::isnan(b.value) || a.value < b.value;
    });
}

}  // namespace

std::vector<Figure> least_by_scenario(const std::vector<std::vector<Figure>>& figures) {
    std::vector<Figure> least = figures.front();
    for (const std::vector<Figure>& of_candidate : figures) {
        for (std::size_t s = 0; s < least.size(); ++s) {
            if (std::isnan(least[s].value) || of_candidate[s].value < least[s].value)
                least[s] = of_candidate[s];
        }
    }
    return least;
}

Figure across_scenarios(const std::vector<Figure>& figures, const std::vector<double>& weights,
                        Across across, const std::vector<Figure>& least) {
    if (across == Across::weighted) return weighted_mean(figures, weights);
    if (across == Across::worst) return largest(figures);
    std::vector<Figure> regret;
    for (std::size_t s = 0; s < figures.size(); ++s) regret.push_back(figures[s] - least[s]);
    return largest(regret);
}

}  // namespace hedgestorm::tune
