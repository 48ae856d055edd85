// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tables of the policies: their rules, their targets, and their accounts at t_0.

#include "host/plan/initial_book.hpp"
#include "host/plan/valuation_tables.hpp"

namespace hedgestorm::plan {

/// What the tables of a policy are made from.
struct PlanContext {
    const scenario::Scenario& scenario;
    const Grid& grid;
    const StressScript& script;
    const BookLayout& layout;
};

/// A policy's rule, and its account after the initial trade, which `book` learns of. Throws
/// ScenarioError for what only the grid can tell.
void add_account(const PlanContext& context, const scenario::Policy& policy, Valuations& valuations,
                 InitialBook& book, Tables<double>& tables);

}  // namespace hedgestorm::plan
