// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/resolved.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "host/scenario/scalar.hpp"
#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

/// `text` as a TOML basic string.
std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += fmt::format("\\{}", c);
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7F)
            out += fmt::format("\\u{:04X}", byte);
        else
            out += c;
    }
    return out + '"';
}

std::string list(const std::vector<std::string>& items) {
    return fmt::format("[{}]", fmt::join(items, ", "));
}

/// Writes what a spec holds. A table's own keys come before the tables inside it, as TOML asks.
class Writer final : public Keys {
  public:
    explicit Writer(PathRange paths) : paths_(paths) { tables_.emplace_back(); }
    std::string result() const { return tables_.back().keys + tables_.back().inner; }

    void text(std::string_view key, Field<std::string>& field, std::size_t,
              const About& said) override {
        if (field.has()) write(key, said, in_quotes(*field));
    }
    void number(std::string_view key, Field<double>& field, const Range&,
                const About& said) override {
        if (field.has()) write(key, said, shortest(*field));
    }
    void integer(std::string_view key, Field<std::uint64_t>& field, std::uint64_t, std::uint64_t,
                 const About& said) override {
        const bool a_range = key == "paths" || key == "first_path";
        if (paths_ == PathRange::left_out && a_range) return;
        if (field.has()) write(key, said, fmt::format("{}", *field));
    }
    void seed(std::string_view key, Field<std::uint64_t>& field, const About& said) override {
        if (field.has()) write(key, said, fmt::format("\"{}\"", *field));
    }
    void flag(std::string_view key, Field<bool>& field, const About& said) override {
        if (field.has()) write(key, said, *field ? "true" : "false");
    }
    void time(std::string_view stem, Field<Time>& field, const Range&, const About& said) override {
        if (!field.has()) return;
        const auto unit = time_units[static_cast<std::size_t>((*field).unit)];
        write(fmt::format("{}_{}", stem, unit), said, shortest((*field).value));
    }
    void number_or_word(std::string_view key, Field<NumberOrWord>& field, const Range&,
                        const Words&, const About& said) override {
        if (!field.has()) return;
        const NumberOrWord& either = *field;
        write(key, said, either.word.empty() ? shortest(either.number) : in_quotes(either.word));
    }
    void numbers(std::string_view key, Field<std::vector<double>>& field, const Range&, std::size_t,
                 const About& said) override {
        if (!field.has()) return;
        std::vector<std::string> items;
        for (const double x : *field) items.push_back(shortest(x));
        write(key, said, list(items));
    }
    void knots(std::string_view key, Field<std::vector<Knot>>& field, const Range&, const Range&,
               std::size_t, const About& said) override {
        if (!field.has()) return;
        std::vector<std::string> items;
        for (const Knot& knot : *field)
            items.push_back(list({shortest(knot.at), shortest(knot.value)}));
        write(key, said, list(items));
    }
    void texts(std::string_view key, Field<std::vector<std::string>>& field,
               std::span<const std::string>, const About& said) override {
        if (!field.has()) return;
        std::vector<std::string> items;
        for (const std::string& item : *field) items.push_back(in_quotes(item));
        write(key, said, list(items));
    }

  protected:
    void choose(std::string_view key, Field<std::size_t>& index, const Words& words,
                const About& said) override {
        if (index.has()) write(key, said, in_quotes(words.names[*index]));
    }
    bool begin_table(std::string_view key, Section& section, const About&) override {
        if (!section.present) return false;
        const std::string path = path_of(key);
        tables_.push_back({path, fmt::format("\n[{}]\n", path), {}});
        return true;
    }
    std::size_t begin_list(std::string_view key, std::size_t held, std::size_t,
                           const About&) override {
        lists_.push_back(path_of(key));
        return held;
    }
    void begin_item(std::size_t, Section&) override {
        tables_.push_back({lists_.back(), fmt::format("\n[[{}]]\n", lists_.back()), {}});
    }
    void end_table() override {
        const std::string text = result();
        tables_.pop_back();
        tables_.back().inner += text;
    }
    void end_list() override { lists_.pop_back(); }

  private:
    struct OpenTable {
        std::string path;
        std::string keys;   // its header and its own keys
        std::string inner;  // the tables inside it
    };

    std::string path_of(std::string_view key) const {
        const std::string& table = tables_.back().path;
        return table.empty() ? std::string(key) : fmt::format("{}.{}", table, key);
    }
    void write(std::string_view key, const About& said, std::string_view value) {
        if (said.applies) tables_.back().keys += fmt::format("{} = {}\n", key, value);
    }

    PathRange paths_;
    std::vector<OpenTable> tables_;
    std::vector<std::string> lists_;
};

}  // namespace

std::string resolved_text(ScenarioSpec spec, PathRange paths) {
    Writer writer(paths);
    describe(writer, spec);
    return writer.result();
}

}  // namespace hedgestorm::scenario
