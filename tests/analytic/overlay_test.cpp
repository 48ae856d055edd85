// SPDX-License-Identifier: Apache-2.0
//
// Stress that strikes at random or on a condition, against what is known of it: expected prices
// under random gaps, the variance that a random multiplier makes, and markets so quiet that the
// time at which a condition is met can be worked out by hand.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/plan/black_scholes.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

std::vector<float> column(const ScenarioText& text, test::Wanted wanted, std::uint64_t tiles) {
    return test::outcomes(text.load(), tiles, {wanted})[0];
}

std::vector<float> spots(const ScenarioText& text, std::uint64_t tiles = 1) {
    return column(text, {test::the_path, Column::spot}, tiles);
}

/// A price that falls by 2 a year, as good as without noise: 100 e^(-2 t).
ScenarioText falling() {
    return ScenarioText().set("market.volatility", "1e-6").set("market.drift", "-2");
}

TEST(Overlays, RandomGapsLowerTheExpectedPriceByTheirRate) {
    const auto text = ScenarioText().append("[[stress]]\nrate_per_year = 20\nspot_move = -0.2");
    const Moments m = moments_of(spots(text, 256));
    // A gap that strikes at the end of one day moves the next; one at the horizon moves nothing.
    const double chance = -std::expm1(-20.0 * day);
    const double expected = 100.0 * std::pow(1.0 - 0.2 * chance, 29);
    test::expect_within_sigma(m.mean, m.mean_se, expected, 4.0, "E[S]");
    EXPECT_LT(4.0 * m.mean_se, 0.01 * (100.0 - expected));
}

TEST(Overlays, ARandomMultiplierAddsItsVarianceAndNoDrift) {
    const auto text = ScenarioText().append(
        "[[stress]]\nrate_per_year = 36.5\nduration_days = 1\nrealised_volatility_multiplier = 4");
    std::vector<float> s = spots(text, 256);
    const Moments price = moments_of(s);
    test::expect_within_sigma(price.mean, price.mean_se, 100.0, 4.0, "E[S]");
    std::vector<double> logs;
    for (const float x : s) logs.push_back(std::log(x / 100.0));
    const Moments m = moments_of(logs);
    // Each day but the first has the multiplier if the day before ended with a strike.
    const double chance = -std::expm1(-36.5 * day);
    const double variance = 0.04 * day * (1.0 + 29.0 * (1.0 + chance * 15.0));
    // The log price is a mixture: its variance has that of half the variance, 1e-6 of it, besides.
    test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd of the log price");
    EXPECT_LT(4.0 * m.sd_se, 0.01 * m.sd);
}

TEST(Overlays, AFallFromTheStartStrikesOnce) {
    // 100 e^(-2 t) is below 90 from day 19.23 on: the gap strikes at day 20.
    const auto text = falling().append("[[stress]]\nwhen = { fall = 0.1 }\nspot_move = -0.2");
    for (const float s : spots(text)) EXPECT_NEAR(s, 80.0 * std::exp(-60.0 * day), 1e-3);
    const auto never = falling().append("[[stress]]\nwhen = { fall = 0.2 }\nspot_move = -0.2");
    for (const float s : spots(never)) EXPECT_NEAR(s, 100.0 * std::exp(-60.0 * day), 1e-3);
}

TEST(Overlays, ADrawdownIsMeasuredFromTheHighestPrice) {
    // Up by a fifth at day 5, so the fall from the start never is a tenth; the drawdown is, 19.23
    // days after the top of day 5.
    const std::string rise = "[[stress]]\nat_days = 5\nspot_move = 0.2\n";
    const auto drawdown = falling().append(
        rise + "[[stress]]\nwhen = { drawdown = 0.1 }\nspot_move = -0.2\nduration_days = 2");
    for (const float s : spots(drawdown)) EXPECT_NEAR(s, 96.0 * std::exp(-60.0 * day), 1e-3);
    const auto fall =
        falling().append(rise + "[[stress]]\nwhen = { fall = 0.1 }\nspot_move = -0.2");
    for (const float s : spots(fall)) EXPECT_NEAR(s, 120.0 * std::exp(-60.0 * day), 1e-3);
}

