// SPDX-License-Identifier: Apache-2.0
#pragma once

// Returns of a series, drawn in blocks: the stationary bootstrap (Politis and Romano, J. American
// Statistical Association 89, 1994). Each rebalance interval takes one return: with probability p
// one from anywhere in the series, else the one after the last, the first after the last one. So
// blocks have geometric length, 1/p on average, and every return the series' own distribution.
//
// An event that divides an interval divides its return by its share of the clock.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Bootstrap {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Bootstrap(std::uint64_t seed, Word path_low, std::uint32_t path_high)
        : restart_(seed, path_low, path_high, block_restart_stream),
          start_(seed, path_low, path_high, block_start_stream),
          row_(splat<R>(T(0))),
          return_(splat<R>(T(0))) {}

    /// Sets the log2 moves of steps [first, first + count), and the volatility at the end of each.
    template <int B, class Count>
    HS_FN void move(const PathParams<T>& params, std::uint32_t first, Count count,
                    MarketBlock<R, B>& market) {
        const SeriesParams<T>& series = params.market.series;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const BootstrapStep<T>& step = series.bootstrap.data[first + i];
            if (step.restart > T(0)) draw(series, step.restart, params.step.data[first + i].draw);
            market.move[i] = fused(return_, splat<R>(step.scale), splat<R>(step.shift));
            market.volatility[i] = splat<R>(params.market.volatility.data[first + i]);
        }
    }

  private:
    /// The return of rebalance interval `draw`.
    HS_FN void draw(const SeriesParams<T>& series, T restart, std::uint32_t draw) {
        const R next = row_ + T(1);
        const R following =
            select(next < splat<R>(static_cast<T>(series.row.size)), next, splat<R>(T(0)));
        Word words[4];
        start_.block(draw >> 2, words);
        const R anywhere = whole_below<R>(series.row.size, pick(words, draw & 3u));
        row_ = select(restart_.at(draw) <= splat<R>(restart), anywhere, following);
        return_ = look_up(series.row.data, row_);
    }

    Uniforms<R, Random> restart_;
    Random start_;
    R row_;     ///< of the last return
    R return_;  ///< of the present interval, less the mean [log2]
};

}  // namespace hedgestorm::path
