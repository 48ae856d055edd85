// SPDX-License-Identifier: Apache-2.0

#include "host/run/pilot.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <vector>

#include "host/risk/intervals.hpp"
#include "host/run/engine_error.hpp"
#include "host/run/work_together.hpp"

namespace hedgestorm::run {
namespace {

/// ceil(n numerator / denominator), without overflow for n below 2^40 and denominators below 2^24.
std::uint64_t rank_of(std::uint64_t n, const scenario::Level& level) {
    return (n * level.numerator + level.denominator - 1) / level.denominator;
}

}  // namespace

void fly_pilot(const scenario::Scenario& scenario, const std::vector<Engine*>& engines,
               plan::Plan& plan, const Options& options) {
    const TallyPlan tally = plan.view().tally;
    const std::uint64_t first = plan.first_path();
    const std::uint64_t wanted =
        tally.levels > 0 ? std::min<std::uint64_t>(plan.paths(), pilot_paths) : 1;
    const std::uint64_t end = first + wanted;
    std::vector<double> centres(tally.rows);
    std::vector<std::vector<float>> losses(tally.levels > 0 ? tally.accounts : 0,
                                           std::vector<float>(wanted));
    std::atomic<std::uint64_t> next = first / tile_paths;
    std::atomic<std::uint64_t> flown = 0;
    std::atomic<bool> stop = false;
    const auto fly = [&](std::size_t number) {
        Engine& engine = *engines[number];
        std::vector<float> rows(std::size_t(tally.rows) * tile_paths);
        for (std::uint64_t tile = next++; tile * tile_paths < end && !stop; tile = next++) {
            if (options.interrupted != nullptr && options.interrupted->load()) throw Interrupted();
            require(engine.outcomes(tile, rows.data()), engine.name());
            const std::uint64_t start = tile * tile_paths;
            const std::uint64_t from = std::max(first, start);
            const std::uint64_t to = std::min(end, start + tile_paths);
            if (first >= start) {
                for (std::uint32_t r = 0; r < tally.rows; ++r)
                    centres[r] = rows[std::size_t(r) * tile_paths + (first - start)];
            }
            for (std::size_t a = 0; a < losses.size(); ++a) {
                const std::size_t row = tally.pnl_row[static_cast<std::uint32_t>(a)];
                const float* pnl = rows.data() + row * tile_paths;
                for (std::uint64_t p = from; p < to; ++p) losses[a][p - first] = -pnl[p - start];
            }
            flown += to - from;
        }
    };
    const auto started = std::chrono::steady_clock::now();
    work_together(engines.size(), options.progress_every, stop, fly, [&] {
        if (!options.report) return;
        Progress progress;
        progress.stage = Stage::preparing;
        progress.done = flown.load();
        progress.total = wanted;
        progress.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        progress.es = risk::unavailable();
        options.report(progress);
    });

    plan.fix_centres(centres);
    if (losses.empty()) return;
    std::vector<float> thresholds;
    for (auto& loss : losses) {
        std::erase_if(loss, [](float x) { return !std::isfinite(x); });
        std::sort(loss.begin(), loss.end());
        for (const auto& level : scenario.risk.levels) {
            const std::uint64_t rank = rank_of(loss.size(), level);
            thresholds.push_back(loss.empty() ? 0.0f : loss[std::max<std::uint64_t>(rank, 1) - 1]);
        }
    }
    plan.fix_thresholds(std::move(thresholds));
}

}  // namespace hedgestorm::run
