// SPDX-License-Identifier: Apache-2.0
#pragma once

// Stress that strikes when chance or the market itself says so: at random (Poisson), when the price
// has fallen from its start or from its highest, or when volatility is high.
//
// A stress that has started has an age on each path. Its multipliers and its drift rise over the
// ramp, hold for the duration and then fade with their half-life (overlay_curve.hpp); its move is
// spread evenly over the duration, and a part of it may be given back. It starts at the grid time
// at which its condition is met, after what happens at that time: the price moves in the steps that
// follow.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/market/overlay_curve.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// What all overlays together do to one step.
template <class R>
struct Overlaid {
    R move;         ///< [log2]
    R realised;     ///< multiplier of the diffusive volatility over the step
    R implied;      ///< multiplier of implied volatilities at its end
    R half_spread;  ///< multiplier of the half-spread at its end
};

template <class R, class Random>
class Overlays {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Word = typename LaneTraits<R>::Word;
    using Mask = typename LaneTraits<R>::Mask;

    HS_FN Overlays(const MarketParams<T>& params, std::uint64_t seed, Word path_low,
                   std::uint32_t path_high)
        : seed_(seed), path_low_(path_low), path_high_(path_high) {
        for (std::uint32_t o = 0; o < params.overlay.size; ++o) age_[o] = splat<R>(never);
        peak_ = splat<R>(T(0));
        variance_ = splat<R>(params.watched_variance);
    }

    /// What those that have started do to a step of this length [years].
    HS_FN Overlaid<R> over(const MarketParams<T>& params, T length) {
        const R one = splat<R>(T(1));
        Overlaid<R> all = {splat<R>(T(0)), one, one, one};
        HS_ROLLED
        for (std::uint32_t o = 0; o < params.overlay.size; ++o) {
            const Mask started = age_[o] >= splat<R>(T(0));
            if (!any(started)) continue;
            const OverlayParams<T>& overlay = params.overlay.data[o];
            const R before = age_[o];
            const R after = before + length;
            const R zero = splat<R>(T(0));
            all.move = all.move + select(started, moved(overlay, before, after), zero);
            if (overlay.drift != T(0)) {
                const R time = time_in_force(overlay, before, after) * overlay.drift;
                all.move = all.move + select(started, time, zero);
            }
            const OverlayCurve<R> middle(overlay, started, (before + after) * T(0.5));
            const OverlayCurve<R> end(overlay, started, after);
            all.realised = all.realised * middle.multiplier(overlay.realised);
            all.implied = all.implied * end.multiplier(overlay.implied);
            all.half_spread = all.half_spread * end.multiplier(overlay.half_spread);
            age_[o] = select(started, after, before);
        }
        return all;
    }

    /// Starts those whose condition is met at the end of a step, which has that log2 return and is
    /// in rebalance interval `draw`.
    HS_FN void start(const MarketParams<T>& params, std::uint32_t step, std::uint32_t draw,
                     R log2_spot, R log2_return) {
        const OverlayStep<T>& at = params.overlay_step.data[step];
        peak_ = larger(peak_, log2_spot);
        variance_ = fused(log2_return * log2_return, splat<R>(at.gain), variance_ * at.keep);
        HS_ROLLED
        for (std::uint32_t o = 0; o < params.overlay.size; ++o) {
            const OverlayParams<T>& overlay = params.overlay.data[o];
            const Mask waits = age_[o] < splat<R>(T(0));
            Mask strikes = waits;
            switch (overlay.start) {
                case OverlayStart::at_random: {
                    // Strikes again: a new shock renews one that is under way.
                    const T chance = params.overlay_chance.data[step * params.overlay.size + o];
                    if (chance == T(0)) continue;
                    strikes = uniform(o, draw) <= splat<R>(chance);
                    break;
                }
                case OverlayStart::fall_from_start:
                    strikes = log2_spot <= splat<R>(overlay.threshold);
                    break;
                case OverlayStart::fall_from_peak:
                    strikes = log2_spot - peak_ <= splat<R>(overlay.threshold);
                    break;
                case OverlayStart::volatility_above:
                    strikes = variance_ >= splat<R>(overlay.threshold);
                    break;
            }
            if (overlay.start != OverlayStart::at_random) strikes = strikes & waits;
            age_[o] = select(strikes, splat<R>(T(0)), age_[o]);
        }
    }

    /// Time since an overlay started, after `over` at the end of the step [years].
    HS_FN R age(std::uint32_t overlay) const { return age_[overlay]; }
    HS_FN Mask started(std::uint32_t overlay) const { return age_[overlay] >= splat<R>(T(0)); }

  private:
    static constexpr T never = T(-1);

    /// log2 move between two ages.
    HS_FN static R moved(const OverlayParams<T>& overlay, R before, R after) {
        const R zero = splat<R>(T(0));
        R move;
        if (overlay.duration > T(0)) {
            const R end = splat<R>(overlay.duration);
            move = (smaller(after, end) - smaller(before, end)) * overlay.speed;
        } else {
            move = select(before > zero, zero, splat<R>(overlay.gap));
        }
        if (overlay.return_speed == T(0)) return move;
        const R from = splat<R>(overlay.duration);
        const R to = splat<R>(overlay.returned);
        const R back = smaller(larger(after, from), to) - smaller(larger(before, from), to);
        return fused_negated(back, splat<R>(overlay.return_speed), move);
    }

    HS_FN R uniform(std::uint32_t overlay, std::uint32_t draw) const {
        const Random random(seed_, path_low_, path_high_, overlay_stream + (overlay << 8));
        Word words[4];
        random.block(draw, words);
        return math::uniform<R>(word_bits<R>(words[0]));
    }

    std::uint64_t seed_;
    Word path_low_;
    std::uint32_t path_high_;
    R age_[max_overlays];  ///< since the start [years]; negative: has not started
    R peak_;               ///< highest log2 spot
    R variance_;           ///< moving average of squared returns [per year]
};

}  // namespace hedgestorm::path
