// SPDX-License-Identifier: Apache-2.0
#pragma once

// Realised variances of blocks of returns, and the moments of a history that Heston's model is
// fitted to: the mean of the variances, their autocovariances, and their covariances with returns.

#include <Eigen/Dense>
#include <cstddef>
#include <optional>
#include <vector>

#include "host/fit/returns.hpp"

namespace hedgestorm::fit {

/// Lags, in blocks, that are matched: what decays at the rate kappa is seen over three weeks of
/// days.
inline constexpr int variance_lags[] = {1, 2, 3, 5, 8, 13, 21};
inline constexpr int leverage_lags[] = {0, 1, 2, 3, 5};
inline constexpr std::size_t fewest_blocks = 200;

/// A block's return and realised variance, about the mean return.
struct Block {
    double sum = 0.0;
    double variance = 0.0;
};

/// Returns a block: those of a day, fewer where the history is short, and ten where a day holds
/// few.
std::size_t returns_a_block(const Returns& returns);

/// Blocks in time; nothing stands for one in which a return is missing.
std::vector<std::optional<Block>> blocks_of(const Returns& returns, std::size_t length);

/// The sample's moments, and the covariance of each with each.
struct BlockMoments {
    Eigen::VectorXd moments;
    Eigen::MatrixXd covariance;  ///< of these moments, as they are estimated
};

/// In the order of variance_lags and leverage_lags, after the mean.
BlockMoments moments_of(const std::vector<std::optional<Block>>& blocks);

}  // namespace hedgestorm::fit
