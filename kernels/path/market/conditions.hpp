// SPDX-License-Identifier: Apache-2.0
#pragma once

// What stress makes of the market besides its price at a grid time: of the half-spread, the depth,
// the latency, the hedge's venue, basis, funding and borrow rate, and of the collateral.
//
// Scripted stress comes from the plan's tables, any other from its age on the path. Multipliers and
// prices of collateral multiply, levels add, a venue is open where no stress closes it, shares that
// are kept multiply. At t_0 all is as the scenario has it. Nothing is worked out that nobody asks
// for: whoever advances the market gives a watch, which is called at the end of each step.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/path/market/overlays.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// All of them at one time.
template <class R>
struct Conditions {
    R half_spread;  ///< multiplier by stress alone
    R depth;        ///< multiplier
    R latency;      ///< multiplier
    R open;         ///< the hedge's venue: 1, or 0 while it is closed or has failed
    R basis;        ///< added [fraction of spot]
    R funding;      ///< added [per year]
    R borrow;       ///< added [per year]
    R collateral;   ///< price of what is worth 1
    R deleveraged;  ///< share of the hedge that auto-deleveraging takes at this time
    R fails;        ///< 1 where the venue fails at this time
    R recovery;     ///< share of what is there that it then pays back; 1 where it does not fail
};

/// They at the end of a step: of a path whose overlays have been led through it and not been
/// started at its end yet, so that what strikes then acts from the next step on, as its moves do.
template <class R, class Random>
class ConditionsAt {
  public:
    using T = typename LaneTraits<R>::Scalar;
    using Mask = typename LaneTraits<R>::Mask;

    /// `overlays` is nullptr where all stress is scripted.
    HS_FN ConditionsAt(const PathParams<T>& params, std::uint32_t step,
                       const Overlays<R, Random>* overlays)
        : params_(params), step_(step), overlays_(overlays) {}

    HS_FN R half_spread() const {
        R product = scripted([](const auto& at) { return at.half_spread; }, T(1));
        if (overlays_ == nullptr) return product;
        HS_ROLLED
        for (std::uint32_t o = 0; o < params_.market.overlay.size; ++o)
            product = product * curve(o).multiplier(params_.market.overlay.data[o].half_spread);
        return product;
    }
    HS_FN R depth() const {
        return multiplied([](const auto& at) { return at.depth; });
    }
    HS_FN R latency() const {
        return multiplied([](const auto& at) { return at.latency; });
    }
    HS_FN R basis() const {
        return added([](const auto& at) { return at.basis; });
    }
    HS_FN R funding() const {
        return added([](const auto& at) { return at.funding; });
    }
    HS_FN R borrow() const {
        return added([](const auto& at) { return at.borrow; });
    }

    /// Whether the hedge's venue trades. One that has failed does not open again.
    HS_FN R open() const {
        const R zero = splat<R>(T(0));
        return over_overlays(
            scripted([](const auto& at) { return at.is_open ? T(1) : T(0); }, T(1)),
            [&](std::uint32_t o, const OverlayConditions<T>& how, R open) {
                const Mask started = overlays_->started(o);
                if (how.fails) return select(started, zero, open);
                const Mask closed = overlays_->age(o) <= splat<R>(how.closed_until);
                return select(started & closed, zero, open);
            });
    }
    HS_FN R collateral() const {
        return over_overlays(scripted([](const auto& at) { return at.collateral; }, T(1)),
                             [&](std::uint32_t o, const OverlayConditions<T>& how, R price) {
                                 return how.peg_first == how.peg_end ? price : price * peg(o, how);
                             });
    }
    HS_FN R deleveraged() const {
        const R kept =
            over_overlays(scripted([](const auto& at) { return at.kept; }, T(1)),
                          [&](std::uint32_t o, const OverlayConditions<T>& how, R kept_before) {
                              return select(strikes(o), kept_before * how.kept, kept_before);
                          });
        return splat<R>(T(1)) - kept;
    }
    HS_FN R fails() const {
        return over_overlays(scripted([](const auto& at) { return at.fails ? T(1) : T(0); }, T(0)),
                             [&](std::uint32_t o, const OverlayConditions<T>& how, R fails) {
                                 return how.fails ? select(strikes(o), splat<R>(T(1)), fails)
                                                  : fails;
                             });
    }
    HS_FN R recovery() const {
        return over_overlays(scripted([](const auto& at) { return at.recovery; }, T(1)),
                             [&](std::uint32_t o, const OverlayConditions<T>& how, R share) {
                                 return how.fails ? select(strikes(o), share * how.recovery, share)
                                                  : share;
                             });
    }

