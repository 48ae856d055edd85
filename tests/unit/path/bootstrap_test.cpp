// SPDX-License-Identifier: Apache-2.0
//
// The stationary bootstrap on rows that are their own numbers, so that a move tells which row it
// came from. Fixed seed; within 4 standard errors.

#include "kernels/path/market/bootstrap.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/lanes/scalar.hpp"
#include "kernels/math/philox.hpp"

namespace hedgestorm::path {
namespace {

using Drawn = Bootstrap<double, math::Philox<std::uint32_t>>;

constexpr std::uint32_t rows = 50;
constexpr std::uint32_t intervals = 400;
constexpr std::uint32_t paths = 500;

/// Rows drawn by one path, with blocks of so many returns on average.
class RowsOfPaths {
  public:
    explicit RowsOfPaths(double mean_block) : row_(rows), bootstrap_(intervals), step_(intervals) {
        std::iota(row_.begin(), row_.end(), 0.0);
        for (std::uint32_t i = 0; i < intervals; ++i) {
            bootstrap_[i] = {i == 0 ? 1.0 : 1.0 / mean_block, 1.0, 0.0};
            step_[i].draw = i;
        }
        volatility_.resize(intervals);
        params_.market.series.row = {row_.data(), rows};
        params_.market.series.bootstrap = {bootstrap_.data(), intervals};
        params_.market.volatility = {volatility_.data(), intervals};
        params_.step = {step_.data(), intervals};
    }
    std::vector<std::uint32_t> drawn(std::uint32_t path) const {
        Drawn bootstrap(5, path, 0);
        std::vector<std::uint32_t> out;
        MarketBlock<double, 8> block{};
        for (std::uint32_t first = 0; first < intervals; first += 8) {
            bootstrap.move(params_, first, 8u, block);
            for (const double move : block.move) out.push_back(static_cast<std::uint32_t>(move));
        }
        return out;
    }

  private:
    std::vector<double> row_;
    std::vector<BootstrapStep<double>> bootstrap_;
    std::vector<StepParams<double>> step_;
    std::vector<double> volatility_;
    PathParams<double> params_{};
};

TEST(Bootstrap, EveryRowIsAsLikely) {
    const RowsOfPaths source(1.0);  // blocks of one: independent draws
    std::vector<double> counts(rows);
    for (std::uint32_t path = 0; path < paths; ++path)
        for (const std::uint32_t row : source.drawn(path)) ++counts.at(row);
    const double expected = double(paths) * intervals / rows;
    double chi_square = 0.0;
    for (const double n : counts) chi_square += (n - expected) * (n - expected) / expected;
    // 49 degrees of freedom: mean 49, sd sqrt(98).
    EXPECT_NEAR(chi_square, rows - 1.0, 4.0 * std::sqrt(2.0 * (rows - 1)));
}

TEST(Bootstrap, BlocksHaveTheirMeanLengthAndRunRoundTheEnd) {
    const double mean_block = 8.0;
    const RowsOfPaths source(mean_block);
    double breaks = 0.0;
    double round_the_end = 0.0;
    for (std::uint32_t path = 0; path < paths; ++path) {
        const auto drawn = source.drawn(path);
        for (std::size_t i = 1; i < drawn.size(); ++i) {
            if (drawn[i] != (drawn[i - 1] + 1) % rows) ++breaks;
            if (drawn[i - 1] == rows - 1 && drawn[i] == 0) ++round_the_end;
        }
    }
    // A new start is the next row by chance once in `rows`, and then no break.
    const double p = (1.0 - 1.0 / rows) / mean_block;
    const double n = double(paths) * (intervals - 1);
    EXPECT_NEAR(breaks / n, p, 4.0 * std::sqrt(p * (1.0 - p) / n));
    EXPECT_GT(round_the_end, 0.0);
}

TEST(Bootstrap, AStepThatDrawsNothingGoesOnWithTheReturnBefore) {
    std::vector<double> row = {3.0, 5.0, 7.0};
    std::vector<BootstrapStep<double>> steps = {
        {1.0, 0.25, 0.0}, {0.0, 0.75, 0.5}, {0.0, 0.0, 0.0}, {1e-9, 1.0, 0.0}};
    std::vector<StepParams<double>> step(4);
    for (std::uint32_t i = 0; i < 4; ++i) step[i].draw = i / 2;
    std::vector<double> volatility(4, 0.5);
    PathParams<double> params{};
    params.market.series.row = {row.data(), 3};
    params.market.series.bootstrap = {steps.data(), 4};
    params.market.volatility = {volatility.data(), 4};
    params.step = {step.data(), 4};
    for (std::uint32_t path = 0; path < 20; ++path) {
        Drawn bootstrap(5, path, 0);
        MarketBlock<double, 8> block{};
        bootstrap.move(params, 0, 4u, block);
        const double first = 4.0 * block.move[0];
        EXPECT_EQ(block.move[1], 0.75 * first + 0.5);
        EXPECT_EQ(block.move[2], 0.0);
        EXPECT_EQ(block.move[3], first == 7.0 ? 3.0 : first + 2.0);
        EXPECT_EQ(block.volatility[3], 0.5);
    }
}

}  // namespace
}  // namespace hedgestorm::path
