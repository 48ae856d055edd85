// SPDX-License-Identifier: Apache-2.0
#pragma once

// What makes a standard normal a Student t of unit variance: the factor
// M = sqrt((nu - 2) / chi-squared_nu), as a smooth function of one normal that is drawn for it.

#include <vector>

namespace hedgestorm::plan {

/// Beyond any normal that is drawn.
inline constexpr double mixing_reach = 6.75;

/// log2 M at the quantile of a standard normal.
double log2_mixing(double degrees_of_freedom, double normal);

/// Chebyshev coefficients of log2 M over [-mixing_reach, mixing_reach], to 1e-9 or better for
/// degrees of freedom from 2 to 1000.
std::vector<double> mixing_coefficients(double degrees_of_freedom);

}  // namespace hedgestorm::plan
