// SPDX-License-Identifier: Apache-2.0

#include "host/tune/objective.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "host/support/error.hpp"
#include "host/support/escape.hpp"
#include "host/tune/number.hpp"

namespace hedgestorm::tune {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

struct SignedTerm {
    double sign;
    std::string text;
};

/// Cut at the + and - that stand outside brackets and are not the sign of an exponent.
std::vector<SignedTerm> terms_of(std::string_view text) {
    std::vector<SignedTerm> terms = {{1.0, ""}};
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        const bool sign = (c == '+' || c == '-') && depth == 0;
        const bool of_exponent =
            i >= 2 && (text[i - 1] == 'e' || text[i - 1] == 'E') && std::isdigit(text[i - 2]) != 0;
        if (!sign || of_exponent) {
            terms.back().text += c;
        } else if (trimmed(terms.back().text).empty() && terms.size() == 1) {
            terms.back().sign = c == '-' ? -1.0 : 1.0;  // a sign in front of the whole
        } else {
            terms.push_back({c == '-' ? -1.0 : 1.0, ""});
        }
    }
    return terms;
}

std::size_t index_of(const Statistic& statistic, std::vector<Statistic>& statistics) {
    const auto found = std::find(statistics.begin(), statistics.end(), statistic);
    const auto index = static_cast<std::size_t>(found - statistics.begin());
    if (found == statistics.end()) statistics.push_back(statistic);
    return index;
}

}  // namespace

Figure Expression::of(const Score& score) const {
    Figure sum;
    for (const Term& term : terms) sum += score[term.statistic] * term.coefficient;
    return sum;
}

bool Constraint::holds(const Score& score) const {
    const double value = expression.of(score).value;
    return at_most ? value <= bound : value >= bound;
}

Expression parse_expression(const std::string& text, std::vector<Statistic>& statistics) {
    Expression expression;
    for (const SignedTerm& term : terms_of(text)) {
        const std::string_view whole = trimmed(term.text);
        const std::size_t star = whole.find('*');
        double coefficient = term.sign;
        std::string_view statistic = whole;
        if (star != std::string_view::npos) {
            const auto factor = number_in(trimmed(whole.substr(0, star)));
            if (!factor) {
                throw UsageError(
                    fmt::format("\"{}\": what stands before * must be a number, as in "
                                "mean(total_cost) + 0.5 * es_97.5(pnl)",
                                escaped(text)));
            }
            coefficient *= *factor;
            statistic = trimmed(whole.substr(star + 1));
        }
        const Statistic parsed = parse_statistic(std::string(statistic));
        expression.terms.push_back({coefficient, index_of(parsed, statistics)});
        const bool first = expression.text.empty();
        const double shown = std::abs(coefficient);
        expression.text += coefficient < 0.0 ? (first ? "-" : " - ") : (first ? "" : " + ");
        expression.text += shown == 1.0 ? parsed.text : fmt::format("{} * {}", shown, parsed.text);
    }
    return expression;
}

Constraint parse_constraint(const std::string& text, std::vector<Statistic>& statistics) {
    const std::size_t at_most = text.rfind("<=");
    const std::size_t at_least = text.rfind(">=");
    const std::size_t sign = at_most != std::string::npos ? at_most : at_least;
    const auto refuse = [&](const char* why) {
        throw UsageError(fmt::format("\"{}\" is not a constraint: {} (write p(pnl < -1e6) <= 0.01)",
                                     escaped(text), why));
    };
    if (sign == std::string::npos) refuse("there is no <= or >= in it");
    const auto bound = number_in(trimmed(std::string_view(text).substr(sign + 2)));
    if (!bound) refuse("its bound is not a number");
    Constraint constraint;
    constraint.expression = parse_expression(text.substr(0, sign), statistics);
    constraint.at_most = at_most != std::string::npos;
    constraint.bound = *bound;
    constraint.text = fmt::format("{} {} {}", constraint.expression.text,
                                  constraint.at_most ? "<=" : ">=", constraint.bound);
    return constraint;
}

}  // namespace hedgestorm::tune
