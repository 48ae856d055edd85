// SPDX-License-Identifier: Apache-2.0
#pragma once

// The driving noise of a path: standard normals that move a Brownian motion from grid time to grid
// time.
//
// Normal j of a stream moves rebalance interval j, whatever else happens on the grid. Where an
// event divides that interval, a Brownian bridge on a stream of its own splits the increment, so
// that the noise at the rebalance points stays what it was.

#include <cstdint>

#include "hedgestorm/params.hpp"
#include "kernels/lanes/lanes.hpp"
#include "kernels/math/philox.hpp"
#include "kernels/path/market/draws.hpp"
#include "kernels/path/state.hpp"

namespace hedgestorm::path {

using namespace lanes;

/// Random draws the words of a stream: math::Philox, or what gives the same on a device.
template <class R, class Random = math::Philox<typename LaneTraits<R>::Word>>
class Noise {
  public:
    using Word = typename LaneTraits<R>::Word;
    using T = typename LaneTraits<R>::Scalar;

    HS_FN Noise(std::uint64_t seed, Word path_low, std::uint32_t path_high,
                std::uint32_t whole = market_stream, std::uint32_t bridge = bridge_stream)
        : whole_(seed, path_low, path_high, whole),
          bridge_(seed, path_low, path_high, bridge),
          remaining_(splat<R>(T(0))) {}

    /// Fills z[0, count) with the normals of steps [first, first + count); writes up to z[count +
    /// 2].
    template <class Count>
    HS_FN void draw(const PathParams<T>& params, std::uint32_t first, Count count, R* z) {
        const StepParams<T>* step = params.step.data + first;
        whole_.draw(step, count, z);
        if (params.split.size == 0) return;
        HS_ROLLED
        for (std::uint32_t i = 0; i < count; ++i) {
            if (step[i].split == no_split) continue;
            change_at(z, i, count,
                      [&](R& normal) { normal = piece(params.split[step[i].split], normal); });
        }
    }

  private:
    /// The standard normal of one piece of a divided interval whose whole normal is `whole`.
    HS_FN R piece(const SplitParams<T>& split, R whole) {
        if (split.root != T(0)) remaining_ = whole * split.root;
        const R increment =
            fused(remaining_, splat<R>(split.share), bridge_.alone(split.draw) * split.spread);
        remaining_ = remaining_ - increment;
        return increment * split.scale;
    }

    Normals<R, Random> whole_;
    Normals<R, Random> bridge_;
    R remaining_;  ///< Brownian increment left in the divided interval [sqrt(years)]
};

}  // namespace hedgestorm::path