TEST(Overlays, AMoveIsSpreadOverItsDurationAndAPartGivenBack) {
    // Strikes at day 20: a fifth down over 4 days, half of the log move back over the 8 after them,
    // of which the horizon lets 6 pass.
    const auto text = falling().append(
        "[[stress]]\nwhen = { fall = 0.1 }\nspot_move = -0.2\nduration_days = 4\n"
        "retracement = 0.5\nretracement_time_days = 8");
    const double back = 0.5 * 6.0 / 8.0;
    const double expected = 100.0 * std::pow(0.8, 1.0 - back) * std::exp(-60.0 * day);
    for (const float s : spots(text)) EXPECT_NEAR(s, expected, 1e-3);
    // The same, scripted.
    const auto scripted = falling().append(
        "[[stress]]\nat_days = 20\nspot_move = -0.2\nduration_days = 4\n"
        "retracement = 0.5\nretracement_time_days = 8");
    for (const float s : spots(scripted)) EXPECT_NEAR(s, expected, 1e-3);
}

TEST(Overlays, HighVolatilityStrikesWhereItIsHighAlone) {
    const std::string wild =
        "[[stress]]\nat_days = 10\nduration_days = 10\nrealised_volatility_multiplier = 5\n";
    const auto gap = [&](const std::string& level) {
        return ScenarioText().append(wild + "[[stress]]\nwhen = { volatility_above = " + level +
                                     ", half_life_days = 2 }\nspot_log_move = -6");
    };
    const auto struck = [&](const std::string& level) {
        int count = 0;
        for (const float s : spots(gap(level))) count += s < 5.0f ? 1 : 0;
        return count;
    };
    EXPECT_GT(struck("0.5"), 4000);  // of 4096: ten days at 1.0 a year
    EXPECT_EQ(struck("5"), 0);
}

TEST(Overlays, MarksFollowTheMultiplierOnThePath) {
    // Strikes at day 20 for two days, then fades with a half-life of 4: at the horizon, 8 days
    // after, a quarter of the excess is left, 1 + 1 x 2^-2.
    const auto text = falling()
                          .set("market.rate", "0.03")
                          .set("market.dividend_yield", "0.01")
                          .set("option.expiry_days", "90")
                          .set("option.strike", "90")
                          .append(
                              "[[book.option]]\nname = 'put'\nkind = 'put'\nstrike = 80\n"
                              "expiry_days = 60\nquantity = 2\nimplied_volatility = 0.3")
                          .append(
                              "[[stress]]\nwhen = { fall = 0.1 }\nduration_days = 2\n"
                              "implied_volatility_multiplier = 2\nhalf_life_days = 4");
    const double spot = 100.0 * std::exp(-60.0 * day);
    const auto value = [&](double s, double passed, double m) {
        using scenario::OptionKind;
        const auto at = [&](OptionKind kind, double strike, double days, double vol) {
            return plan::black_scholes(kind, s, strike, (days - passed) * day, vol * m, 0.03, 0.01)
                .value;
        };
        return -at(OptionKind::call, 90, 90, 0.2) + 2.0 * at(OptionKind::put, 80, 60, 0.3);
    };
    const double expected = value(spot, 30, 1.25) - value(100, 0, 1.0);
    for (const float pnl : column(text, {test::the_path, Column::book_pnl}, 1))
        EXPECT_NEAR(pnl, expected, 1e-4);
}

TEST(Overlays, CostsFollowTheSpreadOnThePath) {
    // A static hedge of half a unit, sold at the horizon, 10 days after the spread began to fade.
    const auto text = falling()
                          .set("costs.half_spread_bps", "10")
                          .policy({{"name", "'held'"}, {"rule", "'static'"}, {"initial", "0.5"}})
                          .append(
                              "[[stress]]\nwhen = { fall = 0.1 }\nhalf_spread_multiplier = 9\n"
                              "half_life_days = 5");
    const double expected = 0.5 * 100.0 * std::exp(-60.0 * day) * 1e-3 * (1.0 + 8.0 / 4.0);
    for (const float cost : column(text, {0, Column::spread_cost}, 1))
        EXPECT_NEAR(cost, expected, 1e-5 * expected);
}

TEST(Overlays, OneThatOnlyWidensSpreadsMovesNoPrice) {
    const auto plain = spots(ScenarioText(), 4);
    const auto wide =
        spots(ScenarioText().append("[[stress]]\nrate_per_year = 50\nhalf_spread_multiplier = 3\n"
                                    "half_life_days = 2"),
              4);
    EXPECT_EQ(plain, wide);
}

