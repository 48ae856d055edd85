// SPDX-License-Identifier: Apache-2.0

#include "host/run/run.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/risk/distribution.hpp"
#include "host/risk/tail.hpp"
#include "host/run/engine_error.hpp"
#include "host/run/pilot.hpp"
#include "host/run/processors.hpp"
#include "host/run/tally_store.hpp"
#include "host/run/work_together.hpp"
#include "host/support/build_info.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::run {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<Engine> engine_with_plan(const std::string& name, const PlanView& plan,
                                         const StopSign& sign) {
    std::unique_ptr<Engine> engine(make_engine(name.c_str()));
    if (!engine) throw EngineError(fmt::format("engine {} could not be started", name));
    engine->heed(sign);
    require(engine->load(plan), name);
    return engine;
}

/// Path numbers in aligned pieces, each given out once.
class Queue {
  public:
    Queue(std::uint64_t first, std::uint64_t end) : next_(first), end_(end) {}

    PathRange take(std::uint64_t at_a_time) {
        const std::scoped_lock lock(mutex_);
        if (next_ >= end_) return {end_, end_};
        // Towards the end pieces shrink, so that no thread is left with the last big one.
        const std::uint64_t share =
            std::max<std::uint64_t>((end_ - next_) / (4 * tile_paths), 1) * tile_paths;
        const std::uint64_t size = std::min(at_a_time, share);
        const std::uint64_t to = std::min(end_, (next_ / tile_paths) * tile_paths + size);
        const PathRange range = {next_, to};
        next_ = to;
        return range;
    }

  private:
    std::mutex mutex_;
    std::uint64_t next_;
    std::uint64_t end_;
};

/// The threads of one run and where they stand.
class Crew {
  public:
    Crew(const plan::Plan& plan, TallyStore& store, const Options& options)
        : plan_(plan),
          store_(store),
          options_(options),
          queue_(plan.first_path(), plan.first_path() + plan.paths()) {}

    /// Simulates everything on the given engines, one thread each; rethrows the first failure.
    template <class Report>
    void work(const std::vector<std::string>& engines, const Report& report) {
        work_together(
            engines.size(), options_.progress_every, stop_,
            [&](std::size_t t) { thread(static_cast<int>(t), engines[t]); },
            [&] { report(done_.load()); });
        if (is_interrupted()) throw Interrupted();
    }

  private:
    bool is_interrupted() const {
        return options_.interrupted != nullptr && options_.interrupted->load();
    }

    /// In the middle of a call too: on a long grid one takes minutes.
    StopSign sign() const {
        return {[](const void* of) {
                    const Crew& crew = *static_cast<const Crew*>(of);
                    return crew.stop_.load() || crew.is_interrupted();
                },
                this};
    }

    void thread(int number, const std::string& name) {
        const auto engine = engine_with_plan(name, plan_.view(), sign());
        TallyCopy& copy = store_.copy_for(number);
        while (!stop_.load() && !is_interrupted()) {
            const PathRange range = queue_.take(engine->paths_at_a_time());
            if (range.first == range.end) break;
            const EngineStatus status =
                copy.add(range.end - range.first,
                         [&](const TallyView& view) { return engine->run(range, view); });
            require(status, name, fmt::format(" (paths {} to {})", range.first, range.end));
            done_ += range.end - range.first;
        }
    }

    const plan::Plan& plan_;
    TallyStore& store_;
    const Options& options_;
    Queue queue_;
    std::atomic<std::uint64_t> done_ = 0;
    std::atomic<bool> stop_ = false;
};

/// The level a trader watches: 99 % if the scenario has it, else its highest.
const scenario::Level& watched_level(const scenario::Scenario& scenario) {
    for (const auto& level : scenario.risk.levels) {
        if (level.text == "0.99") return level;
    }
    return scenario.risk.levels.back();
}

/// Expected shortfall of the first policy's P&L so far.
risk::Estimate running_shortfall(TallyStore& store, const scenario::Level& level) {
    const risk::ColumnSample pnl = store.snapshot(0);
    if (pnl.sums.count < 2) return risk::unavailable();
    const auto ranks = risk::quantile_ranks(pnl.sums.count, {level.numerator, level.denominator});
    return risk::estimate_shortfall(risk::Distribution::of_losses(pnl), ranks);
}

StopSign sign_of(const std::atomic<bool>* interrupted) {
    if (interrupted == nullptr) return {};
    return {[](const void* of) { return static_cast<const std::atomic<bool>*>(of)->load(); },
            interrupted};
}

/// The pilot on as many of the engines as it has tiles.
void pilot_on(const std::vector<std::string>& names, const scenario::Scenario& scenario,
              plan::Plan& plan, const Options& options) {
    const std::size_t most = pilot_paths / tile_paths;
    std::vector<std::unique_ptr<Engine>> engines;
    std::vector<Engine*> lent;
    for (std::size_t e = 0; e < std::min(most, names.size()); ++e) {
        engines.push_back(engine_with_plan(names[e], plan.view(), sign_of(options.interrupted)));
        lent.push_back(engines.back().get());
    }
    fly_pilot(scenario, lent, plan, options);
}

std::string utc_now() {
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%SZ}",
        fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

std::string device_of(const std::string& engine) {
    const View<EngineOffer> offers = engine_offers();
    for (std::uint32_t i = 0; i < offers.size; ++i) {
        if (engine == offers[i].name) return offers[i].device;
    }
    return "";
}

}  // namespace

result::Result run(const scenario::Scenario& scenario, const Options& options) {
    const auto start = Clock::now();
    result::Result result;
    result.provenance.started = utc_now();
    std::vector<std::string> engines = choose_engines(options.engine);

    plan::Plan plan(scenario);
    if (!engines.front().starts_with("cuda")) {
        const std::uint64_t tiles = plan.paths() / tile_paths + 2;
        const auto threads =
            static_cast<std::uint64_t>(options.threads > 0 ? options.threads : usable_processors());
        engines.assign(static_cast<std::size_t>(std::min(threads, tiles)), engines.front());
    }
    pilot_on(engines, scenario, plan, options);
    auto store = std::make_unique<TallyStore>(plan, static_cast<int>(engines.size()));
    const auto simulation_start = Clock::now();
    Crew(plan, *store, options).work(engines, [&](std::uint64_t done) {
        if (!options.report) return;
        Progress progress;
        progress.done = done;
        progress.total = plan.paths();
        progress.seconds = seconds_since(simulation_start);
        progress.es = risk::unavailable();
        if (options.running_estimate && done > 0 && !scenario.risk.levels.empty()) {
            progress.level = watched_level(scenario).text;
            progress.es = running_shortfall(*store, watched_level(scenario));
        }
        options.report(progress);
    });

    result.scenario = scenario;
    result.book = plan.initial_book();
    result.sample = store->sample(plan.paths());
    store.reset();  // the sample says it all, and the file to come needs the memory
    result.risk = risk::assess(result.sample, scenario);
    const BuildInfo& build = build_info();
    result.provenance.program_version = build.version;
    result.provenance.commit = std::string(build.commit) + (build.dirty ? "-dirty" : "");
    result.provenance.engine = engines.front();
    result.provenance.device = device_of(engines.front());
    result.provenance.threads = static_cast<int>(engines.size());
    result.provenance.rebalance_steps = plan.grid().rebalance_steps;
    result.provenance.grid_steps = plan.grid().steps.size();
    result.provenance.seconds = seconds_since(start);
    return result;
}

}  // namespace hedgestorm::run
