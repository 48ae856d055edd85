// SPDX-License-Identifier: Apache-2.0
//
// The market along single paths: the bits of a run, on every instruction set.

#include "hedgestorm/trace.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <tuple>
#include <vector>

#include "host/plan/plan.hpp"
#include "tests/support/host_tally.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/parity_scenarios.hpp"
#include "tests/support/require.hpp"

namespace hedgestorm {
namespace {

/// The last paths whose numbers fit 32 bits, and the first that do not.
constexpr std::uint64_t across = std::uint64_t{1} << 32;

/// Everything a trace tells of some paths: [path][step][row].
std::vector<float> trace(const scenario::Scenario& scenario, const std::string& engine,
                         PathRange paths) {
    const plan::Plan plan(scenario, plan::Purpose::traces);
    const std::size_t steps = plan.grid().steps.size();
    struct Kept {
        std::uint64_t first;
        std::size_t steps;
        std::vector<float> all;
    } kept = {paths.first, steps,
              std::vector<float>((paths.end - paths.first) * steps * trace_rows)};
    const TraceSink sink = {
        [](void* of, const TraceBlock& block) {
            Kept& to = *static_cast<Kept*>(of);
            for (std::uint32_t p = 0; p < block.paths; ++p) {
                for (std::uint32_t i = 0; i < block.steps; ++i) {
                    const std::size_t at =
                        (block.first_path - to.first + p) * to.steps + block.first_step + i;
                    for (std::uint32_t row = 0; row < trace_rows; ++row)
                        to.all[at * trace_rows + row] = block.at(static_cast<TraceRow>(row), i)[p];
                }
            }
        },
        &kept};
    EXPECT_TRUE(trace_market(engine.c_str(), plan.view(), paths, sink).ok());
    return kept.all;
}

bool is_offered(const std::string& engine) {
    const View<EngineOffer> all = engine_offers();
    for (std::uint32_t i = 0; i < all.size; ++i)
        if (engine == all[i].name) return all[i].available;
    return false;
}

class ParityOfTraces : public ::testing::TestWithParam<std::tuple<const char*, std::size_t>> {};

TEST_P(ParityOfTraces, IsThatOfTheScalarEngine) {
    const auto [engine, index] = GetParam();
    if (!is_offered(engine))
        HS_SKIP_OR_FAIL(engine, "this processor does not have the instructions");
    const scenario::Scenario scenario = test::parity_scenarios()[index].make();
    const PathRange paths = {across - 2 * trace_paths, across};
    EXPECT_TRUE(test::same_bytes(trace(scenario, "scalar", paths), trace(scenario, engine, paths)));
    const PathRange beyond = {across, across + trace_paths};
    EXPECT_TRUE(
        test::same_bytes(trace(scenario, "scalar", beyond), trace(scenario, engine, beyond)));
}

TEST_P(ParityOfTraces, EndsAtThePriceOfTheRun) {
    const auto [engine, index] = GetParam();
    if (!is_offered(engine))
        HS_SKIP_OR_FAIL(engine, "this processor does not have the instructions");
    scenario::Scenario scenario = test::parity_scenarios()[index].make();
    scenario.risk.outcomes = scenario::Outcomes::all;
    const std::vector<float> run =
        test::outcomes(scenario, 1, {{test::the_path, Column::spot}}, 0, engine)[0];
    const std::vector<float> all = trace(scenario, engine, {0, tile_paths});
    const std::size_t length = all.size() / tile_paths;
    std::vector<float> traced;
    for (std::size_t p = 0; p < tile_paths; ++p)
        traced.push_back(
            all[(p + 1) * length - trace_rows + static_cast<std::size_t>(TraceRow::spot)]);
    EXPECT_GT(traced[0], 0.0f);
    EXPECT_TRUE(test::same_bytes(run, traced));
}

INSTANTIATE_TEST_SUITE_P(Engines, ParityOfTraces,
                         ::testing::Combine(::testing::Values("avx2", "avx512"),
                                            ::testing::Range(std::size_t{0},
                                                             test::parity_scenarios().size())),
                         [](const auto& test) {
                             return std::string(std::get<0>(test.param)) + "On" +
                                    test::parity_scenarios()[std::get<1>(test.param)].name;
                         });

TEST(Trace, IsRefusedByEnginesThatHaveNone) {
    const plan::Plan plan(test::every_rule().load(), plan::Purpose::traces);
    const TraceSink sink = {[](void*, const TraceBlock&) { FAIL() << "nothing was asked for"; },
                            nullptr};
    for (const char* engine : {"cuda:0", "nonsense", ""})
        EXPECT_FALSE(trace_market(engine, plan.view(), {0, trace_paths}, sink).ok()) << engine;
}

}  // namespace
}  // namespace hedgestorm
