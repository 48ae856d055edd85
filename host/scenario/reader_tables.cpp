// SPDX-License-Identifier: Apache-2.0

// The reader's tables: finding keys in them, lists of them, and the keys nobody asked for.

#include <fmt/format.h>

#include <algorithm>

#include "host/scenario/nearest.hpp"
#include "host/scenario/reader.hpp"
#include "host/scenario/scalar.hpp"

namespace hedgestorm::scenario {

Reader::Reader(const Node& document, Problems& problems) : problems_(problems) {
    tables_.push_back({&document, "", {}});
}

std::string Reader::path_of(std::string_view key) const {
    const std::string& table = tables_.back().path;
    return table.empty() ? std::string(key) : fmt::format("{}.{}", table, key);
}

const Node* Reader::find(std::string_view key, const About& about) {
    OpenTable& table = tables_.back();
    table.known.emplace_back(key);
    const Node* node = table.node->find(key);
    if (!about.applies) {
        if (node != nullptr)
            problems_.add(node->place, path_of(key),
                          fmt::format("does nothing here: it goes with {}", about.goes_with),
                          fmt::format("take it out, or say {}", about.goes_with));
        return nullptr;
    }
    if (node == nullptr && about.required)
        problems_.add(table.node->place, path_of(key), "is missing", std::string(about.text));
    return node;
}

bool Reader::begin_table(std::string_view key, Section& section, const About& about) {
    const std::string path = path_of(key);
    const Node* node = find(key, about);
    section.path = path;
    if (node == nullptr) {
        section.place = tables_.back().node->place;
        return false;
    }
    section.place = node->place;
    if (node->as<Table>() == nullptr) {
        const bool list_of_one = node->as<Array>() != nullptr;
        problems_.add(node->place, path, fmt::format("is {}, must be a table", shown(*node)),
                      list_of_one ? fmt::format("write [{}]", path) : "");
        return false;
    }
    section.present = true;
    tables_.push_back({node, path, {}});
    return true;
}

std::size_t Reader::begin_list(std::string_view key, std::size_t, std::size_t most,
                               const About& about) {
    const std::string path = path_of(key);
    static const Array none;
    lists_.push_back({&none, path});
    const Node* node = find(key, about);
    if (node == nullptr) return 0;
    const Array* items = node->as<Array>();
    const bool of_tables =
        items != nullptr && std::all_of(items->begin(), items->end(), [](const Node& item) {
            return item.as<Table>() != nullptr;
        });
    if (!of_tables) {
        problems_.add(node->place, path,
                      fmt::format("is {}, must be a list of tables", shown(*node)),
                      fmt::format("write [[{}]]", path));
        return 0;
    }
    if (items->empty() && about.required)
        problems_.add(node->place, path, "is empty", "at least one is needed");
    if (items->size() > most)
        problems_.add(
            (*items)[most].place, path,
            fmt::format("holds {} entries, at most {} in this version", items->size(), most));
    lists_.back().items = items;
    return std::min(items->size(), most);
}

void Reader::begin_item(std::size_t index, Section& section) {
    const OpenList& list = lists_.back();
    const Node& item = (*list.items)[index];
    section.path = fmt::format("{}[{}]", list.path, index);
    section.place = item.place;
    tables_.push_back({&item, section.path, {}});
}

void Reader::end_table() {
    report_unknown();
    tables_.pop_back();
}

void Reader::report_unknown() {
    const OpenTable& table = tables_.back();
    for (const auto& [key, node] : *table.node->as<Table>()) {
        if (std::find(table.known.begin(), table.known.end(), key) != table.known.end()) continue;
        const bool lacks_unit =
            std::find(table.known.begin(), table.known.end(), key + "_days") != table.known.end();
        problems_.add(node.place, path_of(key), lacks_unit ? "lacks its unit" : "unknown key",
                      lacks_unit ? fmt::format("write {0}_days, {0}_hours, {0}_minutes, "
                                               "{0}_seconds or {0}_years",
                                               key)
                                 : did_you_mean(key, table.known));
    }
}

}  // namespace hedgestorm::scenario
