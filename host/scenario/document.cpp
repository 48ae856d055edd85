// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/document.hpp"

// Header-only whatever a system's package says: some ship no library to go with the flag.
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
// toml++ 3.3 asserts, and in release builds assumes, what some malformed files break ("[=]"): here
// its assertions are checks in every build, and refuse the file.
#undef NDEBUG
#define TOML_ASSERT(truth) ((truth) ? void() : ::hedgestorm::scenario::give_up())
namespace hedgestorm::scenario {
[[noreturn]] void give_up();
}
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

/// What toml++ throws of ours where its own assertions fail; it then knows no place.
struct GaveUp {};

bool gives_up(std::string_view text) {
    try {
        static_cast<void>(toml::parse(text));
    } catch (const GaveUp&) {
        return true;
    } catch (const toml::parse_error&) {
    }
    return false;
}

/// The first line whose text the parser cannot go past, found by halving: a parser reads forwards,
/// so every text that ends before that line does not make it give up.
int line_given_up_at(const std::string& text) {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n') ends.push_back(i + 1);
    ends.push_back(text.size());
    const auto found = std::partition_point(ends.begin(), ends.end(), [&](std::size_t end) {
        return !gives_up(std::string_view(text).substr(0, end));
    });
    return static_cast<int>(found - ends.begin()) + 1;
}

}  // namespace

void give_up() {
    throw GaveUp();
}

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
    try {
        return node_of(toml::parse(std::string_view(text)), {source, 1, 1}, source);
    } catch (const toml::parse_error& error) {
        problems.add(place_of(source, error.source()), "",
                     fmt::format("not TOML: {}", error.description()));
    } catch (const GaveUp&) {
        problems.add({source, line_given_up_at(text), 0}, "", "not TOML: this line is malformed");
    }
    return empty_table(source);
}

Node parse_value(const std::string& text, const SourcePtr& source, Problems& problems) {
    Node value = {{source, 0, 0}, std::string()};
    if (!check_text(text, source, problems)) return value;
    const bool one_line = text.find('\n') == std::string::npos;
    Problems unparsed;
    const Node line = parse("value = " + text, source, unparsed);
    if (const Node* found = line.find("value"); one_line && unparsed.empty() && found != nullptr) {
        value.value = found->value;
        return value;
    }
    const bool bare = text.find_first_of("\"'[]{}=#\n") == std::string::npos;
    if (!bare)
        problems.add(value.place, "", "the value is neither TOML nor a bare word",
                     "quote it for TOML and for the shell: --set 'key=\"a value\"'");
    value.value = text;
    return value;
}

}  // namespace hedgestorm::scenario
