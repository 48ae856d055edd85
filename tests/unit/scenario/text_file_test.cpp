// SPDX-License-Identifier: Apache-2.0
// Files that are no scenarios: each is refused in words, none crashes.

#include "host/scenario/text_file.hpp"

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

std::vector<Problem> problems_in(const std::string& text) {
    return problems_of([&] { load_text(text, "x.toml"); });
}

std::string repeated(const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
}

TEST(ScenarioFile, AnEmptyFileIsCalledEmpty) {
    EXPECT_TRUE(only_problem(problems_in(""), "", "x.toml: the file is empty"));
}

TEST(ScenarioFile, CommentsAloneLackEveryTable) {
    const auto problems = problems_in("# nothing\n");
    ASSERT_EQ(problems.size(), 4u);
    EXPECT_EQ(problems[0].message, "is missing");
}

TEST(ScenarioFile, ABinaryFileIsNotText) {
    EXPECT_TRUE(only_problem(problems_in(std::string("\x7F"
                                                     "ELF\0\0",
                                                     6)),
                             "", "not text"));
    EXPECT_TRUE(
        only_problem(problems_in("name = '\xC3\x28'"), "", "x.toml:1:9: the file is not UTF-8"));
    EXPECT_TRUE(only_problem(problems_in("\xFF\xFE"
                                         "n"),
                             "", "UTF-16"));
}

TEST(ScenarioFile, ByteOrderMarkAndWindowsLinesAreFine) {
    std::string text = "\xEF\xBB\xBF";
    for (const char c : ScenarioText().str())
        text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(load_text(text, "x.toml").name, "a scenario");
}

TEST(ScenarioFile, ASyntaxErrorHasItsLine) {
    const auto problems = problems_in("[market]\nspot = = 3\n");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].line, 2);
    EXPECT_NE(problems[0].message.find("not TOML"), std::string::npos);
    EXPECT_EQ(problems_in("a = 1\na = 2\n").at(0).line, 2);
}

TEST(ScenarioFile, DeepNestingIsRefusedBeforeItIsParsed) {
    for (const std::string& text :
         {"a = " + repeated("[", 100'000), "a = " + repeated("{a=", 100'000),
          "[" + repeated("a.", 100'000) + "a]", repeated("a.", 100'000) + "a = 1",
          "a = 'x'\nb = " + repeated("[[", 500) + repeated("]]", 500)})
        EXPECT_TRUE(only_problem(problems_in(text), "", "nest deeper")) << text.substr(0, 20);
}

TEST(ScenarioFile, AMillionValuesAreRefusedBeforeTheyAreParsed) {
    EXPECT_TRUE(only_problem(problems_in("a = [" + repeated("[],", 1'000'000) + "]"), "",
                             "more than a million values"));
}

TEST(ScenarioFile, LettersThatAreNotAsciiBelongInQuotesAndComments) {
    EXPECT_EQ(ScenarioText().set("name", "\"größe\" # ü").load().name, "größe");
    EXPECT_TRUE(
        only_problem(problems_in("größe = 1"), "", "x.toml:1:3: a letter that is not ASCII"));
    EXPECT_TRUE(only_problem(problems_in("name = ü"), "", "stands outside quotes"));
    EXPECT_TRUE(only_problem(problems_in("name = \"\"\"a \\\n  ü\"\"\""), "", "backslash"));
    EXPECT_NO_THROW(ScenarioText().set("name", "\"\"\"a \\\n  b ü\"\"\"").load());
}

TEST(ScenarioFile, WhatTheParserGivesUpOnHasItsLine) {
    const auto problems = problems_in("name = 'x'\n[market]\n[=]\n");
    EXPECT_TRUE(only_problem(problems, "", "x.toml:3: not TOML"));
}

TEST(ScenarioFile, StringsEndWhereTomlEndsThem) {
    for (const char* value : {R"("a\\")", R"('a\')", R"("""a"" """)", R"("""a\"""")",
                              R"("""a""""")", R"("")", R"('''a'''')"})
        EXPECT_NO_THROW(ScenarioText().set("name", value).load()) << value;
}

TEST(ScenarioFile, BracketsInTextAndCommentsNestNothing) {
    const std::string brackets = repeated("[{.", 200);
    EXPECT_NO_THROW(ScenarioText()
                        .set("description", "\"" + brackets + "\\\"" + brackets + "\"")
                        .append("# " + brackets)
                        .load());
    EXPECT_NO_THROW(ScenarioText().set("description", "'''\n" + brackets + "\n'''").load());
    EXPECT_NO_THROW(ScenarioText().set("description", "\"\"\"a\n" + brackets + "\"\"\"").load());
}

TEST(ScenarioFile, AHundredMegabytesAreRefusedBeforeTheyAreParsed) {
    const TempFolder folder;
    const auto file = folder.write("big.toml", "");
    std::filesystem::resize_file(file, 100u << 20);
    EXPECT_TRUE(only_problem(problems_of([&] { load(file); }), "", "larger than 64 MB"));
}

TEST(ScenarioFile, AFileThatIsNotThereOrAFolderIsAFileError) {
    const TempFolder folder;
    EXPECT_THROW(load(folder / "none.toml"), FileError);
    EXPECT_THROW(load(folder.path()), FileError);
}

TEST(ScenarioFile, ControlCharactersAreEscapedWhereShown) {
    const auto problems = problems_of(
        ScenarioText().set("market.\"a\\u001b[31m\\nb\"", "1").set("market.model", "\"\\u0007\""));
    ASSERT_EQ(problems.size(), 2u);
    for (const Problem& problem : problems)
        for (const char c : to_string(problem)) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
}

TEST(ScenarioFile, TextIsKeptAsItWasRead) {
    const TempFolder folder;
    const std::string text = ScenarioText().str() + "# the end";
    const auto file = folder.write("s.toml", text);
    const Scenario s = load(file);
    EXPECT_EQ(s.source_text, text);
    EXPECT_EQ(s.source_path, file.string());
}

}  // namespace
}  // namespace hedgestorm::scenario
