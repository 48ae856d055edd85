// SPDX-License-Identifier: Apache-2.0
#include "host/result/writer.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <numeric>

#include "host/result/hdf5.hpp"
#include "host/result/memory_file.hpp"
#include "host/result/schema.hpp"
#include "host/result/table.hpp"
#include "host/result/write_risk.hpp"
#include "host/result/write_sample.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

using hdf5::Handle;

namespace {

void write_provenance(Table& root, const Result& result) {
    const Provenance& made = result.provenance;
    const scenario::Simulation& simulation = result.scenario.simulation;
    const std::string now = fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
    root.attribute("title", result.scenario.name);
    root.attribute("schema_version", schema::version);
    root.attribute("program", std::string(schema::program));
    root.attribute("version", made.program_version);
    root.attribute("commit", made.commit);
    root.attribute("engine", made.engine);
    root.attribute("device", made.device);
    root.attribute("threads", made.threads);
    root.attribute("started", made.started);
    root.attribute("seconds", made.seconds);
    root.attribute("created", now);
    root.attribute("history",
                   fmt::format("{} {} {} run", now, schema::program, made.program_version));
    root.attribute("seed", std::to_string(simulation.seed));
    root.attribute("paths", static_cast<unsigned long>(result.risk.paths));
    root.attribute("flagged", static_cast<unsigned long>(result.risk.flagged));
    root.attribute("first_path", static_cast<unsigned long>(simulation.first_path));
    root.attribute("steps", static_cast<unsigned long>(made.rebalance_steps));
    root.attribute("grid_steps", static_cast<unsigned long>(made.grid_steps));
    root.attribute("horizon_years", simulation.horizon);
    root.attribute("days_per_year", simulation.days_per_year);
    root.attribute("figures_missing", result.risk.figures_missing ? 1 : 0);
}

void write_notes(Table& root, const std::vector<std::string>& notes) {
    std::string lines;
    for (const std::string& note : notes) lines += escaped(note) + "\n";
    root.text("notes", lines, {"what a reader should know, a sentence a line"});
}

void write_book(hid_t file, const Result& result) {
    const InitialBook& book = result.book;
    Table table(file, "/book");
    table.scalar("value", book.value, {"mark of the book at t_0", "currency"});
    table.scalar("premium", book.premium, {"cash received at t_0", "currency"});
    table.scalar("delta", book.delta, {"delta", "underlying"});
    table.scalar("dollar_gamma", book.dollar_gamma,
                 {"change of the dollar delta for a move of 1 %", "currency"});
    table.scalar("vega", book.vega, {"for one volatility point (0.01)", "currency"});
    table.scalar("theta", book.theta, {"for one day", "currency"});
    table.scalar("gross_notional", book.gross_notional,
                 {"sum of |quantity x multiplier| x (spot + displacement)", "currency"});
    table.scalar("gross_units", book.gross_units, {"sum of |quantity x multiplier|", "underlying"});
    table.scalar("spot", result.scenario.market.spot, {"price of the underlying", "currency"});
    if (book.initial_hedge.size() != result.risk.accounts.size()) return;
    std::vector<std::string> policies;
    for (const risk::AccountRisk& account : result.risk.accounts)
        policies.push_back(account.policy);
    table.words("policy", policies, {"hedging policy"});
    table.array<double>("initial_hedge", {"policy"}, book.initial_hedge,
                        {"hedge after the initial trade", "underlying"});
}

void write_scenario(hid_t file, const scenario::Scenario& scenario) {
    Table table(file, "/scenario");
    table.attribute("name", scenario.name);
    table.attribute("description", scenario.description);
    table.attribute("source_path", scenario.source_path);
    table.attribute("sha256", scenario.sha256);
    table.text("source", scenario.source_text, {"the scenario file as given, UTF-8"});
    table.text("resolved", scenario.resolved_text,
               {"the scenario with everything it extends, overrides and defaults, UTF-8"});
}

}  // namespace

std::string encode(const Result& result) {
    const hdf5::Quiet quiet;
    const Handle file = file_in_memory();
    {
        Table root(file, "/");
        write_provenance(root, result);
        write_accounts(root, result);
        write_notes(root, result.risk.notes);
        write_path(file, result);
        write_paired(file, result);
        write_worst(file, result);
        write_book(file, result);
        write_scenario(file, result.scenario);
        write_tally(file, result);
    }
    return sealed_bytes_of(file);
}

void write(const Result& result, const std::filesystem::path& path, Overwrite overwrite) {
    require_writable(path, overwrite);
    save(path, encoded(path, [&] { return encode(result); }), overwrite);
}

}  // namespace hedgestorm::result
