// SPDX-License-Identifier: Apache-2.0
#pragma once

// Jumps that arrive at a constant rate in market time: a Poisson number in each rebalance interval,
// each with its own time in the interval and its own size, so that an event which divides the
// interval moves no jump.
//
// Sizes are lognormal (Merton, J. Financial Economics 3, 1976) or double exponential (Kou,
// Management Science 48, 2002). Jump k of interval j reads block j of stream jump_size_stream + 256
// (k - 1).

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/box_muller.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Jumps {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;
    using Mask = typename LaneTraits<R>::Mask;

    HS_FN Jumps(std::uint64_t seed, Word path_low, std::uint32_t path_high)
        : seed_(seed),
          path_low_(path_low),
          path_high_(path_high),
          number_(seed, path_low, path_high, jump_number_stream) {}

    /// Adds the log2 moves of the jumps of steps [first, first + count).
    template <int B, class Count>
    HS_FN void add(const PathParams<T>& params, std::uint32_t first, Count count,
                   MarketBlock<R, B>& market) {
        const JumpParams<T>& jumps = params.market.jumps;
        const StepParams<T>* at = params.step.data + first;
        R uniform[B + 3];
        number_.draw(at, count, uniform);
        HS_ROLLED
        for (std::uint32_t i = 0; i < count; ++i) {
            const JumpStep<T>& step = jumps.step.data[first + i];
            const T* beyond = jumps.beyond.data + step.counts;
            if (!(beyond[0] > T(0))) continue;
            const R drawn = value_at(uniform, i, count);
            if (!any(drawn < splat<R>(beyond[0]))) continue;
            change_at(market.move, i, count, [&](R& move) {
                for (std::uint32_t k = 0; beyond[k] > T(0); ++k) {
                    const Mask jumps_again = drawn < splat<R>(beyond[k]);
                    if (!any(jumps_again)) break;
                    const R size = one(jumps, step, at[i].draw, k);
                    move = move + select(jumps_again, size, splat<R>(T(0)));
                }
            });
        }
    }

  private:
    /// Log2 size of jump k of an interval, 0 if its time is not in the step.
    HS_FN R one(const JumpParams<T>& jumps, const JumpStep<T>& step, std::uint32_t draw,
                std::uint32_t k) const {
        const Random random(seed_, path_low_, path_high_, jump_size_stream + (k << 8));
        Word words[4];
        random.block(draw, words);
        const R time = math::uniform<R>(word_bits<R>(words[2]));
        R size;
        if (jumps.size == JumpSize::lognormal) {
            R other;
            math::box_muller(word_bits<R>(words[0]), word_bits<R>(words[1]), size, other);
            size = fused(size, splat<R>(jumps.deviation), splat<R>(jumps.mean));
        } else {
            const R exponential = -math::log(math::uniform<R>(word_bits<R>(words[0])));
            const Mask up =
                math::uniform<R>(word_bits<R>(words[1])) <= splat<R>(jumps.up_probability);
            size = exponential * select(up, splat<R>(jumps.up), splat<R>(-jumps.down));
        }
        const Mask inside = (time > splat<R>(step.from)) & (time <= splat<R>(step.to));
        return select(inside, size, splat<R>(T(0)));
    }

    std::uint64_t seed_;
    Word path_low_;
    std::uint32_t path_high_;
    Uniforms<R, Random> number_;
};

}  // namespace hedgestorm::path
