// SPDX-License-Identifier: Apache-2.0

#include "host/run/tally_store.hpp"

#include <gtest/gtest.h>

#include "kernels/reduce/bins.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::run {
namespace {

std::uint64_t count_of(const risk::ColumnSample& column) {
    std::uint64_t count = 0;
    for (const auto& bin : column.bins) count += bin.count;
    return count;
}

TEST(TallyStore, KeepsEveryOutcomeOfABinThroughManyDrains) {
    // Everything falls in one fine and one coarse bin, with the largest low bits there are: packed
    // bins would overflow without drains.
    const plan::Plan plan(test::ScenarioText().load());
    TallyStore store(plan, 1);
    constexpr std::uint64_t at_a_time = 8 * tile_paths;
    constexpr std::uint64_t calls = 5000;
    const auto& cells = plan.cells();
    std::uint32_t coarse = 0;
    while (cells[coarse].mantissa_bits != 7) ++coarse;
    for (std::uint64_t call = 0; call < calls; ++call) {
        store.copy_for(0).add(at_a_time, [&](const TallyView& view) {
            for (const std::uint32_t c : {0u, coarse}) {
                const std::uint32_t m = cells[c].mantissa_bits;
                const std::uint32_t low = (1u << (23u - m)) - 1u;
                view.bins[cells[c].first_bin + (9u << m)] +=
                    at_a_time * reduce::packed_outcome(low, m);
            }
            return 0;
        });
    }
    for (const std::uint32_t c : {0u, coarse}) {
        const risk::ColumnSample column = store.snapshot(c);
        ASSERT_EQ(column.bins.size(), 1u);
        EXPECT_EQ(column.bins[0].count, calls * at_a_time);
        EXPECT_EQ(column.sums.count, calls * at_a_time);
        // The mean lies just below the bin's upper end, to a part in 2^23.
        const double mean = column.bins[0].sum / static_cast<double>(column.bins[0].count);
        EXPECT_NEAR(mean, column.bins[0].high, 0x1p-22 * column.bins[0].high);
        EXPECT_LT(mean, column.bins[0].high);
    }
}

TEST(TallyStore, KeepsRareBinsThroughDrainsToo) {
    const plan::Plan plan(test::ScenarioText().load());
    TallyStore store(plan, 1);
    for (std::uint64_t call = 0; call < 600; ++call) {
        store.copy_for(0).add(8 * tile_paths, [&](const TallyView& view) {
            view.bins[call % 100] += reduce::packed_outcome(1, 11);
            view.bins[200] += (8 * tile_paths - 1) * reduce::packed_outcome(1, 11);
            return 0;
        });
    }
    EXPECT_EQ(count_of(store.snapshot(0)), 600u * 8 * tile_paths);
}

TEST(TallyStore, DrainsNoPowersThatStandInPlaceOfBins) {
    const plan::Plan plan(test::ScenarioText().set("risk.quantiles", "'columns'").load());
    TallyStore store(plan, 1);
    const auto& cells = plan.cells();
    std::uint32_t bare = 0;
    while (has_bins(cells[bare])) ++bare;
    constexpr std::uint64_t calls = 2 * paths_between_drains / tile_paths;
    constexpr std::uint32_t ones = static_cast<std::uint32_t>(-superaccumulator_lowest) / 32;
    for (std::uint64_t call = 0; call < calls; ++call) {
        store.copy_for(0).add(tile_paths, [&](const TallyView& view) {
            for (std::uint32_t k = 0; k < 8; ++k)
                power_limbs(view, cells[bare], bare, k)[ones] -= std::int64_t{k} << 31;
            view.batch_paths[0] += tile_paths;
            return 0;
        });
    }
    const risk::ColumnSample column = store.snapshot(bare);
    EXPECT_EQ(column.sums.count, calls * tile_paths);
    EXPECT_TRUE(column.bins.empty());
    for (std::uint32_t k = 0; k < 8; ++k)
        EXPECT_EQ(column.sums.power[k], -double(calls) * k * 0x1p31);
}

TEST(TallyStore, AddsItsCopiesUp) {
    const plan::Plan plan(test::ScenarioText().load());
    TallyStore store(plan, 3);
    ASSERT_EQ(store.copies(), 3u);
    for (int thread = 0; thread < 3; ++thread) {
        store.copy_for(thread).add(10, [&](const TallyView& view) {
            view.bins[5] += static_cast<unsigned>(thread + 1) * reduce::packed_outcome(0, 11);
            view.clipped[0] += 1;
            *view.flagged += 2;
            return 0;
        });
    }
    const risk::Sample sample = store.sample(30);
    EXPECT_EQ(count_of(sample.columns[0]), 6u);
    EXPECT_EQ(sample.columns[0].clipped, 3u);
    EXPECT_EQ(sample.flagged, 6u);
}

TEST(TallyStore, SharesFewCopiesAmongManyThreadsRatherThanOutgrowItsMemory) {
    auto text = test::ScenarioText();
    for (int i = 1; i < 32; ++i)
        text.append("[[policy]]\nname = 'p" + std::to_string(i) + "'\nrule = 'none'");
    const plan::Plan plan(text.load());
    TallyStore store(plan, 64);
    EXPECT_LT(store.copies(), 64u);
    EXPECT_LE(store.copies() * plan.tally_bytes(), plan::most_tally_bytes);
    ASSERT_NE(store.copy_for(63).view().locks, nullptr);
    const plan::Plan small(test::ScenarioText().load());
    TallyStore own(small, 2);
    EXPECT_EQ(own.copy_for(0).view().locks, nullptr);
}

}  // namespace
}  // namespace hedgestorm::run
