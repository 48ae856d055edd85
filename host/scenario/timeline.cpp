// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

namespace {

constexpr double longest_horizon = 100.0;  // years
constexpr double shortest_horizon_days = 1.0 / 86'400.0;
constexpr double most_closures = 100'000.0;

bool beyond(double time, double end) {
    return time > end * (1.0 + same_time);
}

/// Rebalance intervals in `days`, from one of the two ways to say it.
std::uint32_t whole_steps(const Field<std::uint64_t>& steps, const Field<double>& per_day,
                          double days, const std::string& path, Problems& problems) {
    if (steps.has()) return static_cast<std::uint32_t>(*steps);
    const double wanted = *per_day * days;
    if (!(wanted < static_cast<double>(most_steps) + 0.5)) {
        problems.add(per_day.place, path + ".steps_per_day",
                     fmt::format("gives {:.6g} steps, at most {} are taken", wanted, most_steps));
        return 0;
    }
    const double nearest = std::round(wanted);
    if (nearest < 1.0 || std::fabs(wanted - nearest) > 1e-6) {
        problems.add(per_day.place, path + ".steps_per_day",
                     fmt::format("gives {:.10g} steps over {:.10g} days, must give a whole number",
                                 wanted, days),
                     "choose another number, or write steps");
        return 0;
    }
    return static_cast<std::uint32_t>(nearest);
}

/// True where exactly one of the two is typed.
bool one_way(const Field<std::uint64_t>& steps, const Field<double>& per_day,
             const Section& section, Problems& problems) {
    if (steps.typed && per_day.typed)
        problems.add(per_day.place, section.path + ".steps_per_day", "says what steps says already",
                     "keep one of the two");
    if (!steps.typed && !per_day.typed)
        problems.add(section.place, section.path + ".steps", "is missing",
                     "write steps or steps_per_day");
    return steps.typed != per_day.typed && steps.has() != per_day.has();
}

std::vector<Segment> segments_of(const SimulationSpec& spec, const Calendar& calendar,
                                 double horizon, Problems& problems) {
    std::vector<Segment> segments;
    double start = 0.0;
    double start_days = 0.0;
    bool whole = true;
    for (const SegmentSpec& typed : spec.segments) {
        const bool counted = one_way(typed.steps, typed.steps_per_day, typed, problems);
        if (!typed.until.has()) {
            whole = false;
            continue;
        }
        const double until = calendar.years(*typed.until);
        const double until_days = calendar.days(*typed.until);
        if (!(until > start)) {
            problems.add(typed.until.place, typed.path + ".until",
                         "is not after the end of the segment before");
            continue;
        }
        if (beyond(until, horizon))
            problems.add(typed.until.place, typed.path + ".until", "is beyond the horizon");
        const std::uint32_t steps = counted
                                        ? whole_steps(typed.steps, typed.steps_per_day,
                                                      until_days - start_days, typed.path, problems)
                                        : 0;
        segments.push_back({until, steps});
        start = until;
        start_days = until_days;
    }
    if (!whole || segments.empty()) return segments;
    if (std::fabs(start - horizon) <= same_time * horizon)
        segments.back().until = horizon;
    else if (start < horizon)
        problems.add(spec.segments.back().place, spec.segments.back().path + ".until",
                     "is before the horizon", "the last segment ends at the horizon");
    return segments;
}

std::vector<Segment> grid_of(const SimulationSpec& spec, const Calendar& calendar, double horizon,
                             Problems& problems) {
    std::vector<Segment> grid;
    if (!spec.segments.empty()) {
        for (const auto& [typed, place, key] :
             {std::tuple(spec.steps.typed, spec.steps.place, "steps"),
              std::tuple(spec.steps_per_day.typed, spec.steps_per_day.place, "steps_per_day")})
            if (typed)
                problems.add(place, fmt::format("simulation.{}", key),
                             "says what [[simulation.segment]] says already",
                             "keep one of the two");
        grid = segments_of(spec, calendar, horizon, problems);
    } else if (one_way(spec.steps, spec.steps_per_day, spec, problems)) {
        const double days = calendar.days(*spec.horizon);
        grid = {{horizon, whole_steps(spec.steps, spec.steps_per_day, days, spec.path, problems)}};
    }
    std::uint64_t total = 0;
    for (const Segment& segment : grid) total += segment.steps;
    if (total > most_steps)
        problems.add(spec.segments.front().place, "simulation.segment",
                     fmt::format("gives {} steps in all, at most {} are taken", total, most_steps));
    return grid;
}

struct Closure {
    double from, to;
    const ClosedSpec* window;
};

void find_overlaps(std::vector<Closure> closures, Problems& problems) {
    std::sort(closures.begin(), closures.end(),
              [](const Closure& a, const Closure& b) { return a.from < b.from; });
    std::vector<const ClosedSpec*> reported;
    for (std::size_t i = 1; i < closures.size(); ++i) {
        const Closure& earlier = closures[i - 1];
        const Closure& later = closures[i];
        if (later.from >= earlier.to * (1.0 - same_time)) continue;
        const ClosedSpec* window = std::max(earlier.window, later.window);
        const ClosedSpec* other = std::min(earlier.window, later.window);
        if (std::find(reported.begin(), reported.end(), window) != reported.end()) continue;
        reported.push_back(window);
        problems.add(window->place, window->path,
                     window == other ? "overlaps itself: every is shorter than the window"
                                     : fmt::format("overlaps {}", other->path),
                     "closed windows may touch, not overlap");
    }
}

std::vector<ClosedWindow> closed_of(const SimulationSpec& spec, const Calendar& calendar,
                                    double horizon, Problems& problems) {
    std::vector<ClosedWindow> closed;
    std::vector<Closure> closures;
    for (const ClosedSpec& typed : spec.closed) {
        if (!typed.from.has() || !typed.to.has()) continue;
        ClosedWindow window;
        window.from = calendar.years(*typed.from);
        window.to = calendar.years(*typed.to);
        window.every = typed.every.has() ? calendar.years(*typed.every) : 0.0;
        window.variance_weight = typed.variance_weight.has() ? *typed.variance_weight : 0.0;
        const std::size_t before = problems.count();
        if (!(window.to > window.from))
            problems.add(typed.to.place, typed.path + ".to", "is not after from");
        if (beyond(window.from, horizon))
            problems.add(typed.from.place, typed.path + ".from", "is beyond the horizon");
        else if (window.every == 0.0 && beyond(window.to, horizon))
            problems.add(typed.to.place, typed.path + ".to", "is beyond the horizon",
                         "the market opens again by the horizon");
        const double repeats =
            window.every > 0.0 ? std::floor((horizon - window.from) / window.every) : 0.0;
        if (static_cast<double>(closures.size()) + repeats > most_closures)
            problems.add(typed.every.place, typed.path + ".every",
                         fmt::format("makes more than {} closures", most_closures));
        if (problems.count() > before) continue;
        for (double i = 0.0; i <= std::max(repeats, 0.0); ++i)
            closures.push_back(
                {window.from + i * window.every, window.to + i * window.every, &typed});
        closed.push_back(window);
    }
    find_overlaps(std::move(closures), problems);
    return closed;
}

}  // namespace

