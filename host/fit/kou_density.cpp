// SPDX-License-Identifier: Apache-2.0
#include "host/fit/kou_density.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "host/fit/normal.hpp"
#include "host/fit/poisson.hpp"

namespace hedgestorm::fit {

namespace {

/// Weights of gamma shapes of a sum of jumps: shape k up at up[k - 1], down at down[k - 1].
struct Shapes {
    std::vector<double> up, down;
};

/// Adds one jump to a sum. A jump that opposes a gamma of shape k, k exponential phases, uses them
/// up one after the other; in each it ends first with probability rate / (sum of rates).
Shapes with_one_more(const Shapes& shapes, const KouJumps& jumps) {
    const std::size_t n = shapes.up.size();
    Shapes next = {std::vector<double>(n + 1, 0.0), std::vector<double>(n + 1, 0.0)};
    const double p = jumps.up_probability;
    const double down_ends_first = jumps.eta2 / (jumps.eta1 + jumps.eta2);
    const auto oppose = [n](const std::vector<double>& from, double weight, double ends_first,
                            std::vector<double>& same, std::vector<double>& other) {
        for (std::size_t k = n; k >= 1; --k) {
            double reaches = weight * from[k - 1];
            for (std::size_t j = k; j >= 1; --j) {
                same[j - 1] += reaches * ends_first;
                reaches *= 1.0 - ends_first;
            }
            other[0] += reaches;
        }
    };
    oppose(shapes.up, 1.0 - p, down_ends_first, next.up, next.down);
    oppose(shapes.down, p, 1.0 - down_ends_first, next.down, next.up);
    for (std::size_t k = 0; k < n; ++k) {
        next.up[k + 1] += p * shapes.up[k];
        next.down[k + 1] += (1.0 - p) * shapes.down[k];
    }
    return next;
}

void add(std::vector<double>& to, const std::vector<double>& what, double weight) {
    to.resize(std::max(to.size(), what.size()), 0.0);
    for (std::size_t i = 0; i < what.size(); ++i) to[i] += weight * what[i];
}

/// Where Hh functions are computed backwards. Forward recurrence loses a factor of about
/// e^(2 z sqrt(2 k)) by shape k, up to here less than the weight of that shape has lost.
constexpr double backward_from = 2.0;

}  // namespace

KouDensity::KouDensity(double mean, double sd, const KouJumps& jumps) : mean_(mean), sd_(sd) {
    const JumpCounts counts(jumps.mean_count);
    no_jump_ = counts[0];
    up_.rate = jumps.eta1;
    down_.rate = jumps.eta2;
    Shapes shapes = {{jumps.up_probability}, {1.0 - jumps.up_probability}};
    for (std::size_t n = 1; n < counts.size(); ++n) {
        add(up_.weights, shapes.up, counts[n]);
        add(down_.weights, shapes.down, counts[n]);
        if (n + 1 < counts.size()) shapes = with_one_more(shapes, jumps);
    }
}

/// Hands over the weight and the density at y of each shape k: eta^k s^(k-1) / sqrt(2 pi)
/// e^((eta s)^2/2 - eta y) Hh_(k-1)(z), z = eta s - y/s, where Hh_-1 = e^(-z^2/2) and
/// k Hh_k = Hh_(k-2) - z Hh_(k-1). For z > 0 the Hh are the falling solution of that, which a
/// continued fraction for their ratios finds (Gautschi, SIAM Review 9, 1967).
template <class Take>
void KouDensity::each_shape(const Side& side, double y, const Take& take) const {
    const std::size_t n = side.weights.size();
    const double scale = side.rate * sd_;
    const double z = scale - y / sd_;
    if (z <= backward_from) {
        double factor = side.rate * inv_sqrt_2pi * std::exp(scale * (0.5 * scale - y / sd_));
        double before = std::exp(-0.5 * z * z);
        double hh = 0.5 * std::erfc(z / std::numbers::sqrt2) / inv_sqrt_2pi;
        for (std::size_t k = 1; k <= n; ++k) {
            take(side.weights[k - 1], factor * hh);
            factor *= scale;
            before = std::exchange(hh, (before - z * hh) / static_cast<double>(k));
        }
        return;
    }
    // Terms of the fraction until it has converged to 1e-13: its error falls as e^(-2 z sqrt(2 n)).
    double ratios[64];
    const auto first = static_cast<std::size_t>(112.0 / (z * z)) + n + 4;
    double ratio = 0.0;
    for (std::size_t k = first + 1; k-- > 0;) {
        ratio = 1.0 / (z + static_cast<double>(k + 1) * ratio);
        if (k < n) ratios[k] = ratio;
    }
    double density = inv_sqrt_2pi / sd_ * std::exp(-0.5 * y * y / (sd_ * sd_));
    for (std::size_t k = 1; k <= n; ++k) {
        density *= scale * ratios[k - 1];
        take(side.weights[k - 1], density);
    }
}

double KouDensity::density(double x) const {
    const double y = x - mean_;
    double sum = no_jump_ * normal_density(y, 0.0, sd_);
    const auto add_density = [&sum](double weight, double density) { sum += weight * density; };
    each_shape(up_, y, add_density);
    each_shape(down_, -y, add_density);
    return sum;
}

/// P(gamma_k + normal <= y) = P(gamma_(k-1) + normal <= y) - density_k(y) / eta.
double KouDensity::cumulative(double x) const {
    const double y = x - mean_;
    double sum = no_jump_ * normal_cumulative(y / sd_);
    double below = normal_cumulative(y / sd_);
    each_shape(up_, y, [&](double weight, double density) {
        below -= density / up_.rate;
        sum += weight * below;
    });
    below = normal_cumulative(-y / sd_);
    each_shape(down_, -y, [&](double weight, double density) {
        below -= density / down_.rate;
        sum += weight * (1.0 - below);
    });
    return sum;
}

}  // namespace hedgestorm::fit
