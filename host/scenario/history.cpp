// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/history.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "host/scenario/instant.hpp"
#include "host/scenario/series_file.hpp"

namespace hedgestorm::scenario {

namespace {

/// A rebalance interval and the spacing of a series differ by rounding alone up to this.
constexpr double same_spacing = 1e-6;

/// Share of a spacing that counts as rounding of a time.
constexpr double rounding = 1e-6;

template <class T>
T or_nothing(const Field<T>& field) {
    return field.has() ? *field : T();
}

std::string in_words(const Calendar& calendar, double years) {
    return duration_in_words(calendar.days({years, TimeUnit::years}) * 86'400'000.0);
}

Instant time_of(const Series& series, const Stretch& stretch, std::size_t row) {
    return stretch.start + std::llround(series.spacing_seconds * 1000.0 * static_cast<double>(row));
}

Hawkes hawkes_of(const HawkesSpec& spec, Problems& problems) {
    Hawkes hawkes = {or_nothing(spec.baseline), or_nothing(spec.branching_ratio),
                     or_nothing(spec.decay),    or_nothing(spec.jump_mean),
                     or_nothing(spec.jump_sd),  0.0};
    hawkes.initial_intensity =
        spec.initial_intensity.has() ? *spec.initial_intensity : hawkes.mean_intensity();
    if (hawkes.initial_intensity < hawkes.baseline)
        problems.add(
            spec.initial_intensity.place, spec.path + ".initial_intensity",
            fmt::format("is {}, below the baseline {}", hawkes.initial_intensity, hawkes.baseline),
            "past jumps only ever add to the baseline");
    return hawkes;
}

/// Nothing where something is missing or wrong, which is a problem by then.
std::optional<Series> series_of(const SeriesSpec& spec, const Calendar& calendar,
                                Problems& problems) {
    if (!spec.spacing.has() || spec.stretches.empty()) {
        if (problems.empty())
            problems.add(spec.place, spec.path + ".file", "is missing",
                         "name a CSV file, and its time_column and price_column");
        return std::nullopt;
    }
    Series series;
    series.spacing = calendar.years(*spec.spacing);
    series.spacing_seconds = calendar.days(*spec.spacing) * 86'400.0;
    std::size_t total = 0;
    Instant end = 0;
    for (const StretchSpec& typed : spec.stretches) {
        if (!typed.start.has() || !typed.prices.has()) return std::nullopt;
        const auto start = instant_in(*typed.start);
        if (!start) {
            problems.add(typed.start.place, typed.path + ".start",
                         "is no time: write it like 2020-03-12T00:00:00Z");
            return std::nullopt;
        }
        const Stretch stretch = {*start, *typed.prices};
        if (stretch.prices.empty() || (!series.stretches.empty() && stretch.start <= end)) {
            problems.add(typed.place, typed.path,
                         stretch.prices.empty() ? "has no prices"
                                                : "starts before the end of the one before");
            return std::nullopt;
        }
        end = time_of(series, stretch, stretch.prices.size() - 1);
        total += stretch.prices.size();
        series.stretches.push_back(stretch);
    }
    if (total > most_prices) {
        problems.add(spec.place, spec.path,
                     fmt::format("holds {} prices, at most {} are taken", total, most_prices));
        return std::nullopt;
    }
    return series;
}

/// Per square-root year, of the whole series; 0 where its returns are all the same.
double sample_volatility(const Series& series) {
    const std::vector<double> returns = log_returns(series);
    double mean = 0.0;
    for (const double r : returns) mean += r / static_cast<double>(returns.size());
    double square = 0.0;
    for (const double r : returns) square += (r - mean) * (r - mean);
    return returns.empty()
               ? 0.0
               : std::sqrt(square / static_cast<double>(returns.size()) / series.spacing);
}

Bootstrap bootstrap_of(const BootstrapSpec& spec, const Series& series, const Calendar& calendar,
                       Problems& problems) {
    if (!spec.mean_block.has()) return {1.0};
    const double length = calendar.years(*spec.mean_block);
    const double returns = length / series.spacing;
    if (returns < 1.0 - rounding)
        problems.add(spec.mean_block.place, spec.path + ".mean_block",
                     fmt::format("is {}, shorter than the series' spacing of {}",
                                 in_words(calendar, length), in_words(calendar, series.spacing)),
                     "a block holds at least one return");
    return {std::max(returns, 1.0)};
}

/// Each rebalance interval takes one return.
void check_grid(const ScenarioSpec& spec, const Simulation& simulation, const Series& series,
                const Calendar& calendar, Problems& problems) {
    double start = 0.0;
    for (std::size_t i = 0; i < simulation.segments.size(); ++i) {
        const Segment& segment = simulation.segments[i];
        const double interval = (segment.until - start) / std::max(segment.steps, 1u);
        start = segment.until;
        if (segment.steps == 0 || std::fabs(interval / series.spacing - 1.0) <= same_spacing)
            continue;
        const SimulationSpec& typed = spec.simulation;
        const bool is_segment = i < typed.segments.size();
        const Place place = is_segment          ? typed.segments[i].place
                            : typed.steps.typed ? typed.steps.place
                                                : typed.steps_per_day.place;
        problems.add(place, is_segment ? typed.segments[i].path : "simulation.steps",
                     fmt::format("makes rebalance intervals of {}, and the series has a price "
                                 "every {}: a bootstrap takes one return for each interval",
                                 in_words(calendar, interval), in_words(calendar, series.spacing)),
                     fmt::format("set steps_per_day = {:.10g}", 86'400.0 / series.spacing_seconds));
        return;
    }
}

/// The price at which a replay starts.
class StartFinder {
  public:
    StartFinder(const ReplaySpec& spec, const Series& series, Problems& problems)
        : spec_(spec), series_(series), problems_(problems) {}

    std::optional<Replay> find() const {
        if (spec_.start.typed && spec_.start_row.typed) {
            problems_.add(spec_.start_row.place, spec_.path + ".start_row",
                          "says what start says already", "keep one of the two");
            return std::nullopt;
        }
        if (spec_.start.typed) return by_time();
        return by_row(spec_.start_row.has() ? *spec_.start_row - 1 : 0);
    }

  private:
    std::optional<Replay> by_row(std::size_t row) const {
        std::size_t total = 0;
        for (std::size_t s = 0; s < series_.stretches.size(); ++s) {
            const std::size_t prices = series_.stretches[s].prices.size();
            if (row < total + prices) return Replay{s, row - total, 1};
            total += prices;
        }
        problems_.add(spec_.start_row.place, spec_.path + ".start_row",
                      fmt::format("is {}, the series has {} prices", row + 1, total));
        return std::nullopt;
    }

    std::optional<Replay> by_time() const {
        if (!spec_.start.has()) return std::nullopt;
        const auto refuse = [&](const std::string& message, const std::string& hint) {
            problems_.add(spec_.start.place, spec_.path + ".start", message, hint);
            return std::nullopt;
        };
        const auto time = instant_in(*spec_.start);
        if (!time) return refuse("is no time", "write it like 2020-03-12T00:00:00Z");
        for (std::size_t s = series_.stretches.size(); s-- > 0;) {
            const Stretch& stretch = series_.stretches[s];
            if (stretch.start > *time) continue;
            const double exact =
                static_cast<double>(*time - stretch.start) / (series_.spacing_seconds * 1000.0);
            const auto row = static_cast<std::size_t>(std::llround(exact));
            if (std::fabs(exact - std::round(exact)) < rounding && row < stretch.prices.size())
                return Replay{s, row, 1};
            const std::size_t near =
                std::min(static_cast<std::size_t>(exact), stretch.prices.size() - 1);
            return refuse(
                fmt::format("the series has no price at {}", shown(*time)),
                fmt::format("the last before it is at {}", shown(time_of(series_, stretch, near))));
        }
        return refuse(fmt::format("is {}, before the series", shown(*time)),
                      fmt::format("it starts at {}", shown(series_.stretches.front().start)));
    }

    const ReplaySpec& spec_;
    const Series& series_;
    Problems& problems_;
};

Replay replay_of(const ReplaySpec& spec, const Series& series, double horizon,
                 const Calendar& calendar, Problems& problems) {
    const auto found = StartFinder(spec, series, problems).find();
    if (!found) return {};
    Replay replay = *found;
    const Stretch& stretch = series.stretches[replay.stretch];
    const double jitter = calendar.years(or_nothing(spec.jitter));
    const double moves = std::floor(jitter / series.spacing + rounding);
    const double needed =
        static_cast<double>(replay.row) + moves + std::ceil(horizon / series.spacing - rounding);
    const auto last = static_cast<double>(stretch.prices.size() - 1);
    if (needed > last) {
        const bool gap = replay.stretch + 1 < series.stretches.size();
        const Instant end = time_of(series, stretch, stretch.prices.size() - 1);
        const double latest = last - (needed - static_cast<double>(replay.row));
        problems.add(
            spec.start.typed ? spec.start.place : spec.place, spec.path + ".start",
            fmt::format(
                "from {} the horizon of {}{} reaches beyond {}, where the series {}",
                shown(time_of(series, stretch, replay.row)), in_words(calendar, horizon),
                moves > 0 ? fmt::format(" and the jitter of {}", in_words(calendar, jitter)) : "",
                shown(end), gap ? "has a gap" : "ends"),
            latest >= 0.0
                ? fmt::format("start at {} at the latest, or shorten the horizon",
                              shown(time_of(series, stretch, static_cast<std::size_t>(latest))))
                : "shorten the horizon");
        return {};
    }
    replay.starts = static_cast<std::uint32_t>(moves) + 1;
    return replay;
}

/// History has the volatility it had, and the mean that makes a resampled return fair is taken in
/// advance.
void refuse_multipliers(const ScenarioSpec& spec, Problems& problems) {
    const bool replayed = *spec.market.model == Model::replay;
    for (const StressSpec& stress : spec.stresses) {
        const auto& m = stress.realised_volatility_multiplier;
        if (!m.has() || *m == 1.0) continue;
        if (replayed)
            problems.add(m.place, stress.path + ".realised_volatility_multiplier",
                         "does nothing to a replayed series", "take it out, or use a spot_move");
        else if (!stress.at.typed)
            problems.add(m.place, stress.path + ".realised_volatility_multiplier",
                         "needs a time: the mean of resampled returns is worked out in advance for "
                         "each multiplier",
                         "give the stress a time, or use a spot_move");
    }
}

}  // namespace

std::vector<double> log_returns(const Series& series) {
    std::vector<double> returns;
    for (const Stretch& stretch : series.stretches)
        for (std::size_t i = 1; i < stretch.prices.size(); ++i)
            returns.push_back(std::log(stretch.prices[i] / stretch.prices[i - 1]));
    return returns;
}

void validate_history(const ScenarioSpec& spec, const Calendar& calendar, Scenario& scenario,
                      Problems& problems) {
    const MarketSpec& typed = spec.market;
    Market& market = scenario.market;
    if (market.model == Model::hawkes && typed.hawkes.present)
        market.hawkes = hawkes_of(typed.hawkes, problems);
    const bool bootstrap = market.model == Model::bootstrap;
    if (!bootstrap && market.model != Model::replay) return;
    refuse_multipliers(spec, problems);
    if (!typed.series.present) return;
    market.series = series_of(typed.series, calendar, problems);
    if (!market.series) return;
    market.volatility = sample_volatility(*market.series);
    if (!(market.volatility > 0.0)) {
        problems.add(typed.series.place, typed.series.path, "has returns that are all the same",
                     "two different returns are the least");
        return;
    }
    if (bootstrap) {
        market.bootstrap = bootstrap_of(typed.bootstrap, *market.series, calendar, problems);
        check_grid(spec, scenario.simulation, *market.series, calendar, problems);
    } else if (scenario.simulation.horizon > 0.0) {
        market.replay = replay_of(typed.replay, *market.series, scenario.simulation.horizon,
                                  calendar, problems);
    }
}

}  // namespace hedgestorm::scenario
