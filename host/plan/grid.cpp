// SPDX-License-Identifier: Apache-2.0

#include "host/plan/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/support/error.hpp"

namespace hedgestorm::plan {
namespace {

/// Times closer than this share of the shortest rebalance interval are one time.
constexpr double snap_share = 1e-9;

/// Pieces of one interval that the bridge stream has addresses for.
constexpr std::size_t most_pieces = 256;

struct Window {
    double from;
    double to;
    double weight;
};

std::vector<double> rebalance_times(const scenario::Simulation& simulation) {
    std::vector<double> times = {0.0};
    double start = 0.0;
    for (const auto& segment : simulation.segments) {
        for (std::uint32_t k = 1; k <= segment.steps; ++k) {
            times.push_back(start +
                            (segment.until - start) * (static_cast<double>(k) / segment.steps));
        }
        start = segment.until;
    }
    times.back() = simulation.horizon;
    return times;
}

std::vector<Window> windows(const scenario::Simulation& simulation) {
    std::vector<Window> all;
    for (const auto& closed : simulation.closed) {
        for (std::uint64_t k = 0;; ++k) {
            const double shift = closed.every * static_cast<double>(k);
            if (closed.from + shift >= simulation.horizon) break;
            all.push_back({closed.from + shift, std::min(closed.to + shift, simulation.horizon),
                           closed.variance_weight});
            if (closed.every <= 0.0) break;
            if (all.size() > most_steps)
                throw CapacityError("the closed windows repeat too often to lay out");
        }
    }
    std::sort(all.begin(), all.end(),
              [](const Window& a, const Window& b) { return a.from < b.from; });
    return all;
}

std::vector<double> event_times(const scenario::Scenario& scenario,
                                const std::vector<Window>& closed) {
    std::vector<double> times;
    for (const auto& leg : scenario.book.options) times.push_back(leg.expiry);
    for (const auto& stress : scenario.stresses) {
        if (stress.start != scenario::StressStart::at_time) continue;
        const double end = stress.at + stress.duration;
        times.push_back(stress.at);
        times.push_back(end);
        if (stress.ramp > 0.0) {
            times.push_back(stress.at + stress.ramp);
            times.push_back(end + stress.ramp);
        }
        if (stress.retracement > 0.0) times.push_back(end + stress.retracement_time);
    }
    for (const auto& hedge : scenario.hedges) {
        if (!hedge.funding) continue;
        const double horizon = scenario.simulation.horizon;
        const double stamps = std::floor(horizon / hedge.funding->every * (1.0 + snap_share));
        if (stamps > static_cast<double>(most_steps))
            throw CapacityError("the funding times are too many to lay out");
        for (double k = 1.0; k <= stamps; ++k) times.push_back(k * hedge.funding->every);
    }
    for (const auto& window : closed) {
        times.push_back(window.from);
        times.push_back(window.to);
    }
    std::sort(times.begin(), times.end());
    return times;
}

class Builder {
  public:
    Builder(const scenario::Scenario& scenario)
        : times_(rebalance_times(scenario.simulation)),
          closed_(windows(scenario.simulation)),
          events_(event_times(scenario, closed_)) {
        double shortest = scenario.simulation.horizon;
        for (std::size_t j = 1; j < times_.size(); ++j)
            shortest = std::min(shortest, times_[j] - times_[j - 1]);
        snap_ = snap_share * shortest;
        if (scenario.market.heston) longest_ = scenario.market.heston->longest_step;
    }

    Grid build() {
        Grid grid;
        grid.snap = snap_;
        grid.rebalance_steps = static_cast<std::uint32_t>(times_.size() - 1);
        std::size_t from = 0;
        std::uint32_t rebalance = 0;
        for (std::size_t to = 1; to < times_.size(); ++to) {
            const bool end = to + 1 == times_.size();
            if (!end && is_closed(times_[to])) continue;
            add_interval(grid, times_[from], times_[to], static_cast<std::uint32_t>(from));
            // Nobody trades at the horizon: the book settles and the final mode follows.
            if (!end) grid.steps.back().rebalance = ++rebalance;
            from = to;
            if (grid.steps.size() > most_steps) {
                throw CapacityError(fmt::format(
                    "the grid has more than {} steps (shorten the horizon or take fewer "
                    "steps per day)",
                    most_steps));
            }
        }
        return grid;
    }

