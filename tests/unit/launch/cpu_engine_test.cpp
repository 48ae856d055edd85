// SPDX-License-Identifier: Apache-2.0

// How a CPU engine goes through a tile: in pieces on a long grid, with a look at the stop sign
// between two of them.

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "kernels/launch/cpu_kernels.hpp"
#include "tests/support/busy_scenario.hpp"

namespace hedgestorm::launch {
namespace {

const CpuKernels* kernels_of(const std::string& name) {
    if (name == "scalar") return &scalar_kernels;
#if defined(__x86_64__)
    if (name == "avx2") return &avx2_kernels;
    if (name == "avx512") return &avx512_kernels;
#endif
    return nullptr;
}

TEST(CpuEngine, ATileInPiecesHasTheBitsOfTheWhole) {
    const plan::Plan plan(test::ScenarioText().load());
    const PathParams<float>& params = *plan.view().single;
    const std::size_t size = std::size_t(plan.view().tally.rows) * tile_paths;
    const std::uint64_t first = std::uint64_t{1} << 33;
    const View<EngineOffer> offers = engine_offers();
    for (std::uint32_t o = 0; o < offers.size; ++o) {
        const CpuKernels* kernels = kernels_of(offers[o].name);
        if (kernels == nullptr || !offers[o].available) continue;
        std::vector<float> whole(size), pieces(size);
        kernels->simulate_single(params, first, tile_paths, whole.data(), tile_paths);
        for (std::uint32_t i = 0; i < tile_paths; i += kernels->lanes)
            kernels->simulate_single(params, first + i, kernels->lanes, pieces.data() + i,
                                     tile_paths);
        EXPECT_EQ(std::memcmp(whole.data(), pieces.data(), size * sizeof(float)), 0)
            << offers[o].name;
    }
}

TEST(CpuEngine, LeavesALongTileWhenTheSignGoesUp) {
    const plan::Plan plan(test::ScenarioText().set("simulation.steps", "10_000").load());
    const std::unique_ptr<Engine> engine(make_engine("scalar"));
    int looks = 0;
    int* const counter = &looks;
    engine->heed({[](const void* of) { return ++**static_cast<int* const*>(of) == 4; }, &counter});
    std::vector<float> rows(std::size_t(plan.view().tally.rows) * tile_paths);
    ASSERT_TRUE(engine->load(plan.view()).ok());
    const EngineStatus status = engine->outcomes(0, rows.data());
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(status.why, Refusal::stopped);
    EXPECT_EQ(looks, 4);
    // Three paths were simulated, and none after them.
    EXPECT_NE(rows[2], 0.0F);
    EXPECT_EQ(rows[3], 0.0F);
}

}  // namespace
}  // namespace hedgestorm::launch
