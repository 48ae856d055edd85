// SPDX-License-Identifier: Apache-2.0
// The market's models: which keys each takes, and what is said of wrong ones.

#include "host/scenario/market.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/markets.hpp"
#include "tests/support/problems.hpp"

namespace hedgestorm::scenario {
namespace {

using test::ScenarioText;

constexpr test::HestonNumbers numbers = {2.0, 0.04, 0.5, -0.7, 0.09};

ScenarioText merton(const std::string& table = test::merton_table(1.5, -0.1, 0.15)) {
    return ScenarioText().set("market.model", "'merton'").append(table);
}

ScenarioText kou(const std::string& table = test::kou_table(2.0, 0.4, 10.0, 5.0)) {
    return ScenarioText().set("market.model", "'kou'").append(table);
}

ScenarioText bates() {
    return test::heston(numbers)
        .set("market.model", "'bates'")
        .append(test::merton_table(0.5, -0.1, 0.15));
}

TEST(MarketModels, AreReadWhole) {
    const Market h =
        test::heston(numbers, "scheme = 'full_truncation'\nlongest_step_days = 2").load().market;
    ASSERT_TRUE(h.heston.has_value());
    EXPECT_EQ(h.model, Model::heston);
    EXPECT_EQ(*h.heston,
              (Heston{2.0, 0.04, 0.5, -0.7, 0.09, HestonScheme::full_truncation, 2.0 / 365.0}));
    EXPECT_FALSE(h.merton || h.kou || h.momentum);
    const Market m = merton().load().market;
    EXPECT_EQ(*m.merton, (Merton{1.5, -0.1, 0.15}));
    EXPECT_EQ(m.volatility, 0.2);
    EXPECT_EQ(*kou().load().market.kou, (Kou{2.0, 0.4, 10.0, 5.0}));
    const Market b = bates().load().market;
    EXPECT_TRUE(b.heston && b.merton);
    const Market p = ScenarioText().append(test::momentum_table(5.0, 0.3, -0.2)).load().market;
    EXPECT_EQ(*p.momentum, (Momentum{5.0, 0.3, -0.2}));
}

TEST(MarketModels, HaveDefaultsForTheSchemeAndTheStep) {
    const Heston h = *test::heston(numbers).load().market.heston;
    EXPECT_EQ(h.scheme, HestonScheme::quadratic_exponential);
    EXPECT_EQ(h.longest_step, 1.0 / 32.0);
}

TEST(MarketModels, NeedTheirTablesAndKeys) {
    EXPECT_PROBLEM(ScenarioText().set("market.model", "'merton'"), "market.merton", "is missing");
    EXPECT_PROBLEM(ScenarioText().set("market.model", "'kou'"), "market.kou", "is missing");
    EXPECT_PROBLEM(ScenarioText().set("market.model", "'heston'").without("market.volatility"),
                   "market.heston", "is missing");
    EXPECT_PROBLEM(test::heston(numbers).set("market.model", "'bates'"), "market.merton",
                   "is missing");
    EXPECT_PROBLEM(ScenarioText().without("market.volatility"), "market.volatility", "is missing");
    EXPECT_PROBLEM(merton("[market.merton]\nintensity = 1\njump_mean = 0"), "market.merton.jump_sd",
                   "is missing");
}

TEST(MarketModels, RefuseTheKeysOfOthers) {
    EXPECT_PROBLEM(ScenarioText().append(test::merton_table(1.0, 0.0, 0.1)), "market.merton",
                   "model = \"merton\" or \"bates\"");
    EXPECT_PROBLEM(merton().append(test::kou_table(1.0, 0.4, 10.0, 5.0)), "market.kou",
                   "model = \"kou\"");
    EXPECT_PROBLEM(test::heston(numbers).set("market.volatility", "0.2"), "market.volatility",
                   "model = \"gbm\", \"merton\", \"kou\" or \"hawkes\"");
}

TEST(MarketModels, HaveRanges) {
    const auto heston = [](const char* key, const char* value) {
        auto text = ScenarioText().set("market.model", "'heston'").without("market.volatility");
        std::string table = "[market.heston]\n";
        for (const auto& [name, good] : {std::pair<std::string, std::string>{"kappa", "2"},
                                         {"theta", "0.04"},
                                         {"xi", "0.5"},
                                         {"rho", "-0.7"},
                                         {"initial_variance", "0.09"}})
            table += name + " = " + (name == key ? value : good) + "\n";
        return text.append(table);
    };
    EXPECT_PROBLEM(heston("kappa", "0"), "market.heston.kappa", "0");
    EXPECT_PROBLEM(heston("theta", "-0.01"), "market.heston.theta", "-0.01");
    EXPECT_PROBLEM(heston("xi", "0"), "market.heston.xi", "0");
    EXPECT_PROBLEM(heston("rho", "-1.01"), "market.heston.rho", "-1.01");
    EXPECT_PROBLEM(heston("initial_variance", "-1"), "market.heston.initial_variance", "-1");
    EXPECT_PROBLEM(test::heston(numbers, "scheme = 'exact'"), "market.heston.scheme", "exact");
    EXPECT_PROBLEM(test::heston(numbers, "longest_step_days = 0"),
                   "market.heston.longest_step_days", "0");
    EXPECT_PROBLEM(merton(test::merton_table(-1.0, 0.0, 0.1)), "market.merton.intensity", "-1");
    EXPECT_PROBLEM(merton(test::merton_table(1.0, 0.0, -0.1)), "market.merton.jump_sd", "-0.1");
    EXPECT_PROBLEM(kou(test::kou_table(1.0, 1.2, 10.0, 5.0)), "market.kou.up_probability", "1.2");
    EXPECT_PROBLEM(kou(test::kou_table(1.0, 0.4, 1.0, 5.0)), "market.kou.eta1", "1");
    EXPECT_PROBLEM(ScenarioText().append(test::momentum_table(0.0, 0.1, 0.0)),
                   "market.momentum.kappa", "0");
}

TEST(MarketModels, SurviveTheResolvedText) {
    for (auto text :
         {test::heston(numbers, "scheme = 'full_truncation'\nlongest_step_hours = 7"), merton(),
          kou(), bates(), bates().append(test::momentum_table(5.0, 0.3, -0.2))}) {
        const Scenario s = text.set("policy.valuation", "'expected'").load();
        EXPECT_EQ(s.policies[0].valuation.kind, ValuationKind::expected);
        const Scenario again = load_text(s.resolved_text, "elsewhere.toml");
        EXPECT_EQ(again.market, s.market) << s.resolved_text;
        EXPECT_EQ(again.policies, s.policies);
        EXPECT_EQ(again.sha256, s.sha256);
    }
}

TEST(ModelPremium, IsRefusedWithMomentumAndTheReason) {
    auto text = ScenarioText().set("book.premium", "'model'");
    EXPECT_TRUE(test::problems_of(text).empty());
    EXPECT_PROBLEM(text.append(test::momentum_table(5.0, 0.3, 0.0)), "book.premium",
                   "momentum has none");
}

}  // namespace
}  // namespace hedgestorm::scenario