  private:
    bool is_closed(double t) {
        while (window_ < closed_.size() && closed_[window_].to <= t + snap_) ++window_;
        return window_ < closed_.size() && closed_[window_].from + snap_ < t &&
               t + snap_ < closed_[window_].to;
    }

    double weight_at(double middle) const {
        const auto after = std::upper_bound(closed_.begin(), closed_.end(), middle,
                                            [](double t, const Window& w) { return t < w.from; });
        if (after == closed_.begin()) return 1.0;
        const Window& window = *std::prev(after);
        return middle < window.to ? window.weight : 1.0;
    }

    /// Adds the ends of equal pieces, none longer than the market's scheme allows.
    void divide(double from, double to, std::vector<double>& ends) const {
        if (longest_ <= 0.0) return;
        const double pieces = std::min(std::ceil((to - from) / longest_ - snap_share),
                                       static_cast<double>(most_pieces + 1));
        for (double k = 1.0; k < pieces; ++k) {
            const double t = from + (to - from) * (k / pieces);
            const auto after = std::lower_bound(ends.begin(), ends.end(), t - snap_);
            if (after == ends.end() || *after > t + snap_) ends.insert(after, t);
        }
    }

    /// One rebalance interval, divided where events fall inside it.
    void add_interval(Grid& grid, double from, double to, std::uint32_t draw) {
        std::vector<double> ends;
        while (event_ < events_.size() && events_[event_] <= from + snap_) ++event_;
        for (std::size_t e = event_; e < events_.size() && events_[e] < to - snap_; ++e) {
            if (ends.empty() || events_[e] > ends.back() + snap_) ends.push_back(events_[e]);
        }
        divide(from, to, ends);
        ends.push_back(to);
        if (ends.size() > most_pieces) {
            throw CapacityError(
                fmt::format("more than {} events and steps of the market's scheme fall between two "
                            "rebalance points at {} years (add rebalance steps there)",
                            most_pieces, from));
        }
        double start = from;
        for (std::size_t k = 0; k < ends.size(); ++k) {
            GridStep step;
            step.from = start;
            step.to = ends[k];
            step.draw = draw;
            step.variance_weight = weight_at(0.5 * (start + ends[k]));
            if (ends.size() > 1) {
                const double length = ends[k] - start;
                const double remaining = to - start;
                // The normal of piece k of interval j is word k mod 4 of bridge block (k/4) 2^24 +
                // j.
                const auto block = static_cast<std::uint32_t>((k >> 2) << 24 | draw);
                step.piece = static_cast<std::int64_t>(grid.pieces.size());
                grid.pieces.push_back(
                    {k == 0 ? std::sqrt(to - from) : 0.0, length / remaining,
                     std::sqrt(std::max(0.0, length * (remaining - length) / remaining)),
                     1.0 / std::sqrt(length), block << 2 | static_cast<std::uint32_t>(k & 3)});
                if (k + 1 == ends.size()) {
                    grid.pieces.back().share = 1.0;
                    grid.pieces.back().spread = 0.0;
                }
            }
            grid.steps.push_back(step);
            start = ends[k];
        }
    }

    std::vector<double> times_;
    std::vector<Window> closed_;
    std::vector<double> events_;
    double snap_ = 0.0;
    double longest_ = 0.0;  ///< step of the market's scheme [years]; 0: any
    std::size_t window_ = 0;
    std::size_t event_ = 0;
};

}  // namespace

std::size_t Grid::step_ending_at(double t) const {
    const auto found = std::lower_bound(
        steps.begin(), steps.end(), t,
        [this](const GridStep& step, double time) { return step.to + snap < time; });
    return static_cast<std::size_t>(found - steps.begin());
}

double Grid::clock_until(double t) const {
    double clock = std::max(0.0, t - steps.back().to);
    for (std::size_t i = 0; i < steps.size() && steps[i].to <= t + snap; ++i)
        clock += steps[i].clock();
    return clock;
}

Grid make_grid(const scenario::Scenario& scenario) {
    return Builder(scenario).build();
}

}  // namespace hedgestorm::plan
