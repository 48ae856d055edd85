// SPDX-License-Identifier: Apache-2.0
#pragma once

// Jumps that arrive at a constant rate in market time: a Poisson number in each rebalance interval,
// each with its own time in the interval and its own size, so that an event which divides the
// interval moves no jump.
//
// Sizes are lognormal (Merton, J. Financial Economics 3, 1976) or double exponential (Kou,
// Management Science 48, 2002). Jump k of interval j reads block j of stream jump_size_stream + 256
// (k - 1). Where a Markov chain has the say, numbers and sizes are those of the state of each lane.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/box_muller.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/market/regime.hpp"
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

    /// The log2 move of the jumps of step number i of the grid, where each lane has a state of its
    /// own.
    HS_FN R in_state(const PathParams<T>& params, std::uint32_t i, const Regime<R>& regime) {
        const JumpStep<T>& step = params.market.jumps.step.data[i];
        const View<RegimeState<T>>& states = params.market.regime.state;
        const std::uint32_t draw = params.step.data[i].draw;
        const R uniform = number_.at(draw);
        const T* beyond = params.market.jumps.beyond.data + step.counts;
        R move = splat<R>(T(0));
        for (std::uint32_t k = 0;; ++k, beyond += states.size) {
            const auto tail = [&](std::uint32_t s) { return beyond[s]; };
            const Mask jumps_again = uniform < regime.of_state(states.size, tail);
            if (!any(jumps_again)) break;
            const R size = one(step, draw, k, [&](const Word* words) {
                const auto mean = [&](std::uint32_t s) { return states.data[s].jump_mean; };
                const auto spread = [&](std::uint32_t s) { return states.data[s].jump_deviation; };
                return lognormal(words, regime.of_state(states.size, mean),
                                 regime.of_state(states.size, spread));
            });
            move = move + select(jumps_again, size, splat<R>(T(0)));
        }
        return move;
    }

  private:
    /// Log2 size of jump k of an interval, 0 if its time is not in the step.
    HS_FN R one(const JumpParams<T>& jumps, const JumpStep<T>& step, std::uint32_t draw,
                std::uint32_t k) const {
        return one(step, draw, k, [&](const Word* words) {
            if (jumps.size == JumpSize::lognormal)
                return lognormal(words, splat<R>(jumps.mean), splat<R>(jumps.deviation));
            const R exponential = -math::log(math::uniform<R>(word_bits<R>(words[0])));
            const Mask up =
                math::uniform<R>(word_bits<R>(words[1])) <= splat<R>(jumps.up_probability);
            return exponential * select(up, splat<R>(jumps.up), splat<R>(-jumps.down));
        });
    }

    HS_FN static R lognormal(const Word* words, R mean, R deviation) {
        R size;
        R other;
        math::box_muller(word_bits<R>(words[0]), word_bits<R>(words[1]), size, other);
        return fused(size, deviation, mean);
    }

    /// The same, its size made of two random words.
    template <class Size>
    HS_FN R one(const JumpStep<T>& step, std::uint32_t draw, std::uint32_t k,
                const Size& size_of) const {
        const Random random(seed_, path_low_, path_high_, jump_size_stream + (k << 8));
        Word words[4];
        random.block(draw, words);
        const R time = math::uniform<R>(word_bits<R>(words[2]));
        const R size = size_of(words);
        const Mask begun = time > splat<R>(step.from);
        const Mask not_over = time <= splat<R>(step.to);
        return select(begun & not_over, size, splat<R>(T(0)));
    }

    std::uint64_t seed_;
    Word path_low_;
    std::uint32_t path_high_;
    Uniforms<R, Random> number_;
};

}  // namespace hedgestorm::path
