// SPDX-License-Identifier: Apache-2.0
//
// Depth, latency, outages, basis, funding, borrow, collateral, auto-deleveraging and venue failure
// as the market carries them: against their curves worked out by hand, scripted and on the path.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/support/conditions_of.hpp"
#include "tests/support/outcomes.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm {
namespace {

using path::Conditions;
using test::ScenarioText;

/// A price that falls by 2 a year, as good as without noise: a tenth below its start at day 20.
ScenarioText falling() {
    return ScenarioText()
        .set("simulation.precision", "'double'")
        .set("market.volatility", "1e-6")
        .set("market.drift", "-2");
}

const std::string everything =
    "ramp_days = 3\nduration_days = 2\nhalf_life_days = 4\ndepth_multiplier = 0.1\n"
    "latency_multiplier = 20\nhalf_spread_multiplier = 5\nbasis_move = -0.04\nfunding_rate = 2\n"
    "borrow_rate = 0.6\noutage = true\nauto_deleverage = 0.25\nvenue_failure = { recovery = 0.4 }\n"
    "collateral_peg = [[48, 0.9], [96, 0.8]]\n";

ScenarioText with(const std::string& start, const std::string& keys = everything) {
    return falling().append("[[stress]]\n" + start + "\n" + keys);
}

/// At the end of every day.
std::vector<Conditions<double>> days(const ScenarioText& text) {
    return test::conditions_of(plan::Plan(text.load()), 5);
}

double strength(double age) {
    if (age < 3.0) return age / 3.0;
    return age < 5.0 ? 1.0 : std::exp2(-(age - 5.0) / 4.0);
}
double multiplier(double m, double age) {
    return age < 3.0 ? std::pow(m, age / 3.0) : 1.0 + (m - 1.0) * strength(age);
}

void expect_curves(const Conditions<double>& at, double age) {
    constexpr double close = 1e-7;  // what ages of steps in years leave of a day
    EXPECT_NEAR(at.depth, multiplier(0.1, age), close) << age;
    EXPECT_NEAR(at.latency, multiplier(20.0, age), 20.0 * close) << age;
    EXPECT_NEAR(at.half_spread, multiplier(5.0, age), 5.0 * close) << age;
    EXPECT_NEAR(at.basis, -0.04 * strength(age), close) << age;
    EXPECT_NEAR(at.funding, 2.0 * strength(age), 2.0 * close) << age;
    EXPECT_NEAR(at.borrow, 0.6 * strength(age), close) << age;
    const double peg = age < 2.0   ? 1.0 - 0.05 * age
                       : age < 4.0 ? 0.9 - 0.05 * (age - 2.0)
                                   : 1.0 - 0.2 * std::exp2(-(age - 4.0) / 4.0);
    EXPECT_NEAR(at.collateral, peg, close) << age;
}

void expect_nothing(const Conditions<double>& at) {
    for (const double one :
         {at.depth, at.latency, at.half_spread, at.open, at.collateral, at.recovery})
        EXPECT_EQ(one, 1.0);
    for (const double zero : {at.basis, at.funding, at.borrow, at.deleveraged, at.fails})
        EXPECT_EQ(zero, 0.0);
}

TEST(Conditions, OfAScriptFollowTheirCurves) {
    const auto at = days(with("at_days = 20"));
    for (int day = 1; day < 20; ++day) expect_nothing(at[day - 1]);
    for (int day = 20; day <= 30; ++day) {
        expect_curves(at[day - 1], day - 20);
        EXPECT_EQ(at[day - 1].open, 0.0);  // a venue that has failed stays closed
        EXPECT_NEAR(at[day - 1].deleveraged, day == 20 ? 0.25 : 0.0, 1e-15);
        EXPECT_EQ(at[day - 1].fails, day == 20 ? 1.0 : 0.0);
        EXPECT_EQ(at[day - 1].recovery, day == 20 ? 0.4 : 1.0);
    }
}

TEST(Conditions, ThatStrikeOnThePathFollowTheSameCurvesFromTheNextStepOn) {
    const auto at = days(with("when = { fall = 0.1 }"));
    for (int day = 1; day <= 20; ++day) expect_nothing(at[day - 1]);
    for (int day = 21; day <= 30; ++day) {
        expect_curves(at[day - 1], day - 20);
        EXPECT_EQ(at[day - 1].open, 0.0);
        EXPECT_NEAR(at[day - 1].deleveraged, day == 21 ? 0.25 : 0.0, 1e-15);
        EXPECT_EQ(at[day - 1].fails, day == 21 ? 1.0 : 0.0);
        EXPECT_EQ(at[day - 1].recovery, day == 21 ? 0.4 : 1.0);
    }
}

TEST(Conditions, DoNotDependOnHowStepsAreTakenInBlocks) {
    const plan::Plan plan(with("when = { fall = 0.1 }").load());
    const auto a = test::conditions_of<8>(plan, 5);
    const auto b = test::conditions_of<1>(plan, 5);
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].depth, b[i].depth);
        EXPECT_EQ(a[i].collateral, b[i].collateral);
        EXPECT_EQ(a[i].deleveraged, b[i].deleveraged);
    }
}

