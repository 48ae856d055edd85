// SPDX-License-Identifier: Apache-2.0
//
// The same bits: outcomes and every array of the tallies, whatever the instruction set, the threads
// and the grouping of tiles. Exact: memcmp and recorded hashes, no tolerance.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "host/run/run.hpp"
#include "host/run/tally_store.hpp"
#include "tests/support/host_tally.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/parity_scenarios.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm {
namespace {

using test::HostTally;

/// A partial tile and a whole one, across the place where path numbers outgrow 32 bits.
constexpr std::uint64_t across = (std::uint64_t{1} << 32) - 2048;
constexpr PathRange some_paths = {across, across + 2048 + 4096};

/// The 99 % quantile of the loss in a tile, so that the sums over tails have something to add up.
float threshold_in(const std::vector<float>& rows, std::uint16_t pnl_row) {
    std::vector<float> loss(tile_paths);
    for (std::size_t p = 0; p < tile_paths; ++p) loss[p] = -rows[pnl_row * tile_paths + p];
    std::sort(loss.begin(), loss.end());
    return loss[tile_paths * 99 / 100];
}

struct Seen {
    std::vector<std::vector<float>> tiles;
    std::unique_ptr<HostTally> tallies;
};

/// What one engine makes of the paths, taken in pieces of at most `at_a_time`.
Seen look(const scenario::Scenario& scenario, const std::string& engine_name,
          std::uint64_t at_a_time = 1u << 20) {
    plan::Plan plan(scenario);
    const std::unique_ptr<Engine> engine(make_engine(engine_name.c_str()));
    EXPECT_EQ(engine->name(), engine_name);
    EXPECT_TRUE(engine->load(plan.view()).ok());
    Seen seen;
    const TallyPlan tally = plan.view().tally;
    for (std::uint64_t t = some_paths.first / tile_paths; t * tile_paths < some_paths.end; ++t) {
        auto& rows = seen.tiles.emplace_back(std::size_t(tally.rows) * tile_paths);
        EXPECT_TRUE(engine->outcomes(t, rows.data()).ok());
    }
    std::vector<double> centres;
    for (std::size_t r = 0; r < tally.rows; ++r) centres.push_back(seen.tiles[0][r * tile_paths]);
    std::vector<float> thresholds;
    for (std::uint32_t a = 0; a < tally.accounts; ++a)
        thresholds.insert(thresholds.end(), tally.levels,
                          threshold_in(seen.tiles[0], tally.pnl_row[a]));
    plan.fix_centres(centres);
    plan.fix_thresholds(thresholds);
    EXPECT_TRUE(engine->load(plan.view()).ok());
    seen.tallies = std::make_unique<HostTally>(plan.view().tally);
    for (std::uint64_t p = some_paths.first; p < some_paths.end;) {
        const std::uint64_t end = std::min(some_paths.end, (p / at_a_time) * at_a_time + at_a_time);
        EXPECT_TRUE(engine->run({p, end}, seen.tallies->view()).ok());
        p = end;
    }
    return seen;
}

/// Every array byte by byte, and the heaps of worst paths even in their order.
void expect_same(const HostTally& a, const HostTally& b) {
    for (const char* part : a.differences(b)) ADD_FAILURE() << part << " differ";
    EXPECT_TRUE(test::same_bytes(a.worst, b.worst));
}

bool offers(const std::string& engine) {
    const View<EngineOffer> all = engine_offers();
    for (std::uint32_t i = 0; i < all.size; ++i)
        if (engine == all[i].name) return all[i].available;
    return false;
}

class ParityOf : public ::testing::TestWithParam<std::tuple<const char*, std::size_t>> {};

TEST_P(ParityOf, OutcomesAndTalliesAreThoseOfTheScalarEngine) {
    const auto [engine, index] = GetParam();
    if (!offers(engine)) HS_SKIP_OR_FAIL(engine, "this processor does not have the instructions");
    const scenario::Scenario scenario = test::parity_scenarios()[index].make();
    const Seen scalar = look(scenario, "scalar");
    const Seen wide = look(scenario, engine);
    ASSERT_EQ(scalar.tiles.size(), wide.tiles.size());
    for (std::size_t t = 0; t < scalar.tiles.size(); ++t)
        EXPECT_TRUE(test::same_bytes(scalar.tiles[t], wide.tiles[t])) << "tile " << t;
    expect_same(*scalar.tallies, *wide.tallies);
    EXPECT_GT(scalar.tallies->worst_count[0], 0u);
    EXPECT_EQ(scalar.tallies->flagged[0], 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, ParityOf,
                         ::testing::Combine(::testing::Values("avx2", "avx512"),
                                            ::testing::Range(std::size_t{0},
                                                             test::parity_scenarios().size())),
                         [](const auto& test) {
                             return std::string(std::get<0>(test.param)) + "On" +
                                    test::parity_scenarios()[std::get<1>(test.param)].name;
                         });

TEST(ParityOfPaths, AreTheirNumbersAndNothingElse) {
    const auto scenario = test::every_event().load();
    const std::string engine = test::widest_cpu_engine();
    const auto pnl = [&](std::uint64_t tile) {
        return test::outcomes(scenario, 1, {{4, Column::pnl}}, tile, engine)[0];
    };
    EXPECT_FALSE(test::same_bytes(pnl(0), pnl(std::uint64_t{1} << 20)));  // 2^32 paths further
    const auto together = test::outcomes(scenario, 4, {{4, Column::pnl}}, 0, engine)[0];
    const std::vector<float> last(together.end() - tile_paths, together.end());
    EXPECT_TRUE(test::same_bytes(pnl(3), last));
}

TEST(ParityOfGroups, TakingTilesInPiecesOfAnySizeChangesNothing) {
    for (auto text : {test::every_event(), test::every_rule()}) {
        const auto scenario = text.set("simulation.steps", "20").load();
        const Seen whole = look(scenario, test::widest_cpu_engine());
        for (const std::uint64_t at_a_time : {1u, 2u}) {
            const Seen pieces = look(scenario, test::widest_cpu_engine(), at_a_time * tile_paths);
            SCOPED_TRACE(at_a_time);
            expect_same(*whole.tallies, *pieces.tallies);
        }
        // A tile's moments and excesses are one double sum each: cut in two they are rounded in two
        // places. What counts paths keeps its bits even then.
        const Seen cut = look(scenario, test::widest_cpu_engine(), 1000);
        EXPECT_TRUE(test::same_bytes(whole.tallies->bins, cut.tallies->bins));
        EXPECT_TRUE(test::same_bytes(whole.tallies->extremes, cut.tallies->extremes));
        EXPECT_TRUE(test::same_bytes(whole.tallies->joint_beyond, cut.tallies->joint_beyond));
        EXPECT_TRUE(test::same_bytes(whole.tallies->batch_paths, cut.tallies->batch_paths));
    }
}

void expect_same(const risk::Sample& a, const risk::Sample& b, const std::string& what) {
    const auto same = [](double x, double y) { return std::memcmp(&x, &y, sizeof x) == 0; };
    EXPECT_EQ(a.paths, b.paths) << what;
    EXPECT_EQ(a.flagged, b.flagged) << what;
    ASSERT_EQ(a.columns.size(), b.columns.size()) << what;
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
        const auto& x = a.columns[c];
        const auto& y = b.columns[c];
        EXPECT_EQ(x.sums.count, y.sums.count) << what;
        EXPECT_TRUE(same(x.sums.centre, y.sums.centre)) << what;
        for (std::size_t k = 0; k < 4; ++k) EXPECT_TRUE(same(x.sums.power[k], y.sums.power[k]));
        EXPECT_TRUE(same(x.sums.min, y.sums.min) && same(x.sums.max, y.sums.max)) << what;
        EXPECT_EQ(x.clipped, y.clipped) << what;
        ASSERT_EQ(x.bins.size(), y.bins.size()) << what;
        for (std::size_t i = 0; i < x.bins.size(); ++i) {
            ASSERT_TRUE(x.bins[i].count == y.bins[i].count && same(x.bins[i].sum, y.bins[i].sum) &&
                        same(x.bins[i].low, y.bins[i].low) && same(x.bins[i].high, y.bins[i].high))
                << what;
        }
    }
    ASSERT_EQ(a.tails.size(), b.tails.size()) << what;
    for (std::size_t t = 0; t < a.tails.size(); ++t) {
        EXPECT_TRUE(same(a.tails[t].threshold, b.tails[t].threshold)) << what;
        EXPECT_EQ(a.tails[t].excess, b.tails[t].excess) << what;
        EXPECT_EQ(a.tails[t].beyond, b.tails[t].beyond) << what;
        EXPECT_EQ(a.tails[t].count, b.tails[t].count) << what;
    }
    ASSERT_EQ(a.joint.size(), b.joint.size()) << what;
    for (std::size_t j = 0; j < a.joint.size(); ++j) {
        EXPECT_TRUE(same(a.joint[j].excess_product, b.joint[j].excess_product)) << what;
        EXPECT_EQ(a.joint[j].both_beyond, b.joint[j].both_beyond) << what;
    }
    ASSERT_EQ(a.worst.size(), b.worst.size()) << what;
    for (std::size_t w = 0; w < a.worst.size(); ++w) {
        ASSERT_EQ(a.worst[w].size(), b.worst[w].size()) << what;
        for (std::size_t i = 0; i < a.worst[w].size(); ++i) {
            ASSERT_TRUE(same(a.worst[w][i].pnl, b.worst[w][i].pnl) &&
                        a.worst[w][i].path == b.worst[w][i].path)
                << what;
        }
    }
}

TEST(ParityOfThreads, AnyNumberOfThemGivesTheSameSample) {
    for (auto text : {test::every_event(), test::every_rule()}) {
        text.set("simulation.steps", "20");
        text.set("simulation.paths", "20_000").set("simulation.first_path", "4294967000");
        const auto scenario = text.load();
        run::Options options;
        options.threads = 1;
        const risk::Sample one = run::run(scenario, options).sample;
        for (const int threads : {2, 3, 5}) {
            options.threads = threads;
            expect_same(one, run::run(scenario, options).sample, std::to_string(threads));
        }
        options.threads = 2;
        options.engine = "scalar";
        const result::Result scalar = run::run(scenario, options);
        EXPECT_EQ(scalar.provenance.engine, "scalar");
        expect_same(one, scalar.sample, "scalar");
    }
}

TEST(ParityOfThreads, ThatShareACopyOfTheTalliesGiveTheSameSample) {
    test::ScenarioText text;
    text.set("simulation.steps", "6").set("simulation.paths", "40_000");
    text.set("costs.fee_bps", "3").set("market.rate", "0.05").set("risk.worst_paths", "100");
    for (int i = 1; i < 32; ++i) {
        text.append(test::policy("p" + std::to_string(i),
                                 "rule = 'band'\nhalf_width = 0." + std::to_string(100 + i)));
    }
    const auto scenario = text.load();
    constexpr int threads = 8;
    const plan::Plan plan(scenario);
    ASSERT_LT(run::TallyStore(plan, threads).copies(), std::size_t{threads});
    run::Options options;
    options.threads = 1;
    const risk::Sample one = run::run(scenario, options).sample;
    options.threads = threads;
    expect_same(one, run::run(scenario, options).sample, "shared");
}

/// FNV-1a, 64 bits (Fowler, Noll & Vo 1991).
std::uint64_t hash_of(const std::vector<std::vector<float>>& tiles) {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const auto& tile : tiles) {
        for (const float x : tile) {
            std::uint32_t bits;
            std::memcpy(&bits, &x, sizeof bits);
            for (int byte = 0; byte < 4; ++byte) {
                hash = (hash ^ (bits >> (8 * byte) & 0xffu)) * 0x100000001b3ull;
            }
        }
    }
    return hash;
}

std::uint64_t hash_of(const test::ScenarioText& text) {
    return hash_of(look(text.load(), test::widest_cpu_engine()).tiles);
}

// Recorded once: every compiler, library and machine must give these. They change when the model,
// the columns or their order change; then record them again in the commit that means to.
TEST(ParityOfCompilers, OutcomesHaveTheRecordedHashes) {
    EXPECT_EQ(hash_of(test::every_rule()), 15235542473591171106ull);
    EXPECT_EQ(hash_of(test::every_event()), 8865177611799651512ull);
    EXPECT_EQ(hash_of(test::every_event().set("simulation.precision", "'double'")),
              12832465168031453540ull);
}

}  // namespace
}  // namespace hedgestorm
