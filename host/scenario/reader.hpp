// SPDX-License-Identifier: Apache-2.0
#pragma once

// Walks the key table beside a document: fills the spec, reports what does not fit, and finds at
// the end of each table the keys nobody asked for.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/scenario/document.hpp"
#include "host/scenario/keys.hpp"
#include "host/scenario/problems.hpp"

namespace hedgestorm::scenario {

class Reader final : public Keys {
  public:
    Reader(const Node& document, Problems& problems);

    /// Every key asked for in the current table.
    const std::vector<std::string>& known() const { return tables_.back().known; }
    /// Reports the keys of the outermost table nobody asked for.
    void finish() { report_unknown(); }

    void text(std::string_view key, Field<std::string>& field, std::size_t longest,
              const About& about) override;
    void number(std::string_view key, Field<double>& field, const Range& range,
                const About& about) override;
    void integer(std::string_view key, Field<std::uint64_t>& field, std::uint64_t low,
                 std::uint64_t high, const About& about) override;
    void seed(std::string_view key, Field<std::uint64_t>& field, const About& about) override;
    void flag(std::string_view key, Field<bool>& field, const About& about) override;
    void time(std::string_view stem, Field<Time>& field, const Range& range,
              const About& about) override;
    void number_or_word(std::string_view key, Field<NumberOrWord>& field, const Range& range,
                        const Words& words, const About& about) override;
    void numbers(std::string_view key, Field<std::vector<double>>& field, const Range& range,
                 std::size_t most, const About& about) override;
    void knots(std::string_view key, Field<std::vector<Knot>>& field, const Range& at,
               const Range& value, std::size_t most, const About& about) override;
    void texts(std::string_view key, Field<std::vector<std::string>>& field,
               std::span<const std::string> known, const About& about) override;

  protected:
    void choose(std::string_view key, Field<std::size_t>& index, const Words& words,
                const About& about) override;
    bool begin_table(std::string_view key, Section& section, const About& about) override;
    std::size_t begin_list(std::string_view key, std::size_t held, std::size_t most,
                           const About& about) override;
    void begin_item(std::size_t index, Section& section) override;
    void end_table() override;
    void end_list() override { lists_.pop_back(); }

  private:
    struct OpenTable {
        const Node* node;
        std::string path;
        std::vector<std::string> known;
    };
    struct OpenList {
        const Array* items;
        std::string path;
    };

    std::string path_of(std::string_view key) const;
    /// The node under `key`; null where it is not there, or reported because it does not belong.
    const Node* find(std::string_view key, const About& about);
    /// find, leaving in `field` whether and where it was typed, and nothing of its default.
    template <class T>
    const Node* open(std::string_view key, Field<T>& field, const About& about);
    std::optional<double> as_number(const Node& node, const std::string& path, const Range& range);
    void report_unknown();

    std::vector<OpenTable> tables_;
    std::vector<OpenList> lists_;
    Problems& problems_;
};

template <class T>
const Node* Reader::open(std::string_view key, Field<T>& field, const About& about) {
    const Node* node = find(key, about);
    if (node == nullptr) {
        field.place = tables_.back().node->place;
        return nullptr;
    }
    field.value.reset();
    field.typed = true;
    field.place = node->place;
    return node;
}

}  // namespace hedgestorm::scenario
