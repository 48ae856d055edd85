// SPDX-License-Identifier: Apache-2.0
// Rules of [[hedge]]: instruments, funding and its file.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/hedges.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::scenario {
namespace {

using test::ScenarioText;

ScenarioText hedged(const std::string& hedge) {
    return ScenarioText().append(hedge);
}

ScenarioText funded(const std::string& keys) {
    return hedged(test::perpetual(100.0, 0.0, 0.1, 0.0, "[hedge.funding]\n" + keys));
}

constexpr double year = 365.0 * 24.0;  // hours

TEST(HedgeRules, APerpetualAndItsFundingAreRead) {
    const Hedge hedge = funded("cap = 0.002").load().hedges.at(0);
    EXPECT_EQ(hedge.instrument, Instrument::perpetual);
    ASSERT_TRUE(hedge.basis && hedge.funding);
    EXPECT_EQ(hedge.basis->initial, 0.0);
    EXPECT_EQ(hedge.funding->model, FundingModel::premium);
    EXPECT_NEAR(hedge.funding->every, 8.0 / year, 1e-15);
    EXPECT_EQ(hedge.funding->cap, 0.002);
    EXPECT_FALSE(hedged("[[hedge]]\ninstrument = 'perpetual'").load().hedges.at(0).funding);
}

TEST(HedgeRules, TablesBelongToTheirInstrument) {
    EXPECT_PROBLEM(hedged("[[hedge]]\n[hedge.basis]\nkappa = 3"), "hedge[0].basis",
                   "instrument = \"perpetual\"");
    EXPECT_PROBLEM(hedged("[[hedge]]\ninstrument = 'proxy'"), "hedge[0].proxy", "is missing");
    EXPECT_PROBLEM(hedged("[[hedge]]\ninstrument = 'perpetual'\nborrow_rate = 0.1"),
                   "hedge[0].borrow_rate", "instrument = \"spot\" or \"proxy\"");
    EXPECT_PROBLEM(hedged("[[hedge]]\ninstrument = 'perpetaul'"), "hedge[0].instrument",
                   "did you mean \"perpetual\"?");
    EXPECT_PROBLEM(hedged("[[hedge]]\ninstrument = 'future'"), "hedge[0].instrument", "future");
}

TEST(HedgeRules, ABasisMustNotTakeThePriceBelowNothing) {
    EXPECT_PROBLEM(hedged(test::perpetual(0.0, 0.0, 2.0, 0.0)), "hedge[0].basis.volatility",
                   "less than nothing");
}

TEST(HedgeRules, FundingKeysBelongToTheirModel) {
    EXPECT_PROBLEM(funded("model = 'known'"), "hedge[0].funding.rates", "is missing");
    EXPECT_PROBLEM(funded("model = 'known'\nrates = [0.1]"), "hedge[0].funding.rates",
                   "has 1 of the 90 rates");
    EXPECT_PROBLEM(funded("model = 'mean_reverting'\nmean = 0\nkappa = 3"),
                   "hedge[0].funding.volatility", "is missing");
    EXPECT_PROBLEM(funded("mean = 0.1"), "hedge[0].funding.mean", "model = \"mean_reverting\"");
    EXPECT_PROBLEM(funded("every_hours = 0"), "hedge[0].funding.every_hours", "above 0");
    EXPECT_PROBLEM(funded("cap = nan"), "hedge[0].funding.cap", "");
}

TEST(HedgeRules, AProxyMustKnowHowItMoves) {
    EXPECT_PROBLEM(hedged(test::proxy(10.0, 0.3, 0.0)), "hedge[0].proxy.correlation",
                   "hedges nothing");
    EXPECT_PROBLEM(hedged(test::proxy(10.0, 0.3, 0.5))
                       .set("market.model", "'merton'")
                       .append(test::merton_table(1.0, 0.0, 0.1)),
                   "hedge[0].proxy", "jumps");
    EXPECT_PROBLEM(hedged(test::proxy(10.0, 0.3, 0.5))
                       .append("[[stress]]\nrate_per_year = 3\nspot_move = -0.1"),
                   "hedge[0].proxy", "only the path knows");
}

class FundingFile : public ::testing::Test {
  protected:
    ScenarioText from(const std::string& csv, const std::string& more = "") {
        folder_.write("rates.csv", csv);
        return funded(
                   "model = 'known'\nfile = 'rates.csv'\ntime_column = 't'\nrate_column = 'r'\n" +
                   more)
            .set("simulation.horizon_days", "1");
    }
    Scenario load(const ScenarioText& text) {
        return load_text(text.str(), folder_.path() / "scenario.toml", {});
    }
    std::string refusal(const ScenarioText& text) {
        try {
            load(text);
        } catch (const ScenarioError& error) {
            return error.what();
        }
        return "";
    }

    test::TempFolder folder_;
};

constexpr const char* four_rows =
    "t,r\n2020-03-12T00:00:00Z,0.0001\n2020-03-12T08:00:00Z,-0.0002\n"
    "2020-03-12T16:00:00Z,0.003\n2020-03-13T00:00:00Z,0\n";

TEST_F(FundingFile, BecomesRatesThatArePartOfTheScenario) {
    const Scenario scenario = load(from(four_rows, "start = '2020-03-12T08:00:00Z'"));
    const Funding& funding = *scenario.hedges.at(0).funding;
    EXPECT_EQ(funding.rates, (std::vector<double>{-0.0002, 0.003, 0.0}));
    EXPECT_NEAR(funding.every, 8.0 / year, 1e-15);
    EXPECT_EQ(scenario.resolved_text.find("rates.csv"), std::string::npos);
    const Scenario again = load_text(scenario.resolved_text, "elsewhere.toml", {});
    EXPECT_EQ(again.hedges, scenario.hedges);
}

TEST_F(FundingFile, IsRefusedInWordsWhereItIsWrong) {
    EXPECT_NE(refusal(from(four_rows, "start = '2021-01-01'")).find("goes from"),
              std::string::npos);
    EXPECT_NE(refusal(from(four_rows, "every_hours = 8")).find("says what the file says"),
              std::string::npos);
    EXPECT_NE(refusal(from("t,r\n2020-03-12T00:00:00Z,x\n2020-03-12T08:00:00Z,0.1\n"))
                  .find("rates.csv:2:"),
              std::string::npos);
    EXPECT_NE(refusal(from("t,r\n2020-03-12T00:00:00Z,0\n2020-03-12T08:00:00Z,0\n"
                           "2020-03-13T00:00:00Z,0\n"))
                  .find("every funding time has a rate"),
              std::string::npos);
    EXPECT_NE(refusal(from("t,rate\n2020-03-12T00:00:00Z,0\n")).find("no such column"),
              std::string::npos);
    EXPECT_NE(refusal(from("")).find("the file is empty"), std::string::npos);
    EXPECT_EQ(refusal(from("")).find("hedge[0].funding.rates"), std::string::npos);
}

}  // namespace
}  // namespace hedgestorm::scenario
