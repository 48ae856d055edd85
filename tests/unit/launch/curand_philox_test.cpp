// SPDX-License-Identifier: Apache-2.0
//
// What draws the random words of a GPU thread, compiled for the host: the words, and the outcomes,
// of the CPU engines. Compiled only where the CUDA toolkit's headers are.

#include "kernels/launch/curand_philox.cuh"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "host/plan/plan.hpp"
#include "kernels/launch/one_path.hpp"
#include "kernels/math/philox.hpp"
#include "tests/support/busy_scenario.hpp"
#include "tests/support/other_markets.hpp"

namespace hedgestorm::test {
namespace {

TEST(CurandPhilox, GivesTheWordsOfTheCpuEngines) {
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{0x0123456789abcdefu}}) {
        for (const std::uint64_t path :
             {std::uint64_t{0}, std::uint64_t{12345}, std::uint64_t{0xffffffffu},
              std::uint64_t{0x100000000u}, std::uint64_t{0x7654321089u}}) {
            for (const std::uint32_t stream : {0u, 1u, 7u}) {
                const auto low = static_cast<std::uint32_t>(path);
                const auto high = static_cast<std::uint32_t>(path >> 32);
                const math::Philox<std::uint32_t> cpu(seed, low, high, stream);
                const launch::CurandPhilox<std::uint32_t> gpu(seed, low, high, stream);
                for (const std::uint32_t block : {0u, 1u, 2u, 3u, 62u, 1000003u, 0xffffffffu}) {
                    std::uint32_t expected[4];
                    std::uint32_t words[4];
                    cpu.block(block, expected);
                    gpu.block(block, words);
                    ASSERT_EQ(std::memcmp(words, expected, sizeof words), 0)
                        << "path " << path << ", stream " << stream << ", block " << block;
                }
            }
        }
    }
}

template <path::Markets markets>
void expect_the_outcomes_of_the_cpu_engines(const plan::Plan& plan) {
    const PathParams<float>* params = plan.view().single;
    ASSERT_NE(params, nullptr);
    ASSERT_EQ(params->columns, ColumnSet::all);
    ASSERT_GT(params->split.size, 0u);
    constexpr std::uint64_t first_path = (std::uint64_t{1} << 32) - 64;
    constexpr std::uint32_t paths = 128;
    const std::uint32_t rows = plan.view().tally.rows;
    std::vector<float> cpu(std::size_t(rows) * tile_paths);
    std::vector<float> gpu(cpu.size());
    for (std::uint32_t i = 0; i < paths; ++i) {
        launch::simulate_one<float, markets, ColumnSet::all, true, 1, math::Philox>(
            *params, first_path, i, 0, rows, cpu.data());
        launch::simulate_one<float, markets, ColumnSet::all, true, 1, launch::CurandPhilox>(
            *params, first_path, i, 0, rows, gpu.data());
    }
    EXPECT_EQ(std::memcmp(gpu.data(), cpu.data(), cpu.size() * sizeof(float)), 0);
}

TEST(CurandPhilox, GivesTheOutcomesOfTheCpuEngines) {
    expect_the_outcomes_of_the_cpu_engines<path::Markets::plain>(
        plan::Plan(busy_scenario().load()));
}

TEST(CurandPhilox, GivesTheOutcomesOfTheCpuEnginesInEveryOtherMarket) {
    for (const OtherMarket& market : other_markets()) {
        SCOPED_TRACE(market.name);
        expect_the_outcomes_of_the_cpu_engines<path::Markets::any>(
            plan::Plan(market.put(busy_scenario()).load()));
    }
}

}  // namespace
}  // namespace hedgestorm::test
