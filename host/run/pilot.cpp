// SPDX-License-Identifier: Apache-2.0

#include "host/run/pilot.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/run/run.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::run {
namespace {

/// ceil(n numerator / denominator), without overflow for n below 2^40 and denominators below 2^24.
std::uint64_t rank_of(std::uint64_t n, const scenario::Level& level) {
    return (n * level.numerator + level.denominator - 1) / level.denominator;
}

}  // namespace

void fly_pilot(const scenario::Scenario& scenario, Engine& engine, plan::Plan& plan,
               const std::atomic<bool>* interrupted) {
    const TallyPlan tally = plan.view().tally;
    const std::uint64_t first = plan.first_path();
    const std::uint64_t wanted =
        tally.levels > 0 ? std::min<std::uint64_t>(plan.paths(), pilot_paths) : 1;
    const std::uint64_t end = first + wanted;
    std::vector<float> rows(std::size_t(tally.rows) * tile_paths);
    std::vector<std::vector<float>> losses(tally.levels > 0 ? tally.accounts : 0);
    for (std::uint64_t tile = first / tile_paths; tile * tile_paths < end; ++tile) {
        if (interrupted != nullptr && interrupted->load()) throw Interrupted();
        const EngineStatus status = engine.outcomes(tile, rows.data());
        if (!status.ok()) throw EngineError(status.failure);
        const std::uint64_t start = tile * tile_paths;
        if (first >= start) {
            std::vector<double> centres(tally.rows);
            for (std::uint32_t r = 0; r < tally.rows; ++r) {
                centres[r] = rows[std::size_t(r) * tile_paths + (first - start)];
            }
            plan.fix_centres(centres);
        }
        for (std::size_t a = 0; a < losses.size(); ++a) {
            const float* pnl =
                rows.data() +
                std::size_t(tally.pnl_row[static_cast<std::uint32_t>(a)]) * tile_paths;
            for (std::uint64_t p = std::max(first, start); p < std::min(end, start + tile_paths);
                 ++p) {
                if (std::isfinite(pnl[p - start])) losses[a].push_back(-pnl[p - start]);
            }
        }
    }
    if (losses.empty()) return;
    std::vector<float> thresholds;
    for (auto& loss : losses) {
        std::sort(loss.begin(), loss.end());
        for (const auto& level : scenario.risk.levels) {
            const std::uint64_t rank = rank_of(loss.size(), level);
            thresholds.push_back(loss.empty() ? 0.0f : loss[std::max<std::uint64_t>(rank, 1) - 1]);
        }
    }
    plan.fix_thresholds(std::move(thresholds));
}

}  // namespace hedgestorm::run
