// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/sections.hpp"

#include <string>
#include <vector>

#include "hedgestorm/outcome.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr std::size_t longest_description = 20'000;
constexpr std::size_t longest_path = 4'096;
constexpr std::size_t most_levels = 8;
constexpr std::size_t most_loss_limits = 64;
constexpr std::size_t most_items = 10'000;
constexpr std::uint64_t most_worst_paths = 100'000;
constexpr Range a_volatility = above_to(0.0, 20.0);
constexpr Range some_bps = between(0.0, 10'000.0);

constexpr Word<Precision> precisions[] = {{"single", Precision::single_precision},
                                          {"double", Precision::double_precision}};
constexpr Word<OptionKind> kinds[] = {{"call", OptionKind::call}, {"put", OptionKind::put}};
constexpr Word<Outcomes> outcome_sets[] = {
    {"all", Outcomes::all}, {"standard", Outcomes::standard}, {"pnl", Outcomes::pnl}};

constexpr Word<Quantiles> quantile_sets[] = {{"all", Quantiles::all},
                                             {"columns", Quantiles::columns}};

std::vector<std::string> column_names() {
    std::vector<std::string> names;
    for (const ColumnInfo& column : column_info) names.emplace_back(column.name);
    return names;
}

}  // namespace

void describe(Keys& k, ScenarioSpec& s) {
    k.integer("schema", s.schema, 1, 1, about("Version of this file format."));
    k.text("name", s.name, longest_name, about("Name shown in reports; absent: the file's name."));
    k.text("description", s.description, longest_description, about("Free text shown in reports."));
    k.text(
        "extends", s.extends, longest_path,
        about(
            "A scenario file this one changes, relative to this file and inside the folder of the "
            "scenario being run."));
    k.number("severity", s.severity, between(0.0, 10.0),
             about("Scales every [[stress]]: log moves times it, multipliers to its power."));
    k.table("simulation", s.simulation, about("How many paths, how long, how fine.").needed());
    k.table("market", s.market, about("The underlying and how it moves.").needed());
    k.tables("stress", s.stresses, most_items,
             about("Something that happens to the market at a time."));
    k.table("book", s.book, about("What is hedged, from the desk's side.").needed());
    k.tables("hedge", s.hedges, 1,
             about("What is traded against the book; absent: one spot hedge."));
    k.tables("policy", s.policies, most_policies,
             about("How the hedge follows the book's delta; every policy runs on the same paths.")
                 .needed());
    k.table("costs", s.costs, about("Costs of hedge trades, for every hedge without its own."));
    k.table("risk", s.risk, about("Which figures are reported."));
}

void describe(Keys& k, SimulationSpec& s) {
    k.integer("paths", s.paths, 1, most_paths, about("Number of simulated paths.").needed());
    k.integer("first_path", s.first_path, 0, (1ull << 63) - 1,
              about("Number of the first path; runs over ranges that follow one another add up."));
    k.time("horizon", s.horizon, above(0.0), about("Length of the simulation.").needed());
    k.integer(
        "steps", s.steps, 1, most_steps,
        about(
            "Rebalance intervals over the horizon; or steps_per_day, or [[simulation.segment]]."));
    k.number("steps_per_day", s.steps_per_day, above(0.0),
             about("Rebalance intervals per day; their number over the horizon must be whole.")
                 .in("per day"));
    k.tables(
        "segment", s.segments, most_items,
        about("A stretch of the rebalance grid with equal spacing; the first starts at 0, each "
              "next where the one before ends, the last ends at the horizon."));
    k.tables("closed", s.closed, most_items,
             about("A time nobody trades: a night, a weekend, a halt."));
    k.seed("seed", s.seed,
           about("Key of the random numbers: a whole number from 0 to 2^64 - 1, as a number or as "
                 "text."));
    k.choice("precision", s.precision, precisions, {},
             about("Arithmetic on a path; double is the reference."));
    k.number("days_per_year", s.days_per_year, between(1.0, 1000.0),
             about("Days of 24 hours in a year, for every time key.").in("days"));
}

