// SPDX-License-Identifier: Apache-2.0
#include "host/fit/market_block.hpp"

#include <gtest/gtest.h>

#include <string>

#include "host/fit/calibrate.hpp"
#include "host/scenario/load.hpp"
#include "host/support/error.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/simulated_returns.hpp"

namespace hedgestorm::fit {
namespace {

constexpr double hour = 1.0 / 8760.0;

/// The base scenario, an hour's steps, in a market of a block's.
scenario::Market market_of(const std::string& block) {
    test::ScenarioText text;
    text.without("market").set("simulation.horizon_days", "1").set("simulation.steps", "24");
    text.set("option.expiry_days", "1");
    return scenario::load_text(text.str() + block, "scenario.toml").market;
}

Fit kou_fit() {
    Fit fit;
    fit.model = scenario::Model::kou;
    fit.brief = "hand";
    fit.entries = {{"[market]", "drift", "per year", 0.123456},
                   {"[market]", "volatility", "per √year", 0.5},
                   {"[market.kou]", "intensity", "per year", 400.0},
                   {"[market.kou]", "up_probability", "", 0.35},
                   {"[market.kou]", "eta1", "per log", 70.0},
                   {"[market.kou]", "eta2", "per log", 45.0}};
    fit.se = {0.5, 0.01, 40.0, std::nan(""), 7.0, 4.0};
    return fit;
}

Returns hourly() {
    test::Draws draws(1);
    return returns_of(test::gbm_returns(1000, hour, 0.0, 0.5, draws), 1.0);
}

TEST(MarketBlock, IsWhatAScenarioTakesWithItsErrorsBesideIt) {
    const std::string block = market_block(kou_fit(), hourly(), "prices.csv", Drift::risk_neutral);
    EXPECT_TRUE(block.starts_with(block_signature));
    const auto says = [&](const char* line) { return block.find(line) != std::string::npos; };
    EXPECT_TRUE(says("volatility = 0.5                    # ± 0.01 per √year\n")) << block;
    EXPECT_TRUE(says("# estimated: 0.123 ± 0.5 per year\n")) << block;
    EXPECT_TRUE(says("up_probability = 0.35               # ± n/a\n")) << block;
    const scenario::Market market = market_of(block);
    EXPECT_EQ(market.model, scenario::Model::kou);
    EXPECT_EQ(market.spot, 100.0);
    EXPECT_EQ(market.volatility, 0.5);
    EXPECT_EQ(market.kou->intensity, 400.0);
    EXPECT_EQ(market.kou->up_probability, 0.35);
    EXPECT_EQ(market.kou->eta1, 70.0);
    EXPECT_EQ(market.kou->eta2, 45.0);
    EXPECT_NO_THROW(require_accepted(block, hourly()));
}

TEST(MarketBlock, WritesTheDriftWhereAsked) {
    const std::string block = market_block(kou_fit(), hourly(), "prices.csv", Drift::estimated);
    EXPECT_NE(block.find("drift = 0.123456                    # ± 0.5 per year\n"),
              std::string::npos)
        << block;
}

TEST(MarketBlock, NamesItsHistoryOnOneLine) {
    const std::string block =
        market_block(kou_fit(), hourly(), "a\n[market]\nb.csv", Drift::risk_neutral);
    EXPECT_NO_THROW(market_of(block));
}

TEST(MarketBlock, OfRegimesHasATableForEachStateAndSwitch) {
    test::Draws draws(2);
    const Returns returns = returns_of(
        test::regime_returns(3000, hour, 0.0, {0.4, 1.6}, {{0.0, 80.0}, {160.0, 0.0}}, draws), 1.0);
    const Fit fit = calibrate(returns, {scenario::Model::regime, 2, {}, Errors::robust, {}});
    const scenario::Market market =
        market_of(market_block(fit, returns, "prices.csv", Drift::risk_neutral));
    ASSERT_EQ(market.regime->states.size(), 2u);
    EXPECT_EQ(market.regime->states[0].name, "calm");
    EXPECT_EQ(market.regime->states[1].name, "stressed");
    EXPECT_NEAR(market.regime->states[1].volatility, 1.6, 0.3);
    EXPECT_NEAR(market.regime->rates[1][0], 160.0, 100.0);
}

TEST(MarketBlock, ThatARunOnTheRowsRefusesIsToldWhy) {
    Fit fit = kou_fit();
    EXPECT_EQ(refused_by_run(market_block(fit, hourly(), "prices.csv", Drift::estimated), hourly()),
              "");
    fit.entries[2].value = 900'000.0;  // 103 jumps an hour
    const std::string block = market_block(fit, hourly(), "prices.csv", Drift::estimated);
    EXPECT_NO_THROW(require_accepted(block, hourly()));
    const std::string why = refused_by_run(block, hourly());
    EXPECT_TRUE(
        why.starts_with("a run with rebalance intervals as long as the rows refuses this "
                        "market: market.kou.intensity"))
        << why;
}

TEST(MarketBlock, ThatNoScenarioTakesIsRefused) {
    Fit fit = kou_fit();
    fit.entries[1].value = 25.0;
    const std::string block = market_block(fit, hourly(), "prices.csv", Drift::risk_neutral);
    try {
        require_accepted(block, hourly());
        FAIL() << "not refused";
    } catch (const EngineError& error) {
        EXPECT_NE(std::string(error.what()).find("market.volatility: is 25"), std::string::npos)
            << error.what();
    }
}

}  // namespace
}  // namespace hedgestorm::fit
