// SPDX-License-Identifier: Apache-2.0
#pragma once

// The vocabulary in which the key table is written (sections.cpp), and what anything that walks
// the table implements: the reader (file -> spec), the resolved text (spec -> file), the schema.

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/scenario/spec.hpp"

namespace hedgestorm::scenario {

/// Values a number may take; each end is in the range unless open.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_open = false;
    bool high_open = false;
    std::string_view why_not_below = {};  ///< why nothing lower is taken, where that is not plain

    bool holds(double x) const {
        return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high);
    }
};
constexpr Range any_number() {
    return {};
}
constexpr Range above(double low) {
    return {.low = low, .low_open = true};
}
constexpr Range at_least(double low) {
    return {.low = low};
}
constexpr Range between(double low, double high) {
    return {.low = low, .high = high};
}
constexpr Range above_to(double low, double high) {
    return {.low = low, .high = high, .low_open = true};
}
std::string in_words(const Range& range);

/// What is said of a key, beside its name and type: about("…").in("per year").needed().
struct About {
    std::string_view text;  ///< one sentence
    std::string_view unit;  ///< of a number
    bool required = false;
    bool applies = true;         ///< false: another key's value rules this one out …
    std::string_view goes_with;  ///< … unless that key has this value

    constexpr About in(std::string_view its_unit) const {
        About copy = *this;
        copy.unit = its_unit;
        return copy;
    }
    constexpr About needed(bool is_needed = true) const {
        About copy = *this;
        copy.required = is_needed;
        return copy;
    }
    constexpr About only(bool does_apply, std::string_view with) const {
        About copy = *this;
        copy.applies = does_apply;
        copy.goes_with = with;
        return copy;
    }
};
constexpr About about(std::string_view text) {
    About said;
    said.text = text;
    return said;
}

/// One value of a key that takes words.
template <class E>
struct Word {
    std::string_view name;
    E value;
};

/// The words of a key as walkers see them. `later`: words of the plan, not of this version.
struct Words {
    std::vector<std::string_view> names;
    std::vector<std::string_view> later;
};

inline constexpr std::array<std::string_view, 5> time_units = {"years", "days", "hours", "minutes",
                                                               "seconds"};

/// Walks the key table once, with one spec.
class Keys {
  public:
    virtual ~Keys() = default;

    virtual void text(std::string_view key, Field<std::string>& field, std::size_t longest,
                      const About& about) = 0;
    virtual void number(std::string_view key, Field<double>& field, const Range& range,
                        const About& about) = 0;
    virtual void integer(std::string_view key, Field<std::uint64_t>& field, std::uint64_t low,
                         std::uint64_t high, const About& about) = 0;
    virtual void seed(std::string_view key, Field<std::uint64_t>& field, const About& about) = 0;
    virtual void flag(std::string_view key, Field<bool>& field, const About& about) = 0;
    /// A time: the key is `stem`_years, _days, _hours, _minutes or _seconds, exactly one of them.
    virtual void time(std::string_view stem, Field<Time>& field, const Range& range,
                      const About& about) = 0;
    virtual void number_or_word(std::string_view key, Field<NumberOrWord>& field,
                                const Range& range, const Words& words, const About& about) = 0;
    virtual void numbers(std::string_view key, Field<std::vector<double>>& field,
                         const Range& range, std::size_t most, const About& about) = 0;
    /// Pairs of a time and a value, at least one, times ascending.
    virtual void knots(std::string_view key, Field<std::vector<Knot>>& field, const Range& at,
                       const Range& value, std::size_t most, const About& about) = 0;
    /// Texts, each one of `known` unless that is empty.
    virtual void texts(std::string_view key, Field<std::vector<std::string>>& field,
                       std::span<const std::string> known, const About& about) = 0;

    /// A key that takes one of a few words, each standing for a value of an enum.
    template <class E, std::size_t n>
    void choice(std::string_view key, Field<E>& field, const Word<E> (&words)[n],
                std::vector<std::string_view> later, const About& about) {
        Words names = {{}, std::move(later)};
        Field<std::size_t> index;
        for (std::size_t i = 0; i < n; ++i) {
            names.names.push_back(words[i].name);
            if (field.has() && words[i].value == *field) index.value = i;
        }
        choose(key, index, names, about);
        field.value = index.has() ? std::optional<E>(words[*index].value) : std::nullopt;
        field.typed = index.typed;
        field.place = index.place;
    }

    /// [key]
    template <class S>
    void table(std::string_view key, S& section, const About& about) {
        if (!begin_table(key, section, about)) return;
        describe(*this, section);
        end_table();
    }

    /// [[key]]
    template <class S>
    void tables(std::string_view key, std::vector<S>& sections, std::size_t most,
                const About& about) {
        sections.resize(begin_list(key, sections.size(), most, about));
        for (std::size_t i = 0; i < sections.size(); ++i) {
            begin_item(i, sections[i]);
            describe(*this, sections[i]);
            end_table();
        }
        end_list();
    }

  protected:
    virtual void choose(std::string_view key, Field<std::size_t>& index, const Words& words,
                        const About& about) = 0;
    /// False: leave this table out.
    virtual bool begin_table(std::string_view key, Section& section, const About& about) = 0;
    /// How many tables there are, given how many the spec holds.
    virtual std::size_t begin_list(std::string_view key, std::size_t held, std::size_t most,
                                   const About& about) = 0;
    virtual void begin_item(std::size_t index, Section& section) = 0;
    virtual void end_table() = 0;
    virtual void end_list() = 0;
};

}  // namespace hedgestorm::scenario
