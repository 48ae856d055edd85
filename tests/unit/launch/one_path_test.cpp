// SPDX-License-Identifier: Apache-2.0

// The shapes in which a GPU thread runs the path source, run on the host against the scalar engine:
// the same outcomes, bit for bit.

#include "kernels/launch/one_path.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "hedgestorm/engine.hpp"
#include "host/plan/plan.hpp"
#include "kernels/math/philox.hpp"
#include "tests/support/busy_scenario.hpp"

namespace hedgestorm::test {
namespace {

constexpr std::uint64_t tile = (std::uint64_t{1} << 20) + 3;  // past path 2^32
constexpr std::uint32_t some_paths = 512;

template <ColumnSet columns, bool carry, std::uint32_t accounts, class T>
void expect_scalar_bits(const plan::Plan& plan, const PathParams<T>* params) {
    ASSERT_NE(params, nullptr);
    ASSERT_EQ(params->columns, columns);
    ASSERT_EQ(params->carry, carry);
    if (accounts == 1) {
        ASSERT_TRUE(launch::suits_one_account(*params));
    }
    const PlanView view = plan.view();
    std::vector<float> thread(std::size_t(view.tally.rows) * tile_paths);
    std::vector<float> scalar(thread.size());
    const std::unique_ptr<Engine> engine(make_engine("scalar"));
    ASSERT_TRUE(engine->load(view).ok());
    ASSERT_TRUE(engine->outcomes(tile, scalar.data()).ok());
    for (std::uint32_t group = 0; group * accounts < params->account.size; ++group) {
        for (std::uint32_t i = 0; i < some_paths; ++i) {
            launch::simulate_one<T, columns, carry, accounts, math::Philox>(
                *params, tile * tile_paths, i, group, view.tally.rows, thread.data());
        }
    }
    for (std::uint32_t r = 0; r < view.tally.rows; ++r) {
        EXPECT_EQ(
            std::memcmp(thread.data() + std::size_t(r) * tile_paths,
                        scalar.data() + std::size_t(r) * tile_paths, some_paths * sizeof(float)),
            0)
            << "row " << r;
    }
}

TEST(OnePath, OneAccountGivesTheBitsOfTheScalarEngine) {
    const plan::Plan plan(ScenarioText().set("risk.outcomes", "'pnl'").load());
    expect_scalar_bits<ColumnSet::pnl, false, 1>(plan, plan.view().single);
}

TEST(OnePath, OneAccountWithAllColumnsGivesTheBitsOfTheScalarEngine) {
    const plan::Plan plan(busy_scenario().set("risk.explain", "true").load());
    expect_scalar_bits<ColumnSet::all, true, 1>(plan, plan.view().single);
}

TEST(OnePath, ManyAccountsGiveTheBitsOfTheScalarEngine) {
    const plan::Plan plan(with_every_rule(ScenarioText().set("risk.outcomes", "'pnl'")).load());
    expect_scalar_bits<ColumnSet::pnl, false, max_accounts>(plan, plan.view().single);
}

TEST(OnePath, ManyAccountsWithAllColumnsGiveTheBitsOfTheScalarEngine) {
    const plan::Plan plan(with_every_rule(busy_scenario()).set("risk.explain", "true").load());
    expect_scalar_bits<ColumnSet::all, true, launch::tuning::account_group(ColumnSet::all)>(
        plan, plan.view().single);
}

TEST(OnePath, AccountsInGroupsGiveTheBitsOfTheScalarEngine) {
    const plan::Plan plan(with_every_rule(busy_scenario()).set("risk.explain", "true").load());
    ASSERT_GT(plan.view().single->account.size, 6u);
    expect_scalar_bits<ColumnSet::all, true, 3>(plan, plan.view().single);
}

TEST(OnePath, DoublePrecisionGivesTheBitsOfTheScalarEngine) {
    const plan::Plan plan(
        with_every_rule(busy_scenario()).set("simulation.precision", "'double'").load());
    expect_scalar_bits<ColumnSet::all, true, launch::tuning::account_group(ColumnSet::all)>(
        plan, plan.view().reference);
}

}  // namespace
}  // namespace hedgestorm::test
