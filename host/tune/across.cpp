// SPDX-License-Identifier: Apache-2.0

#include "host/tune/across.hpp"

#include <algorithm>
#include <numeric>

namespace hedgestorm::tune {
namespace {

Figure weighted_mean(const std::vector<Figure>& figures, const std::vector<double>& weights) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    Figure sum;
    for (std::size_t s = 0; s < figures.size(); ++s) sum += figures[s] * (weights[s] / total);
    return sum;
}

Figure largest(const std::vector<Figure>& figures) {
    return *std::max_element(figures.begin(), figures.end(),
                             [](const Figure& a, const Figure& b) { return a.value < b.value; });
}

}  // namespace

std::vector<Figure> across_scenarios(const std::vector<std::vector<Figure>>& figures,
                                     const std::vector<double>& weights, Across across) {
    std::vector<Figure> all;
    std::vector<Figure> best;
    if (across == Across::regret) {
        for (std::size_t s = 0; s < weights.size(); ++s) {
            best.push_back((*std::min_element(
                figures.begin(), figures.end(),
                [s](const auto& a, const auto& b) { return a[s].value < b[s].value; }))[s]);
        }
    }
    for (const std::vector<Figure>& of_candidate : figures) {
        if (across == Across::weighted) {
            all.push_back(weighted_mean(of_candidate, weights));
        } else if (across == Across::worst) {
            all.push_back(largest(of_candidate));
        } else {
            std::vector<Figure> regret;
            for (std::size_t s = 0; s < weights.size(); ++s)
                regret.push_back(of_candidate[s] - best[s]);
            all.push_back(largest(regret));
        }
    }
    return all;
}

}  // namespace hedgestorm::tune
