// SPDX-License-Identifier: Apache-2.0
#pragma once

// The legs in the order the tables hold them, and when each expiry settles.

#include <cstdint>
#include <memory>
#include <vector>

#include "host/plan/grid.hpp"
#include "host/plan/plan.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

struct BookLayout {
    std::vector<const scenario::OptionLeg*> legs;  ///< in the order of Tables::option
    std::vector<double> expiry_time;               ///< per expiry [years]
    std::vector<std::size_t>
        settles;  ///< per expiry: step at whose end it settles; steps.size(): never

    std::size_t expiries() const { return expiry_time.size(); }
    /// Expiries that have not settled by the end of a step.
    std::uint32_t alive_after(std::size_t step) const;
    /// Remaining life of an expiry at the end of a step; a settled one gets any positive life.
    double life(const GridStep& step, std::size_t expiry) const;
};

/// Fills the tables of options, expiries and their steps. Legs with one expiry together, latest
/// expiry first.
BookLayout lay_out_book(const scenario::Scenario& scenario, const Grid& grid,
                        Tables<double>& tables);

}  // namespace hedgestorm::plan
