// SPDX-License-Identifier: Apache-2.0
//
// Made-up outcomes through the tallies of one tile, against plain loops over the same numbers.

#include "kernels/reduce/tally_tile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>
#include <vector>

#include "host/run/tally_store.hpp"
#include "tests/support/draws.hpp"
#include "tests/support/host_tally.hpp"

namespace hedgestorm::reduce {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

/// Two accounts with a P&L each, their difference, a one-sided column, and the difference without
/// bins.
class MadeUp {
  public:
    MadeUp() : rows_(3 * tile_paths) {
        const auto add = [&](Column column, std::uint16_t account, std::uint16_t row,
                             std::uint16_t other, bool two_sided, std::uint8_t bits = 11) {
            CellSpec cell{};
            cell.account = account;
            cell.column = column;
            cell.mantissa_bits = bits;
            cell.two_sided = two_sided;
            cell.floor_exponent = -10;
            cell.row = row;
            cell.other_row = other;
            cell.first_bin = bins_;
            cell.centre = 0.25;
            bins_ += cell_bins(cell);
            cells_.push_back(cell);
        };
        add(Column::pnl, 0, 0, 0, true);
        add(Column::pnl, 1, 1, 1, true);
        add(Column::pnl_difference, 1, 1, 0, true);
        add(Column::turnover, 0, 2, 2, false);
        add(Column::total_cost_difference, 1, 1, 0, true, 0);
        test::Draws draws(11);
        for (std::size_t p = 0; p < tile_paths; ++p) {
            const double common = draws.normal();
            rows_[p] = static_cast<float>(common);
            rows_[tile_paths + p] = static_cast<float>(0.8 * common + 0.3 * draws.normal());
            rows_[2 * tile_paths + p] = static_cast<float>(std::abs(draws.normal()));
        }
    }

    float& at(std::size_t row, std::size_t path) { return rows_[row * tile_paths + path]; }

    TallyPlan plan() const {
        TallyPlan p{};
        p.cell = {cells_.data(), static_cast<std::uint32_t>(cells_.size())};
        p.bins = bins_;
        p.rows = 3;
        p.accounts = 2;
        p.levels = 2;
        p.pairs = pair_count(2);
        p.worst = 50;
        p.pnl_row = {pnl_row_, 2};
        p.threshold = {threshold_, 4};
        p.excess_scale = 0x1p30;
        return p;
    }

    test::HostTally tally(std::uint32_t begin, std::uint32_t end) const {
        test::HostTally tallies(plan());
        add_to(tallies, first_path, begin, end);
        return tallies;
    }
    void add_to(test::HostTally& tallies, std::uint64_t first, std::uint32_t begin,
                std::uint32_t end) const {
        const auto work = std::make_unique<Workspace>();
        tally_tiles<double>(plan(), {rows_.data(), tile_paths, first + begin, first + end}, *work,
                            tallies.view());
    }

    static constexpr std::uint64_t first_path = 3 * tile_paths;