void describe(Keys& k, SegmentSpec& s) {
    k.time("until", s.until, above(0.0), about("End of the segment, from time 0.").needed());
    k.integer("steps", s.steps, 1, most_steps, about("Rebalance intervals in the segment."));
    k.number("steps_per_day", s.steps_per_day, above(0.0),
             about("Rebalance intervals per day of the segment; or steps.").in("per day"));
}

void describe(Keys& k, ClosedSpec& s) {
    k.time("from", s.from, at_least(0.0), about("When the market closes.").needed());
    k.time("to", s.to, above(0.0), about("When it opens again.").needed());
    k.time("every", s.every, above(0.0), about("Repeats after this long, up to the horizon."));
    k.number(
        "variance_weight", s.variance_weight, between(0.0, 100.0),
        about("Variance of the closed market, as a fraction of the open market's.").in("fraction"));
}

void describe(Keys& k, BookSpec& s) {
    k.number_or_word(
        "premium", s.premium, any_number(), {{"mark", "model", "none"}, {}},
        about("Cash received for the book at time 0: mark (minus its value), model (minus "
              "its value under the unstressed, risk-neutral model), none, or an amount.")
            .in("base currency"));
    k.number("exit_half_spread_vol", s.exit_half_spread_vol, between(0.0, 20.0),
             about("Half-spread in volatility charged on the vega of legs alive at the horizon.")
                 .in("volatility"));
    k.text("file", s.file, longest_path,
           about("A positions file (CSV) whose rows are options beside [[book.option]]."));
    k.tables("option", s.options, most_legs, about("A European option."));
}

void describe(Keys& k, OptionSpec& s) {
    k.text("name", s.name, longest_name, about("Name shown in messages and reports."));
    k.choice("kind", s.kind, kinds, {}, about("Call or put.").needed());
    k.number("strike", s.strike, between(-1e15, 1e15),
             about("Strike, above -market.displacement.").in("base currency").needed());
    k.time(
        "expiry", s.expiry, above(0.0),
        about("Time to expiry; inside the horizon the leg settles, beyond it is marked.").needed());
    k.number("quantity", s.quantity, between(-1e15, 1e15),
             about("Contracts held by the desk; negative: short.").in("contracts").needed());
    k.number("multiplier", s.multiplier, above_to(0.0, 1e9),
             about("Units of the underlying per contract.").in("units"));
    k.number("implied_volatility", s.implied_volatility, a_volatility,
             about("Volatility the leg is marked at.").in("per square-root year").needed());
}

void describe(Keys& k, CostsSpec& s) {
    k.number("half_spread_bps", s.half_spread_bps, some_bps,
             about("Half the bid-ask spread, of the notional traded.").in("basis points"));
    k.number("fee_bps", s.fee_bps, some_bps,
             about("Fee, of the notional traded.").in("basis points"));
    k.number("fixed", s.fixed, between(0.0, 1e15), about("Charge per trade.").in("base currency"));
}

void describe(Keys& k, RiskSpec& s) {
    static const std::vector<std::string> columns = column_names();
    k.numbers("levels", s.levels, {.low = 0.5, .high = 1.0, .high_open = true}, most_levels,
              about("Confidence levels of value at risk and expected shortfall, ascending.")
                  .in("probability"));
    k.numbers("loss_limits", s.loss_limits, any_number(), most_loss_limits,
              about("Losses whose probability of being exceeded is reported.").in("base currency"));
    k.integer("worst_paths", s.worst_paths, 0, most_worst_paths,
              about("How many of the worst paths of each policy are kept."));
    k.texts("columns", s.columns, columns,
            about("Outcomes with the finer distribution; empty: the default set."));
    k.choice("quantiles", s.quantiles, quantile_sets, {},
             about("Outcomes with quantiles, value at risk and expected shortfall: all, or columns "
                   "(only those with the finer distribution: faster); the others keep moments."));
    k.choice("outcomes", s.outcomes, outcome_sets, {},
             about("Outcomes computed: all, standard (all but drawdown: faster), pnl (fastest)."));
    k.flag("explain", s.explain, about("Explain the book's P&L by delta, gamma, theta and vega."));
}

}  // namespace hedgestorm::scenario
