// SPDX-License-Identifier: Apache-2.0

#include "host/plan/student_mixing.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace hedgestorm::plan {
namespace {

/// Nodes of the fit; far more than the coefficients that are kept.
constexpr std::size_t nodes = 96;

/// Coefficients below this are left out.
constexpr double small = 1e-10;

}  // namespace

double log2_mixing(double degrees_of_freedom, double normal) {
    const double half = 0.5 * degrees_of_freedom;
    const double tail = 0.5 * std::erfc(std::abs(normal) / std::numbers::sqrt2);
    // Chi-squared grows with the normal: from whichever tail is the smaller.
    const double half_chi_squared =
        normal < 0.0 ? boost::math::gamma_p_inv(half, tail) : boost::math::gamma_q_inv(half, tail);
    return 0.5 * std::log2((half - 1.0) / half_chi_squared);
}

std::vector<double> mixing_coefficients(double degrees_of_freedom) {
    std::vector<double> at(nodes);
    const double step = std::numbers::pi / nodes;
    for (std::size_t j = 0; j < nodes; ++j) {
        const double x = std::cos(step * (static_cast<double>(j) + 0.5));
        at[j] = log2_mixing(degrees_of_freedom, mixing_reach * x);
    }
    // Interpolation at Chebyshev's points (Trefethen, Approximation Theory and Approximation
    // Practice, 2013, ch. 3).
    std::vector<double> coefficients(nodes);
    for (std::size_t k = 0; k < nodes; ++k) {
        double sum = 0.0;
        for (std::size_t j = 0; j < nodes; ++j)
            sum += at[j] * std::cos(step * static_cast<double>(k) * (static_cast<double>(j) + 0.5));
        coefficients[k] = sum * (k == 0 ? 1.0 : 2.0) / nodes;
    }
    while (coefficients.size() > 1 && std::abs(coefficients.back()) < small)
        coefficients.pop_back();
    return coefficients;
}

}  // namespace hedgestorm::plan
