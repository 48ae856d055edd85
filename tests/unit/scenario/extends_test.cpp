// SPDX-License-Identifier: Apache-2.0

#include "host/scenario/extends.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/problems.hpp"
#include "tests/support/scenario_text.hpp"
#include "tests/support/temp_folder.hpp"

namespace hedgestorm::scenario {
namespace {

using test::only_problem;
using test::problems_of;
using test::ScenarioText;
using test::TempFolder;

/// A folder with a valid base.toml.
struct Extends : testing::Test {
    TempFolder folder;
    std::filesystem::path base = folder.write(
        "base.toml", ScenarioText()
                         .append("[[policy]]\nname = 'b'\nrule = 'band'\nhalf_width = 0.1")
                         .append("[[stress]]\nname = 'x'\nat_days = 1\nspot_move = -0.1")
                         .append("[[simulation.closed]]\nfrom_days = 1\nto_days = 2")
                         .str());

    Scenario over(const std::string& text) {
        return load(folder.write("over.toml", "extends = 'base.toml'\n" + text));
    }
    std::vector<Problem> problems_over(const std::string& text) {
        return problems_of([&] { over(text); });
    }
};

TEST_F(Extends, TablesMergeKeyByKey) {
    const Scenario s = over("[market]\nvolatility = 0.5");
    EXPECT_EQ(s.market.volatility, 0.5);
    EXPECT_EQ(s.market.spot, 100.0);
    EXPECT_EQ(s.policies.size(), 2u);
}

TEST_F(Extends, NamedTablesMergeByName) {
    const Scenario s = over(
        "[[policy]]\nname = 'b'\nhalf_width = 0.2\n[[policy]]\nname = 'c'\nrule = 'none'\n"
        "[[policy]]\nname = 'every step'\nremove = true");
    ASSERT_EQ(s.policies.size(), 2u);
    EXPECT_EQ(s.policies[0].name, "b");
    EXPECT_EQ(s.policies[0].half_width, 0.2);
    EXPECT_EQ(s.policies[0].rule, Rule::band);
    EXPECT_EQ(s.policies[1].name, "c");
}

TEST_F(Extends, TablesWithoutNamesReplace) {
    const Scenario s = over("[[simulation.closed]]\nfrom_days = 5\nto_days = 6");
    ASSERT_EQ(s.simulation.closed.size(), 1u);
    EXPECT_EQ(s.simulation.closed[0].from, 5.0 / 365.0);
}

TEST_F(Extends, SayingItAnotherWayReplaces) {
    EXPECT_EQ(over("[simulation]\nhorizon_hours = 1440").simulation.horizon, 60.0 / 365.0);
    EXPECT_EQ(over("[simulation]\nsteps_per_day = 2").simulation.segments[0].steps, 60u);
    EXPECT_EQ(over("[[stress]]\nname = 'x'\nspot_log_move = -0.3").stresses[0].spot_log_move, -0.3);
}

TEST_F(Extends, RemovingWhatIsNotThereIsAnError) {
    EXPECT_TRUE(only_problem(problems_over("[[policy]]\nname = 'zz'\nremove = true"), "remove",
                             "nothing named \"zz\""));
}

TEST_F(Extends, ProblemsNameTheFileTheyStandIn) {
    folder.write("base.toml", ScenarioText().set("market.volatility", "-1").str());
    const auto problems = problems_over("[market]\nrate = 9");
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems[0].file, (folder / "over.toml").string());
    EXPECT_EQ(problems[0].line, 3);
    EXPECT_EQ(problems[1].file, (folder / "base.toml").string());
    EXPECT_EQ(problems[1].line, 9);
}

TEST_F(Extends, ChainsAndSubfoldersAreFollowed) {
    folder.write("parts/middle.toml", "extends = '../base.toml'\n[market]\nspot = 50");
    folder.write("top.toml", "extends = 'parts/middle.toml'\n[market]\nrate = 0.1");
    const Scenario s = load(folder / "top.toml");
    EXPECT_EQ(s.market.spot, 50.0);
    EXPECT_EQ(s.market.rate, 0.1);
    EXPECT_EQ(s.resolved_text.find("extends"), std::string::npos);
}

TEST_F(Extends, CyclesAreErrors) {
    folder.write("a.toml", "extends = 'b.toml'");
    folder.write("b.toml", "extends = './parts/../a.toml'");
    const auto problems = problems_of([&] { load(folder / "a.toml"); });
    EXPECT_TRUE(only_problem(problems, "extends", "extends itself"));
    folder.write("self.toml", "extends = 'self.toml'");
    EXPECT_TRUE(only_problem(problems_of([&] { load(folder / "self.toml"); }), "extends",
                             "extends itself"));
}

TEST_F(Extends, LongChainsAreErrors) {
    for (int i = 0; i < 40; ++i)
        folder.write("c" + std::to_string(i) + ".toml",
                     "extends = 'c" + std::to_string(i + 1) + ".toml'");
    EXPECT_TRUE(only_problem(problems_of([&] { load(folder / "c0.toml"); }), "extends", "longer"));
}

TEST_F(Extends, PathsOutsideTheFolderAreRefused) {
    const auto inner = folder.write("inner/s.toml", "extends = '../base.toml'");
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "extends", "outside"));
    folder.write("inner/s.toml", "extends = '" + base.string() + "'");
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "extends", "absolute path"));
}

TEST_F(Extends, LinksOutOfTheFolderAreRefused) {
    const auto inner = folder.write("inner/s.toml", "extends = 'link.toml'");
    std::filesystem::create_symlink(base, folder / "inner/link.toml");
    EXPECT_TRUE(only_problem(problems_of([&] { load(inner); }), "extends", "outside"));
}

TEST_F(Extends, FilesThatAreNotThereAreErrorsOfTheScenario) {
    const auto file = folder.write("s.toml", "\nextends = 'basse.toml'");
    const auto problems = problems_of([&] { load(file); });
    EXPECT_TRUE(only_problem(problems, "extends", "there is no file"));
    EXPECT_EQ(problems[0].line, 2);
    folder.write("s.toml", "extends = 3");
    EXPECT_TRUE(only_problem(problems_of([&] { load(file); }), "extends", "name of a file"));
    folder.write("s.toml", "extends = '.'");
    EXPECT_TRUE(only_problem(problems_of([&] { load(file); }), "extends", "not a file"));
}

TEST_F(Extends, ASyntaxErrorOfABaseNamesTheBase) {
    folder.write("base.toml", "[market");
    const auto problems = problems_over("");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].file, (folder / "base.toml").string());
}

}  // namespace
}  // namespace hedgestorm::scenario
