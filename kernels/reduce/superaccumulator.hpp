// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exact, order-free sums of doubles: a wide fixed-point number in 64-bit limbs that hold 32 bits
// each and a signed excess, so that a billion additions need no carry (Kulisch 2008; Neal 2015
// "Fast exact summation using small and large superaccumulators"). Adding is integer addition: any
// order, any grouping, the same bits. The host rounds once, at the end.

#include <cstdint>

#include "hedgestorm/tally.hpp"

namespace hedgestorm::reduce {

/// Adds a finite double to a superaccumulator through `add(limb, amount)`.
template <class Add>
HS_FN void accumulate(double value, const Add& add) {
    const std::uint64_t bits = __builtin_bit_cast(std::uint64_t, value);
    std::uint32_t exponent = static_cast<std::uint32_t>(bits >> 52) & 0x7ffu;
    std::uint64_t mantissa = bits & 0xfffffffffffffull;
    if (exponent == 0) {
        exponent = 1;
    } else {
        mantissa |= std::uint64_t{1} << 52;
    }
    // value = mantissa 2^(exponent - 1075); its lowest bit stands at this place above 2^lowest.
    const std::uint32_t place =
        exponent + static_cast<std::uint32_t>(-1075 - superaccumulator_lowest);
    const std::uint32_t limb = place >> 5;
    const std::uint32_t shift = place & 31u;
    const std::uint64_t low = (mantissa & 0xffffffffull) << shift;
    const std::uint64_t high = (mantissa >> 32) << shift;
    const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
    add(limb, sign * static_cast<std::int64_t>(low & 0xffffffffull));
    add(limb + 1, sign * static_cast<std::int64_t>((low >> 32) + (high & 0xffffffffull)));
    add(limb + 2, sign * static_cast<std::int64_t>(high >> 32));
}

}  // namespace hedgestorm::reduce
