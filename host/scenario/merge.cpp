// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "host/scenario/keys.hpp"
#include "host/scenario/scalar.hpp"

namespace hedgestorm::scenario {

namespace {

/// Keys that say one thing in several ways.
constexpr std::array<std::array<std::string_view, 3>, 3> alternatives = {
    {{"steps", "steps_per_day", "segment"},
     {"spot_move", "spot_log_move", ""},
     {"position_limit", "min_position", "max_position"}}};

/// The stem of a time key; empty for any other key.
std::string_view time_stem(std::string_view key) {
    for (const std::string_view unit : time_units)
        if (key.size() > unit.size() + 1 && key.ends_with(unit) &&
            key[key.size() - unit.size() - 1] == '_')
            return key.substr(0, key.size() - unit.size() - 1);
    return {};
}

bool may_stand_together(std::string_view a, std::string_view b) {
    return a == "min_position" || a == "max_position" ? b == "min_position" || b == "max_position"
                                                      : false;
}

/// Takes out of `table` what says the same as `key` in another way.
void erase_alternatives(Table& table, std::string_view key) {
    if (const std::string_view stem = time_stem(key); !stem.empty())
        for (const std::string_view unit : time_units)
            if (const std::string other = fmt::format("{}_{}", stem, unit); other != key)
                table.erase(other);
    for (const auto& group : alternatives) {
        if (std::find(group.begin(), group.end(), key) == group.end()) continue;
        for (const std::string_view other : group)
            if (other != key && !may_stand_together(key, other)) table.erase(std::string(other));
    }
}

const std::string* name_of(const Node& item) {
    const Node* name = item.find("name");
    return name == nullptr ? nullptr : name->as<std::string>();
}

bool all_named(const Array& items) {
    return !items.empty() && std::all_of(items.begin(), items.end(),
                                         [](const Node& item) { return name_of(item) != nullptr; });
}

bool asks_removal(const Node& item) {
    const Node* remove = item.find("remove");
    const bool* flag = remove == nullptr ? nullptr : remove->as<bool>();
    return flag != nullptr && *flag;
}

void merge_by_name(Array& base, Array overlay, Problems& problems) {
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < base.size(); ++i)
        if (const std::string* name = name_of(base[i])) index.try_emplace(*name, i);
    std::vector<bool> removed(base.size(), false);
    for (Node& item : overlay) {
        const std::string name = *name_of(item);
        const auto found = index.find(name);
        if (asks_removal(item)) {
            if (found != index.end())
                removed[found->second] = true;
            else
                problems.add(item.place, "remove",
                             fmt::format("there is nothing named \"{}\" to remove", name));
        } else if (found != index.end()) {
            merge(base[found->second], std::move(item), problems);
        } else {
            base.push_back(std::move(item));
        }
    }
    Array kept;
    for (std::size_t i = 0; i < base.size(); ++i)
        if (i >= removed.size() || !removed[i]) kept.push_back(std::move(base[i]));
    base = std::move(kept);
}

}  // namespace

void replace(Table& table, const std::string& key, Node node) {
    erase_alternatives(table, key);
    table.insert_or_assign(key, std::move(node));
}

void merge(Node& base, Node overlay, Problems& problems) {
    Table& under = *base.as<Table>();
    // First what the overlay says another way goes, so that two of its own keys may stand together
    // (and be reported as two).
    for (const auto& [key, node] : *overlay.as<Table>()) erase_alternatives(under, key);
    for (auto& [key, node] : *overlay.as<Table>()) {
        const auto found = under.find(key);
        if (found == under.end()) {
            under.emplace(key, std::move(node));
            continue;
        }
        Node& old = found->second;
        Array* old_items = old.as<Array>();
        Array* new_items = node.as<Array>();
        if (old.as<Table>() != nullptr && node.as<Table>() != nullptr) {
            merge(old, std::move(node), problems);
        } else if (old_items != nullptr && new_items != nullptr && all_named(*new_items)) {
            merge_by_name(*old_items, std::move(*new_items), problems);
        } else {
            old = std::move(node);
        }
    }
}

}  // namespace hedgestorm::scenario
