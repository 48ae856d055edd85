// SPDX-License-Identifier: Apache-2.0

// The key table as a JSON Schema, for editors and for whoever writes scenarios by program.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "host/scenario/load.hpp"
#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

using Json = nlohmann::ordered_json;

/// A whole scenario says everything that has no default; one that extends another says what
/// differs.
enum class Extent { whole, overlay };

Json number_type(const Range& range) {
    Json json = {{"type", "number"}};
    if (std::isfinite(range.low)) json[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
    if (std::isfinite(range.high))
        json[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
    return json;
}

std::string meaning(const About& said) {
    std::string text(said.text);
    if (!said.unit.empty()) text += fmt::format(" Unit: {}.", said.unit);
    if (!said.goes_with.empty()) text += fmt::format(" Only with {}.", said.goes_with);
    return text;
}

class SchemaWriter final : public Keys {
  public:
    explicit SchemaWriter(Extent extent) : extent_(extent) { tables_.push_back(open_object()); }
    Json result() const { return tables_.back(); }

    void text(std::string_view key, Field<std::string>& field, std::size_t longest,
              const About& said) override {
        Json json = {{"type", "string"}, {"maxLength", longest}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void number(std::string_view key, Field<double>& field, const Range& range,
                const About& said) override {
        Json json = number_type(range);
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void integer(std::string_view key, Field<std::uint64_t>& field, std::uint64_t low,
                 std::uint64_t high, const About& said) override {
        Json json = {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void seed(std::string_view key, Field<std::uint64_t>& field, const About& said) override {
        Json number = {{"type", "integer"}, {"minimum", 0}, {"maximum", ~0ull}};
        Json digits = {{"type", "string"}, {"pattern", "^[0-9]{1,20}$"}};
        Json json = {{"anyOf", {number, digits}}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void flag(std::string_view key, Field<bool>& field, const About& said) override {
        Json json = {{"type", "boolean"}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void time(std::string_view stem, Field<Time>& field, const Range& range,
              const About& said) override {
        About each = said;
        each.required = false;
        Json one_of = Json::array();
        for (std::size_t unit = 0; unit < time_units.size(); ++unit) {
            const std::string key = fmt::format("{}_{}", stem, time_units[unit]);
            each.unit = time_units[unit];
            Json json = number_type(range);
            if (field.has() && static_cast<std::size_t>((*field).unit) == unit)
                json["default"] = (*field).value;
            add(key, std::move(json), each);
            one_of.push_back({{"required", {key}}});
        }
        const bool may_lack = !said.required || !said.applies || extent_ == Extent::overlay;
        if (may_lack) one_of.push_back({{"not", {{"anyOf", Json(one_of)}}}});
        tables_.back()["allOf"].push_back({{"oneOf", std::move(one_of)}});
    }
    void number_or_word(std::string_view key, Field<NumberOrWord>& field, const Range& range,
                        const Words& words, const About& said) override {
        Json json = {{"anyOf", {number_type(range), Json{{"enum", words.names}}}}};
        if (field.has()) json["default"] = (*field).word;
        add(key, std::move(json), said);
    }
    void numbers(std::string_view key, Field<std::vector<double>>& field, const Range& range,
                 std::size_t most, const About& said) override {
        Json json = {{"type", "array"},
                     {"items", number_type(range)},
                     {"maxItems", most},
                     {"uniqueItems", true}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }
    void knots(std::string_view key, Field<std::vector<Knot>>&, const Range& at, const Range& value,
               std::size_t most, const About& said) override {
        Json pair = {{"type", "array"},
                     {"prefixItems", {number_type(at), number_type(value)}},
                     {"minItems", 2},
                     {"maxItems", 2}};
        add(key,
            {{"type", "array"}, {"items", std::move(pair)}, {"minItems", 1}, {"maxItems", most}},
            said);
    }
    void texts(std::string_view key, Field<std::vector<std::string>>& field,
               std::span<const std::string> known, const About& said) override {
        Json json = {{"type", "array"}, {"items", {{"enum", known}}}, {"uniqueItems", true}};
        if (field.has()) json["default"] = *field;
        add(key, std::move(json), said);
    }

  protected:
    void choose(std::string_view key, Field<std::size_t>& index, const Words& words,
                const About& said) override {
        Json json = {{"enum", words.names}};
        if (index.has()) json["default"] = words.names[*index];
        add(key, std::move(json), said);
    }
    bool begin_table(std::string_view key, Section&, const About& said) override {
        open(key, said, 0);
        return true;
    }
    std::size_t begin_list(std::string_view key, std::size_t, std::size_t most,
                           const About& said) override {
        list_key_ = {std::string(key), said, most};
        return 1;
    }
    void begin_item(std::size_t, Section&) override {
        open(list_key_.key, list_key_.said, list_key_.most);
        const bool may_remove = extent_ == Extent::overlay;
        if (may_remove)
            add("remove", {{"type", "boolean"}},
                about("Takes away the entry of this name of the file this one extends."));
    }
    void end_table() override {
        Json table = std::move(tables_.back());
        tables_.pop_back();
        const Opened opened = std::move(opened_.back());
        opened_.pop_back();
        if (opened.most == 0) return add(opened.key, std::move(table), opened.said);
        Json list = {{"type", "array"}, {"items", std::move(table)}, {"maxItems", opened.most}};
        if (opened.said.required && extent_ == Extent::whole) list["minItems"] = 1;
        add(opened.key, std::move(list), opened.said);
    }
    void end_list() override {}

  private:
    struct Opened {
        std::string key;
        About said;
        std::size_t most = 0;  // of a list; 0: a table
    };

    static Json open_object() {
        return {
            {"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    }
    void open(std::string_view key, const About& said, std::size_t most) {
        opened_.push_back({std::string(key), said, most});
        tables_.push_back(open_object());
    }
    void add(std::string_view key, Json json, const About& said) {
        Json described = {{"description", meaning(said)}};
        described.update(json);
        Json& table = tables_.back();
        table["properties"][std::string(key)] = std::move(described);
        const bool always = said.required && said.applies && extent_ == Extent::whole;
        if (always) table["required"].push_back(key);
    }

    Extent extent_;
    std::vector<Json> tables_;
    std::vector<Opened> opened_;
    Opened list_key_;
};

Json schema_of(Extent extent) {
    SchemaWriter writer(extent);
    ScenarioSpec spec;
    spec.hedges.emplace_back();
    describe(writer, spec);
    return writer.result();
}

}  // namespace

std::string json_schema() {
    const Json schema = {
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "hedgestorm scenario"},
        {"description",
         "A stress scenario in TOML. Time keys end in _years, _days, _hours, _minutes or _seconds, "
         "and one of them is written. docs/scenario.md tells the rules that bind several keys."},
        {"if", {{"type", "object"}, {"required", {"extends"}}}},
        {"then", {{"$ref", "#/$defs/overlay"}}},
        {"else", {{"$ref", "#/$defs/scenario"}}},
        {"$defs",
         {{"scenario", schema_of(Extent::whole)}, {"overlay", schema_of(Extent::overlay)}}}};
    return schema.dump(2) + "\n";
}

}  // namespace hedgestorm::scenario
