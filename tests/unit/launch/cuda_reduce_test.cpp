// SPDX-License-Identifier: Apache-2.0

// The reducing kernels of the CUDA engine, run by threads of the CPU, against tally_tile: the same
// integers in every part of the tallies. What a GPU itself does is cuda_engine_test.cpp's matter.

#include "tests/support/cuda_on_cpu.hpp"
//
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "kernels/launch/merge_tally.hpp"
#include "kernels/reduce/tally_tile.cuh"
#include "kernels/reduce/tally_tile.hpp"
#include "kernels/reduce/touched_bins.cuh"
#include "kernels/reduce/worst.cuh"
#include "tests/support/host_tally.hpp"

namespace hedgestorm::test {
namespace {

constexpr std::uint32_t tiles = 2;
constexpr std::uint64_t first_tile = (std::uint64_t{1} << 20) - 1;  // paths pass 2^32
constexpr std::uint64_t first_path = first_tile * tile_paths;

/// A made-up plan with every kind of cell and outcomes with every kind of accident.
struct MadeUp {
    std::vector<CellSpec> cells;
    std::vector<std::uint16_t> pnl_rows;
    std::vector<float> thresholds;
    std::vector<float> outcomes;
    TallyPlan plan;

    explicit MadeUp(std::uint32_t accounts, std::uint32_t levels, std::uint32_t worst) {
        plan.rows = accounts + 2;
        for (std::uint16_t a = 0; a < accounts; ++a) {
            add(a, Column::pnl, a == 0 ? 11 : 7, true, a, a, 0.25);
            if (a > 0) add(a, Column::pnl_difference, 7, true, a, 0, -0.125);
            add(a, Column::ideal_pnl, 0, true, a, a, 0.25);
            pnl_rows.push_back(a);
            for (std::uint32_t k = 0; k < levels; ++k)
                thresholds.push_back(0.5f + 0.75f * static_cast<float>(k));
        }
        const auto row = static_cast<std::uint16_t>(accounts);
        add(path_cell, Column::spot, 7, false, row, row, 3.0);  // also of the wrong sign: clipped
        // A constant whose centre no float is equal to.
        add(path_cell, Column::book_pnl, 7, true, row + 1, row + 1, 0.1);
        add(path_cell, Column::unhedged_pnl, 0, true, row + 1, row + 1, 0.1);
        plan.cell = {cells.data(), static_cast<std::uint32_t>(cells.size())};
        plan.accounts = accounts;
        plan.levels = levels;
        plan.pairs = levels == 0 ? 0 : pair_count(accounts);
        plan.worst = worst;
        plan.pnl_row = {pnl_rows.data(), accounts};
        plan.threshold = {thresholds.data(), static_cast<std::uint32_t>(thresholds.size())};
        plan.excess_scale = 0x1p30;
        draw();
    }

    void add(std::uint16_t account, Column column, std::uint8_t bits, bool two_sided,
             std::uint16_t row, std::uint16_t other, double centre) {
        CellSpec cell{};
        cell.account = account;
        cell.column = column;
        cell.mantissa_bits = bits;
        cell.two_sided = two_sided;
        cell.floor_exponent = -20;
        cell.row = row;
        cell.other_row = other;
        cell.first_bin = plan.bins;
        cell.centre = centre;
        plan.bins += cell_bins(cell);
        cells.push_back(cell);
    }

    void draw() {
        std::mt19937_64 random(7);
        std::normal_distribution<float> normal;
        outcomes.resize(std::size_t(tiles) * plan.rows * tile_paths);
        for (std::uint32_t t = 0; t < tiles; ++t) {
            for (std::uint32_t r = 0; r < plan.rows; ++r) {
                float* row = outcomes.data() + (std::size_t(t) * plan.rows + r) * tile_paths;
                for (std::uint32_t i = 0; i < tile_paths; ++i)
                    row[i] = r + 1 == plan.rows ? 0.375f : normal(random);
            }
            float* row = outcomes.data() + std::size_t(t) * plan.rows * tile_paths;
            row[17] = std::numeric_limits<float>::quiet_NaN();
            row[4000] = -std::numeric_limits<float>::infinity();
            row[1000] = 1e30f;
            for (std::uint32_t i = 2000; i < 2100; ++i)
                row[i] = -2.5f;  // equal: path number decides
        }
    }

    void reduce_on_cpu(std::uint64_t begin, std::uint64_t end, const TallyView& into) const {
        const auto work = std::make_unique<reduce::Workspace>();
        const std::size_t tile = (begin - first_path) / tile_paths;
        const float* rows = outcomes.data() + tile * plan.rows * tile_paths;
        reduce::tally_tiles<double>(plan, {rows, tile_paths, begin, end}, *work, into);
    }

