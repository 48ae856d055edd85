// SPDX-License-Identifier: Apache-2.0
#include "host/cli/preview_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "host/cli/page.hpp"
#include "host/cli/show_text.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using preview::Preview;
using risk::Estimate;

/// Quantiles that a page has room for.
constexpr std::size_t shown[] = {0, 1, preview::median, preview::fan_size - 2,
                                 preview::fan_size - 1};

Estimate scaled(const Estimate& e, double scale) {
    return {e.value * scale, e.se * scale, e.low * scale, e.high * scale};
}

std::string cell(const Estimate& e) {
    return e.low == e.high ? plain_number(e.value) : with_interval(e);
}

std::string percent_of(risk::Fraction p) {
    return fmt::format("{:g} %", 100.0 * p.value());
}

/// When the median of a fan is highest: its place among the fan's times.
std::size_t highest_median(const preview::Fan& fan) {
    const auto& medians = fan.quantile[preview::median];
    return static_cast<std::size_t>(
        std::max_element(medians.begin(), medians.end(),
                         [](const Estimate& a, const Estimate& b) { return a.value < b.value; }) -
        medians.begin());
}

std::string number(double value) {
    return std::isfinite(value) ? fmt::format("{:.9g}", value) : "";
}

}  // namespace

std::string displaced_fractions(const Preview& preview) {
    return fmt::format("volatilities and half-spreads are fractions of price {} {}",
                       preview.displacement < 0.0 ? "-" : "+",
                       plain_number(std::abs(preview.displacement)));
}

std::string preview_table(const Preview& preview, const TableStyle& style) {
    Page page(style);
    page.title(escaped(preview.name));
    std::vector<std::string> items = {
        counted(preview.paths, "path"), counted(preview.steps, "step"),
        fmt::format("seed {}", preview.seed), preview.model, preview.engine};
    if (preview.flagged > 0) items.push_back(counted(preview.flagged, "path") + " left out");
    if (preview.displacement != 0.0) items.push_back(displaced_fractions(preview));
    page.items(items);
    page.gap();

    std::vector<std::string> rows;
    std::vector<TableColumn> columns;
    for (const std::size_t k : shown)
        columns.push_back(
            {k == preview::median ? "median" : percent_of(preview::fan_probabilities[k]), {}});
    const auto row = [&](const std::string& name, const preview::Fan& fan, std::size_t time) {
        rows.push_back(name);
        const double scale = preview::info(fan.quantity).scale;
        for (std::size_t c = 0; c < columns.size(); ++c)
            columns[c].cells.emplace_back(cell(scaled(fan.quantile[shown[c]][time], scale)));
    };
    const auto at = [&](std::size_t time) {
        return plain_number(preview.times[time] * preview.days_per_year, 3) + " days";
    };
    for (const preview::Fan& fan : preview.fans) {
        const auto& info = preview::info(fan.quantity);
        row(info.unit.empty() ? info.brief : info.brief + ", " + info.unit, fan,
            fan.quantile[0].size() - 1);
        if (fan.quantity != preview::Quantity::realised_volatility) continue;
        const std::size_t highest = highest_median(fan);
        if (highest + 1 < fan.quantile[0].size())
            row("  at " + at(fan.first + highest), fan, highest);
    }
    page.table("at " + at(preview.times.size() - 1), rows, columns);
    if (std::any_of(preview.fans.begin(), preview.fans.end(), [](const auto& f) { return f.open; }))
        page.sentence(
            "", "Paths are too few for an end of some intervals; the last path stands for it.");
    return page.take();
}

std::string preview_csv(const Preview& preview) {
    std::string out = preview_csv_header;
    const auto line = [&](const preview::QuantityInfo& info, std::size_t time,
                          const std::string& series, double value, const std::string& interval) {
        fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{}\n", info.key, info.unit,
                       number(preview.times[time] * preview.days_per_year), series,
                       number(value * info.scale), interval);
    };
    for (std::size_t f = 0; f < preview.fans.size(); ++f) {
        const preview::Fan& fan = preview.fans[f];
        const auto& info = preview::info(fan.quantity);
        for (std::size_t i = 0; i < fan.quantile[0].size(); ++i) {
            const std::size_t time = fan.first + i;
            for (std::size_t k = 0; k < preview::fan_size; ++k) {
                const Estimate& e = fan.quantile[k][i];
                line(info, time, percent_of(preview::fan_probabilities[k]), e.value,
                     number(e.low * info.scale) + "," + number(e.high * info.scale));
            }
            const auto path = [&](const preview::Sample& sample) {
                line(info, time, fmt::format("path {}", sample.path), sample.values[f][i], ",");
            };
            for (const preview::Sample& sample : preview.samples) path(sample);
            const bool drawn_already =
                std::any_of(preview.samples.begin(), preview.samples.end(),
                            [&](const auto& s) { return s.path == preview.lowest.path; });
            if (!drawn_already) path(preview.lowest);
        }
    }
    return out;
}

}  // namespace hedgestorm::cli
