// SPDX-License-Identifier: Apache-2.0

#include "bench/gpu_check/parity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/pilot.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/busy_scenario.hpp"
#include "tests/support/host_tally.hpp"
#include "tests/support/other_markets.hpp"

namespace hedgestorm::gpu_check {
namespace {

void require(const EngineStatus& status, const Engine& engine) {
    if (!status.ok())
        throw std::runtime_error(fmt::format("{}: {}", engine.name(), status.failure));
}

std::unique_ptr<Engine> make(const char* name) {
    std::unique_ptr<Engine> engine(make_engine(name));
    if (!engine) throw std::runtime_error(fmt::format("engine {} could not be made", name));
    return engine;
}

/// The widest CPU engine of this machine.
const char* widest_cpu() {
    const char* widest = "scalar";
    for (std::uint32_t i = 0; i < engine_offers().size; ++i) {
        const EngineOffer& offer = engine_offers()[i];
        if (offer.available && !offer.gpu) widest = offer.name;
    }
    return widest;
}

std::uint64_t different_floats(const std::vector<float>& a, const std::vector<float>& b) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        count += std::memcmp(&a[i], &b[i], sizeof(float)) != 0 ? 1 : 0;
    }
    return count;
}

void check_outcomes(const std::string& name, const PlanView& view, Engine& gpu, Size size,
                    Report& report) {
    // From the first tile to one past path 2^32; the scalar engine is slow, so it takes only one.
    const std::uint64_t far = (std::uint64_t{1} << 20) + 5;
    for (const char* cpu_name : {"scalar", widest_cpu()}) {
        const auto cpu = make(cpu_name);
        require(cpu->load(view), *cpu);
        std::vector<float> ours(std::size_t(view.tally.rows) * tile_paths);
        std::vector<float> theirs(ours.size());
        std::vector<std::uint64_t> tiles = {far};
        if (size == Size::usual && std::strcmp(cpu_name, "scalar") != 0) tiles = {0, 7, far};
        std::uint64_t different = 0;
        for (const std::uint64_t tile : tiles) {
            require(gpu.outcomes(tile, ours.data()), gpu);
            require(cpu->outcomes(tile, theirs.data()), *cpu);
            different += different_floats(ours, theirs);
        }
        report.check(fmt::format("{}: outcomes, {}", name, cpu_name), different == 0,
                     fmt::format("{} of {} floats differ", different, ours.size() * tiles.size()));
    }
}

void check_tallies(const std::string& name, const PlanView& view, Engine& gpu, Size size,
                   Report& report) {
    const auto cpu = make(widest_cpu());
    require(cpu->load(view), *cpu);
    test::HostTally ours(view.tally);
    test::HostTally theirs(view.tally);
    const std::uint64_t paths = size == Size::small ? tile_paths + 100 : 32 * tile_paths + 777;
    const std::uint64_t first = (std::uint64_t{1} << 32) - tile_paths / 2 + 3;
    const std::uint64_t middle = first + paths / 3;
    for (const PathRange range : {PathRange{first, middle}, PathRange{middle, first + paths}}) {
        require(gpu.run(range, ours.view()), gpu);
        require(cpu->run(range, theirs.view()), *cpu);
    }
    std::string parts;
    for (const char* part : ours.differences(theirs)) parts += fmt::format("{} differ; ", part);
    report.check(fmt::format("{}: tallies, {}", name, cpu->name()), parts.empty(),
                 fmt::format("{}{} paths, {} columns", parts, paths, view.tally.cell.size));
}

void check_plan(const std::string& name, const scenario::Scenario& scenario, Size size,
                Report& report) {
    plan::Plan plan(scenario);
    const auto pilot = make(widest_cpu());
    require(pilot->load(plan.view()), *pilot);
    run::fly_pilot(scenario, {pilot.get()}, plan);
    const auto gpu = make("cuda:0");
    require(gpu->load(plan.view()), *gpu);
    check_outcomes(name, plan.view(), *gpu, size, report);
    check_tallies(name, plan.view(), *gpu, size, report);
}

}  // namespace

void check_parity(const std::filesystem::path& file, Size size, Report& report) {
    for (const char* precision : {"single", "double"}) {
        const bool reference = std::strcmp(precision, "double") == 0;
        if (reference && size == Size::small) continue;
        const std::string name =
            fmt::format("{}{}", file.stem().string(), reference ? ", double" : "");
        check_plan(name,
                   scenario::load(file, {"simulation.paths=65536",
                                         fmt::format("simulation.precision='{}'", precision)}),
                   size, report);
    }
}

void check_parity_of_other_markets(Size size, Report& report) {
    for (const test::OtherMarket& market : test::other_markets()) {
        const auto check = [&](const char* what, test::ScenarioText text) {
            check_plan(fmt::format("{}, {}", market.name, what),
                       market.put(std::move(text)).set("simulation.paths", "65536").load(), size,
                       report);
        };
        // One for each kernel.
        check("all columns", test::busy_scenario());
        if (size == Size::small) continue;
        check("P&L", test::busy_scenario().set("risk.outcomes", "'pnl'"));
        check("every rule, all columns", test::with_every_rule(test::busy_scenario()));
        check("every rule, P&L",
              test::with_every_rule(test::busy_scenario()).set("risk.outcomes", "'pnl'"));
        check("double",
              test::with_every_rule(test::busy_scenario()).set("simulation.precision", "'double'"));
    }
}

}  // namespace hedgestorm::gpu_check
