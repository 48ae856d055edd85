// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/document.hpp"

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "host/scenario/problems.hpp"
#include "host/scenario/text_file.hpp"

namespace hedgestorm::scenario {

namespace {

Place place_of(const SourcePtr& source, const toml::source_region& region) {
    return {source, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Node node_of(const toml::node& from, const Place& place, const SourcePtr& source) {
    Node node;
    node.place = place;
    if (const toml::table* table = from.as_table()) {
        Table children;
        for (const auto& [key, value] : *table)
            children.emplace(std::string(key.str()),
                             node_of(value, place_of(source, key.source()), source));
        node.value = std::move(children);
    } else if (const toml::array* array = from.as_array()) {
        Array items;
        items.reserve(array->size());
        for (const toml::node& item : *array)
            items.push_back(node_of(item, place_of(source, item.source()), source));
        node.value = std::move(items);
    } else if (const auto* text = from.as_string()) {
        node.value = text->get();
    } else if (const auto* integer = from.as_integer()) {
        node.value = integer->get();
    } else if (const auto* number = from.as_floating_point()) {
        node.value = number->get();
    } else if (const auto* flag = from.as_boolean()) {
        node.value = flag->get();
    } else {
        node.value = Date{};
    }
    return node;
}

Node empty_table(const SourcePtr& source) {
    return {{source, 0, 0}, Table{}};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    const Table* table = as<Table>();
    if (table == nullptr) return nullptr;
    const auto found = table->find(key);
    return found == table->end() ? nullptr : &found->second;
}

Node* Node::find(std::string_view key) {
    return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
}

std::string kind_of(const Node& node) {
    static constexpr const char* names[] = {"a table",  "an array",      "text",   "a whole number",
                                            "a number", "true or false", "a cell", "a date"};
    return names[node.value.index()];
}

Node parse(const std::string& text, const SourcePtr& source, Problems& problems) {
    if (!check_text(text, source, problems)) return empty_table(source);
    const toml::parse_result result = toml::parse(std::string_view(text), source->name);
    if (!result) {
        const toml::parse_error& error = result.error();
        problems.add(place_of(source, error.source()), "",
                     fmt::format("not TOML: {}", error.description()));
        return empty_table(source);
    }
    return node_of(result.table(), {source, 1, 1}, source);
}

Node parse_value(const std::string& text, const SourcePtr& source, Problems& problems) {
    Node value = {{source, 0, 0}, std::string()};
    if (!check_text(text, source, problems)) return value;
    const bool one_line = text.find('\n') == std::string::npos;
    const toml::parse_result result =
        toml::parse(std::string_view("value = " + text), source->name);
    if (one_line && result) {
        if (const toml::node* found = result.table().get("value"))
            return node_of(*found, value.place, source);
    }
    const bool bare = text.find_first_of("\"'[]{}=#\n") == std::string::npos;
    if (!bare)
        problems.add(value.place, "", "the value is neither TOML nor a bare word",
                     "quote it for TOML and for the shell: --set 'key=\"a value\"'");
    value.value = text;
    return value;
}

}  // namespace hedgestorm::scenario
