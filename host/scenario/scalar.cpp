// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/scalar.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "host/support/escape.hpp"

namespace hedgestorm::scenario {

std::optional<double> number_in(const Node& node) {
    if (const auto* integer = node.as<std::int64_t>()) return static_cast<double>(*integer);
    if (const auto* number = node.as<double>()) return *number;
    if (const auto* cell = node.as<Cell>()) {
        const char* first = cell->text.data();
        const char* last = first + cell->text.size();
        if (first != last && *first == '+') ++first;
        double x = 0.0;
        const auto [end, error] = std::from_chars(first, last, x);
        if (error == std::errc() && end == last) return x;
    }
    return std::nullopt;
}

const std::string* text_in(const Node& node) {
    if (const auto* cell = node.as<Cell>()) return &cell->text;
    return node.as<std::string>();
}

std::optional<Whole> whole_in(const Node& node) {
    if (const auto* integer = node.as<std::int64_t>()) {
        const bool negative = *integer < 0;
        const auto bits = static_cast<std::uint64_t>(*integer);
        return Whole{negative, negative ? 0 - bits : bits};
    }
    const std::optional<double> x = number_in(node);
    constexpr double limit = 18446744073709551616.0;  // 2^64
    if (!x || !(std::fabs(*x) < limit) || std::trunc(*x) != *x) return std::nullopt;
    return Whole{*x < 0, static_cast<std::uint64_t>(std::fabs(*x))};
}

std::optional<std::uint64_t> digits_in(const std::string& text) {
    std::uint64_t value = 0;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (text.empty() || error != std::errc() || end != last) return std::nullopt;
    return value;
}

std::string shortest(double x) {
    std::string text = fmt::format("{}", x);
    if (std::isfinite(x) && text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
}

std::string shown(const Node& node) {
    constexpr std::size_t longest = 60;
    if (const std::string* text = text_in(node)) {
        if (text->size() <= longest) return fmt::format("\"{}\"", escaped(*text));
        std::size_t cut = longest;
        while (cut > 0 && (static_cast<unsigned char>((*text)[cut]) & 0xC0) == 0x80) --cut;
        return fmt::format("\"{}…\"", escaped(text->substr(0, cut)));
    }
    if (const auto* integer = node.as<std::int64_t>()) return fmt::format("{}", *integer);
    if (const auto* number = node.as<double>()) return fmt::format("{}", *number);
    if (const auto* flag = node.as<bool>()) return *flag ? "true" : "false";
    return kind_of(node);
}

}  // namespace hedgestorm::scenario
