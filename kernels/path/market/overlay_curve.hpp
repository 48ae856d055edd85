// SPDX-License-Identifier: Apache-2.0
#pragma once

// How strong a stress is at an age: its strength rises evenly over the ramp, is 1 for the duration
// after it, and then halves with every half-life. Multipliers rise evenly in log.

#include "hedgestorm/market.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/exp_log.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// 2^-halvings, and 0 where nothing is left.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R faded(R halvings) {
    const R most = splat<R>(T(100));
    return select(halvings < most, math::exp2_bounded(-smaller(halvings, most)), splat<R>(T(0)));
}

/// A stress at an age, where it has started.
template <class R>
class OverlayCurve {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Mask = typename LaneTraits<R>::Mask;

    HS_FN OverlayCurve(const OverlayParams<T>& overlay, Mask started, R age) : rise_(overlay.rise) {
        const R past = age - splat<R>(overlay.end);
        const R zero = splat<R>(T(0));
        const R left = overlay.fading > T(0) ? faded(past * overlay.fading) : zero;
        strength_ = select(started, select(past > zero, left, splat<R>(T(1))), zero);
        if (rise_ == T(0)) return;
        risen_ = smaller(larger(age * rise_, zero), splat<R>(T(1)));
        rises_ = age < splat<R>(overlay.ramp);
    }

    /// A multiplier of the stress.
    HS_FN R multiplier(const OverlayMultiplier<T>& of) const {
        const R held = fused(strength_, splat<R>(of.excess), splat<R>(T(1)));
        if (rise_ == T(0)) return held;
        return select(rises_, math::exp2_bounded(risen_ * of.log2), held);
    }

    /// What a level of the stress is multiplied by.
    HS_FN R strength() const {
        return rise_ == T(0) ? strength_ : select(rises_, risen_, strength_);
    }

  private:
    T rise_;
    R strength_;  ///< as it would be without a ramp
    R risen_;     ///< share of the ramp that is over; 0 where the stress has not started
    Mask rises_;
};

/// Integral of the strength between two ages, the first not negative [years]: exact but for the
/// fading, which is taken in its middle.
template <class R, class T = typename LaneTraits<R>::Scalar>
HS_FN R time_in_force(const OverlayParams<T>& overlay, R before, R after) {
    const R end = splat<R>(overlay.end);
    const R ramp = splat<R>(overlay.ramp);
    const R held_from = smaller(larger(before, ramp), end);
    R time = smaller(larger(after, ramp), end) - held_from;
    if (overlay.rise > T(0)) {
        const R from = smaller(before, ramp);
        const R to = smaller(after, ramp);
        time = fused((to - from) * (to + from), splat<R>(overlay.rise * T(0.5)), time);
    }
    if (overlay.fading > T(0)) {
        const R from = larger(before, end) - end;
        const R to = larger(after, end) - end;
        time = fused(to - from, faded((from + to) * (T(0.5) * overlay.fading)), time);
    }
    return time;
}

}  // namespace hedgestorm::path