TEST(Overlays, ADriftOnThePathIsThatOfTheScript) {
    // Strikes at day 20, once by the clock and once because the price has fallen by a tenth: up
    // over 3 days, 2 in force, and half gone in another 2 at the horizon.
    const std::string keys =
        "drift_move = 3\nramp_days = 3\nduration_days = 2\nhalf_life_days = 5\n";
    const double fading = 5.0 / std::log(2.0) * (1.0 - std::exp2(-1.0));
    const double expected = 100.0 * std::exp(-60.0 * day + 3.0 * (1.5 + 2.0 + fading) * day);
    const auto scripted = falling().append("[[stress]]\nat_days = 20\n" + keys);
    for (const float s : spots(scripted)) EXPECT_NEAR(s, expected, 1e-3);
    const auto triggered = falling().append("[[stress]]\nwhen = { fall = 0.1 }\n" + keys);
    // The fading is taken in the middle of each day: off by (ln 2 / 5)^2 / 24 of it.
    for (const float s : spots(triggered)) EXPECT_NEAR(s, expected, 2.5e-3);
}

TEST(Overlays, MarksRiseOverTheRampAsTheScriptSays) {
    // 6 days of ramp, 2 of duration, half-life 4. Valued at the horizon, so many days after day 20.
    for (const int days : {23, 28, 30, 34}) {
        const auto with = [&](const std::string& start) {
            auto text = falling();
            text.set("simulation.horizon_days", std::to_string(days));
            text.set("simulation.steps", std::to_string(days));
            text.set("option.expiry_days", "90").set("option.strike", "90");
            return column(text.append("[[stress]]\n" + start +
                                      "\nramp_days = 6\nhalf_life_days = 4\nduration_days = 2\n"
                                      "implied_volatility_multiplier = 3"),
                          {test::the_path, Column::book_pnl}, 1);
        };
        const double m = days == 23   ? std::sqrt(3.0)
                         : days == 28 ? 3.0
                                      : 1.0 + 2.0 * std::exp2(-(days - 28) / 4.0);
        using scenario::OptionKind;
        const double spot = 100.0 * std::exp(-2.0 * days * day);
        const double expected =
            plan::black_scholes(OptionKind::call, 100, 90, 90 * day, 0.2, 0, 0).value -
            plan::black_scholes(OptionKind::call, spot, 90, (90 - days) * day, 0.2 * m, 0, 0).value;
        for (const float pnl : with("when = { fall = 0.1 }"))
            EXPECT_NEAR(pnl, expected, 2e-4) << days;
        if (days < 28) continue;  // a script has to be over by the horizon
        for (const float pnl : with("at_days = 20")) EXPECT_NEAR(pnl, expected, 2e-4) << days;
    }
}

TEST(Overlays, OneWithoutAHalfLifeLastsAllItsDaysInFloats) {
    // Sums of days in years, in floats, are now above and now below their number.
    using scenario::OptionKind;
    for (int days = 1; days <= 9; ++days) {
        for (const int after : {0, 1}) {
            const int end = 20 + days + after;
            auto text = falling().set("simulation.horizon_days", std::to_string(end));
            text.set("simulation.steps", std::to_string(end));
            text.set("option.expiry_days", "90")
                .append(
                    "[[stress]]\nwhen = { fall = 0.1 }\nimplied_volatility_multiplier = 3\n"
                    "duration_days = " +
                    std::to_string(days));
            const double spot = 100.0 * std::exp(-2.0 * end * day);
            const double vol = after == 0 ? 0.6 : 0.2;
            const double expected =
                plan::black_scholes(OptionKind::call, 100, 100, 90 * day, 0.2, 0, 0).value -
                plan::black_scholes(OptionKind::call, spot, 100, (90 - end) * day, vol, 0, 0).value;
            const auto pnl = column(text, {test::the_path, Column::book_pnl}, 1);
            EXPECT_NEAR(pnl[0], expected, 1e-3) << days << " days, " << after << " after";
        }
    }
}

TEST(Overlays, ARampedMultiplierLeavesThePriceAMartingale) {
    const auto text = ScenarioText().append(
        "[[stress]]\nrate_per_year = 36.5\nramp_days = 2\nduration_days = 1\nhalf_life_days = 1\n"
        "realised_volatility_multiplier = 4");
    const Moments price = moments_of(spots(text, 256));
    test::expect_within_sigma(price.mean, price.mean_se, 100.0, 4.0, "E[S]");
    EXPECT_LT(4.0 * price.mean_se, 0.1);
}

}  // namespace
}  // namespace hedgestorm
