// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a fit leaves unexplained. Under the model the probability integral transforms of the
// returns, each given those before it, are independent and uniform (Rosenblatt, Ann. Math. Statist.
// 23, 1952; Diebold, Gunther, Tay, Int. Economic Review 39, 1998).

#include <cstddef>
#include <vector>

namespace hedgestorm::fit {

/// A statistic and the probability of one as large by chance.
struct Significance {
    double statistic = 0.0;
    double p = 0.0;
};

/// Kolmogorov and Smirnov's largest distance of the distribution of `uniforms` from the uniform
/// one. p by Kolmogorov's limit with Stephens' correction (J. Royal Stat. Soc. B 32, 1970), exact
/// to 0.001 or so for given parameters; for estimated ones it is too large.
Significance kolmogorov_smirnov(std::vector<double> uniforms);

/// Lags at which squares are held against themselves.
inline constexpr std::size_t square_lags = 20;

/// Ljung and Box's statistic (Biometrika 65, 1978) of the squares of the normal scores of
/// `uniforms`: large where volatility comes in clusters that the model does not know. Order is that
/// of time.
Significance clustering(const std::vector<double>& uniforms);

}  // namespace hedgestorm::fit