TEST(Conditions, AnOutageClosesAsManyDatesOnThePathAsInAScript) {
    // At the start and short of the end, or after the start and until the end: three days each.
    const std::string outage = "outage = true\nduration_days = 3\n";
    const auto script = days(with("at_days = 20", outage));
    const auto path = days(with("when = { fall = 0.1 }", outage));
    for (int day = 1; day <= 30; ++day) {
        EXPECT_EQ(script[day - 1].open, day >= 20 && day < 23 ? 0.0 : 1.0) << day;
        EXPECT_EQ(path[day - 1].open, day > 20 && day <= 23 ? 0.0 : 1.0) << day;
    }
}

TEST(Conditions, ScaleWithTheSeverity) {
    for (const double s : {0.0, 0.5, 2.0}) {
        for (const char* start : {"at_days = 20", "when = { fall = 0.1 }"}) {
            const auto text = with(start).set("severity", std::to_string(s));
            const auto at = days(text);
            const int first = start[0] == 'a' ? 20 : 21;
            const Conditions<double>& held = at[24 - 1];  // age 4: full, at the second knot
            EXPECT_NEAR(held.depth, std::pow(0.1, s), 1e-7);
            EXPECT_NEAR(held.latency, std::pow(20.0, s), 1e-4);
            EXPECT_NEAR(held.half_spread, std::pow(5.0, s), 1e-5);
            EXPECT_NEAR(held.basis, -0.04 * s, 1e-7);
            EXPECT_NEAR(held.funding, 2.0 * s, 1e-6);
            EXPECT_NEAR(held.borrow, 0.6 * s, 1e-7);
            EXPECT_NEAR(held.collateral, std::pow(0.8, s), 1e-7);
            EXPECT_EQ(held.open, s > 0.0 ? 0.0 : 1.0);
            EXPECT_NEAR(at[first - 1].deleveraged, 1.0 - std::pow(0.75, s), 1e-12);
            EXPECT_EQ(at[first - 1].fails, s > 0.0 ? 1.0 : 0.0);
            EXPECT_EQ(at[first - 1].recovery, s > 0.0 ? 0.4 : 1.0);
        }
    }
}

