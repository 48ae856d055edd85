// SPDX-License-Identifier: Apache-2.0

// How fast the engines are: the common job H1 (a short call hedged over 63 steps) in several shapes
// and markets, H2 (the same in Heston's market, hedged at its volatility), on one thread, and a
// whole run on one and on two threads. Prints JSON lines; script/bench makes the table. Words on
// the command line choose: an engine, then a part of a job's name.
//
// Unit: path-steps per second, everything included (random numbers, valuation, policy, costs,
// ledger, and where said tallies); times accounts or legs where there are several.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/markets.hpp"
#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/pilot.hpp"
#include "host/run/run.hpp"
#include "host/run/tally_store.hpp"
#include "host/scenario/load.hpp"

namespace hedgestorm {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int steps = 63;
constexpr int repetitions = 15;
constexpr std::uint64_t tiles = 16;

const std::string every_step = "rule = 'interval'\nevery = 1\nvaluation = 'instantaneous'\n";

/// One measured shape of the job.
struct Shape {
    std::string name;
    int accounts = 1;
    int legs = 1;
    std::string risk;                 ///< keys of [risk]
    bool tally = true;                ///< false: outcomes alone
    std::string market = bench::gbm;  ///< keys of [market] and its tables
    std::string policy = {};          ///< keys of the only policy; empty: bands
};

const std::string pnl = "outcomes = 'pnl'\n";
const std::string binned;  // every column, the default set of them finely
const std::string three =
    "quantiles = 'columns'\ncolumns = ['pnl', 'hedge_slippage', 'residual_delta_rms']\n";

/// Every column in fine bins.
std::string fine() {
    std::string names;
    for (int c = 0; c < account_columns; ++c) names += fmt::format("'{}', ", column_info[c].name);
    return "columns = [" + names + "]\n";
}

const std::vector<Shape> shapes = {
    {"H1, P&L, not tallied", 1, 1, pnl, false},
    {"H1, P&L tallied", 1, 1, pnl},
    {"H1, all columns, not tallied", 1, 1, binned, false},
    {"H1, all columns, bins of three", 1, 1, three},
    {"H1, all columns, bins of all", 1, 1, binned},
    {"H1, all columns, fine bins of all", 1, 1, fine()},
    {"H1 x 32 policies, P&L, not tallied", 32, 1, pnl, false},
    {"H1 x 32 policies, P&L tallied", 32, 1, pnl},
    {"H1 x 32 policies, all columns, not tallied", 32, 1, binned, false},
    {"H1 x 32 policies, all columns, bins of three", 32, 1, three},
    {"H1 x 32 policies, all columns, bins of all", 32, 1, binned},
    {"20 legs, delta alone", 1, 20, pnl, false},
    {"20 legs, with value", 1, 20, binned, false},
    {"H1, merton", 1, 1, pnl, true, bench::merton},
    {"H1, kou", 1, 1, pnl, true, bench::kou},
    {"H2, heston full_truncation", 1, 1, pnl, true, bench::heston("full_truncation"), every_step},
    {"H2, heston quadratic_exponential", 1, 1, pnl, true, bench::heston("quadratic_exponential"),
     every_step},
    {"H1, heston full_truncation", 1, 1, pnl, true, bench::heston("full_truncation")},
    {"H1, bates", 1, 1, pnl, true, bench::bates},
    {"H1, regime", 1, 1, pnl, true, bench::regime},
    {"H1, garch", 1, 1, pnl, true, bench::garch("")},
    {"H1, garch student_t", 1, 1, pnl, true,
     bench::garch("innovations = 'student_t'\ndegrees_of_freedom = 5\n")},
    {"H1, hawkes", 1, 1, pnl, true, bench::hawkes},
    {"H1, bootstrap", 1, 1, pnl, true, bench::history("bootstrap", "mean_block_years = 0.02\n")},
    {"H1, replay", 1, 1, pnl, true, bench::history("replay", "jitter_years = 1\n")},
    {"H1, two overlays", 1, 1, pnl, true, bench::overlays},
    {"H1, hedged with a perpetual", 1, 1, pnl, true, bench::perpetual},
    {"H1, hedged with a proxy", 1, 1, pnl, true, bench::proxy},
};

scenario::Scenario job(const Shape& shape) {
    std::string text = fmt::format(
        "schema = 1\nname = 'H1'\n[simulation]\npaths = 1000000\nhorizon_years = 0.25\nsteps = {}\n"
        "[costs]\nhalf_spread_bps = 5\nfee_bps = 5\n[risk]\n{}[market]\nspot = 100.0\n{}",
        steps, shape.risk, shape.market);
    for (int l = 0; l < shape.legs; ++l) {
        const double strike = shape.legs == 1 ? 100.0 : 80.0 + 2.0 * l;
        text += fmt::format(
            "[[book.option]]\nname = 'leg {}'\nkind = 'call'\nstrike = {}\nexpiry_years = 0.25\n"
            "quantity = -1\nimplied_volatility = {}\n",
            l, strike, 0.2 + 0.001 * l);
    }
    if (!shape.policy.empty())
        return scenario::load_text(text + "[[policy]]\nname = 'only'\n" + shape.policy, "H2.toml");
    for (int a = 0; a < shape.accounts; ++a) {
        text += fmt::format("[[policy]]\nname = 'band {}'\nrule = 'band'\nhalf_width = {}\n", a,
                            a == 0 ? 0.05 : 0.005 * a);
    }
    return scenario::load_text(text, "H1.toml");
}

double seconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

void measure(const EngineOffer& offer, const Shape& shape) {
    const scenario::Scenario scenario = job(shape);
    plan::Plan plan(scenario);
    const std::unique_ptr<Engine> engine(make_engine(offer.name));
    if (!engine || !engine->load(plan.view()).ok()) return;
    run::fly_pilot(scenario, {engine.get()}, plan);
    const PlanView view = plan.view();
    if (!engine->load(view).ok()) return;
    run::TallyStore store(plan, 1);
    std::vector<float> rows(std::size_t(view.tally.rows) * tile_paths);
    std::uint64_t next = 0;
    std::vector<double> times;
    for (int r = 0; r < repetitions + 1; ++r) {
        times.push_back(seconds([&] {
            if (shape.tally) {
                const PathRange range = {next * tile_paths, (next + tiles) * tile_paths};
                store.copy_for(0).add(tiles * tile_paths,
                                      [&](const TallyView& tally) { engine->run(range, tally); });
            } else {
                for (std::uint64_t t = 0; t < tiles; ++t) engine->outcomes(next + t, rows.data());
            }
        }));
        next += tiles;
    }
    times.erase(times.begin());  // the first one warms caches and touches pages
    const double path_steps = static_cast<double>(tiles * tile_paths) * steps;
    fmt::print(
        "{{\"engine\": \"{}\", \"job\": \"{}\", \"market\": \"{}\", \"accounts\": {}, \"legs\": "
        "{}, "
        "\"path_steps_per_second\": {:.4g}, "
        "\"best\": {:.4g}}}\n",
        offer.name, shape.name, shape.market == bench::gbm ? "plain" : "other", shape.accounts,
        shape.legs, path_steps / median(times),
        path_steps / *std::min_element(times.begin(), times.end()));
    std::fflush(stdout);
}

/// A whole run, statistics included, on `threads` threads.
void measure_run(int threads) {
    scenario::Scenario scenario = job({});
    scenario.simulation.paths = 4'000'000;
    std::vector<double> times;
    for (int r = 0; r < 5; ++r) {
        run::Options options;
        options.threads = threads;
        times.push_back(seconds([&] { run::run(scenario, options); }));
    }
    fmt::print(
        "{{\"engine\": \"auto\", \"job\": \"whole run of 4e6 paths, {} thread{}\", \"market\": "
        "\"plain\", "
        "\"accounts\": 1, \"legs\": 1, "
        "\"path_steps_per_second\": {:.4g}, \"seconds\": {:.3f}}}\n",
        threads, threads == 1 ? "" : "s", 4e6 * steps / median(times), median(times));
}

}  // namespace
}  // namespace hedgestorm

int main(int argc, char** argv) {
    using namespace hedgestorm;
    const std::string engine = argc > 1 ? argv[1] : "";
    const std::string job = argc > 2 ? argv[2] : "";
    const View<EngineOffer> offers = engine_offers();
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        if (!offers[i].available || (!engine.empty() && engine != offers[i].name)) continue;
        for (const Shape& shape : shapes) {
            if (shape.name.find(job) != std::string::npos) measure(offers[i], shape);
        }
    }
    if (!engine.empty()) return 0;
    measure_run(1);
    measure_run(2);
}
