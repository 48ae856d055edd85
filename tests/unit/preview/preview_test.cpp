// SPDX-License-Identifier: Apache-2.0
#include "host/preview/preview.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/preview/observe.hpp"
#include "host/support/error.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::preview {
namespace {

using test::ScenarioText;

std::vector<risk::QuantileRanks> ranks_of(std::uint64_t n) {
    std::vector<risk::QuantileRanks> ranks;
    for (const risk::Fraction p : fan_probabilities) ranks.push_back(risk::quantile_ranks(n, p));
    return ranks;
}

std::size_t place_of(const Preview& made, Quantity quantity) {
    for (std::size_t f = 0; f < made.fans.size(); ++f)
        if (made.fans[f].quantity == quantity) return f;
    ADD_FAILURE() << "no such fan";
    return 0;
}

TEST(Quantiles, AreOrderStatisticsWithThoseThatEncloseThem) {
    std::vector<float> values(1000);
    std::iota(values.begin(), values.end(), 1.0f);
    std::reverse(values.begin(), values.end());
    const auto ranks = ranks_of(1000);
    const auto found = quantiles(values, ranks);
    ASSERT_EQ(found.size(), fan_size);
    const double wanted[] = {10, 50, 250, 500, 750, 950, 990};
    for (std::size_t k = 0; k < fan_size; ++k) {
        EXPECT_EQ(found[k].value, wanted[k]);
        EXPECT_EQ(found[k].low, static_cast<double>(ranks[k].low));
        EXPECT_EQ(found[k].high, static_cast<double>(ranks[k].high));
        EXPECT_LT(found[k].low, found[k].value);
        EXPECT_GT(found[k].high, found[k].value);
    }
}

TEST(Preview, SamplesAreTheRunsPathsByTheirFinalPrice) {
    const auto scenario = ScenarioText().load();
    const Preview made = preview(scenario, {1000, 5});
    const std::vector<float> all = test::outcomes(scenario, 1, {{test::the_path, Column::spot}})[0];
    std::vector<float> sorted(all.begin(), all.begin() + 1000);
    std::sort(sorted.begin(), sorted.end());
    ASSERT_EQ(made.samples.size(), 5u);
    const std::size_t rank[] = {25, 262, 500, 737, 975};
    for (std::size_t s = 0; s < 5; ++s) {
        const float end = made.samples[s].values[0].back();
        EXPECT_EQ(end, all[made.samples[s].path]);
        EXPECT_EQ(end, sorted[rank[s]]) << s;
    }
    EXPECT_EQ(made.lowest.values[0].back(), sorted.front());
    EXPECT_EQ(all[made.lowest.path], sorted.front());
    EXPECT_EQ(made.samples[0].values[0].front(), 100.0f);
}

TEST(Preview, ShowsADisplacedPriceAsItIs) {
    auto text = ScenarioText().set("market.spot", "20").set("market.displacement", "60");
    const auto scenario = text.set("market.volatility", "2").load();
    const Preview made = preview(scenario, {1000, 5});
    EXPECT_EQ(made.displacement, 60.0);
    EXPECT_EQ(made.fans[0].quantile[median].front().value, 20.0);
    const std::vector<float> all = test::outcomes(scenario, 1, {{test::the_path, Column::spot}})[0];
    const float lowest = *std::min_element(all.begin(), all.begin() + 1000);
    EXPECT_EQ(made.lowest.values[0].back(), static_cast<float>(lowest - 60.0));
    EXPECT_LT(made.lowest.values[0].back(), -20.0f);
}

TEST(Preview, TakesTheScenariosOwnPaths) {
    auto text = ScenarioText();
    const Preview from_7 = preview(text.set("simulation.first_path", "7").load(), {200, 1});
    const Preview from_0 = preview(text.set("simulation.first_path", "0").load(), {207, 50});
    for (const Sample& sample : from_7.samples) EXPECT_GE(sample.path, 7u);
    EXPECT_EQ(from_7.paths, 200u);
    for (const Sample& sample : from_0.samples) {
        if (sample.path != from_7.samples[0].path) continue;
        EXPECT_EQ(sample.values[0], from_7.samples[0].values[0]);
    }
}

TEST(Preview, TellsWhatStressMakesOfTheMarket) {
    const auto scenario =
        ScenarioText()
            .set("simulation.steps", "720")
            .set("costs.half_spread_bps", "3")
            .append(
                "[[stress]]\nname = 'a'\nat_days = 10\nduration_days = 5\nhalf_life_days = 2\n"
                "realised_volatility_multiplier = 3\nimplied_volatility_multiplier = 2\n"
                "half_spread_multiplier = 4")
            .load();
    const Preview made = preview(scenario, {100, 0});
    const auto at = [&](Quantity quantity, double days) {
        const Fan& fan = made.fans[place_of(made, quantity)];
        EXPECT_TRUE(fan.is_certain());
        for (std::size_t t = 0; t < made.times.size(); ++t)
            if (std::abs(made.times[t] * 365.0 - days) < 1e-9) return fan.quantile[median][t].value;
        ADD_FAILURE() << "no time " << days;
        return 0.0;
    };
    const double hour = 1.0 / 24.0;
    EXPECT_NEAR(at(Quantity::volatility, 0.0), 0.2, 1e-6);
    EXPECT_NEAR(at(Quantity::volatility, 10.0 - hour), 0.2, 1e-6);
    EXPECT_NEAR(at(Quantity::volatility, 10.0), 0.6, 1e-6);
    EXPECT_NEAR(at(Quantity::half_spread, 15.0), 12e-4, 1e-9);
    EXPECT_NEAR(at(Quantity::implied_multiplier, 15.0), 2.0, 1e-6);
    // 15 days after the end: 7.5 half-lives.
    EXPECT_NEAR(at(Quantity::volatility, 30.0), 0.2 * (1.0 + 2.0 * std::exp2(-7.5)), 1e-6);
    EXPECT_NEAR(at(Quantity::implied_multiplier, 30.0), 1.0 + std::exp2(-7.5), 1e-6);
    EXPECT_NEAR(at(Quantity::half_spread, 30.0), 3e-4 * (1.0 + 3.0 * std::exp2(-7.5)), 1e-9);
    ASSERT_EQ(made.stresses.size(), 1u);
    EXPECT_EQ(made.stresses[0].name, "a");
}

TEST(Preview, TellsWhatStressOnThePathMakesOfTheMarket) {
    const auto scenario =
        ScenarioText()
            .set("costs.half_spread_bps", "3")
            .append(
                "[[stress]]\nname = 'when'\nwhen = { drawdown = 0.001 }\nduration_days = 90\n"
                "realised_volatility_multiplier = 3\nimplied_volatility_multiplier = 2\n"
                "half_spread_multiplier = 4")
            .load();
    const Preview made = preview(scenario, {500, 0});
    // By the horizon nearly every path has fallen by a thousandth at some close.
    const auto last = [&](Quantity quantity, std::size_t k) {
        return made.fans[place_of(made, quantity)].quantile[k].back().value;
    };
    for (const std::size_t k : {std::size_t{1}, median}) {
        EXPECT_NEAR(last(Quantity::volatility, k), 0.6, 1e-6);
        EXPECT_NEAR(last(Quantity::implied_multiplier, k), 2.0, 1e-6);
        EXPECT_NEAR(last(Quantity::half_spread, k), 12e-4, 1e-9);
    }
    EXPECT_TRUE(made.stresses.empty());
    EXPECT_EQ(made.unscheduled, std::vector<std::string>{"when"});
}

TEST(Preview, LeavesOutWhatTheMarketHasNot) {
    const auto quantities = [](ScenarioText text) { return quantities_of(text.load()); };
    const std::vector<Quantity> two = {Quantity::spot, Quantity::volatility};
    // No spread, no multiplier, and not two returns within 24 hours, or not 24 hours to speak of.
    EXPECT_EQ(quantities(ScenarioText()), two);
    EXPECT_EQ(quantities(ScenarioText().set("simulation.horizon_days", "1")), two);
    const std::vector<Quantity> three = {Quantity::spot, Quantity::volatility,
                                         Quantity::realised_volatility};
    EXPECT_EQ(quantities(ScenarioText().set("simulation.steps", "720")), three);
}

TEST(RealisedVolatility, IsThatOfTheLast24HoursAlone) {
    // A gap of one half at day 10, seen for 24 hours and then no more.
    const auto scenario = ScenarioText()
                              .set("simulation.steps", "720")
                              .set("market.volatility", "0.01")
                              .append("[[stress]]\nat_days = 10\nspot_move = -0.5")
                              .load();
    const Preview made = preview(scenario, {100, 0});
    const Fan& fan = made.fans[place_of(made, Quantity::realised_volatility)];
    const double gap = std::log(2.0) * std::sqrt(365.0);
    for (std::size_t i = 0; i < fan.quantile[median].size(); ++i) {
        const double days = made.times[fan.first + i] * 365.0;
        const double value = fan.quantile[median][i].value;
        if (days > 10.0 - 1e-9 && days < 11.0 - 1e-9) {
            EXPECT_NEAR(value, gap, 0.01 * gap) << days;
        } else {
            EXPECT_LT(value, 0.02) << days;
        }
    }
    EXPECT_NEAR(made.times[fan.first] * 365.0, 1.0, 0.1);
}

TEST(RealisedVolatility, IsOfHourlyClosesHoweverFineTheGrid) {
    // A move spread evenly over an hour is one return at hourly closes, on any grid.
    const auto realised = [](const std::string& steps) {
        const auto scenario = ScenarioText()
                                  .set("simulation.horizon_days", "2")
                                  .set("simulation.steps", steps)
                                  .set("market.volatility", "0.001")
                                  .append(
                                      "[[stress]]\nat_hours = 30\nduration_hours = 1\n"
                                      "spot_log_move = -0.3")
                                  .load();
        const Preview made = preview(scenario, {100, 0});
        return made.fans[place_of(made, Quantity::realised_volatility)]
            .quantile[median]
            .back()
            .value;
    };
    const double wanted = 0.3 * std::sqrt(365.0);
    EXPECT_NEAR(realised("48"), wanted, 1e-3 * wanted);
    EXPECT_NEAR(realised("2880"), wanted, 1e-3 * wanted);
}

TEST(RealisedVolatility, IsKnownWhenALongClosedWindowEndsOffTheHour) {
    // At hour 60.5 it is that of one return over the 50 hours of the window, at a twentieth of the
    // variance: the median of |z| is 0.6745.
    const auto scenario =
        ScenarioText()
            .set("simulation.horizon_days", "4")
            .set("simulation.steps", "96")
            .append(
                "[[simulation.closed]]\nfrom_hours = 10.5\nto_hours = 60.5\nvariance_weight = 0.05")
            .load();
    const Preview made = preview(scenario, {4096, 0});
    const Fan& fan = made.fans[place_of(made, Quantity::realised_volatility)];
    bool opens = false;
    for (std::size_t i = 0; i < fan.quantile[median].size(); ++i) {
        const double hour = made.times[fan.first + i] * 8760.0;
        ASSERT_TRUE(std::isfinite(fan.quantile[0][i].value)) << hour;
        if (std::abs(hour - 60.5) < 1e-6) {
            opens = true;
            const risk::Estimate& seen = fan.quantile[median][i];
            EXPECT_NEAR(seen.value, 0.6745 * 0.2 * std::sqrt(0.05), 4.0 * seen.se);
            EXPECT_LT(4.0 * seen.se, 0.003);
        }
    }
    EXPECT_TRUE(opens);
}

TEST(Observations, AreTheSameForAnyEngineAndNumberOfThreads) {
    const auto scenario = ScenarioText().load();
    const plan::Plan plan(scenario, plan::Purpose::traces);
    const Watch watch = {5, 300, {3, 10, 29}, quantities_of(scenario)};
    const auto seen = [&](const std::string& engine, int threads) {
        const Observations all = observe(scenario, plan, watch, engine, threads);
        std::vector<float> values;
        for (std::size_t t = 0; t < 4; ++t)
            values.insert(values.end(), all.at(0, t), all.at(0, t) + 300);
        return values;
    };
    const std::vector<float> scalar = seen("scalar", 1);
    EXPECT_EQ(scalar[0], 100.0f);
    EXPECT_NE(scalar[300], scalar[301]);
    EXPECT_EQ(scalar, seen("scalar", 3));
    EXPECT_EQ(scalar, seen(test::widest_cpu_engine(), 2));
    EXPECT_THROW(seen("nonsense", 1), EngineError);
}

}  // namespace
}  // namespace hedgestorm::preview