TEST(Conditions, OfSeveralStressesCompose) {
    // In force together on day 21: one scripted, one that has struck at day 20, one of each kind.
    const std::string keys =
        "duration_days = 5\ndepth_multiplier = 0.5\nlatency_multiplier = 3\nbasis_move = 0.01\n"
        "funding_rate = -1\nborrow_rate = 0.2\ncollateral_peg = [[0, 0.9]]\n"
        "auto_deleverage = 0.5\n";
    const auto at = days(with("when = { fall = 0.1 }", keys)
                             .append("[[stress]]\nwhen = { drawdown = 0.1 }\n" + keys)
                             .append("[[stress]]\nat_days = 21\n" + keys + "outage = true\n"));
    const Conditions<double>& day = at[21 - 1];
    EXPECT_NEAR(day.depth, 0.125, 1e-12);
    EXPECT_NEAR(day.latency, 27.0, 1e-12);
    EXPECT_NEAR(day.basis, 0.03, 1e-15);
    EXPECT_NEAR(day.funding, -3.0, 1e-12);
    EXPECT_NEAR(day.borrow, 0.6, 1e-12);
    EXPECT_NEAR(day.collateral, 0.729, 1e-12);
    EXPECT_NEAR(day.deleveraged, 0.875, 1e-12);
    EXPECT_EQ(day.open, 0.0);
    EXPECT_EQ(at[22 - 1].deleveraged, 0.0);
}

TEST(Conditions, CollateralGoesStraightFromKnotToKnotAndStays) {
    // A fall at once to 0.7, 0.4 a day later, back at 0.95 after another three.
    const std::string peg = "collateral_peg = [[0, 0.7], [24, 0.4], [96, 0.95]]";
    const auto script = days(with("at_days = 10", peg));
    const double expected[] = {1.0, 0.7, 0.4, 0.4 + 0.55 / 3, 0.4 + 1.1 / 3, 0.95, 0.95, 0.95};
    for (int i = 0; i < 8; ++i) EXPECT_NEAR(script[9 + i - 1].collateral, expected[i], 1e-12) << i;
    EXPECT_NEAR(script[30 - 1].collateral, 0.95, 1e-12);
    const auto path = days(with("when = { fall = 0.1 }", peg));
    for (int i = 2; i < 8; ++i) EXPECT_NEAR(path[19 + i - 1].collateral, expected[i], 1e-9) << i;
}

TEST(Conditions, AtTimeZeroActJustAfterTheInitialTrade) {
    const auto at = days(with("at_days = 0"));
    for (int day = 1; day <= 30; ++day) expect_curves(at[day - 1], day);
    EXPECT_NEAR(at[0].deleveraged, 0.25, 1e-15);
    EXPECT_EQ(at[0].fails, 1.0);
    EXPECT_EQ(at[1].fails, 0.0);
}

TEST(Conditions, ThatNoFrictionReadsChangeNoOutcome) {
    const std::string keys =
        "duration_days = 2\ndepth_multiplier = 0.1\nlatency_multiplier = 20\noutage = true\n"
        "auto_deleverage = 0.25\nvenue_failure = { recovery = 0.4 }\n"
        "collateral_peg = [[0, 0.7]]\n";
    const auto pnl = [](const ScenarioText& text) {
        return test::outcomes(text.load(), 1, {{0, Column::pnl}})[0];
    };
    auto plain = ScenarioText().set("costs.half_spread_bps", "5");
    const auto without = pnl(plain);
    EXPECT_EQ(without, pnl(ScenarioText(plain).append("[[stress]]\nat_days = 20\n" + keys)));
    EXPECT_EQ(without, pnl(ScenarioText(plain).append("[[stress]]\nrate_per_year = 40\n" + keys)));
}

TEST(Conditions, KeepTheirTablesOutOfPlansWithoutThem) {
    const plan::Plan none(
        ScenarioText()
            .append("[[stress]]\nat_days = 3\nduration_days = 1\nspot_move = -0.1\n"
                    "realised_volatility_multiplier = 2")
            .append("[[stress]]\nrate_per_year = 3\nspot_move = -0.1")
            .load());
    const ConditionParams<float>& conditions = none.view().single->market.conditions;
    EXPECT_EQ(conditions.step.size, 0u);
    EXPECT_EQ(conditions.overlay.size, 0u);
    EXPECT_FALSE(conditions.shifts_hedge);
}

}  // namespace
}  // namespace hedgestorm
