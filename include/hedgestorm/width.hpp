// SPDX-License-Identifier: Apache-2.0
#pragma once

// How wide the band of a policy is where that is not one number: what of it is known before any
// path. Part of PathParams; T is float, or double for the reference precision. Made in double by
// host/plan/width_tables; formulas and sources in docs/model.md, "Bands that move".

#include <cstdint>

#include "hedgestorm/view.hpp"

namespace hedgestorm {

/// What the half-width is made of on the path, S the spot, g the book's gamma x S.
enum class Width : std::uint8_t {
    none,             ///< the band has one width, or the policy has no band
    units,            ///< band
    dollars,          ///< band / S
    risk,             ///< band / (S sigma), sigma the market's volatility now
    whalley_wilmott,  ///< band (g^2 / S)^(1/3)
    zakamouline,      ///< base / S + band sqrt(|g| / S), around the delta at another volatility
};

/// The half-width at the end of one step, less what the path adds to it.
template <class T>
struct WidthStep {
    T band;   ///< in the unit that the kind makes [underlying] of
    T base;   ///< zakamouline: kappa / (a sigma^2 tau) [currency]
    T shift;  ///< zakamouline: of the squared volatility, at g S = S_0, a fraction
};

template <class T>
struct WidthParams {
    Width kind;
    View<WidthStep<T>> step;
};

}  // namespace hedgestorm
