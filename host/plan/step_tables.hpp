// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tables of the grid: what the market, the accruals and the costs do over each step.

#include "host/plan/book_layout.hpp"
#include "host/plan/stress.hpp"

namespace hedgestorm::plan {

/// Fills the tables of steps and of the pieces that events split them into.
void make_steps(const scenario::Scenario& scenario, const Grid& grid, const StressScript& script,
                const BookLayout& layout, Tables<double>& tables);

}  // namespace hedgestorm::plan
