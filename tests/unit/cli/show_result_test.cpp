// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/cli/show_csv.hpp"
#include "host/cli/show_json.hpp"
#include "host/cli/show_table.hpp"
#include "host/cli/show_text.hpp"
#include "tests/unit/result/made_up_result.hpp"

namespace hedgestorm::cli {
namespace {

using Json = nlohmann::ordered_json;
using test::made_up_result;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& item : object.items()) keys.push_back(item.key());
    return keys;
}

using Keys = std::vector<std::string>;

TEST(ShowJson, HasTheKeysOfTheInterfaceInTheirOrder) {
    const Json json = Json::parse(show_json(made_up_result(2)));
    EXPECT_EQ(keys_of(json), (Keys{"scenario", "paths", "steps", "seed", "engine", "policies",
                                   "paired", "path", "notes", "flagged", "book", "provenance"}));
    const Json& policy = json["policies"][0];
    EXPECT_EQ(keys_of(policy), (Keys{"name", "outcomes", "effectiveness", "loss_probability"}));
    const Json& pnl = policy["outcomes"]["pnl"];
    EXPECT_EQ(keys_of(pnl), (Keys{"mean", "sd", "skew", "excess_kurtosis", "min", "max",
                                  "quantiles", "var", "es"}));
    EXPECT_EQ(keys_of(pnl["mean"]), (Keys{"value", "se", "low", "high"}));
    EXPECT_EQ(keys_of(pnl["var"]), (Keys{"0.95", "0.975", "0.99"}));
    EXPECT_EQ(pnl["quantiles"].size(), 15u);
    EXPECT_EQ(pnl["quantiles"].begin().key(), "0.001");
    EXPECT_EQ(keys_of(json["paired"][0]), (Keys{"policy", "against", "mean_pnl", "mean_total_cost",
                                                "var", "es", "significant"}));
    EXPECT_TRUE(json["path"]["unhedged_pnl"]["es"]["0.95"]["low"].is_number());
}

TEST(ShowJson, GivesNumbersBackExactly) {
    const result::Result result = made_up_result(2);
    const Json json = Json::parse(show_json(result));
    EXPECT_EQ(json["policies"][1]["outcomes"]["trades"]["sd"]["high"].get<double>(),
              result.risk.accounts[1].columns[3].sd.high);
    EXPECT_EQ(json["policies"][0]["loss_probability"][1]["loss"], 2.5);
    EXPECT_EQ(json["steps"], 63);
    EXPECT_EQ(json["flagged"], 3);
}

TEST(ShowJson, MissingIsNullAndTheSeedIsAString) {
    const Json json = Json::parse(show_json(made_up_result(1)));
    EXPECT_EQ(json["seed"], "18446744073709551615");
    EXPECT_TRUE(json["policies"][0]["outcomes"]["pnl"]["excess_kurtosis"]["value"].is_null());
    EXPECT_TRUE(json["policies"][0]["effectiveness"]["twin"]["variance"]["se"].is_null());
    EXPECT_EQ(json["paired"], Json::array());
}

TEST(ShowJson, IsPlainAsciiAndKeepsNamesWhole) {
    const std::string text = show_json(made_up_result(3));
    for (const char character : text)
        ASSERT_TRUE(character == '\n' || (character >= 0x20 && character < 0x7F));
    const Json json = Json::parse(text);
    EXPECT_EQ(json["policies"][1]["name"], test::policy_names[1]);
    EXPECT_EQ(json["policies"][2]["name"], test::policy_names[2]);
}

TEST(ShowJson, ANameThatIsNotUtf8IsStillJson) {
    result::Result result = made_up_result(1);
    result.risk.accounts[0].policy = "bad \xFF name";
    EXPECT_TRUE(Json::accept(show_json(result)));
}

TEST(ShowJson, HoldsARunWithoutColumns) {
    const Json json = Json::parse(show_json(made_up_result(1, false)));
    EXPECT_EQ(json["policies"][0]["outcomes"], Json::object());
    EXPECT_EQ(json["path"], Json::object());
}

TEST(ShowCsv, IsOneRectangleUnderItsHeader) {
    const auto lines = lines_of(show_csv(made_up_result(3)));
    EXPECT_EQ(lines[0], "policy,outcome,statistic,level,value,se,low,high");
    for (const std::string& line : lines) {
        int commas = 0;
        bool quoted = false;
        for (const char character : line) {
            if (character == '"') quoted = !quoted;
            if (character == ',' && !quoted) ++commas;
        }
        EXPECT_EQ(commas, 7) << line;
        EXPECT_FALSE(quoted) << line;
    }
}

TEST(ShowCsv, QuotesNamesAndDefusesFormulas) {
    const std::string csv = show_csv(made_up_result(3));
    EXPECT_NE(csv.find("\n\"überband \"\"Δ\"\" — 対冲, x\",pnl,mean,,"), std::string::npos);
    EXPECT_NE(csv.find("\n'=cmd()\\x1b[31m,pnl,mean,,"), std::string::npos);
    EXPECT_EQ(csv.find('\x1b'), std::string::npos);
}

