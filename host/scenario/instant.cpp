// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/instant.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace hedgestorm::scenario {

namespace {

/// Whole numbers below this are seconds, beyond it milliseconds: the year 5138, or March 1973.
constexpr std::int64_t first_milliseconds = 100'000'000'000;
constexpr std::int64_t last_milliseconds = 100'000'000'000'000;

/// Takes the parts of a time off the front of a text.
class Parts {
  public:
    explicit Parts(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    bool take(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// A number of exactly `digits` digits, at most `most`.
    std::optional<int> number(std::size_t digits, int most) {
        if (rest_.size() < digits) return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value <= most ? std::optional(value) : std::nullopt;
    }
    /// Digits after a decimal point, as milliseconds; finer ones are dropped.
    std::optional<int> fraction() {
        int value = 0;
        int place = 100;
        std::size_t digits = 0;
        for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
            value += (rest_[digits] - '0') * place;
            place /= 10;
        }
        rest_.remove_prefix(digits);
        return digits > 0 ? std::optional(value) : std::nullopt;
    }

  private:
    std::string_view rest_;
};

std::optional<Instant> date_in(Parts& parts) {
    using namespace std::chrono;
    const auto year_number = parts.number(4, 9999);
    if (!year_number || !parts.take('-')) return std::nullopt;
    const auto month_number = parts.number(2, 12);
    if (!month_number || !parts.take('-')) return std::nullopt;
    const auto day_number = parts.number(2, 31);
    if (!day_number) return std::nullopt;
    const year_month_day date(year(*year_number), month(static_cast<unsigned>(*month_number)),
                              day(static_cast<unsigned>(*day_number)));
    if (!date.ok()) return std::nullopt;
    return duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count();
}

/// Hours, minutes, seconds and fraction, as milliseconds.
std::optional<Instant> clock_in(Parts& parts) {
    const auto hours = parts.number(2, 23);
    if (!hours || !parts.take(':')) return std::nullopt;
    const auto minutes = parts.number(2, 59);
    if (!minutes) return std::nullopt;
    Instant time = (*hours * 60 + *minutes) * Instant{60'000};
    if (!parts.take(':')) return time;
    const auto seconds = parts.number(2, 60);  // 60: a leap second
    if (!seconds) return std::nullopt;
    time += *seconds * Instant{1000};
    if (!parts.take('.')) return time;
    const auto fraction = parts.fraction();
    if (!fraction) return std::nullopt;
    return time + *fraction;
}

/// What "Z", "+01:00", "-0530" or nothing adds to UTC.
std::optional<Instant> offset_in(Parts& parts) {
    if (parts.done() || parts.take('Z')) return 0;
    const bool east = parts.take('+');
    if (!east && !parts.take('-')) return std::nullopt;
    const auto hours = parts.number(2, 23);
    if (!hours) return std::nullopt;
    int minutes = 0;
    if (!parts.done()) {
        parts.take(':');
        const auto typed = parts.number(2, 59);
        if (!typed) return std::nullopt;
        minutes = *typed;
    }
    const Instant offset = (*hours * 60 + minutes) * Instant{60'000};
    return east ? offset : -offset;
}

std::optional<Instant> number_in(std::string_view text) {
    Instant value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (value < 0 || value >= last_milliseconds) return std::nullopt;
    return value < first_milliseconds ? value * 1000 : value;
}

}  // namespace

std::optional<Instant> instant_in(std::string_view text) {
    if (const auto number = number_in(text)) return number;
    Parts parts(text);
    const auto date = date_in(parts);
    if (!date || parts.done()) return date;
    if (!parts.take('T') && !parts.take(' ')) return std::nullopt;
    const auto clock = clock_in(parts);
    if (!clock) return std::nullopt;
    const auto offset = offset_in(parts);
    if (!offset || !parts.done()) return std::nullopt;
    return *date + *clock - *offset;
}

std::string shown(Instant instant) {
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(instant)};
    const sys_days days = floor<std::chrono::days>(time);
    const year_month_day date(days);
    const hh_mm_ss clock(time - days);
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (clock.subseconds().count() != 0) text += fmt::format(".{:03}", clock.subseconds().count());
    return text + 'Z';
}

std::string duration_in_words(double milliseconds) {
    const struct {
        double size;
        const char* name;
    } units[] = {{86'400'000.0, "day"}, {3'600'000.0, "hour"}, {60'000.0, "minute"}};
    for (const auto& unit : units)
        if (milliseconds >= unit.size * (1.0 - 1e-9)) {
            const double count = milliseconds / unit.size;
            return fmt::format("{:.10g} {}{}", count, unit.name, count == 1.0 ? "" : "s");
        }
    const double seconds = milliseconds / 1000.0;
    return fmt::format("{:.10g} second{}", seconds, seconds == 1.0 ? "" : "s");
}

}  // namespace hedgestorm::scenario
