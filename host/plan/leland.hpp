// SPDX-License-Identifier: Apache-2.0
#pragma once

// The volatility at which Leland (1985) hedges every so often, so that what trading costs on
// average is what the option brings in more: sigma_hat^2 = sigma^2 (1 + Le) for a short leg, (1 -
// Le) for a long one, Le = sqrt(8/pi) kappa / (sigma sqrt(dt)), kappa the one-way cost as a
// fraction of notional, dt the time between trades.

#include "host/plan/grid.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

struct Leland {
    double addition;  ///< Le sigma = sqrt(8/pi) kappa / sqrt(dt) [per square-root year]

    /// Of a policy, at the mean time between its trades. Throws ScenarioError where a long leg
    /// would have no volatility left.
    Leland(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
           const scenario::Policy& policy, double cost);

    /// sigma_hat of a leg held in this quantity.
    double volatility(double sigma, double quantity) const;
};

}  // namespace hedgestorm::plan