  private:
    std::vector<float> rows_;
    std::vector<CellSpec> cells_;
    std::uint64_t bins_ = 0;
    std::uint16_t pnl_row_[2] = {0, 1};
    float threshold_[4] = {1.0f, 2.0f, 0.9f, 1.8f};
};

std::uint64_t counted(const MadeUp& tile, const test::HostTally& tallies, std::uint32_t cell) {
    const TallyPlan plan = tile.plan();
    const std::uint64_t first = plan.cell[cell].first_bin;
    const std::uint64_t end = cell + 1 < plan.cell.size ? plan.cell[cell + 1].first_bin : plan.bins;
    std::uint64_t count = 0;
    for (std::uint64_t b = first; b < end; ++b) count += tallies.bins[b] >> count_shift(11);
    return count;
}

/// Everything in the tallies against loops over the paths that should count.
void expect_tallied(MadeUp& tile, test::HostTally& tallies,
                    const std::vector<std::uint32_t>& paths) {
    const TallyPlan plan = tile.plan();
    for (std::uint32_t c = 0; c < plan.cell.size; ++c) {
        const CellSpec& cell = plan.cell[c];
        double power[8] = {};
        float low = infinity;
        float high = -infinity;
        std::vector<std::uint64_t> bins(has_bins(cell) ? cell_bins(cell) : 0);
        std::uint64_t clipped = 0;
        for (const std::uint32_t p : paths) {
            float x = tile.at(cell.row, p);
            if (cell.other_row != cell.row) x = (x - tile.at(cell.other_row, p)) + 0.0f;
            const double v = double(x) - cell.centre;
            for (int k = 0; k < 8; ++k) power[k] += std::pow(v, k + 1);
            low = std::min(low, x);
            high = std::max(high, x);
            if (!has_bins(cell)) continue;
            const BinPlace place = place_of(x, cut_of(cell));
            bins[place.bin] += packed_outcome(place.low, cell.mantissa_bits);
            clipped += place.clipped;
        }
        for (std::uint32_t k = 0; k < cell_powers(cell); ++k) {
            const double sum = run::rounded(power_limbs(tallies.view(), cell, c, k));
            EXPECT_NEAR(sum, power[k], 1e-9 * (1.0 + std::abs(power[k]))) << c << ", " << k;
        }
        EXPECT_EQ(tallies.extremes[2 * c], ordered_key(__builtin_bit_cast(std::uint32_t, low)));
        EXPECT_EQ(tallies.extremes[2 * c + 1],
                  ordered_key(__builtin_bit_cast(std::uint32_t, high)));
        EXPECT_EQ(tallies.clipped[c], clipped);
        EXPECT_TRUE(std::equal(bins.begin(), bins.end(),
                               tallies.bins.begin() + std::ptrdiff_t(cell.first_bin)))
            << c;
    }
    for (std::uint32_t a = 0; a < 2; ++a) {
        for (std::uint32_t level = 0; level < 2; ++level) {
            std::vector<double> excess(tile_lanes);
            std::vector<std::uint64_t> beyond(tile_lanes);
            for (const std::uint32_t p : paths) {
                const double over = -double(tile.at(a, p)) - plan.threshold[a * 2 + level];
                excess[p % tile_lanes] += std::max(over, 0.0);
                beyond[p % tile_lanes] += over > 0.0;
            }
            const TailCell& tail = tallies.tails[a * 2 + level];
            for (std::uint32_t l = 0; l < tile_lanes; ++l) {
                EXPECT_NEAR(double(tail.excess[l]) / plan.excess_scale, excess[l],
                            1.0 / plan.excess_scale);
                EXPECT_EQ(tail.beyond[l], beyond[l]);
            }
        }
    }
    for (std::uint32_t a = 0; a < 2; ++a) {
        for (std::uint32_t b = a; b < 2; ++b) {
            double product = 0.0;
            std::uint64_t both = 0;
            for (const std::uint32_t p : paths) {
                const double x = std::max(-double(tile.at(a, p)) - plan.threshold[a * 2], 0.0);
                const double y = std::max(-double(tile.at(b, p)) - plan.threshold[b * 2], 0.0);
                product += x * y;
                both += x > 0.0 && y > 0.0;
            }
            const std::size_t index = std::size_t(pair_index(2, a, b)) * 2;
            EXPECT_NEAR(run::rounded(tallies.joint_excess.data() + index * superaccumulator_limbs),
                        product, 1e-11 * (1.0 + product));
            EXPECT_EQ(tallies.joint_beyond[index], both);
        }
    }
    std::vector<std::pair<float, std::uint64_t>> order;
    for (const std::uint32_t p : paths) order.emplace_back(tile.at(0, p), tile.first_path + p);
    std::sort(order.begin(), order.end());
    const std::size_t kept = std::min<std::size_t>(order.size(), 50);
    ASSERT_EQ(tallies.worst_count[0], kept);
    std::vector<std::uint64_t> worst;
    for (std::size_t w = 0; w < kept; ++w) worst.push_back(tallies.worst[w].path);
    std::sort(worst.begin(), worst.end());
    std::vector<std::uint64_t> expected;
    for (std::size_t w = 0; w < kept; ++w) expected.push_back(order[w].second);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(worst, expected);
    std::vector<std::uint64_t> batches(tile_lanes);
    for (const std::uint32_t p : paths) ++batches[p % tile_lanes];
    EXPECT_EQ(tallies.batch_paths, batches);
}

std::vector<std::uint32_t> range(std::uint32_t begin, std::uint32_t end,
                                 const std::vector<std::uint32_t>& without = {}) {
    std::vector<std::uint32_t> paths;
    for (std::uint32_t p = begin; p < end; ++p)
        if (std::find(without.begin(), without.end(), p) == without.end()) paths.push_back(p);
    return paths;
}

TEST(TallyTile, CountsEveryPathOfAWholeTile) {
    MadeUp tile;
    auto tallies = tile.tally(0, tile_paths);
    expect_tallied(tile, tallies, range(0, tile_paths));
    EXPECT_EQ(tallies.flagged[0], 0u);
}

TEST(TallyTile, CountsThePathsAskedForOfAPartialOne) {
    MadeUp tile;
    for (const auto& [begin, end] :
         {std::pair{0u, 1u}, std::pair{0u, 1000u}, std::pair{1000u, tile_paths},
          std::pair{77u, 78u}, std::pair{63u, 4033u}}) {
        auto tallies = tile.tally(begin, end);
        expect_tallied(tile, tallies, range(begin, end));
        EXPECT_EQ(tallies.flagged[0], 0u);
    }
}

TEST(TallyTile, SumsTheSameMomentsWithBinsOrWithout) {
    MadeUp tile;
    tile.at(0, 5) = infinity;
    const auto tallies = tile.tally(3, tile_paths);
    constexpr std::size_t limbs = 4 * superaccumulator_limbs;
    constexpr std::size_t binned = 2;
    constexpr std::size_t bare = 4;
    EXPECT_TRUE(std::equal(tallies.moments.begin() + bare * limbs,
                           tallies.moments.begin() + (bare + 1) * limbs,
                           tallies.moments.begin() + binned * limbs));
    EXPECT_EQ(tallies.extremes[2 * bare], tallies.extremes[2 * binned]);
    EXPECT_EQ(tallies.extremes[2 * bare + 1], tallies.extremes[2 * binned + 1]);
}

TEST(TallyTile, LeavesAFlaggedPathOutForEveryAccount) {
    MadeUp tile;
    tile.at(0, 5) = infinity;
    tile.at(1, 70) = std::numeric_limits<float>::quiet_NaN();
    tile.at(2, 4000) = -infinity;
    tile.at(0, 4001) = std::numeric_limits<float>::quiet_NaN();
    tile.at(1, 4001) = -infinity;
    auto tallies = tile.tally(0, tile_paths);
    EXPECT_EQ(tallies.flagged[0], 4u);
    expect_tallied(tile, tallies, range(0, tile_paths, {5, 70, 4000, 4001}));
    for (std::uint32_t c = 0; c < 4; ++c) EXPECT_EQ(counted(tile, tallies, c), tile_paths - 4u);
    // A flagged path outside the range asked for is nobody's business.
    auto part = tile.tally(100, 2000);
    EXPECT_EQ(part.flagged[0], 0u);
    expect_tallied(tile, part, range(100, 2000));
}

TEST(TallyTile, FlagsATileInWhichNothingIsFinite) {
    MadeUp tile;
    for (std::size_t p = 0; p < tile_paths; ++p) tile.at(1, p) = infinity;
    const auto tallies = tile.tally(0, tile_paths);
    EXPECT_EQ(tallies.flagged[0], tile_paths);
    for (std::uint32_t c = 0; c < 4; ++c) EXPECT_EQ(counted(tile, tallies, c), 0u);
    EXPECT_EQ(tallies.worst_count[0], 0u);
}

TEST(TallyTile, ThreadsThatShareACopyLeaveInItWhatOneLeavesAlone) {
    MadeUp tile;
    tile.at(1, 70) = infinity;
    constexpr std::uint64_t tiles = 200;
    constexpr std::uint64_t threads = 4;
    const auto add_every = [&](test::HostTally& tallies, std::uint64_t first, std::uint64_t step) {
        for (std::uint64_t t = first; t < tiles; t += step)
            tile.add_to(tallies, t * tile_paths, 0, tile_paths);
    };
    test::HostTally alone(tile.plan());
    add_every(alone, 0, 1);
    test::HostTally shared(tile.plan(), true);
    std::vector<std::thread> crew;
    for (std::uint64_t t = 0; t < threads; ++t)
        crew.emplace_back([&, t] { add_every(shared, t, threads); });
    for (std::thread& member : crew) member.join();
    for (const char* part : shared.differences(alone)) ADD_FAILURE() << part << " differ";
    EXPECT_EQ(alone.flagged[0], tiles);
    for (const std::uint32_t lock : shared.locks) EXPECT_EQ(lock, 0u);
}

TEST(TallyTile, ClipsWhatIsOutOfRangeAndCountsIt) {
    MadeUp tile;
    tile.at(0, 9) = 1e30f;
    tile.at(1, 10) = -1e25f;
    tile.at(2, 11) = -0.5f;
    const auto tallies = tile.tally(0, tile_paths);
    EXPECT_EQ(tallies.clipped[0], 1u);
    EXPECT_EQ(tallies.clipped[1], 1u);
    EXPECT_EQ(tallies.clipped[2], 2u);  // both differences
    EXPECT_EQ(tallies.clipped[3], 1u);
    EXPECT_EQ(tallies.flagged[0], 0u);
    for (std::uint32_t c = 0; c < 4; ++c) EXPECT_EQ(counted(tile, tallies, c), tile_paths);
}

TEST(Worst, IsTheFirstOfTheSortedPathsInWhateverOrderTheyCome) {
    test::Draws draws(5);
    std::vector<WorstPath> all;
    for (std::uint64_t p = 0; p < 5000; ++p)
        all.push_back({p, static_cast<std::uint32_t>(draws.uniform() * 300), 0});  // many ties
    std::vector<WorstPath> sorted = all;
    std::sort(sorted.begin(), sorted.end(), worse);
    std::mt19937 order(6);
    for (const std::uint32_t capacity : {0u, 1u, 2u, 3u, 100u, 4999u, 5000u, 6000u}) {
        std::shuffle(all.begin(), all.end(), order);
        std::vector<WorstPath> heap(capacity + 1);
        std::uint32_t count = 0;
        for (const WorstPath& w : all) offer(w, heap.data(), count, capacity);
        ASSERT_EQ(count, std::min(capacity, 5000u));
        heap.resize(count);
        std::sort(heap.begin(), heap.end(), worse);
        for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(heap[i].path, sorted[i].path);
    }
}

}  // namespace
}  // namespace hedgestorm::reduce
