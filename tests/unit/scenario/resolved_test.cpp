// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/resolved.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "host/support/sha256.hpp"
#include "tests/support/scenario_text.hpp"

namespace hedgestorm::scenario {
namespace {

using test::ScenarioText;

std::vector<std::filesystem::path> shipped() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "scenarios"))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    return files;
}

/// `s` as it would be had it been read from the same place.
Scenario without_source(Scenario s) {
    s.source_path.clear();
    s.source_text.clear();
    return s;
}

void expect_round_trip(const Scenario& s) {
    const Scenario again = load_text(s.resolved_text, "elsewhere.toml");
    EXPECT_EQ(without_source(again), without_source(s)) << s.resolved_text;
}

TEST(ResolvedText, OfEveryShippedScenarioLoadsToTheSameScenario) {
    ASSERT_GE(shipped().size(), 4u);
    for (const auto& file : shipped()) expect_round_trip(load(file));
}

TEST(ResolvedText, KeepsAwkwardNumbersAndText) {
    expect_round_trip(ScenarioText()
                          .set("name", R"("a \"name\" \\ with\ttab, \u001b and ü\nline")")
                          .set("market.spot", "0.1")
                          .set("market.drift", "-1e-300")
                          .set("market.rate", "-0.0")
                          .set("option.quantity", "-123456789.123456789")
                          .set("simulation.seed", "'18446744073709551615'")
                          .set("simulation.first_path", "9223372036854774807")
                          .set("book.premium", "1e15")
                          .set("risk.columns", "['pnl', 'drawdown']")
                          .set("risk.loss_limits", "[-1, 5]")
                          .load());
}

TEST(ResolvedText, KeepsEveryTable) {
    expect_round_trip(
        ScenarioText()
            .without("simulation.steps")
            .append("[[simulation.segment]]\nuntil_hours = 72\nsteps = 7")
            .append("[[simulation.segment]]\nuntil_days = 30\nsteps_per_day = 3")
            .append("[[simulation.closed]]\nfrom_minutes = 9\nto_hours = 3\nevery_days = 1")
            .append("[[stress]]\nat_days = 1\nspot_move = -0.3\nhalf_life_hours = 3\n"
                    "half_spread_multiplier = 3")
            .append("[[hedge]]\nname = 'h'\n[hedge.costs]\nfixed = 2")
            .append("[[policy]]\nname = 'r'\nrule = 'band'\nhalf_width = 0.1\n"
                    "valuation = 'realised'\nhalf_life_days = 2\nmin_position = -1\ninitial = 3")
            .append("[[policy]]\nname = 'm'\nrule = 'price_move'\nprice_move = 0.02\n"
                    "valuation = 0.3\ninitial = 'in_place'\nfinal = 'mark'")
            .load());
}

TEST(ResolvedText, IncludesOverridesAndDefaults) {
    const Scenario s = ScenarioText().load({"market.rate=0.03"});
    EXPECT_NE(s.resolved_text.find("rate = 0.03\n"), std::string::npos);
    EXPECT_NE(s.resolved_text.find("days_per_year = 365.0\n"), std::string::npos);
}

TEST(ScenarioHash, IsTheSameForOtherPathsOfTheSameScenario) {
    const Scenario a = ScenarioText().load();
    const Scenario b = ScenarioText().load({"simulation.paths=5", "simulation.first_path=1000"});
    EXPECT_EQ(a.sha256, b.sha256);
    EXPECT_NE(a.resolved_text, b.resolved_text);
    EXPECT_EQ(a.sha256.size(), 64u);
}

TEST(ScenarioHash, ChangesWithWhatIsSimulated) {
    const std::string hash = ScenarioText().load().sha256;
    EXPECT_NE(ScenarioText().load({"simulation.seed=8"}).sha256, hash);
    EXPECT_NE(ScenarioText().load({"market.volatility=0.21"}).sha256, hash);
    EXPECT_EQ(ScenarioText().append("# a comment").load().sha256, hash);
}

TEST(ScenarioHash, IsOfTheResolvedTextWithoutItsPaths) {
    const Scenario s = ScenarioText().load();
    std::string text = s.resolved_text;
    for (const std::string line : {"paths = 1000\n", "first_path = 0\n"})
        text.erase(text.find(line), line.size());
    EXPECT_EQ(sha256(text), s.sha256);
}

}  // namespace
}  // namespace hedgestorm::scenario
