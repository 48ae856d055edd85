// SPDX-License-Identifier: Apache-2.0
#include "host/result/reader.hpp"

#include <charconv>

#include "host/result/hdf5.hpp"
#include "host/result/read_file.hpp"
#include "host/result/read_risk.hpp"
#include "host/result/table_reader.hpp"

namespace hedgestorm::result {

using hdf5::Failure;

namespace {

std::uint64_t seed_from(const std::string& text) {
    std::uint64_t seed = 0;
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, seed);
    if (problem != std::errc() || stop != end) throw Failure("the seed is not a whole number");
    return seed;
}

void read_provenance(const TableReader& root, Result& result) {
    Provenance& made = result.provenance;
    made.program_version = root.string_attribute("version");
    made.commit = root.string_attribute("commit");
    made.engine = root.string_attribute("engine");
    made.device = root.string_attribute("device");
    made.threads = static_cast<int>(root.count_attribute("threads"));
    made.started = root.string_attribute("started");
    made.seconds = root.real_attribute("seconds");
    made.rebalance_steps = root.count_attribute("steps");
    made.grid_steps = root.count_attribute("grid_steps");
    scenario::Simulation& simulation = result.scenario.simulation;
    simulation.seed = seed_from(root.string_attribute("seed"));
    simulation.paths = root.count_attribute("paths");
    simulation.first_path = root.count_attribute("first_path");
    simulation.horizon = root.real_attribute("horizon_years");
    simulation.days_per_year = root.real_attribute("days_per_year");
    result.risk.paths = simulation.paths;
    result.risk.flagged = root.count_attribute("flagged");
    result.risk.figures_missing = root.count_attribute("figures_missing") != 0;
    const std::string lines = root.text("notes");
    for (std::size_t start = 0, end; (end = lines.find('\n', start)) != std::string::npos;
         start = end + 1)
        result.risk.notes.push_back(lines.substr(start, end - start));
}

void read_book(hid_t file, Result& result) {
    const TableReader table(file, "/book");
    InitialBook& book = result.book;
    book.value = table.number("value");
    book.premium = table.number("premium");
    book.delta = table.number("delta");
    book.dollar_gamma = table.number("dollar_gamma");
    book.vega = table.number("vega");
    book.theta = table.number("theta");
    book.gross_notional = table.number("gross_notional");
    book.gross_units = table.number("gross_units");
    book.initial_hedge = table.list("initial_hedge");
    result.scenario.market.spot = table.number("spot");
}

void read_scenario(hid_t file, scenario::Scenario& scenario) {
    const TableReader table(file, "/scenario");
    scenario.name = table.string_attribute("name");
    scenario.description = table.string_attribute("description");
    scenario.source_path = table.string_attribute("source_path");
    scenario.sha256 = table.string_attribute("sha256");
    scenario.source_text = table.text("source");
    scenario.resolved_text = table.text("resolved");
}

void read_worst(hid_t file, Result& result) {
    risk::Sample& sample = result.sample;
    sample.paths = result.risk.paths;
    sample.flagged = result.risk.flagged;
    sample.accounts = static_cast<int>(result.risk.accounts.size());
    sample.levels = static_cast<int>(result.scenario.risk.levels.size());
    sample.worst.resize(result.risk.accounts.size());
    if (!has_group(file, "/worst")) return;
    const TableReader table(file, "/worst");
    const std::size_t ranks = table.list("rank").size();
    const auto pnl = table.numbers("pnl", {sample.worst.size(), ranks});
    const auto path = table.counts("path", {sample.worst.size(), ranks});
    for (std::size_t i = 0; i < pnl.size(); ++i)
        if (pnl[i] == pnl[i]) sample.worst[i / ranks].push_back({pnl[i], path[i]});
}

Result decode(hid_t file) {
    Result result;
    const TableReader root(file, "/");
    read_provenance(root, result);
    read_scenario(file, result.scenario);
    read_risk(file, root, result);
    read_book(file, result);
    read_worst(file, result);
    return result;
}

}  // namespace

Result read(const std::filesystem::path& path) {
    Result result;
    read_file(path, [&](hid_t file) { result = decode(file); });
    return result;
}

}  // namespace hedgestorm::result
