// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which paired differences are more than chance, when many policies are compared with the first at
// once: Holm's correction (1979). Definitions: docs/statistics.md, "Paired differences".

#include <vector>

#include "host/risk/risk.hpp"

namespace hedgestorm::risk {

/// Probability that differences of which none is real have one called so, within one figure.
inline constexpr double false_alarm = 0.05;

/// Of each difference: whether it is not 0, at `false_alarm` for all of them together. One that is
/// not available is none, and not counted.
std::vector<bool> holm(const std::vector<Estimate>& differences);

/// The same for each figure of a PairedRisk: a figure's differences of all policies are one family.
struct PairedSignificance {
    bool mean_pnl = false;
    bool mean_total_cost = false;
    std::vector<bool> var;  ///< by level
    std::vector<bool> es;   ///< by level
};
std::vector<PairedSignificance> significance(const std::vector<PairedRisk>& paired);

}  // namespace hedgestorm::risk
