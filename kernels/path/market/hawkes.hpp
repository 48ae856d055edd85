// SPDX-License-Identifier: Apache-2.0
#pragma once

// Jumps that excite further ones: intensity a + x, where x decays at rate d and each jump adds Y to
// it (Hawkes, Biometrika 58, 1971, with an exponential kernel). Sizes are lognormal.
//
// Drawn exactly from one jump to the next (Dassios and Zhao, Electronic Communications in
// Probability 18, 2013, algorithm 3.1): the next jump is the earlier of one caused by the baseline,
// after an exponential time of mean 1/a, and one caused by the excess, after -ln(1 - d E / x) / d
// with E exponential, or never where that has no value.
//
// Jump k of rebalance interval j reads block j of stream hawkes_stream + 256 k, and the chain of an
// interval starts from the excess at its beginning. A step that is a part of an interval follows
// the same chain and takes the jumps in its own share of the clock.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/box_muller.hpp"
#include "kernels/math/exp_log.hpp"
#include "kernels/math/log1p.hpp"
#include "kernels/path/market/draws.hpp"

namespace hedgestorm::path {

using namespace lanes;

template <class R, class Random>
class Hawkes {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;
    using Mask = typename LaneTraits<R>::Mask;

    HS_FN Hawkes(const HawkesParams<T>& params, std::uint64_t seed, Word path_low,
                 std::uint32_t path_high)
        : seed_(seed),
          path_low_(path_low),
          path_high_(path_high),
          opening_(splat<R>(params.initial_excess)),
          excess_(opening_) {}

    /// Adds the log2 moves of the jumps of steps [first, first + count), less their compensator.
    template <class Count>
    HS_FN void add(const PathParams<T>& params, std::uint32_t first, Count count, R* move) {
        const HawkesParams<T>& hawkes = params.market.hawkes;
        HS_UNROLL
        for (std::uint32_t i = 0; i < count; ++i) {
            const HawkesStep<T>& step = hawkes.step.data[first + i];
            if (step.opens) opening_ = excess_;
            move[i] = move[i] + one(hawkes, step, params.step.data[first + i].draw);
        }
    }

  private:
    /// Move of one step. Its compensator is (E[e^J] - 1) times the integral of the intensity, and
    /// as dx = -d x dt + Y dN, that of x is (x before - x after + Y jumps) / d.
    HS_FN R one(const HawkesParams<T>& hawkes, const HawkesStep<T>& step, std::uint32_t draw) {
        const R zero = splat<R>(T(0));
        R time = zero;  // of the last jump, in the interval
        R excess = opening_;
        R jumps = zero;  // times what each adds to the intensity
        R moved = splat<R>(-step.certain);
        Mask jumping = time >= zero;  // all of them
        for (std::uint32_t k = 0; k < hawkes.most; ++k) {
            const Random random(seed_, path_low_, path_high_, hawkes_stream + (k << 8));
            Word words[4];
            random.block(draw, words);
            const R passed = wait(hawkes, excess, words);
            const Mask in_time = time + passed <= splat<R>(step.to);
            jumping = jumping & in_time;
            if (!any(jumping)) break;
            time = select(jumping, time + passed, time);
            const R faded = excess * math::exp(passed * -hawkes.decay);
            excess = select(jumping, faded + hawkes.kick, excess);
            const Mask begun = time > splat<R>(step.from);
            const Mask here = jumping & begun;
            R normal, other;
            math::box_muller(word_bits<R>(words[2]), word_bits<R>(words[3]), normal, other);
            const R size = fused(normal, splat<R>(hawkes.deviation), splat<R>(hawkes.mean));
            moved = moved + select(here, size, zero);
            jumps = jumps + select(here, splat<R>(hawkes.kick), zero);
        }
        const R after = excess * math::exp((splat<R>(step.to) - time) * -hawkes.decay);
        const R integral = (excess_ - after) + jumps;
        excess_ = after;
        return fused_negated(integral, splat<R>(hawkes.compensator), moved);
    }

    /// Time to the next jump [years]. A uniform near 0 has more digits than one near 1, so that
    /// short waits are as fine as long ones: E = -ln(1 - u).
    HS_FN R wait(const HawkesParams<T>& hawkes, R excess, const Word* words) const {
        const R of_baseline = exponential(words[0]) * hawkes.wait;
        const R spent = exponential(words[1]) * hawkes.decay / excess;
        const R of_excess = log1p(-spent) * -hawkes.lifetime;
        // Where the excess fades before it causes a jump, or is 0.
        const Mask never = !(spent < splat<R>(T(1)));
        return select(never, of_baseline, smaller(of_excess, of_baseline));
    }

    HS_FN static R exponential(Word word) {
        const R uniform = math::uniform<R>(word_bits<R>(word));
        // 1 stands for all that rounds to it, from 1 - 2^-25 on in floats.
        constexpr T nearly_one = sizeof(T) == 4 ? T(0x1.fffffep-1) : T(0x1.ffffffffp-1);
        return -log1p(-smaller(uniform, splat<R>(nearly_one)));
    }

    HS_FN static R log1p(R x) { return math::log1p_less_x(x) + x; }

    std::uint64_t seed_;
    Word path_low_;
    std::uint32_t path_high_;
    R opening_;  ///< intensity above the baseline when the rebalance interval began [per year]
    R excess_;   ///< the same now [per year]
};

}  // namespace hedgestorm::path
