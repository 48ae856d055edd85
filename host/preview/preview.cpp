// SPDX-License-Identifier: Apache-2.0
#include "host/preview/preview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/plan/plan.hpp"
#include "host/preview/observe.hpp"
#include "host/preview/times.hpp"
#include "host/risk/intervals.hpp"
#include "host/run/processors.hpp"
#include "host/support/error.hpp"

namespace hedgestorm::preview {
namespace {

/// Times in a fan: as many as a picture of ordinary size has use for.
constexpr std::size_t most_times = 400;

/// Samples end between these quantiles of the price.
constexpr double lowest_sample = 0.025;
constexpr double highest_sample = 0.975;

/// Places of the paths that are numbers to the end, by their price there, lowest first.
std::vector<std::size_t> by_final_price(const Observations& seen) {
    const float* final = seen.at(0, seen.times().size() - 1);
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < seen.watch().paths; ++p)
        if (std::isfinite(final[p])) order.push_back(p);
    // Equal prices in the order of path numbers, so that samples are the same on every machine.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return final[a] < final[b]; });
    return order;
}

Fan make_fan(const Observations& seen, std::size_t q, const std::vector<std::size_t>& paths,
             const std::vector<risk::QuantileRanks>& ranks) {
    Fan fan{};
    fan.quantity = seen.watch().quantities[q];
    fan.first = seen.first_time(fan.quantity);
    fan.open = std::any_of(ranks.begin(), ranks.end(), [](const auto& rank) { return rank.open; });
    std::vector<float> values(paths.size());
    for (std::size_t t = fan.first; t < seen.times().size(); ++t) {
        const float* row = seen.at(q, t);
        std::transform(paths.begin(), paths.end(), values.begin(),
                       [&](std::size_t p) { return row[p]; });
        const std::vector<risk::Estimate> here = quantiles(values, ranks);
        for (std::size_t k = 0; k < fan_size; ++k) fan.quantile[k].push_back(here[k]);
    }
    return fan;
}

Sample make_sample(const Observations& seen, const std::vector<Fan>& fans, std::size_t place) {
    Sample sample;
    sample.path = seen.watch().first_path + place;
    for (std::size_t q = 0; q < fans.size(); ++q) {
        auto& values = sample.values.emplace_back();
        for (std::size_t t = fans[q].first; t < seen.times().size(); ++t)
            values.push_back(seen.at(q, t)[place]);
    }
    return sample;
}

void mark_stresses(const scenario::Scenario& scenario, Preview& preview) {
    for (const scenario::Stress& stress : scenario.stresses) {
        if (stress.start != scenario::StressStart::at_time) {
            preview.unscheduled.push_back(stress.name);
        } else if (stress.at < scenario.simulation.horizon) {
            preview.stresses.push_back({stress.name, stress.at});
        }
    }
    std::stable_sort(preview.stresses.begin(), preview.stresses.end(),
                     [](const StressMark& a, const StressMark& b) { return a.at < b.at; });
}

}  // namespace

bool Fan::is_certain() const {
    for (std::size_t t = 0; t < quantile[0].size(); ++t)
        if (quantile[0][t].low != quantile[fan_size - 1][t].high) return false;
    return true;
}

std::vector<risk::Estimate> quantiles(std::vector<float>& values,
                                      const std::vector<risk::QuantileRanks>& ranks) {
    std::sort(values.begin(), values.end());
    std::vector<risk::Estimate> found;
    for (const risk::QuantileRanks& rank : ranks) {
        const double low = values[rank.low - 1], high = values[rank.high - 1];
        found.push_back(
            {values[rank.rank - 1], (high - low) / (2.0 * risk::normal_975), low, high});
    }
    return found;
}

Preview preview(const scenario::Scenario& scenario, const Options& options) {
    const plan::Plan plan(scenario, plan::Purpose::traces);
    Watch watch;
    watch.first_path = scenario.simulation.first_path;
    watch.paths = options.paths;
    // t_0 is a time too.
    const std::vector<Span> closed = closed_spans(scenario.simulation);
    watch.steps = shown_steps(plan.grid(), event_times(scenario),
                              closing_times(closed, scenario.simulation.horizon), most_times - 1);
    watch.quantities = quantities_of(scenario);

    Preview made;
    made.name = scenario.name;
    made.model = scenario::name_of(scenario.market.model);
    made.displacement = scenario.market.displacement;
    made.engine = run::widest_cpu_engine();
    made.days_per_year = scenario.simulation.days_per_year;
    made.seed = scenario.simulation.seed;
    made.steps = plan.grid().steps.size();
    const Observations seen =
        observe(scenario, plan, std::move(watch), made.engine, run::usable_processors());
    made.times = seen.times();

    const std::vector<std::size_t> paths = by_final_price(seen);
    made.paths = paths.size();
    made.flagged = options.paths - paths.size();
    if (paths.size() < fewest_paths) {
        throw EngineError(
            fmt::format("{} of {} paths left the range of prices, and the rest is too few for a "
                        "fan (hedgestorm "
                        "check finds nothing wrong; look at volatilities and jumps)",
                        made.flagged, options.paths));
    }
    std::vector<risk::QuantileRanks> ranks;
    for (const risk::Fraction p : fan_probabilities)
        ranks.push_back(risk::quantile_ranks(paths.size(), p));
    for (std::size_t q = 0; q < seen.watch().quantities.size(); ++q)
        made.fans.push_back(make_fan(seen, q, paths, ranks));
    for (std::size_t s = 0; s < options.samples; ++s) {
        const double share = options.samples == 1
                                 ? 0.5
                                 : lowest_sample + (highest_sample - lowest_sample) *
                                                       static_cast<double>(s) /
                                                       static_cast<double>(options.samples - 1);
        const auto rank = static_cast<std::size_t>(share * static_cast<double>(paths.size()));
        made.samples.push_back(make_sample(seen, made.fans, paths[rank]));
    }
    made.lowest = make_sample(seen, made.fans, paths.front());
    made.closed = closed;
    mark_stresses(scenario, made);
    return made;
}

}  // namespace hedgestorm::preview
