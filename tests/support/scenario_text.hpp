// SPDX-License-Identifier: Apache-2.0
#pragma once

// A scenario file as text, valid by default: a test changes the one thing it is about.
//
//     ScenarioText().set("market.volatility", "-0.2").str()
//     ScenarioText().policy({{"name", "'b'"}, {"rule", "'band'"}, {"half_width", "0.1"}}).load()

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "host/scenario/load.hpp"

namespace hedgestorm::test {

class ScenarioText {
  public:
    using Keys = std::vector<std::pair<std::string, std::string>>;

    /// One short call over 30 days in 30 steps, one policy that hedges at every one of them.
    ScenarioText()
        : tables_{{"", "", {{"name", "'a scenario'"}}},
                  {"simulation",
                   "[simulation]",
                   {{"paths", "1000"}, {"horizon_days", "30"}, {"steps", "30"}, {"seed", "7"}}},
                  {"market", "[market]", {{"spot", "100"}, {"volatility", "0.2"}}},
                  {"book", "[book]", {}},
                  {"option",
                   "[[book.option]]",
                   {{"name", "'short call'"},
                    {"kind", "'call'"},
                    {"strike", "100"},
                    {"expiry_days", "30"},
                    {"quantity", "-1"},
                    {"implied_volatility", "0.2"}}},
                  {"policy",
                   "[[policy]]",
                   {{"name", "'every step'"}, {"rule", "'interval'"}, {"every", "1"}}},
                  {"costs", "[costs]", {}},
                  {"risk", "[risk]", {}}} {}

    /// Gives a key the value (as TOML): "name", "market.spot", "option.strike", "policy.rule".
    /// `option` and `policy` are the first of theirs.
    ScenarioText& set(const std::string& path, const std::string& value) {
        const auto at = split(path);
        Keys& keys = find(at.first).keys;
        const auto found = std::find_if(
            keys.begin(), keys.end(), [&](const auto& entry) { return entry.first == at.second; });
        if (found == keys.end())
            keys.emplace_back(at.second, value);
        else
            found->second = value;
        return *this;
    }
    /// Takes a key out, or a whole table.
    ScenarioText& without(const std::string& path) {
        std::erase_if(tables_, [&](const Table& t) { return !path.empty() && t.name == path; });
        const auto at = split(path);
        for (Table& t : tables_)
            if (t.name == at.first)
                std::erase_if(t.keys, [&](auto& entry) { return entry.first == at.second; });
        return *this;
    }
    /// The first policy's keys, all of them.
    ScenarioText& policy(Keys keys) {
        find("policy").keys = std::move(keys);
        return *this;
    }
    /// Text put at the end, such as "[[stress]]\nat_days = 1".
    ScenarioText& append(const std::string& text) {
        appended_ += text + "\n";
        return *this;
    }

    std::string str() const {
        std::string text;
        for (const Table& table : tables_) {
            if (!table.header.empty()) text += table.header + "\n";
            for (const auto& [key, value] : table.keys) text += key + " = " + value + "\n";
        }
        return text + appended_;
    }
    scenario::Scenario load(const std::vector<std::string>& overrides = {}) const {
        return scenario::load_text(str(), "scenario.toml", overrides);
    }

  private:
    struct Table {
        std::string name;
        std::string header;
        Keys keys;
    };

    static std::pair<std::string, std::string> split(const std::string& path) {
        const std::size_t dot = path.find('.');
        if (dot == std::string::npos) return {"", path};
        return {path.substr(0, dot), path.substr(dot + 1)};
    }
    Table& find(const std::string& name) {
        for (Table& table : tables_)
            if (table.name == name) return table;
        throw std::logic_error("ScenarioText has no table " + name);
    }

    std::vector<Table> tables_;
    std::string appended_;
};

}  // namespace hedgestorm::test
