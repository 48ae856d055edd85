// SPDX-License-Identifier: Apache-2.0

#include "host/tune/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace hedgestorm::tune {
namespace {

constexpr std::size_t bootstrap_samples = 500;
constexpr std::uint32_t bootstrap_seed = 20240229;

/// How often each batch is drawn.
using Weights = std::array<int, risk::batches>;

std::vector<Weights> bootstrap_weights() {
    std::mt19937 bits(bootstrap_seed);
    std::vector<Weights> samples(bootstrap_samples);
    for (Weights& weights : samples) {
        weights.fill(0);
        for (int i = 0; i < risk::batches; ++i) ++weights[bits() % risk::batches];
    }
    return samples;
}

double mean_of(const Figure& figure, const Weights& weights) {
    double sum = 0.0;
    for (std::size_t b = 0; b < weights.size(); ++b) sum += figure.batch[b] * weights[b];
    return sum / risk::batches;
}

bool dominates(const std::vector<double>& a, const std::vector<double>& b) {
    bool better = false;
    for (std::size_t k = 0; k < a.size(); ++k) {
        if (a[k] > b[k]) return false;
        better = better || a[k] < b[k];
    }
    return better;
}

double two_sided(const Figure& difference) {
    const double se = standard_error(difference);
    if (se > 0.0) return 2.0 * student_upper(std::abs(difference.value) / se);
    return difference.value == 0.0 ? 1.0 : 0.0;
}

}  // namespace

std::vector<double> holm(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double so_far = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double factor = static_cast<double>(order.size() - rank);
        so_far = std::max(so_far, std::min(1.0, factor * p[order[rank]]));
        adjusted[order[rank]] = so_far;
    }
    return adjusted;
}

std::vector<Against> against_best(const std::vector<Figure>& figures, std::size_t best) {
    std::vector<Against> all(figures.size());
    std::vector<double> p;
    for (std::size_t c = 0; c < figures.size(); ++c) {
        const Figure difference = figures[c] - figures[best];
        all[c].difference = estimate(difference);
        if (c != best) p.push_back(two_sided(difference));
    }
    const std::vector<double> adjusted = holm(p);
    std::size_t next = 0;
    for (std::size_t c = 0; c < figures.size(); ++c) all[c].p = c == best ? 1.0 : adjusted[next++];
    return all;
}

std::vector<std::size_t> front_of(const std::vector<std::vector<double>>& values,
                                  const std::vector<std::size_t>& eligible) {
    // Whoever beats another comes before it here, and is beaten in turn by nobody or by a member.
    std::vector<std::size_t> order = eligible;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<std::size_t> front;
    for (const std::size_t c : order) {
        const bool beaten = std::any_of(front.begin(), front.end(), [&](std::size_t member) {
            return dominates(values[member], values[c]);
        });
        if (!beaten) front.push_back(c);
    }
    return front;
}

std::vector<double> probability_on_front(const std::vector<std::vector<Figure>>& figures,
                                         const std::vector<std::size_t>& eligible,
                                         const std::vector<std::size_t>& front) {
    std::vector<double> share(front.size(), 0.0);
    std::vector<std::vector<double>> resampled(figures.size());
    for (const Weights& weights : bootstrap_weights()) {
        for (const std::size_t c : eligible) {
            resampled[c].clear();
            for (const Figure& figure : figures[c])
                resampled[c].push_back(mean_of(figure, weights));
        }
        for (std::size_t i = 0; i < front.size(); ++i) {
            const bool beaten =
                std::any_of(eligible.begin(), eligible.end(), [&](std::size_t other) {
                    return dominates(resampled[other], resampled[front[i]]);
                });
            if (!beaten) share[i] += 1.0 / bootstrap_samples;
        }
    }
    return share;
}

std::vector<Figure> scalarised(const std::vector<std::vector<Figure>>& figures,
                               const std::vector<std::size_t>& front) {
    std::vector<Figure> sums(figures.size());
    const std::size_t objectives = figures.empty() ? 0 : figures.front().size();
    for (std::size_t k = 0; k < objectives; ++k) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const std::size_t c : front) {
            low = std::min(low, figures[c][k].value);
            high = std::max(high, figures[c][k].value);
        }
        const double scale = objectives > 1 && high > low ? 1.0 / (high - low) : 1.0;
        for (std::size_t c = 0; c < figures.size(); ++c) {
            Figure one = figures[c][k];
            if (objectives > 1) {
                one.value -= low;
                for (double& b : one.batch) b -= low;
            }
            sums[c] += one * scale;
        }
    }
    return sums;
}

}  // namespace hedgestorm::tune