TEST(ShowCsv, ALineBreakInANameDoesNotBreakTheLine) {
    result::Result result = made_up_result(1);
    result.risk.accounts[0].policy = "a\r\nb";
    EXPECT_NE(show_csv(result).find("\na\\r\\nb,pnl,mean,,"), std::string::npos);
}

TEST(ShowCsv, MissingIsAnEmptyCell) {
    const std::string csv = show_csv(made_up_result(1));
    EXPECT_NE(csv.find("\nband 0.05,pnl,excess_kurtosis,,,,,\n"), std::string::npos);
    EXPECT_NE(csv.find("\nband 0.05,pnl,es,0.99,,,,\n"), std::string::npos);
}

TEST(ShowTable, KeepsWithinItsWidth) {
    for (const int width : {80, 100, 140})
        for (const std::string& line : lines_of(show_table(made_up_result(3), {.width = width})))
            EXPECT_LE(display_width(line), width) << line;
}

TEST(ShowTable, ShowsEveryPolicyWithItsErrorsAndTheNotes) {
    const result::Result result = made_up_result(3);
    const std::string table = show_table(result);
    const risk::ColumnRisk& pnl = result.risk.accounts[0].columns[0];
    EXPECT_NE(table.find(with_error(pnl.mean)), std::string::npos) << table;
    EXPECT_NE(table.find(with_interval(pnl.var[2])), std::string::npos) << table;
    for (const char* words : {"VaR 99 %", "ES 99 %", "total cost", "slippage", "trades",
                              "residual delta", "effectiveness", "(unhedged)", "less band 0.05",
                              "note: 3 paths were left out", "3 paths flagged", "book at t_0"})
        EXPECT_NE(table.find(words), std::string::npos) << words << " in\n" << table;
}

TEST(ShowTable, MarksTheDifferencesThatAreNotChance) {
    result::Result result = made_up_result(3);
    for (risk::PairedRisk& pair : result.risk.paired) {
        pair.mean_pnl = {0.5, 1.0, -1.46, 2.46};
        pair.mean_total_cost = pair.mean_pnl;
        for (auto* row : {&pair.var, &pair.es}) row->assign(row->size(), pair.mean_pnl);
    }
    EXPECT_EQ(show_table(result).find('*'), std::string::npos);
    EXPECT_FALSE(Json::parse(show_json(result))["paired"][0]["significant"]["mean_pnl"]);
    result.risk.paired[0].mean_pnl = {-25.0, 1.0, -26.96, -23.04};
    const std::string table = show_table(result);
    EXPECT_NE(table.find("-25.0 ± 1.0 *"), std::string::npos) << table;
    EXPECT_NE(table.find("0.5 ± 1.0  "), std::string::npos) << table;  // still in its column
    EXPECT_NE(table.find("* not chance"), std::string::npos) << table;
    const Json json = Json::parse(show_json(result));
    EXPECT_TRUE(json["paired"][0]["significant"]["mean_pnl"]);
    EXPECT_FALSE(json["paired"][1]["significant"]["mean_pnl"]);
    EXPECT_FALSE(json["paired"][0]["significant"]["es"]["0.99"]);
    EXPECT_EQ(keys_of(json["paired"][0]["significant"]["var"]), (Keys{"0.95", "0.975", "0.99"}));
}

TEST(ShowTable, CountsOneInTheSingular) {
    result::Result result = made_up_result(1);
    result.risk.paths = result.risk.flagged = 1;
    result.provenance.grid_steps = 1;
    result.provenance.threads = 1;
    const std::string table = show_table(result);
    for (const char* words : {"\n1 path · 1 step · ", "· 1 thread ·", "· 1 path flagged"})
        EXPECT_NE(table.find(words), std::string::npos) << words << " in\n" << table;
}

TEST(ShowTable, SaysWhereAFigureIsNotAvailable) {
    EXPECT_NE(show_table(made_up_result(1)).find("n/a"), std::string::npos);
}

TEST(ShowTable, NeitherNamesNorNotesReachTheTerminalRaw) {
    result::Result result = made_up_result(3);
    result.scenario.name = "\x1b]0;owned\x07";
    result.risk.notes.push_back("policy \x1b[2J");
    EXPECT_EQ(show_table(result).find('\x1b'), std::string::npos);
    EXPECT_EQ(show_table(result).find('\x07'), std::string::npos);
    EXPECT_NE(show_table(result, {.emphasis = Emphasis::bold}).find("\x1b[1m"), std::string::npos);
}

TEST(ShowTable, HoldsARunWithoutColumnsLevelsOrBook) {
    result::Result result = made_up_result(2, false);
    result.scenario.risk.levels.clear();
    result.book = {};
    result.provenance = {};
    EXPECT_NE(show_table(result).find("1,000,000 paths"), std::string::npos);
}

}  // namespace
}  // namespace hedgestorm::cli
