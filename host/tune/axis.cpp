// SPDX-License-Identifier: Apache-2.0

#include "host/tune/axis.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "host/scenario/scalar.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"
#include "host/tune/number.hpp"

namespace hedgestorm::tune {
namespace {

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
    throw UsageError(fmt::format(
        "--vary {}: {} (write key=from:to:count, key=from:to:count:log or key=[a, b, c])",
        escaped(text), why));
}

struct Parts {
    std::string key;
    std::string rest;
};

/// Cut at the first = outside quotes and brackets: a policy's name may hold one.
Parts cut_at_equals(const std::string& text) {
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == ']') {
            depth += c == '[' ? 1 : -1;
        } else if (c == '=' && depth == 0) {
            if (i == 0) break;
            return {text.substr(0, i), text.substr(i + 1)};
        }
    }
    refuse(text, "there is no key before a \"=\"");
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    char quote = 0;
    for (const char c : text) {
        if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        }
        if (c == separator && quote == 0) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    for (std::string& part : parts) {
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
    }
    return parts;
}

std::vector<std::string> texts_of(const std::vector<double>& numbers) {
    std::vector<std::string> texts;
    // Whole numbers stay whole, for keys that count.
    for (const double x : numbers) texts.push_back(fmt::format("{}", x));
    return texts;
}

Axis listed(const std::string& key, const std::string& inside, const std::string& text) {
    Axis axis;
    axis.key = key;
    axis.values = split(inside, ',');
    for (const std::string& value : axis.values) {
        if (value.empty()) refuse(text, "the list has an empty entry");
        if (const auto number = number_in(value)) axis.numbers.push_back(*number);
    }
    if (axis.numbers.size() != axis.values.size()) axis.numbers.clear();
    return axis;
}

}  // namespace

std::vector<double> spaced(double low, double high, std::size_t count, bool logarithmic) {
    std::vector<double> values = {low};
    const double intervals = static_cast<double>(count) - 1.0;
    for (std::size_t i = 1; i < count; ++i) {
        const double share = static_cast<double>(i) / intervals;
        values.push_back(logarithmic ? low * std::pow(high / low, share)
                                     : low + (high - low) * share);
    }
    if (count > 1) values.back() = high;
    return values;
}

Axis parse_axis(const std::string& text) {
    const Parts parts = cut_at_equals(text);
    if (parts.rest.starts_with('[')) {
        if (!parts.rest.ends_with(']')) refuse(text, "the list is not closed by a \"]\"");
        return listed(parts.key, parts.rest.substr(1, parts.rest.size() - 2), text);
    }
    const std::vector<std::string> of = split(parts.rest, ':');
    if (of.size() < 3 || of.size() > 4) refuse(text, "a range has three parts, or four with log");
    const auto low = number_in(of[0]);
    const auto high = number_in(of[1]);
    const auto count = number_in(of[2]);
    if (!low || !high) refuse(text, "from and to must be finite numbers");
    if (*low == *high) refuse(text, "from and to are the same: the range is empty");
    if (!count || *count != std::floor(*count) || *count < 2.0 ||
        *count > static_cast<double>(most_points))
        refuse(text, fmt::format("the count must be a whole number from 2 to {}", most_points));
    Axis axis;
    axis.key = parts.key;
    axis.is_range = true;
    axis.logarithmic = of.size() == 4;
    if (axis.logarithmic && of[3] != "log") refuse(text, "the fourth part can only be log");
    if (axis.logarithmic && (*low <= 0.0 || *high <= 0.0))
        refuse(text, "a logarithmic range must be above 0");
    axis.numbers = spaced(*low, *high, static_cast<std::size_t>(*count), axis.logarithmic);
    axis.values = texts_of(axis.numbers);
    return axis;
}

std::string Range::override_at(double x) const {
    return fmt::format("{}={}", key, x);
}

Range parse_range(const std::string& text) {
    const Parts parts = cut_at_equals(text);
    const std::vector<std::string> of = split(parts.rest, ':');
    const auto wrong = [&](const char* why) {
        throw UsageError(fmt::format("--vary {}: {} (write key=from:to, as in severity=0:3)",
                                     escaped(text), why));
    };
    if (of.size() != 2) wrong("a range to search has two parts");
    const auto low = number_in(of[0]);
    const auto high = number_in(of[1]);
    if (!low || !high) wrong("from and to must be finite numbers");
    if (!(*low < *high)) wrong("from must be below to");
    return {parts.key, *low, *high};
}

Grid::Grid(std::vector<Axis> axes) : axes_(std::move(axes)) {
    if (axes_.size() > most_axes)
        throw UsageError(fmt::format("{} keys are varied, more than {}", axes_.size(), most_axes));
    for (std::size_t a = 0; a < axes_.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            if (axes_[a].key == axes_[b].key)
                throw UsageError(fmt::format("{} is varied twice", escaped(axes_[a].key)));
        }
        size_ *= axes_[a].values.size();
        if (size_ > most_points) {
            throw UsageError(
                fmt::format("the grid has more than {} points (vary fewer keys, or in "
                            "fewer values)",
                            most_points));
        }
    }
}

std::vector<std::size_t> Grid::at(std::size_t point) const {
    std::vector<std::size_t> index(axes_.size());
    for (std::size_t a = axes_.size(); a-- > 0;) {
        index[a] = point % axes_[a].values.size();
        point /= axes_[a].values.size();
    }
    return index;
}

std::vector<std::string> Grid::overrides(std::size_t point) const {
    const std::vector<std::size_t> index = at(point);
    std::vector<std::string> texts;
    for (std::size_t a = 0; a < axes_.size(); ++a) texts.push_back(axes_[a].override_at(index[a]));
    return texts;
}

}  // namespace hedgestorm::tune
