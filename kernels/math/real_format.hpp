// SPDX-License-Identifier: Apache-2.0
#pragma once

// Facts of the two IEEE formats, as the bit tricks of exp and log need them. Takes a lane type R,
// gives constants of its Scalar; what R is made of (one path or W) plays no part.

#include <cstdint>
#include <type_traits>

#include "hedgestorm/macros.hpp"
#include "kernels/lanes/lanes.hpp"

namespace hedgestorm::math {

using namespace lanes;

template <class Scalar>
struct RealFormat;

template <>
struct RealFormat<float> {
    static constexpr int mantissa_bits = 23;
    static constexpr std::uint32_t mantissa_mask = 0x007fffffu;
    /// The encoding of sqrt(1/2), rounded: where log cuts the octaves.
    static constexpr std::uint32_t root_half = 0x3f3504f3u;
    /// 1.5 * 2^23: added to a number below 2^22 it leaves the nearest integer in the last place.
    static constexpr float round_to_integer = 0x1.8p23f;
};

template <>
struct RealFormat<double> {
    static constexpr int mantissa_bits = 52;
    static constexpr std::uint64_t mantissa_mask = 0x000fffffffffffffu;
    static constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdu;
    static constexpr double round_to_integer = 0x1.8p52;
};

/// Whether R holds floats; where it does not, it holds doubles.
template <class R>
inline constexpr bool is_single = std::is_same_v<typename LaneTraits<R>::Scalar, float>;

}  // namespace hedgestorm::math