    HS_FN Conditions<R> all() const {
        return {half_spread(), depth(),      latency(),     open(),  basis(),   funding(),
                borrow(),      collateral(), deleveraged(), fails(), recovery()};
    }

  private:
    template <class Of>
    HS_FN R scripted(const Of& of, T nothing) const {
        const View<ConditionStep<T>>& table = params_.market.conditions.step;
        return splat<R>(table.size > 0 ? of(table.data[step_]) : nothing);
    }

    /// f(number, its conditions, value so far) of each stress that is not scripted.
    template <class F>
    HS_FN R over_overlays(R value, const F& f) const {
        if (overlays_ == nullptr) return value;
        const View<OverlayConditions<T>>& all = params_.market.conditions.overlay;
        HS_ROLLED
        for (std::uint32_t o = 0; o < all.size; ++o) value = f(o, all.data[o], value);
        return value;
    }

    template <class Of>
    HS_FN R multiplied(const Of& of) const {
        return over_overlays(scripted(of, T(1)),
                             [&](std::uint32_t o, const OverlayConditions<T>& how, R product) {
                                 return product * curve(o).multiplier(of(how));
                             });
    }
    template <class Of>
    HS_FN R added(const Of& of) const {
        return over_overlays(
            scripted(of, T(0)), [&](std::uint32_t o, const OverlayConditions<T>& how, R sum) {
                return of(how) == T(0) ? sum : fused(curve(o).strength(), splat<R>(of(how)), sum);
            });
    }

    HS_FN OverlayCurve<R> curve(std::uint32_t o) const {
        return OverlayCurve<R>(params_.market.overlay.data[o], overlays_->started(o),
                               overlays_->age(o));
    }

    /// Where the stress began at the start of the step: what it does once, it does at its end.
    HS_FN Mask strikes(std::uint32_t o) const {
        const Mask started = overlays_->started(o);
        const Mask young = overlays_->age(o) <= splat<R>(params_.step.data[step_].length);
        return started & young;
    }

    /// Price of collateral by one stress: straight from stretch to stretch; after the last one it
    /// stays, or goes back to 1 with the half-life.
    HS_FN R peg(std::uint32_t o, const OverlayConditions<T>& how) const {
        const R one = splat<R>(T(1));
        const R age = overlays_->age(o);
        R price = one;
        HS_ROLLED
        for (std::uint32_t p = how.peg_first; p < how.peg_end; ++p) {
            const PegStretch<T>& stretch = params_.market.conditions.peg.data[p];
            const R since = age - splat<R>(stretch.from);
            R there = fused(since, splat<R>(stretch.slope), splat<R>(stretch.price));
            const T fading = params_.market.overlay.data[o].fading;
            if (p + 1 == how.peg_end && fading > T(0)) {
                const R left = faded(larger(since, splat<R>(T(0))) * fading);
                there = fused(left, splat<R>(stretch.price - T(1)), one);
            }
            price = select(since >= splat<R>(T(0)), there, price);
        }
        return select(overlays_->started(o), price, one);
    }

    const PathParams<T>& params_;
    std::uint32_t step_;
    const Overlays<R, Random>* overlays_;
};

/// The watch of a market whose conditions nobody reads.
struct Unwatched {
    template <class At>
    HS_FN void operator()(std::uint32_t, const At&) const {}
};

/// A watch that keeps all of them: `at[i]` of step i of the block.
template <class R>
struct WatchConditions {
    Conditions<R>* at;

    template <class At>
    HS_FN void operator()(std::uint32_t i, const At& now) const {
        at[i] = now.all();
    }
};

/// Shows a watch the steps [first, first + count) of a market whose stress is all scripted.
template <class R, class Random, class Count, class Watch, class T>
HS_FN void watch_script(const PathParams<T>& params, std::uint32_t first, Count count,
                        const Watch& watch) {
    if constexpr (!std::is_same_v<Watch, Unwatched>) {
        for (std::uint32_t i = 0; i < count; ++i)
            watch(i, ConditionsAt<R, Random>(params, first + i, nullptr));
    }
}

}  // namespace hedgestorm::path
