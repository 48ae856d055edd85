// SPDX-License-Identifier: Apache-2.0
#pragma once

// The numbers of a PathParams, worked out in double from a scenario and its grid.

#include <memory>

#include "host/plan/grid.hpp"
#include "host/plan/plan.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// Tables in double; `book` receives the table at t_0.
std::unique_ptr<Tables<double>> make_tables(const scenario::Scenario& scenario, const Grid& grid,
                                            InitialBook& book, Purpose purpose);

/// The same tables, each number rounded to float once.
std::unique_ptr<Tables<float>> rounded(const Tables<double>& tables);

/// Points the views of `tables.params` at the tables.
template <class T>
void connect(Tables<T>& tables);

}  // namespace hedgestorm::plan
