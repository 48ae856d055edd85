// SPDX-License-Identifier: Apache-2.0
//
// Periods of a GARCH variance on the grid, and what makes a normal a Student t.

#include "host/plan/garch_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/plan/plan.hpp"
#include "host/plan/student_mixing.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::plan {
namespace {

test::ScenarioText garch(const std::string& more = "period_days = 2") {
    test::ScenarioText text;
    text.set("simulation.precision", "'double'").without("market.volatility");
    text.set("market.model", "'garch'");
    text.append("[market.garch]\nomega = 1e-5\nalpha = 0.1\nbeta = 0.8\n" + more);
    return text;
}

TEST(GarchPeriods, CloseAfterTheirIntervalsAndShareTheirTime) {
    const Plan plan(garch().append("[[stress]]\nat_days = 3.25\nspot_move = -0.1").load());
    const auto& steps = plan.view().reference->market.garch.step;
    ASSERT_EQ(steps.size, 31u);
    double squares = 0.0;
    for (std::uint32_t i = 0; i < steps.size; ++i) {
        const GridStep& at = plan.grid().steps[i];
        EXPECT_EQ(steps[i].period, static_cast<std::uint32_t>(at.from * 365.0 / 2.0 + 1e-6)) << i;
        squares += steps[i].share * steps[i].share;
        const double days = at.to * 365.0;
        const bool even = std::abs(days / 2.0 - std::round(days / 2.0)) < 1e-9;
        EXPECT_EQ(steps[i].closes, even) << days;
        if (!even) continue;
        EXPECT_NEAR(squares, 1.0, 1e-12);
        squares = 0.0;
    }
}

TEST(GarchPeriods, LastUntilTheMarketOpensAgain) {
    // Closed from day 4.5 to 7.5: day 8 is the next anyone trades at.
    const Plan plan(garch().append("[[simulation.closed]]\nfrom_days = 4.5\nto_days = 7.5").load());
    const auto& steps = plan.view().reference->market.garch.step;
    std::vector<double> ends;
    for (std::uint32_t i = 0; i < steps.size; ++i)
        if (steps[i].closes) ends.push_back(std::round(plan.grid().steps[i].to * 365.0));
    ASSERT_GE(ends.size(), 4u);
    EXPECT_EQ(ends[0], 2.0);
    EXPECT_EQ(ends[1], 4.0);
    EXPECT_EQ(ends[2], 8.0);
    EXPECT_EQ(ends[3], 10.0);
}

/// Student's t of unit variance beyond +-x from the mixture: the integral over the normal that
/// makes M.
double beyond(double nu, double x) {
    double sum = 0.0;
    const double h = 1e-3;
    for (double z = -8.0; z <= 8.0; z += h) {
        const double m = std::exp2(log2_mixing(nu, z));
        const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0));
        sum += h * density * std::erfc(x / m / std::sqrt(2.0));
    }
    return sum;
}

TEST(StudentMixing, MakesTheTabledQuantiles) {
    // Two-sided 1 % points of t (Abramowitz and Stegun, table 26.10).
    const struct {
        double nu;
        double point;
    } table[] = {{3, 5.841}, {4, 4.604}, {5, 4.032}, {10, 3.169}, {30, 2.750}};
    for (const auto& [nu, point] : table)
        EXPECT_NEAR(beyond(nu, point * std::sqrt((nu - 2.0) / nu)), 0.01, 2e-5) << nu;
}

TEST(StudentMixing, IsFittedToABillionth) {
    for (const double nu : {2.05, 2.5, 3.0, 4.0, 8.0, 30.0, 1000.0}) {
        const std::vector<double> c = mixing_coefficients(nu);
        for (double z = -6.7; z <= 6.7; z += 0.0173) {
            const double angle = std::acos(z / mixing_reach);
            double fit = 0.0;
            for (std::size_t k = 0; k < c.size(); ++k)
                fit += c[k] * std::cos(static_cast<double>(k) * angle);
            ASSERT_NEAR(fit, log2_mixing(nu, z), 1e-9) << nu << ", " << z;
        }
    }
}

}  // namespace
}  // namespace hedgestorm::plan
