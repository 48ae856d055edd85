// SPDX-License-Identifier: Apache-2.0

#include "bench/gpu_check/timing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/gpu_check/device.hpp"
#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/pilot.hpp"
#include "host/scenario/load.hpp"
#include "tests/support/host_tally.hpp"

namespace hedgestorm::gpu_check {
namespace {

constexpr int repetitions = 15;
constexpr std::uint64_t paths = std::uint64_t{1} << 22;

/// Job H1: an at-the-money call sold and hedged 63 times in a quarter, band 0.05, 10 bp of cost;
/// with more legs around it and more policies beside it. Job H2 is the same in Heston's market, by
/// full truncation, hedged at every step at its volatility.
std::string job(int legs, int policies, const char* outcomes, bool heston) {
    std::string text =
        "schema = 1\nname = \"job\"\n[simulation]\npaths = 65536\nhorizon_years = 0.25\n"
        "steps = 63\nseed = 1\n[book]\npremium = \"mark\"\n[costs]\nhalf_spread_bps = 10\n"
        "[market]\nspot = 100\n";
    text += heston ? "model = \"heston\"\n[market.heston]\nkappa = 2\ntheta = 0.04\nxi = 0.5\n"
                     "rho = -0.7\ninitial_variance = 0.04\nscheme = \"full_truncation\"\n"
                   : "volatility = 0.2\n";
    text += fmt::format("[risk]\noutcomes = \"{}\"\n", outcomes);
    for (int i = 0; i < legs; ++i) {
        text += fmt::format(
            "[[book.option]]\nname = \"leg {}\"\nkind = \"{}\"\nstrike = {}\n"
            "expiry_years = 0.25\nquantity = -1\nimplied_volatility = {}\n",
            i, i % 2 == 0 ? "call" : "put", 100 + (i % 2 == 0 ? i : -i), 0.2 + 0.002 * i);
    }
    if (heston)
        return text +
               "[[policy]]\nname = \"every step\"\nrule = \"interval\"\nevery = 1\n"
               "valuation = \"instantaneous\"\n";
    for (int k = 0; k < policies; ++k) {
        text += fmt::format(
            "[[policy]]\nname = \"band {}\"\nrule = \"band\"\nhalf_width = {}\n"
            "rebalance_to = \"target\"\n",
            k, (policies == 1 ? 0.05 : 0.02 + 0.004 * k) * legs);
    }
    return text;
}

struct Job {
    const char* what;
    int legs;
    int policies;
    const char* outcomes;
    const char* unit;
    double per_path;      ///< units of work on a path
    double whole_target;  ///< with tallies
    double kernel_target;
    bool heston = false;
};

Timing timing_of(std::string what, const Job& job, std::vector<double> seconds, double target) {
    std::sort(seconds.begin(), seconds.end());
    const double work = job.per_path * static_cast<double>(paths);
    return {
        std::move(what),        job.unit, work / seconds[seconds.size() / 2], work / seconds.back(),
        work / seconds.front(), target};
}

std::vector<double> run_seconds(const plan::Plan& plan) {
    const std::unique_ptr<Engine> gpu(make_engine("cuda:0"));
    if (!gpu) throw std::runtime_error("cuda:0 could not be made");
    if (const EngineStatus status = gpu->load(plan.view()); !status.ok())
        throw std::runtime_error(status.failure);
    test::HostTally tally(plan.view().tally);
    std::vector<double> seconds;
    for (int i = 0; i <= repetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const std::uint64_t first = static_cast<std::uint64_t>(i) * paths;
        const EngineStatus status = gpu->run({first, first + paths}, tally.view());
        if (!status.ok()) throw std::runtime_error(status.failure);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        // The first call fills the heap of worst paths and loads the kernels.
        if (i > 0) seconds.push_back(taken.count());
    }
    return seconds;
}

}  // namespace

void time_jobs(Report& report) {
    constexpr double steps = 63.0;
    const Job jobs[] = {
        {"H1, K = 1, P&L", 1, 1, "pnl", "path-steps/s", steps, 1.9e11, 0.0},
        {"H1, K = 1, all columns", 1, 1, "all", "path-steps/s", steps, 0.0, 0.0},
        {"H1, K = 32, P&L", 1, 32, "pnl", "policy-steps/s", 32 * steps, 0.0, 1.5e12},
        {"H1, K = 32, all columns", 1, 32, "all", "policy-steps/s", 32 * steps, 0.0, 0.0},
        {"20 legs, K = 1, delta only", 20, 1, "pnl", "leg-path-steps/s", 20 * steps, 0.0, 0.0},
        {"20 legs, K = 1, with value", 20, 1, "all", "leg-path-steps/s", 20 * steps, 0.0, 0.0},
        {"H2, K = 1, P&L", 1, 1, "pnl", "path-steps/s", steps, 0.0, 0.0, true},
        {"H2, K = 1, all columns", 1, 1, "all", "path-steps/s", steps, 0.0, 0.0, true},
    };
    for (const Job& j : jobs) {
        const auto scenario =
            scenario::load_text(job(j.legs, j.policies, j.outcomes, j.heston), "job.toml");
        plan::Plan plan(scenario);
        const std::unique_ptr<Engine> pilot(make_engine("cuda:0"));
        if (!pilot || !pilot->load(plan.view()).ok())
            throw std::runtime_error("cuda:0 did not take a plan");
        run::fly_pilot(scenario, {pilot.get()}, plan);
        report.time(
            timing_of(fmt::format("{}, whole run", j.what), j, run_seconds(plan), j.whole_target));
        // A quarter of the paths: outcomes of many columns need much memory.
        std::vector<double> kernel = kernel_seconds(plan.view(), paths / 4, repetitions);
        for (double& s : kernel) s *= 4.0;
        if (kernel.empty()) throw std::runtime_error("the simulation kernel could not be timed");
        report.time(timing_of(fmt::format("{}, simulation kernel", j.what), j, std::move(kernel),
                              j.kernel_target));
    }
}

}  // namespace hedgestorm::gpu_check
