// SPDX-License-Identifier: Apache-2.0

// The text of a statistic: NAME(COLUMN), NAME(COLUMN, NUMBER), p(COLUMN < NUMBER).

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "host/scenario/nearest.hpp"
#include "host/support/error.hpp"
#include "host/support/escape.hpp"
#include "host/tune/number.hpp"
#include "host/tune/statistic.hpp"

namespace hedgestorm::tune {

const char* const statistic_names =
    "mean(C), mean_square(C), variance(C), sd(C), q_P(C), var_P(C), es_P(C), p(C < X), p(C > X), "
    "exp_utility(C, A)";

namespace {

struct Plain {
    const char* name;
    StatisticKind kind;
};
constexpr Plain plain_kinds[] = {{"mean", StatisticKind::mean},
                                 {"mean_square", StatisticKind::mean_square},
                                 {"variance", StatisticKind::variance},
                                 {"sd", StatisticKind::sd}};
constexpr Plain level_kinds[] = {
    {"q_", StatisticKind::quantile}, {"var_", StatisticKind::var}, {"es_", StatisticKind::es}};

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
    throw UsageError(fmt::format("\"{}\" is not a statistic: {}", escaped(text), why));
}

std::string trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
}

Column column_in(const std::string& name, const std::string& whole) {
    std::vector<std::string> names;
    for (int c = 0; c < all_columns; ++c) {
        const auto column = static_cast<Column>(c);
        // What a difference is to depends on which policy comes first; here pairs are compared
        // anyway.
        if (column == Column::pnl_difference || column == Column::total_cost_difference) continue;
        if (name == column_info[c].name) return column;
        names.emplace_back(column_info[c].name);
    }
    if (name.empty()) refuse(whole, "it names no outcome, as in mean(total_cost)");
    const std::string near = scenario::did_you_mean(name, names);
    refuse(whole, fmt::format("there is no outcome \"{}\" to take it of{}", escaped(name),
                              near.empty() ? "" : " (" + near + ")"));
}

double parameter_in(const std::string& text, const std::string& whole, const char* what) {
    const auto value = number_in(text);
    if (!value) refuse(whole, fmt::format("\"{}\" is not a number ({})", escaped(text), what));
    return *value;
}

/// p(pnl < -1e6): a probability.
Statistic probability(const std::string& inside, const std::string& text) {
    const std::size_t sign = inside.find_first_of("<>");
    if (sign == std::string::npos) refuse(text, "a probability is p(pnl < -1e6) or p(trades > 50)");
    Statistic statistic;
    statistic.kind = inside[sign] == '<' ? StatisticKind::below : StatisticKind::above;
    statistic.column = column_in(trimmed(inside.substr(0, sign)), text);
    statistic.parameter = parameter_in(trimmed(inside.substr(sign + 1)), text, "the threshold");
    statistic.text =
        fmt::format("p({} {} {})", column_info[static_cast<std::size_t>(statistic.column)].name,
                    inside[sign], statistic.parameter);
    return statistic;
}

/// exp_utility(pnl, 1e-5)
Statistic utility(const std::string& inside, const std::string& text) {
    const std::size_t comma = inside.find(',');
    if (comma == std::string::npos)
        refuse(text, "it wants a risk aversion, as in exp_utility(pnl, 1e-5)");
    Statistic statistic;
    statistic.kind = StatisticKind::exp_utility;
    statistic.column = column_in(trimmed(inside.substr(0, comma)), text);
    statistic.parameter =
        parameter_in(trimmed(inside.substr(comma + 1)), text, "the risk aversion");
    if (!(statistic.parameter > 0.0)) refuse(text, "the risk aversion must be above 0");
    statistic.text = fmt::format("exp_utility({}, {})",
                                 column_info[static_cast<std::size_t>(statistic.column)].name,
                                 statistic.parameter);
    return statistic;
}

}  // namespace

Statistic parse_statistic(const std::string& text) {
    const std::string whole = trimmed(text);
    const std::size_t open = whole.find('(');
    const bool is_bare = open == std::string::npos;
    if (!is_bare && !whole.ends_with(')')) refuse(text, "a \")\" is missing at its end");
    const std::string name = trimmed(whole.substr(0, open));
    const std::string inside =
        is_bare ? "pnl" : trimmed(whole.substr(open + 1, whole.size() - open - 2));
    if (name == "p") return probability(inside, text);
    if (name == "exp_utility") return utility(inside, text);
    Statistic statistic;
    for (const Plain& known : plain_kinds) {
        if (name != known.name) continue;
        statistic.kind = known.kind;
        statistic.column = column_in(inside, text);
        statistic.text = fmt::format("{}({})", name, inside);
        return statistic;
    }
    for (const Plain& known : level_kinds) {
        const std::string prefix = known.name;
        if (!name.starts_with(prefix)) continue;
        const double percent =
            parameter_in(name.substr(prefix.size()), text, "a level in per cent, as in es_97.5");
        if (!(percent > 0.0 && percent < 100.0))
            refuse(text, "a level lies between 0 and 100 per cent");
        statistic.kind = known.kind;
        statistic.parameter = percent / 100.0;
        statistic.column = column_in(inside, text);
        statistic.text = fmt::format("{}{}({})", prefix, percent, inside);
        return statistic;
    }
    refuse(text, fmt::format("known are {}", statistic_names));
}

}  // namespace hedgestorm::tune
