// SPDX-License-Identifier: Apache-2.0
//
// A realised-volatility multiplier that strikes on the path, in markets whose volatility is a
// process of its own: the price stays a martingale, the variance is what the multiplier makes of
// it, and a path on which nothing strikes keeps its bits.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/markets.hpp"
#include "tests/support/moments_of.hpp"
#include "tests/support/outcomes.hpp"

namespace hedgestorm {
namespace {

using test::Moments;
using test::moments_of;
using test::ScenarioText;

constexpr double day = 1.0 / 365.0;

struct Case {
    std::string name;
    ScenarioText text;
};

ScenarioText in(const std::string& model, const std::string& tables) {
    return ScenarioText()
        .without("market.volatility")
        .set("market.model", "'" + model + "'")
        .set("risk.outcomes", "'standard'")
        .append(tables);
}

std::string heston(const std::string& scheme) {
    return "[market.heston]\nkappa = 3\ntheta = 0.05\nxi = 0.8\nrho = -0.6\n"
           "initial_variance = 0.04\nscheme = '" +
           scheme + "'\n";
}

std::string garch(const std::string& innovations) {
    return "[market.garch]\nomega = 2e-5\nalpha = 0.06\nbeta = 0.8\ngamma = 0.1\nperiod_days = "
           "1\n" +
           innovations;
}

const std::vector<Case>& stochastic_markets() {
    static const std::vector<Case> all = {
        {"quadratic_exponential", in("heston", heston("quadratic_exponential"))},
        {"full_truncation", in("heston", heston("full_truncation"))},
        {"bates",
         in("bates", heston("quadratic_exponential") + test::merton_table(10.0, -0.02, 0.03))},
        {"regime",
         in("regime",
            "[market.regime]\ninitial = 'a'\n[[market.regime.state]]\nname = 'a'\n"
            "volatility = 0.15\n[[market.regime.state]]\nname = 'b'\nvolatility = 0.5\n"
            "intensity = 20\njump_mean = -0.02\njump_sd = 0.03\n[[market.regime.switch]]\n"
            "from = 'a'\nto = 'b'\nrate_per_year = 12\n[[market.regime.switch]]\nfrom = 'b'\n"
            "to = 'a'\nrate_per_year = 30\n")},
        {"garch", in("garch", garch(""))},
        {"student_t garch",
         in("garch", garch("innovations = 'student_t'\ndegrees_of_freedom = 6\n"))},
        {"hawkes",
         ScenarioText()
             .set("market.model", "'hawkes'")
             .set("risk.outcomes", "'standard'")
             .append("[market.hawkes]\nbaseline = 10\nbranching_ratio = 0.5\ndecay = 100\n"
                     "jump_mean = -0.02\njump_sd = 0.02")},
    };
    return all;
}

std::vector<float> spots(const ScenarioText& text, std::uint64_t tiles) {
    return test::outcomes(text.load(), tiles, {{test::the_path, Column::spot}})[0];
}

TEST(RescaledVolatility, LeavesThePriceAMartingaleInEveryMarket) {
    for (const Case& market : stochastic_markets()) {
        SCOPED_TRACE(market.name);
        auto text = market.text;
        text.append(
            "[[stress]]\nwhen = { drawdown = 0.04 }\nduration_days = 4\nhalf_life_days = 5\n"
            "realised_volatility_multiplier = 3");
        text.append(
            "[[stress]]\nrate_per_year = 20\nramp_days = 2\nduration_days = 2\n"
            "realised_volatility_multiplier = 0.5");
        const Moments m = moments_of(spots(text, 192));
        test::expect_within_sigma(m.mean, m.mean_se, 100.0, 4.0, "E[S]");
        EXPECT_LT(4.0 * m.mean_se, 0.12);
        // That the multiplier is at work: without it the price is far less spread.
        EXPECT_GT(m.sd, 1.2 * moments_of(spots(market.text, 16)).sd);
    }
}

TEST(RescaledVolatility, MakesTheVarianceOfItsSquare) {
    // Each process nearly or exactly constant at 0.2: as in the plain market, each day but the
    // first has the multiplier if the day before ended with a strike.
    const std::vector<Case> constant = {
        {"heston", in("heston",
                      "[market.heston]\nkappa = 1\ntheta = 0.04\nxi = 1e-3\nrho = -0.5\n"
                      "initial_variance = 0.04\n")},
        {"full_truncation", in("heston",
                               "[market.heston]\nkappa = 1\ntheta = 0.04\nxi = 1e-3\nrho = -0.5\n"
                               "initial_variance = 0.04\nscheme = 'full_truncation'\n")},
        {"regime", in("regime",
                      "[market.regime]\ninitial = 'a'\n[[market.regime.state]]\nname = 'a'\n"
                      "volatility = 0.2\n")},
        {"garch", in("garch", "[market.garch]\nomega = " + test::number(0.04 * day) +
                                  "\nalpha = 0\nbeta = 0\nperiod_days = 1\n")},
    };
    for (const Case& market : constant) {
        SCOPED_TRACE(market.name);
        const auto text = ScenarioText(market.text)
                              .append(
                                  "[[stress]]\nrate_per_year = 36.5\nduration_days = 1\n"
                                  "realised_volatility_multiplier = 4");
        std::vector<double> logs;
        for (const float x : spots(text, 256)) logs.push_back(std::log(x / 100.0));
        const Moments m = moments_of(logs);
        const double chance = -std::expm1(-36.5 * day);
        const double variance = 0.04 * day * (1.0 + 29.0 * (1.0 + chance * 15.0));
        test::expect_within_sigma(m.sd, m.sd_se, std::sqrt(variance), 4.0, "sd of the log price");
        EXPECT_LT(4.0 * m.sd_se, 0.01 * m.sd);
    }
}

TEST(RescaledVolatility, ThatNeverStrikesLeavesEveryBit) {
    for (const Case& market : stochastic_markets()) {
        SCOPED_TRACE(market.name);
        const auto never = ScenarioText(market.text)
                               .append(
                                   "[[stress]]\nwhen = { fall = 0.999 }\nduration_days = 2\n"
                                   "realised_volatility_multiplier = 3");
        EXPECT_EQ(spots(market.text, 1), spots(never, 1));
    }
}

}  // namespace
}  // namespace hedgestorm
