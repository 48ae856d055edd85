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
#include "tests/support/other_markets.hpp"
#include "tests/support/parity_scenarios.hpp"

namespace hedgestorm::test {
namespace {

constexpr std::uint64_t tile = (std::uint64_t{1} << 20) + 3;  // past path 2^32
constexpr std::uint32_t some_paths = 512;

constexpr auto any = path::Markets::any;

template <ColumnSet columns, bool carry, std::uint32_t accounts,
          path::Markets markets = path::Markets::plain, class T>
void expect_scalar_bits(const plan::Plan& plan, const PathParams<T>* params) {
    ASSERT_NE(params, nullptr);
    if (markets == path::Markets::plain) {
        ASSERT_TRUE(params->market.is_plain);
        ASSERT_EQ(params->columns, columns);
        ASSERT_EQ(params->carry, carry);
    }
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
            launch::simulate_one<T, markets, columns, carry, accounts, math::Philox>(
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

// The kernels of a market that is not plain, on every such market, and as many columns and accounts
// as each of them serves.
constexpr std::uint32_t groups = launch::tuning::account_group(ColumnSet::all);

TEST(OnePath, OneAccountInEveryOtherMarketGivesTheBitsOfTheScalarEngine) {
    for (const OtherMarket& market : other_markets()) {
        SCOPED_TRACE(market.name);
        const plan::Plan pnl(market.put(busy_scenario().set("policy.valuation", "'instantaneous'"))
                                 .set("risk.outcomes", "'pnl'")
                                 .load());
        ASSERT_FALSE(pnl.view().single->market.is_plain);
        expect_scalar_bits<ColumnSet::pnl, true, 1, any>(pnl, pnl.view().single);
        const plan::Plan all(market.put(busy_scenario().set("policy.valuation", "'instantaneous'"))
                                 .set("risk.explain", "true")
                                 .load());
        expect_scalar_bits<ColumnSet::all, true, 1, any>(all, all.view().single);
    }
}

TEST(OnePath, ManyAccountsInEveryOtherMarketGiveTheBitsOfTheScalarEngine) {
    for (const OtherMarket& market : other_markets()) {
        SCOPED_TRACE(market.name);
        const ScenarioText text = market.put(with_every_rule(busy_scenario()));
        const plan::Plan pnl(ScenarioText(text).set("risk.outcomes", "'pnl'").load());
        expect_scalar_bits<ColumnSet::pnl, true, max_accounts, any>(pnl, pnl.view().single);
        const plan::Plan all(ScenarioText(text).set("risk.explain", "true").load());
        expect_scalar_bits<ColumnSet::all, true, groups, any>(all, all.view().single);
        const plan::Plan reference(
            ScenarioText(text).set("simulation.precision", "'double'").load());
        expect_scalar_bits<ColumnSet::all, true, groups, any>(reference,
                                                              reference.view().reference);
    }
}

TEST(OnePath, PlansWithLessGiveTheBitsOfTheScalarEngineOnTheKernelForAll) {
    for (const OtherMarket& market : other_markets()) {
        SCOPED_TRACE(market.name);
        ScenarioText text = market.put(with_every_rule(ScenarioText()))
                                .set("simulation.steps", "37")
                                .set("costs.half_spread_bps", "7")
                                .set("costs.fee_bps", "3");
        const plan::Plan plan(text.set("risk.outcomes", "'standard'").load());
        ASSERT_FALSE(plan.view().single->carry);
        expect_scalar_bits<ColumnSet::all, true, groups, any>(plan, plan.view().single);
        const plan::Plan pnl(text.set("risk.outcomes", "'pnl'").load());
        expect_scalar_bits<ColumnSet::pnl, true, max_accounts, any>(pnl, pnl.view().single);
        expect_scalar_bits<ColumnSet::all, true, groups, any>(pnl, pnl.view().single);
    }
}

TEST(OnePath, ThePlainMarketIsAlsoOneOfAny) {
    const plan::Plan plan(with_every_rule(busy_scenario()).set("risk.explain", "true").load());
    expect_scalar_bits<ColumnSet::all, true, groups, any>(plan, plan.view().single);
}

TEST(OnePath, BandsThatMoveGiveTheBitsOfTheScalarEngineOnTheKernelsForAnyMarket) {
    const plan::Plan plain(with_textbook_rules(busy_scenario()).set("risk.explain", "true").load());
    expect_scalar_bits<ColumnSet::all, true, groups, any>(plain, plain.view().single);
    const plan::Plan pnl(with_textbook_rules(busy_scenario()).set("risk.outcomes", "'pnl'").load());
    expect_scalar_bits<ColumnSet::pnl, true, max_accounts, any>(pnl, pnl.view().single);
    const plan::Plan reference(with_textbook_rules(with_heston(busy_scenario(), "full_truncation"))
                                   .set("simulation.precision", "'double'")
                                   .load());
    expect_scalar_bits<ColumnSet::all, true, groups, any>(reference, reference.view().reference);
}

TEST(OnePath, OneBandThatMovesGivesTheBitsOfTheScalarEngine) {
    ScenarioText text = busy_scenario().policy(
        {{"name", "'z'"}, {"rule", "'zakamouline'"}, {"risk_aversion", "1"}});
    const plan::Plan plain(ScenarioText(text).set("risk.explain", "true").load());
    expect_scalar_bits<ColumnSet::all, true, 1, any>(plain, plain.view().single);
    const plan::Plan heston(
        with_heston(text, "quadratic_exponential").set("risk.outcomes", "'pnl'").load());
    expect_scalar_bits<ColumnSet::pnl, true, 1, any>(heston, heston.view().single);
}

TEST(OnePath, DoublePrecisionGivesTheBitsOfTheScalarEngine) {
    const plan::Plan plan(
        with_every_rule(busy_scenario()).set("simulation.precision", "'double'").load());
    expect_scalar_bits<ColumnSet::all, true, launch::tuning::account_group(ColumnSet::all)>(
        plan, plan.view().reference);
}

}  // namespace
}  // namespace hedgestorm::test
