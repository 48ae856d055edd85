// SPDX-License-Identifier: Apache-2.0

// The CUDA engine: what it says where there is no GPU, and where there is one, the same outcomes
// and the same tallies as the scalar engine, bit for bit.

#include "kernels/launch/cuda_engine.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "tests/support/busy_scenario.hpp"
#include "tests/support/host_tally.hpp"
#include "tests/support/other_markets.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm::test {
namespace {

constexpr std::uint64_t high = (std::uint64_t{1} << 32) - 2 * tile_paths;

class CudaEngine : public ::testing::Test {
  protected:
    void SetUp() override {
        if (launch::cuda_devices() == 0) HS_SKIP_OR_FAIL("gpu", launch::cuda_absence());
    }

    static std::unique_ptr<Engine> engine(const char* name, const PlanView& plan) {
        std::unique_ptr<Engine> made(make_engine(name));
        EXPECT_NE(made, nullptr) << name;
        const EngineStatus loaded = made->load(plan);
        EXPECT_TRUE(loaded.ok()) << loaded.failure;
        return made;
    }

    static void add(Engine& engine, PathRange paths, HostTally& tally) {
        const EngineStatus status = engine.run(paths, tally.view());
        EXPECT_TRUE(status.ok()) << status.failure;
    }

    static void expect_same(const HostTally& gpu, const HostTally& cpu) {
        for (const char* part : gpu.differences(cpu)) ADD_FAILURE() << part << " differ";
    }

    /// More accounts than a thread simulates at a time.
    static ScenarioText several_groups() {
        ScenarioText text = with_every_rule(busy_scenario());
        for (int i = 1; i <= 12; ++i) {
            const std::string number = std::to_string(i);
            text.append("[[policy]]\nname = 'more " + number +
                        "'\nrule = 'band'\nhalf_width = 0.0" + number);
        }
        return text;
    }

    static std::vector<plan::Plan*> plans() {
        static std::vector<std::unique_ptr<plan::Plan>> made;
        if (made.empty()) {
            const auto add = [](const ScenarioText& text) {
                made.push_back(std::make_unique<plan::Plan>(text.load()));
                // Centres and thresholds as a pilot run would leave them.
                const TallyPlan tally = made.back()->view().tally;
                made.back()->fix_centres(std::vector<double>(tally.rows, 0.125));
                made.back()->fix_thresholds(
                    std::vector<float>(std::size_t(tally.accounts) * tally.levels, 1.5f));
            };
            add(ScenarioText().set("risk.outcomes", "'pnl'"));
            add(ScenarioText().set("risk.outcomes", "'standard'"));
            add(busy_scenario().set("risk.explain", "true"));
            add(busy_scenario().set("risk.quantiles", "'columns'"));
            add(with_every_rule(ScenarioText().set("risk.outcomes", "'pnl'")));
            add(several_groups());
            add(several_groups().set("simulation.precision", "'double'"));
            for (const OtherMarket& market : other_markets()) {
                add(market.put(busy_scenario()));
                add(market.put(several_groups()));
                add(market.put(several_groups()).set("risk.outcomes", "'pnl'"));
            }
            add(other_markets().back().put(
                several_groups().set("simulation.precision", "'double'")));
        }
        std::vector<plan::Plan*> all;
        for (const auto& plan : made) all.push_back(plan.get());
        return all;
    }
};

TEST(CudaDevices, SayInWordsWhyThereIsNone) {
    if (launch::cuda_devices() > 0) {
        EXPECT_EQ(launch::cuda_absence(), nullptr);
        EXPECT_STRNE(launch::cuda_device_name(0), "");
        return;
    }
    const std::string why = launch::cuda_absence();
    EXPECT_NE(why.find(' '), std::string::npos) << why;
    EXPECT_STREQ(launch::cuda_device_name(0), "");
    bool offered = false;
    for (std::uint32_t i = 0; i < engine_offers().size; ++i) {
        const EngineOffer& offer = engine_offers()[i];
        if (!offer.gpu) continue;
        offered = true;
        EXPECT_FALSE(offer.available);
        EXPECT_EQ(offer.reason, why);
    }
    EXPECT_TRUE(offered);
}

TEST(CudaDevices, GiveNoEngineBeyondTheLast) {
    EXPECT_EQ(launch::make_cuda_engine(launch::cuda_devices()), nullptr);
    EXPECT_EQ(make_engine("cuda:15"), nullptr);
    if (launch::cuda_devices() == 0) {
        EXPECT_EQ(make_engine("cuda:0"), nullptr);
    }
}

TEST_F(CudaEngine, OutcomesAreThoseOfTheScalarEngine) {
    for (const plan::Plan* plan : plans()) {
        const PlanView view = plan->view();
        std::vector<float> gpu(std::size_t(view.tally.rows) * tile_paths);
        std::vector<float> cpu(gpu.size());
        const auto on_gpu = engine("cuda:0", view);
        const auto on_cpu = engine("scalar", view);
        for (const std::uint64_t tile : {std::uint64_t{0}, (high + tile_paths) / tile_paths}) {
            ASSERT_TRUE(on_gpu->outcomes(tile, gpu.data()).ok());
            ASSERT_TRUE(on_cpu->outcomes(tile, cpu.data()).ok());
            EXPECT_EQ(std::memcmp(gpu.data(), cpu.data(), gpu.size() * sizeof(float)), 0);
        }
    }
}

TEST_F(CudaEngine, TalliesAreThoseOfTheScalarEngine) {
    for (const plan::Plan* plan : plans()) {
        const PlanView view = plan->view();
        HostTally gpu(view.tally);
        HostTally cpu(view.tally);
        const auto on_gpu = engine("cuda:0", view);
        const auto on_cpu = engine("scalar", view);
        for (const PathRange range : {PathRange{high + 17, high + 3 * tile_paths + 1000},
                                      PathRange{5, 6}, PathRange{tile_paths, 3 * tile_paths}}) {
            add(*on_gpu, range, gpu);
            add(*on_cpu, range, cpu);
        }
        expect_same(gpu, cpu);
    }
}

TEST_F(CudaEngine, TwoInstancesShareTheWorkAndTheTallies) {
    const PlanView view = plans()[4]->view();
    HostTally gpu(view.tally, /*shared=*/true);
    HostTally cpu(view.tally);
    const std::uint64_t middle = 7 * tile_paths;
    const std::uint64_t end = 13 * tile_paths + 77;
    const auto first = engine("cuda:0", view);
    const auto second = engine("cuda:0", view);
    std::thread other([&] { add(*second, {middle, end}, gpu); });
    add(*first, {0, middle}, gpu);
    other.join();
    add(*engine("scalar", view), {0, end}, cpu);
    expect_same(gpu, cpu);
}

TEST_F(CudaEngine, TakesAnotherPlan) {
    const auto on_gpu = engine("cuda:0", plans()[0]->view());
    for (const plan::Plan* plan : {plans()[4], plans()[1], plans()[5]}) {
        const PlanView view = plan->view();
        ASSERT_TRUE(on_gpu->load(view).ok());
        HostTally gpu(view.tally);
        HostTally cpu(view.tally);
        add(*on_gpu, {0, 2 * tile_paths}, gpu);
        add(*engine("scalar", view), {0, 2 * tile_paths}, cpu);
        expect_same(gpu, cpu);
    }
}

}  // namespace
}  // namespace hedgestorm::test