double Calendar::days(const Time& time) const {
    switch (time.unit) {
        case TimeUnit::years:
            return time.value * days_per_year_;
        case TimeUnit::days:
            return time.value;
        case TimeUnit::hours:
            return time.value / 24.0;
        case TimeUnit::minutes:
            return time.value / 1'440.0;
        case TimeUnit::seconds:
            return time.value / 86'400.0;
    }
    return 0.0;
}

double Calendar::years(const Time& time) const {
    return time.unit == TimeUnit::years ? time.value : days(time) / days_per_year_;
}

Simulation validate_simulation(const SimulationSpec& spec, const Calendar& calendar,
                               Problems& problems) {
    Simulation simulation;
    if (spec.paths.has()) simulation.paths = *spec.paths;
    if (spec.first_path.has()) simulation.first_path = *spec.first_path;
    if (spec.seed.has()) simulation.seed = *spec.seed;
    if (spec.precision.has()) simulation.precision = *spec.precision;
    if (spec.days_per_year.has()) simulation.days_per_year = *spec.days_per_year;
    if (simulation.first_path + simulation.paths > 1ull << 63)
        problems.add(spec.first_path.place, "simulation.first_path",
                     "first_path + paths is above 2^63");
    if (!spec.present || !spec.horizon.has()) return simulation;
    const double horizon = calendar.years(*spec.horizon);
    if (calendar.days(*spec.horizon) < shortest_horizon_days || horizon > longest_horizon) {
        problems.add(spec.horizon.place, "simulation.horizon",
                     fmt::format("is {:.6g} years, must be from 1 second to {} years", horizon,
                                 longest_horizon));
        return simulation;
    }
    simulation.horizon = horizon;
    simulation.segments = grid_of(spec, calendar, horizon, problems);
    simulation.closed = closed_of(spec, calendar, horizon, problems);
    return simulation;
}

}  // namespace hedgestorm::scenario
