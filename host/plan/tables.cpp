// SPDX-License-Identifier: Apache-2.0

#include "host/plan/tables.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/account_tables.hpp"
#include "host/plan/book_layout.hpp"
#include "host/plan/instrument_tables.hpp"
#include "host/plan/step_tables.hpp"
#include "host/plan/stress.hpp"
#include "host/plan/valuation_tables.hpp"

namespace hedgestorm::plan {

using scenario::Scenario;

namespace {

void set_constants(const Scenario& scenario, const Grid& grid, const InitialBook& book,
                   const BookLayout& layout, Tables<double>& tables) {
    const auto& market = scenario.market;
    PathParams<double>& p = tables.params;
    p.seed = scenario.simulation.seed;
    p.spot = market.spot;
    p.premium = book.premium;
    p.initial_value = book.value;
    p.fee = scenario.hedges.front().costs.fee;
    p.fixed = scenario.hedges.front().costs.fixed;
    p.first_weight =
        (grid.steps.front().to - grid.steps.front().from) / scenario.simulation.horizon;
    p.entry_compound = std::exp(market.rate * scenario.simulation.horizon);
    p.exit_spread_vol = scenario.book.exit_half_spread_vol;
    p.rate = market.rate;
    p.dividend_yield = market.dividend_yield;
    p.initial_delta = book.delta;
    p.initial_gamma = book.dollar_gamma * 100.0 / (market.spot * market.spot);
    p.initial_theta = book.theta * scenario.simulation.days_per_year;
    p.initial_relative_vega = initial_relative_vega(scenario);
    p.explain = scenario.risk.explain;
    p.carry = market.rate != 0.0 || hedge_dividend_yield(scenario) != 0.0;
    p.value_at_end = !layout.settles.empty() && layout.settles.front() == grid.steps.size();
    p.mark_is_wanted = std::any_of(tables.target.begin(), tables.target.end(),
                                   [](const auto& target) { return target.valuation == 0; });
    p.has_moving_bands =
        std::any_of(tables.target.begin(), tables.target.end(),
                    [](const auto& target) { return target.width.kind != Width::none; });
    p.columns =
        scenario.risk.explain ? ColumnSet::all : static_cast<ColumnSet>(scenario.risk.outcomes);
    p.steps = static_cast<std::uint32_t>(grid.steps.size());
}

}  // namespace

std::unique_ptr<Tables<double>> make_tables(const Scenario& scenario, const Grid& grid,
                                            InitialBook& book, Purpose purpose) {
    auto tables = std::make_unique<Tables<double>>();
    tables->params.market.volatility_is_read = purpose == Purpose::traces;
    const StressScript script(scenario);
    const BookLayout layout = lay_out_book(scenario, grid, *tables);
    make_steps(scenario, grid, script, layout, *tables);
    make_market(scenario, grid, script, tables->market, tables->params.market);
    make_instrument(scenario, grid, script, tables->instrument, tables->params.instrument);
    Valuations valuations(scenario, grid, script, layout, *tables);
    book = make_initial_book(scenario, grid);
    for (const scenario::Policy& policy : scenario.policies)
        add_account({scenario, grid, script, layout}, policy, valuations, book, *tables);
    set_constants(scenario, grid, book, layout, *tables);
    connect(*tables);
    return tables;
}

}  // namespace hedgestorm::plan
