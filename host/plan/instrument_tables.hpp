// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tables of the hedge's instrument: how its price strays from the spot in each step, and when
// what is paid for holding it.

#include <vector>

#include "hedgestorm/params.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/stress.hpp"
#include "host/scenario/scenario.hpp"

namespace hedgestorm::plan {

/// The tables behind an InstrumentParams<T>.
template <class T>
struct InstrumentTables {
    std::vector<InstrumentStep<T>> step;
    std::vector<FundingStep<T>> funding;
};

/// Whether it is the underlying itself, for cash, with nothing to pay for holding it.
bool has_plain_hedge(const scenario::Scenario& scenario);
/// Whether holding it may cost something beside its financing.
bool costs_to_hold(const scenario::Scenario& scenario);
/// What a unit of it pays [per year].
double hedge_dividend_yield(const scenario::Scenario& scenario);

/// At t_0 [currency].
double initial_price(const scenario::Scenario& scenario);
/// Units of it that hedge one unit of the underlying at t_0: beta S/F of a proxy, else 1.
double initial_units_per_underlying(const scenario::Scenario& scenario);

void make_instrument(const scenario::Scenario& scenario, const Grid& grid,
                     const StressScript& script, InstrumentTables<double>& tables,
                     InstrumentParams<double>& params);

/// The same in floats, and the params' views of the tables.
void round_instrument(const InstrumentTables<double>& tables,
                      const InstrumentParams<double>& params, InstrumentTables<float>& to,
                      InstrumentParams<float>& out);
template <class T>
void connect(const InstrumentTables<T>& tables, InstrumentParams<T>& params);

}  // namespace hedgestorm::plan
