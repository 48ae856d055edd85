// SPDX-License-Identifier: Apache-2.0
#pragma once

// Heston's model by moments of realised variance: its variance is not seen, so that a likelihood
// would be an integral over all its paths.
//
// Sums of squared returns over blocks of time stand for the integrated variance. Their mean, their
// autocovariances and their covariances with returns have closed forms in kappa, theta, xi and rho
// (O. Barndorff-Nielsen, N. Shephard, J. Royal Stat. Soc. B 64, 2002; T. Bollerslev, H. Zhou, J.
// Econometrics 109, 2002), and what sampling adds to a sum of squares is in none of those used.

#include <vector>

#include "host/fit/fit.hpp"

namespace hedgestorm::fit {

/// theta is a variance per year, kappa per year, as in [market.heston].
struct HestonParameters {
    double kappa, theta, xi, rho;
};

/// Moments of blocks of a length, made of so many returns each.
struct HestonMoments {
    double block;    ///< [years]
    double returns;  ///< a block
    double blocks;   ///< in the history: sample covariances are taken about sample means

    double mean(const HestonParameters& p) const;
    /// Of the realised variances of two blocks, `lag` >= 1 blocks apart.
    double autocovariance(const HestonParameters& p, double lag) const;
    /// Of a block's return and the realised variance of the block `lag` >= 0 later.
    double leverage(const HestonParameters& p, double lag) const;
};

/// Two-step: the parameters that bring the moments nearest to the sample's, each weighed by its
/// variance; errors by Hansen's formula with Newey and West's covariance of the moments.
Fit fit_heston(const Returns& returns);

}  // namespace hedgestorm::fit
