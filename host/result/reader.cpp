// SPDX-License-Identifier: Apache-2.0
#include "host/result/reader.hpp"

#include <fmt/format.h>

#include <charconv>

#include "host/result/hdf5.hpp"
#include "host/result/read_risk.hpp"
#include "host/result/schema.hpp"
#include "host/result/seal.hpp"
#include "host/result/survives.hpp"
#include "host/result/table_reader.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::result {

using hdf5::check;
using hdf5::Failure;
using hdf5::Handle;

namespace {

FileError refusal(const std::filesystem::path& path, const std::string& why,
                  const char* what_to_do) {
    return FileError(fmt::format("{}: {} ({})", escaped(path.string()), why, what_to_do));
}

void require_ordinary_file(const std::filesystem::path& path) {
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (status.type() == std::filesystem::file_type::not_found)
        throw refusal(path, "there is no such file", "check the name; `hedgestorm run` makes one");
    if (problem)
        throw refusal(path, "cannot be read: " + problem.message(), "check its permissions");
    if (std::filesystem::is_directory(status))
        throw refusal(path, "is a folder", "name a result file in it");
    if (!std::filesystem::is_regular_file(status))
        throw refusal(path, "is not an ordinary file", "name a result file");
}

Handle open_file(const std::filesystem::path& path) {
    const char* doing = "opening the file";
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, doing);
    // Results are replaced by renaming, so no lock is needed; some network disks have none.
    check(H5Pset_file_locking(access, false, true), doing);
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, doing};
}

/// Refuses what another program wrote, and what this one wrote later than this version knows.
void require_our_schema(const std::filesystem::path& path, hid_t file) {
    const Handle root(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "opening the root group");
    if (H5Aexists(root, "schema_version") <= 0 || H5Aexists(root, "program") <= 0 ||
        TableReader(file, "/").string_attribute("program") != schema::program)
        throw refusal(path, "is an HDF5 file, but not a result of hedgestorm",
                      "name a file that `hedgestorm run` made");
    const unsigned long version = TableReader(file, "/").count_attribute("schema_version");
    if (version > static_cast<unsigned long>(schema::version))
        throw refusal(path,
                      fmt::format("its schema_version is {}, and this program reads up to {}",
                                  version, schema::version),
                      "update hedgestorm");
    if (version == 0) throw Failure("schema_version is 0");
}

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

Result decode(const std::filesystem::path& path) {
    const Handle file = open_file(path);
    require_our_schema(path, file);
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
    require_ordinary_file(path);
    const hdf5::Quiet quiet;
    if (H5Fis_hdf5(path.c_str()) <= 0)
        throw refusal(path, "is not an HDF5 file, so not a result",
                      "name a file that `hedgestorm run` made");
    const SealState seal = check_seal(path);
    const bool readable =
        seal == SealState::intact || (seal == SealState::absent && survives([&] { decode(path); }));
    if (!readable)
        throw refusal(path, "its contents are damaged: they do not match their checksums",
                      "copy it again from where it was made, or repeat the run");
    try {
        return decode(path);
    } catch (const Failure& failure) {
        throw refusal(path, fmt::format("cannot be read as a result: {}", escaped(failure.what())),
                      "it is damaged or was changed; copy it again or repeat the run");
    }
}

}  // namespace hedgestorm::result
