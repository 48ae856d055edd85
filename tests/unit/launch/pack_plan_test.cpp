// SPDX-License-Identifier: Apache-2.0
//
// A plan packed into one block, and the block copied elsewhere: an engine that is given the copy
// leaves the same outcomes as one that is given the plan.

#include "kernels/launch/pack_plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "host/plan/plan.hpp"
#include "tests/support/host_tally.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/parity_scenarios.hpp"

namespace hedgestorm::launch {
namespace {

struct alignas(16) Block {
    char bytes[16];
};

std::vector<float> outcomes_of(const PlanView& plan) {
    const std::unique_ptr<Engine> engine(make_engine(test::widest_cpu_engine().c_str()));
    EXPECT_TRUE(engine->load(plan).ok());
    std::vector<float> rows(std::size_t(plan.tally.rows) * tile_paths);
    EXPECT_TRUE(engine->outcomes(1, rows.data()).ok());
    return rows;
}

template <class T>
std::vector<T> contents(const View<T>& view) {
    return {view.data, view.data + view.size};
}

/// Whether a table is empty or lies within the block.
struct Within {
    const std::vector<Block>& block;

    template <class T>
    bool operator()(const View<T>& view) const {
        const auto* from = reinterpret_cast<const char*>(block.data());
        const auto* first = reinterpret_cast<const char*>(view.data);
        return view.size == 0 || (first >= from && first + view.size * sizeof(T) <=
                                                       from + block.size() * sizeof(Block));
    }
};

template <class T>
void expect_within(const PathParams<T>& p, const Within& within) {
    EXPECT_TRUE(within(p.step) && within(p.split) && within(p.option) && within(p.expiry) &&
                within(p.expiry_step) && within(p.target) && within(p.account) && within(p.row));
    const ConditionParams<T>& conditions = p.market.conditions;
    EXPECT_TRUE(within(conditions.step) && within(conditions.overlay) && within(conditions.peg));
    for (std::uint32_t t = 0; t < p.target.size; ++t)
        EXPECT_TRUE(within(p.target[t].width.step)) << t;
    ASSERT_TRUE(within(p.valuation));
    for (std::uint32_t v = 0; v < p.valuation.size; ++v) {
        const ValuationParams<T>& valuation = p.valuation[v];
        EXPECT_TRUE(within(valuation.table) && within(valuation.slice) && within(valuation.keep) &&
                    within(valuation.gain));
    }
}

TEST(PackPlan, SurvivesTheMoveToAnotherAddress) {
    for (const char* precision : {"'single'", "'double'"}) {
        const plan::Plan plan(test::with_textbook_rules(test::every_event())
                                  .set("simulation.precision", precision)
                                  .load());
        const PlanView original = plan.view();
        std::vector<Block> image(packed_bytes(original) / sizeof(Block));
        std::vector<Block> copy(image.size());
        ASSERT_EQ(image.size() * sizeof(Block), packed_bytes(original));
        const PackedPlan packed = pack(original, image.data(), copy.data());
        std::copy(image.begin(), image.end(), copy.begin());
        std::fill(image.begin(), image.end(), Block{});  // nothing may still point there
        EXPECT_EQ(packed.is_single, original.single != nullptr);
        const Within within{copy};
        packed.is_single ? expect_within(packed.single, within)
                         : expect_within(packed.reference, within);
        EXPECT_TRUE(within(packed.tally.cell) && within(packed.tally.pnl_row) &&
                    within(packed.tally.threshold));

        PlanView moved;
        moved.single = packed.is_single ? &packed.single : nullptr;
        moved.reference = packed.is_single ? nullptr : &packed.reference;
        moved.tally = packed.tally;
        EXPECT_TRUE(test::same_bytes(outcomes_of(moved), outcomes_of(original))) << precision;
        EXPECT_TRUE(test::same_bytes(contents(moved.tally.cell), contents(original.tally.cell)));
        EXPECT_EQ(contents(moved.tally.pnl_row), contents(original.tally.pnl_row));
        EXPECT_EQ(contents(moved.tally.threshold), contents(original.tally.threshold));
    }
}

}  // namespace
}  // namespace hedgestorm::launch
