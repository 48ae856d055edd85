// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/scenario/nearest.hpp"
#include "host/scenario/scalar.hpp"

namespace hedgestorm::scenario {

namespace {

std::vector<std::string> owned(const std::vector<std::string_view>& names) {
    return {names.begin(), names.end()};
}

std::string list(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += fmt::format("\"{}\"", name);
    }
    return text;
}

/// Why `word` is none of `words`, as message and hint.
void report_word(const Node& node, const std::string& path, const std::string& word,
                 const Words& words, std::string_view otherwise, Problems& problems) {
    if (std::find(words.later.begin(), words.later.end(), word) != words.later.end()) {
        problems.add(node.place, path,
                     fmt::format("\"{}\" is not available yet in this version", word),
                     fmt::format("available: {}{}", list(words.names), otherwise));
        return;
    }
    std::vector<std::string> all = owned(words.names);
    problems.add(node.place, path,
                 fmt::format("{} is not one of {}{}", shown(node), list(words.names), otherwise),
                 did_you_mean(word, all));
}

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string in_words(const Range& range) {
    const bool low = std::isfinite(range.low);
    const bool high = std::isfinite(range.high);
    if (low && high && range.low == range.high) return fmt::format("{}", range.low);
    std::string text;
    if (low) text += fmt::format("{} {}", range.low_open ? "above" : "at least", range.low);
    if (low && high) text += " and ";
    if (high) text += fmt::format("{} {}", range.high_open ? "below" : "at most", range.high);
    return text;
}

std::optional<double> Reader::as_number(const Node& node, const std::string& path,
                                        const Range& range) {
    const std::optional<double> x = number_in(node);
    if (!x)
        problems_.add(node.place, path, fmt::format("is {}, must be a number", shown(node)));
    else if (!std::isfinite(*x))
        problems_.add(node.place, path, fmt::format("is {}, must be finite", *x));
    else if (!range.holds(*x))
        problems_.add(node.place, path, fmt::format("is {}, must be {}", *x, in_words(range)),
                      *x <= range.low ? std::string(range.why_not_below) : std::string());
    else
        return *x;
    return std::nullopt;
}

void Reader::text(std::string_view key, Field<std::string>& field, std::size_t longest,
                  const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    const std::string* text = text_in(*node);
    if (text == nullptr)
        problems_.add(node->place, path_of(key), fmt::format("is {}, must be text", shown(*node)),
                      "put it in quotes");
    else if (characters(*text) > longest)
        problems_.add(
            node->place, path_of(key),
            fmt::format("is {} characters long, at most {} are taken", characters(*text), longest));
    else
        field.value = *text;
}

void Reader::number(std::string_view key, Field<double>& field, const Range& range,
                    const About& about) {
    if (const Node* node = open(key, field, about))
        field.value = as_number(*node, path_of(key), range);
}

void Reader::integer(std::string_view key, Field<std::uint64_t>& field, std::uint64_t low,
                     std::uint64_t high, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    const std::optional<double> x = number_in(*node);
    const std::optional<Whole> whole = whole_in(*node);
    if (!x)
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be a whole number", shown(*node)));
    else if (!std::isfinite(*x))
        problems_.add(node->place, path_of(key), fmt::format("is {}, must be finite", *x));
    else if (!whole && std::trunc(*x) != *x)
        problems_.add(node->place, path_of(key), fmt::format("is {}, must be a whole number", *x));
    else if (!whole || whole->negative || whole->size < low || whole->size > high)
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be {}", shown(*node),
                                  low == high ? fmt::format("{}", low)
                                              : fmt::format("from {} to {}", low, high)));
    else
        field.value = whole->size;
}

void Reader::seed(std::string_view key, Field<std::uint64_t>& field, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    if (const std::string* digits = text_in(*node))
        field.value = digits_in(*digits);
    else if (const auto whole = whole_in(*node); whole && !whole->negative)
        field.value = whole->size;
    if (!field.has())
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be a whole number from 0 to 18446744073709551615",
                                  shown(*node)),
                      "numbers above 9223372036854775807 are written in quotes");
}

void Reader::flag(std::string_view key, Field<bool>& field, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    if (const bool* flag = node->as<bool>())
        field.value = *flag;
    else
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be true or false", shown(*node)));
}

void Reader::time(std::string_view stem, Field<Time>& field, const Range& range,
                  const About& about) {
    About optional = about;
    optional.required = false;
    std::string first;
    for (std::size_t unit = 0; unit < time_units.size(); ++unit) {
        const std::string key = fmt::format("{}_{}", stem, time_units[unit]);
        const Node* node = find(key, optional);
        if (node == nullptr) continue;
        if (!first.empty()) {
            problems_.add(node->place, path_of(key),
                          fmt::format("says what {} says already", first), "keep one of the two");
            continue;
        }
        first = key;
        field.value.reset();
        field.typed = true;
        field.place = node->place;
        if (const auto x = as_number(*node, path_of(key), range))
            field.value = Time{*x, static_cast<TimeUnit>(unit)};
    }
    if (!first.empty()) return;
    field.place = tables_.back().node->place;
    if (!about.applies || !about.required) return;
    problems_.add(field.place, path_of(fmt::format("{}_days", stem)), "is missing",
                  fmt::format("{} In _years, _days, _hours, _minutes or _seconds", about.text));
}

void Reader::number_or_word(std::string_view key, Field<NumberOrWord>& field, const Range& range,
                            const Words& words, const About& about) {
    const Node* node = open(key, field, about);
    if (node == nullptr) return;
    if (const std::string* word = text_in(*node)) {
        if (std::find(words.names.begin(), words.names.end(), *word) != words.names.end())
            field.value = NumberOrWord{*word};
        else
            report_word(*node, path_of(key), *word, words, ", or a number", problems_);
    } else if (!number_in(*node)) {
        problems_.add(
            node->place, path_of(key),
            fmt::format("is {}, must be a number or one of {}", shown(*node), list(words.names)));
    } else if (const auto x = as_number(*node, path_of(key), range)) {
        field.value = NumberOrWord{{}, *x};
    }
}

void Reader::choose(std::string_view key, Field<std::size_t>& index, const Words& words,
                    const About& about) {
    const Node* node = open(key, index, about);
    if (node == nullptr) return;
    const std::string* word = text_in(*node);
    if (word == nullptr) {
        problems_.add(node->place, path_of(key),
                      fmt::format("is {}, must be one of {}", shown(*node), list(words.names)));
        return;
    }
    const auto found = std::find(words.names.begin(), words.names.end(), *word);
    if (found == words.names.end())
        report_word(*node, path_of(key), *word, words, "", problems_);
    else
        index.value = static_cast<std::size_t>(found - words.names.begin());
}

}  // namespace hedgestorm::scenario