    /// What CudaReducer does, with the kernels run on the CPU.
    void reduce_by_kernels(std::uint64_t begin, std::uint64_t end, const TallyView& into) {
        std::vector<std::uint8_t> skip(std::size_t(tiles) * tile_paths, 77);
        std::vector<std::uint64_t> bins(plan.bins);
        std::vector<std::uint64_t> ledger(launch::ledger_bytes(plan) / 8);
        launch::clear_ledger(plan, ledger.data());
        TallyView device = launch::ledger_at(plan, ledger.data());
        device.bins = bins.data();
        const reduce::Chunk chunk = {outcomes.data(), skip.data(), first_path, begin, end,
                                     plan.rows,       tiles};
        run_blocks(reduce::find_skipped, {tiles, 1, 1}, 256, chunk, device);
        run_blocks(reduce::tally_cells, {tiles, plan.cell.size, 1}, tile_lanes, chunk, plan.cell,
                   device);
        if (plan.levels > 0) {
            const reduce::TailPlan tails = {plan.pnl_row, plan.threshold, plan.accounts,
                                            plan.levels, plan.excess_scale};
            run_blocks(reduce::tally_tails, {tiles, plan.accounts * plan.levels, 1}, tile_lanes,
                       chunk, tails, device);
            run_blocks(reduce::tally_pairs, {tiles, plan.pairs * plan.levels, 1}, tile_lanes, chunk,
                       tails, device);
        }
        find_worst(chunk, into);
        std::vector<reduce::TouchedBin> list(5000);  // too short: more calls than one
        std::uint32_t listed = 0;
        do {
            listed = 0;
            run_blocks(reduce::list_touched, {2, 1, 1}, 32, bins.data(), plan.bins, list.data(),
                       static_cast<std::uint32_t>(list.size()), &listed);
            launch::merge_bins(plan, list.data(), std::min<std::size_t>(listed, list.size()), into);
        } while (listed > list.size());
        launch::merge_ledger(plan, device, into);
    }

    void find_worst(const reduce::Chunk& chunk, const TallyView& into) const {
        const std::uint32_t capacity = tiles * tile_paths;
        std::vector<std::uint32_t> bars;
        std::vector<std::uint32_t> found(plan.accounts);
        std::vector<std::uint64_t> candidates(std::size_t(plan.accounts) * capacity);
        for (std::uint32_t a = 0; a < plan.accounts; ++a)
            bars.push_back(launch::worst_bar(plan, a, into));
        run_blocks(reduce::find_worst, {tiles, plan.accounts, 1}, 256, chunk, plan.pnl_row, 0u,
                   bars.data(), candidates.data(), capacity, found.data());
        for (std::uint32_t a = 0; a < plan.accounts; ++a) {
            launch::offer_worst(plan, a, candidates.data() + std::size_t(a) * capacity, found[a],
                                first_path, into);
        }
    }
};

void expect_same(std::uint32_t accounts, std::uint32_t levels, std::uint64_t begin,
                 std::uint64_t end) {
    MadeUp made_up(accounts, levels, 50);
    HostTally cpu(made_up.plan);
    HostTally gpu(made_up.plan, true);
    made_up.reduce_on_cpu(begin, end, cpu.view());
    made_up.reduce_by_kernels(begin, end, gpu.view());
    for (const char* part : gpu.differences(cpu)) ADD_FAILURE() << part << " differ";
    EXPECT_GT(*cpu.view().flagged, 0u);
    EXPECT_EQ(cpu.worst_of(0).size(), 50u);
}

TEST(CudaReduce, WholeTilesGiveTheTalliesOfTheCpu) {
    expect_same(2, 2, first_path, first_path + tiles * tile_paths);
}

TEST(CudaReduce, PartialTilesGiveTheTalliesOfTheCpu) {
    // The last tile has nothing but left-out paths.
    expect_same(1, 0, first_path + 5, first_path + tile_paths);
    expect_same(2, 1, first_path + 5, first_path + tile_paths + 1001);
}

TEST(CudaReduce, AddsToWhatTheHostAlreadyHolds) {
    MadeUp made_up(2, 1, 50);
    HostTally cpu(made_up.plan);
    HostTally gpu(made_up.plan);
    const std::uint64_t middle = first_path + 6000;
    const std::uint64_t end = first_path + tiles * tile_paths;
    made_up.reduce_on_cpu(first_path, middle, cpu.view());
    made_up.reduce_on_cpu(middle, end, cpu.view());
    made_up.reduce_on_cpu(first_path, middle, gpu.view());
    made_up.reduce_by_kernels(middle, end, gpu.view());
    for (const char* part : gpu.differences(cpu)) ADD_FAILURE() << part << " differ";
}

TEST(CudaReduce, PairsAreThoseOfTheTallies) {
    for (const std::uint32_t accounts : {1u, 2u, 8u, 9u, 32u}) {
        for (std::uint32_t i = 0; i < pair_count(accounts); ++i) {
            const reduce::AccountPair pair = reduce::pair_at(accounts, i);
            EXPECT_LE(pair.a, pair.b);
            EXPECT_LT(pair.b, accounts);
            EXPECT_EQ(pair_index(accounts, pair.a, pair.b), i) << accounts;
        }
    }
}

}  // namespace
}  // namespace hedgestorm::test
