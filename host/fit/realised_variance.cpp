// SPDX-License-Identifier: Apache-2.0
#include "host/fit/realised_variance.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace hedgestorm::fit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Bartlett's weights on lags that reach beyond the products' own overlap.
Eigen::MatrixXd long_run_covariance(const Eigen::MatrixXd& u) {
    const auto n = u.rows();
    Eigen::MatrixXd sum = u.transpose() * u;
    const auto lags = std::min<Eigen::Index>(
        n / 4, variance_lags[std::size(variance_lags) - 1] +
                   static_cast<Eigen::Index>(1.2 * std::cbrt(static_cast<double>(n))));
    for (Eigen::Index lag = 1; lag <= lags; ++lag) {
        const double weight = 1.0 - static_cast<double>(lag) / static_cast<double>(lags + 1);
        const Eigen::MatrixXd cross = u.bottomRows(n - lag).transpose() * u.topRows(n - lag);
        sum += weight * (cross + cross.transpose());
    }
    return sum;
}

}  // namespace

std::size_t returns_a_block(const Returns& returns) {
    constexpr std::size_t least = 8;  // below, a sum of squares says little about the variance
    const auto a_day = static_cast<std::size_t>(std::round(24.0 / returns.spacing_hours));
    if (a_day < least) return 10;
    return std::clamp(4 * returns.size() / (5 * fewest_blocks), least, a_day);
}

std::vector<std::optional<Block>> blocks_of(const Returns& returns, std::size_t length) {
    std::vector<std::optional<Block>> blocks;
    std::size_t position = 0;  // in rows, from the first return on
    Block block;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < returns.size(); ++i) {
        if (i > 0) position += returns.unseen[i];
        if (position % length == 0 || returns.unseen[i] > 0) {
            block = {};
            filled = 0;
        }
        const double r = returns.values[i] - returns.mean;
        block.sum += r;
        block.variance += r * r;
        ++filled;
        blocks.resize(position / length + 1);
        if (filled == length && position % length == length - 1) blocks.back() = block;
        ++position;
    }
    if (!blocks.empty() && !blocks.back()) blocks.pop_back();
    return blocks;
}

BlockMoments moments_of(const std::vector<std::optional<Block>>& blocks) {
    double mean = 0.0;
    double mean_sum = 0.0;
    double count = 0.0;
    for (const auto& block : blocks)
        if (block) {
            mean += block->variance;
            mean_sum += block->sum;
            count += 1.0;
        }
    mean /= count;
    mean_sum /= count;
    const std::size_t k = 1 + std::size(variance_lags) + std::size(leverage_lags);
    Eigen::MatrixXd products = Eigen::MatrixXd::Constant(static_cast<Eigen::Index>(blocks.size()),
                                                         static_cast<Eigen::Index>(k), nan);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!blocks[i]) continue;
        const auto row = static_cast<Eigen::Index>(i);
        Eigen::Index column = 0;
        products(row, column++) = blocks[i]->variance;
        const auto later = [&](int lag) -> const Block* {
            const std::size_t at = i + static_cast<std::size_t>(lag);
            return at < blocks.size() && blocks[at] ? &*blocks[at] : nullptr;
        };
        for (const int lag : variance_lags) {
            if (const Block* other = later(lag))
                products(row, column) = (blocks[i]->variance - mean) * (other->variance - mean);
            ++column;
        }
        for (const int lag : leverage_lags) {
            if (const Block* other = later(lag))
                products(row, column) = (blocks[i]->sum - mean_sum) * (other->variance - mean);
            ++column;
        }
    }
    BlockMoments sample;
    sample.moments.resize(products.cols());
    for (Eigen::Index c = 0; c < products.cols(); ++c) {
        double sum = 0.0;
        double there = 0.0;
        for (Eigen::Index r = 0; r < products.rows(); ++r)
            if (!std::isnan(products(r, c))) {
                sum += products(r, c);
                there += 1.0;
            }
        const double moment = sample.moments(c) = sum / there;
        for (Eigen::Index r = 0; r < products.rows(); ++r)
            products(r, c) = std::isnan(products(r, c)) ? 0.0 : (products(r, c) - moment) / there;
    }
    sample.covariance = long_run_covariance(products);
    return sample;
}

}  // namespace hedgestorm::fit
