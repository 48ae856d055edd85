// SPDX-License-Identifier: Apache-2.0
#pragma once

// A series as it was. A path starts at the series' first row, or at one of the rows after it, each
// as likely; between rows the price moves evenly in log.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Replay {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;

    HS_FN Replay(const PathParams<T>& params, Word path_low, std::uint32_t path_high)
        : start_(splat<R>(T(0))), level_(splat<R>(T(0))) {
        if (params.market.diffusion != Diffusion::replay) return;
        const SeriesParams<T>& series = params.market.series;
        const Random random(params.seed, path_low, path_high, replay_start_stream);
        Word words[4];
        random.block(0, words);
        start_ = whole_below<R>(series.starts, words[0]);
        level_ = look_up(series.row.data, start_);
    }

    /// Sets the log2 moves of steps [first, first + count), and the volatility at the end of each.
    template <int B, class Count>
    HS_FN void move(const PathParams<T>& params, std::uint32_t first, Count count,
                    MarketBlock<R, B>& market) {
        const SeriesParams<T>& series = params.market.series;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const ReplayStep<T>& step = series.replay.data[first + i];
            const R row = start_ + step.rows;
            R level = look_up(series.row.data, row);
            if (step.fraction > T(0)) {
                const R next = look_up(series.row.data, row + T(1));
                level = fused(next - level, splat<R>(step.fraction), level);
            }
            market.move[i] = (level - level_) + params.step.data[first + i].drift;
            market.volatility[i] = splat<R>(params.market.volatility.data[first + i]);
            level_ = level;
        }
    }

  private:
    R start_;  ///< row of the series at t_0
    R level_;  ///< of the series at the present time [log2]
};

}  // namespace hedgestorm::path
