// SPDX-License-Identifier: Apache-2.0
// The schema and the documentation know every key. That the schema accepts every shipped scenario
// and refuses unknown keys is tested from Python (tests/system/test_scenario_schema.py).

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "host/scenario/load.hpp"

namespace hedgestorm::scenario {
namespace {

std::string documentation() {
    std::ifstream file(std::filesystem::path(HEDGESTORM_SOURCE_DIR) / "docs" / "scenario.md");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every key of `table` and of the tables in it.
void collect(const nlohmann::json& table, std::vector<std::string>& keys) {
    for (const auto& [key, value] : table.at("properties").items()) {
        keys.push_back(key);
        if (value.contains("properties"))
            collect(value, keys);
        else if (value.contains("items") && value["items"].contains("properties"))
            collect(value["items"], keys);
    }
}

TEST(Schema, DescribesEveryKeyAndClosesEveryTable) {
    const auto schema = nlohmann::json::parse(json_schema());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for (const char* extent : {"scenario", "overlay"}) {
        const auto& root = schema["$defs"][extent];
        EXPECT_EQ(root["additionalProperties"], false);
        for (const auto& [key, value] : root["properties"].items())
            EXPECT_FALSE(value["description"].get<std::string>().empty()) << key;
    }
    const auto& required = schema["$defs"]["scenario"]["required"];
    EXPECT_EQ(required, nlohmann::json({"simulation", "market", "book", "policy"}));
}

TEST(Schema, KeysAreAllInTheDocumentation) {
    const auto schema = nlohmann::json::parse(json_schema());
    const std::string text = documentation();
    std::vector<std::string> keys;
    collect(schema["$defs"]["scenario"], keys);
    ASSERT_GT(keys.size(), 100u);
    for (std::string key : keys) {
        for (const std::string unit : {"_years", "_days", "_hours", "_minutes", "_seconds"})
            if (key.ends_with(unit)) key.replace(key.size() - unit.size(), unit.size(), "_*");
        const bool shown = text.find("`" + key + "`") != std::string::npos ||
                           text.find(key + "]") != std::string::npos ||
                           text.find("`" + key + " ") != std::string::npos;
        EXPECT_TRUE(shown) << key << " is not in docs/scenario.md";
    }
}

}  // namespace
}  // namespace hedgestorm::scenario
