// SPDX-License-Identifier: Apache-2.0
#include "host/preview/times.hpp"

#include <algorithm>
#include <set>

#include "hedgestorm/contract.hpp"

namespace hedgestorm::preview {
namespace {

using Steps = std::set<std::uint32_t>;

/// `most` of them, spread evenly, the last one among them.
std::vector<std::uint32_t> thinned(const Steps& steps, std::size_t most) {
    std::vector<std::uint32_t> all(steps.begin(), steps.end());
    if (all.size() <= most) return all;
    std::vector<std::uint32_t> some;
    for (std::size_t k = 1; k <= most; ++k) some.push_back(all[k * all.size() / most - 1]);
    return some;
}

/// The step that ends nearest to time t.
std::uint32_t nearest(const plan::Grid& grid, double t) {
    const auto after =
        std::lower_bound(grid.steps.begin(), grid.steps.end(), t,
                         [](const plan::GridStep& step, double time) { return step.to < time; });
    if (after == grid.steps.end()) return static_cast<std::uint32_t>(grid.steps.size() - 1);
    const auto i = static_cast<std::uint32_t>(after - grid.steps.begin());
    return t - after->from < after->to - t && i > 0 ? i - 1 : i;
}

}  // namespace

std::vector<Span> closed_spans(const scenario::Simulation& simulation) {
    std::vector<Span> spans;
    for (const scenario::ClosedWindow& window : simulation.closed) {
        for (std::uint64_t k = 0;; ++k) {
            const double shift = window.every * static_cast<double>(k);
            if (window.from + shift >= simulation.horizon) break;
            spans.push_back({window.from + shift, std::min(window.to + shift, simulation.horizon)});
            if (window.every <= 0.0) break;
        }
    }
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    return spans;
}

std::vector<double> closing_times(const std::vector<Span>& closed, double horizon) {
    std::set<double> times;
    for (const Span& span : closed) {
        for (const double t : {span.from, span.to})
            if (t > 0.0 && t < horizon) times.insert(t);
    }
    return {times.begin(), times.end()};
}

std::vector<double> event_times(const scenario::Scenario& scenario) {
    const double horizon = scenario.simulation.horizon;
    std::set<double> times;
    const auto add = [&](double t) {
        if (t > 0.0 && t < horizon) times.insert(t);
    };
    for (const scenario::Stress& stress : scenario.stresses) {
        if (stress.start != scenario::StressStart::at_time) continue;
        add(stress.at);
        add(stress.at + stress.duration);
        if (stress.retracement > 0.0) add(stress.at + stress.duration + stress.retracement_time);
    }
    for (const scenario::Segment& segment : scenario.simulation.segments) add(segment.until);
    return {times.begin(), times.end()};
}

std::vector<std::uint32_t> shown_steps(const plan::Grid& grid, const std::vector<double>& events,
                                       const std::vector<double>& closing, std::size_t most) {
    HS_EXPECT(most >= 2 && !grid.steps.empty());
    const auto last = static_cast<std::uint32_t>(grid.steps.size() - 1);
    Steps shown = {last};
    for (const double t : events) {
        // Multipliers jump: without the time before, a jump would look like a slope.
        const std::uint32_t step = nearest(grid, t);
        if (step > 0) shown.insert(step - 1);
        shown.insert(step);
        if (step < last) shown.insert(step + 1);
    }
    if (closing.size() < most / 2)
        for (const double t : closing) shown.insert(nearest(grid, t));
    if (shown.size() >= most) return thinned(shown, most);
    const double horizon = grid.steps.back().to;
    const std::size_t others = most - shown.size();
    for (std::size_t k = 1; k <= others; ++k)
        shown.insert(nearest(grid, horizon * static_cast<double>(k) / static_cast<double>(others)));
    return {shown.begin(), shown.end()};
}

}  // namespace hedgestorm::preview
