// SPDX-License-Identifier: Apache-2.0
#include "host/cli/show_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "host/support/escape.hpp"

namespace hedgestorm::cli {

namespace {

constexpr const char* not_available = "n/a";
constexpr int most_decimals = 9;
constexpr double largest_plain = 1e15;  // above, a double has no decimals left to show

/// Decimals that show `error` with two significant digits; may be negative.
int decimals_for(double error) {
    return 1 - static_cast<int>(std::floor(std::log10(error)));
}

bool usable(double error) {
    return std::isfinite(error) && error > 0.0;
}

/// "-12345.6" as "-12,345.6".
std::string group_digits(std::string number) {
    const std::size_t start = number.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(number.find('.'), number.size());
    for (std::size_t place = end; place > start + 3;) number.insert(place -= 3, ",");
    return number;
}

/// A number with `decimals` (-2: to the nearest hundred), or one too small or too large for that in
/// powers of ten.
std::string decimal(double value, int decimals) {
    if (!std::isfinite(value)) return not_available;
    if (decimals > most_decimals || std::abs(value) >= largest_plain)
        return fmt::format("{:.{}e}", value, 3);
    const double unit = std::pow(10.0, std::max(-decimals, 0));
    const double rounded = decimals < 0 ? std::round(value / unit) * unit : value;
    const std::string shown = fmt::format("{:.{}f}", rounded, std::max(decimals, 0));
    // A minus sign before nothing but zeros says less than it seems to.
    const bool zero = shown.find_first_not_of("-0.") == std::string::npos;
    return group_digits(zero && shown.starts_with('-') ? shown.substr(1) : shown);
}

struct Range {
    char32_t first, last;
};

/// Characters that take two columns (East Asian wide and emoji), coarsely.
constexpr std::array<Range, 9> wide = {{{0x1100, 0x115F},
                                        {0x2E80, 0xA4CF},
                                        {0xAC00, 0xD7A3},
                                        {0xF900, 0xFAFF},
                                        {0xFE30, 0xFE6F},
                                        {0xFF00, 0xFF60},
                                        {0xFFE0, 0xFFE6},
                                        {0x1F300, 0x1FAFF},
                                        {0x20000, 0x3FFFD}}};
/// Characters that take none: combining marks, joiners and variation selectors.
constexpr std::array<Range, 4> narrowest = {
    {{0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};

template <std::size_t N>
bool among(const std::array<Range, N>& ranges, char32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

/// Bytes and columns of the first character of `text`.
struct Character {
    std::size_t bytes;
    int columns;
};

Character first_of(std::string_view text) {
    const std::size_t bytes = utf8_length(text);
    if (bytes <= 1) return {1, 1};
    char32_t code = static_cast<unsigned char>(text[0]) & (0x7Fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    if (among(narrowest, code)) return {bytes, 0};
    return {bytes, among(wide, code) ? 2 : 1};
}

}  // namespace

std::string with_error(const risk::Estimate& e) {
    if (!std::isfinite(e.value)) return not_available;
    if (e.se == 0.0) return plain_number(e.value) + " ± 0";
    if (!usable(e.se)) return plain_number(e.value) + " ± " + not_available;
    const int decimals = decimals_for(e.se);
    if (decimals > most_decimals) return fmt::format("{:.3e} ± {:.1e}", e.value, e.se);
    return decimal(e.value, decimals) + " ± " + decimal(e.se, decimals);
}

std::string with_interval(const risk::Estimate& e) {
    if (!std::isfinite(e.value)) return not_available;
    const double error = (e.high - e.low) / (2.0 * 1.96);
    if (!usable(error)) {
        return fmt::format("{} [{}, {}]", plain_number(e.value), plain_number(e.low),
                           plain_number(e.high));
    }
    const int decimals = decimals_for(error);
    return fmt::format("{} [{}, {}]", decimal(e.value, decimals), decimal(e.low, decimals),
                       decimal(e.high, decimals));
}

std::string plain_number(double value, int digits) {
    if (!std::isfinite(value)) return not_available;
    if (value == 0.0) return "0";
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    if (exponent < -5 || exponent > 14) return fmt::format("{:.{}g}", value, digits);
    std::string shown = decimal(value, digits - 1 - exponent);
    if (shown.find('.') != std::string::npos) {
        shown.erase(shown.find_last_not_of('0') + 1);
        if (shown.ends_with('.')) shown.pop_back();
    }
    return shown;
}

std::string grouped(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t place = digits.size(); place > 3;) digits.insert(place -= 3, ",");
    return digits;
}

std::string counted(std::uint64_t count, const std::string& noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string percent(const std::string& level) {
    if (!level.starts_with("0.") || level.size() < 3) return level;
    std::string digits = level.substr(2);
    if (digits.size() == 1) digits += '0';
    const std::string whole = digits.substr(0, 2), rest = digits.substr(2);
    return (whole.starts_with('0') ? whole.substr(1) : whole) + (rest.empty() ? "" : "." + rest) +
           " %";
}

int display_width(std::string_view text) {
    int columns = 0;
    while (!text.empty()) {
        const Character character = first_of(text);
        columns += character.columns;
        text.remove_prefix(character.bytes);
    }
    return columns;
}

std::string cut(const std::string& text, int width) {
    if (display_width(text) <= width) return text;
    std::string_view rest = text;
    std::string kept;
    int columns = 0;
    while (!rest.empty()) {
        const Character character = first_of(rest);
        if (columns + character.columns > width - 1) break;
        columns += character.columns;
        kept += rest.substr(0, character.bytes);
        rest.remove_prefix(character.bytes);
    }
    return kept + "…";
}

std::string wrapped(const std::vector<std::string>& items, const std::string& separator, int width,
                    int indent) {
    std::string lines;
    int column = 0;
    for (const std::string& item : items) {
        const int length = display_width(item), gap = display_width(separator);
        if (column > 0 && column + gap + length > width) {
            lines += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
            column = indent;
        } else if (column > 0) {
            lines += separator;
            column += gap;
        }
        lines += item;
        column += length;
    }
    return lines + "\n";
}

}  // namespace hedgestorm::cli
