// SPDX-License-Identifier: Apache-2.0
#include "host/cli/preview_axes.hpp"

#include <algorithm>
#include <cmath>

#include "host/cli/show_text.hpp"
#include "host/plot/axis.hpp"

namespace hedgestorm::cli {
namespace {

using preview::Preview;

constexpr int most_time_ticks = 14;

/// A price that spans more than this is read better in ratios.
constexpr double widest_linear = 3.0;

/// What is drawn fills its panel but for this share at either end.
constexpr double margin = 0.04;

/// Digits that tell neighbouring ticks apart.
int digits_of(const std::vector<double>& ticks, plot::Scale scale) {
    constexpr int fewest = 4;
    if (scale == plot::Scale::logarithmic || ticks.size() < 2) return fewest;
    const double step = ticks[1] - ticks[0];
    const double largest = std::max(std::abs(ticks.front()), std::abs(ticks.back()));
    return std::max(fewest, static_cast<int>(std::ceil(std::log10(largest / step))) + 1);
}

plot::Axis axis(double low, double high, plot::Scale scale, const std::vector<double>& ticks) {
    plot::Axis made{low, high, scale, {}};
    const int digits = digits_of(ticks, scale);
    for (const double at : ticks) {
        // A multiple of a step may miss 0 by a rounding.
        const bool zero = std::abs(at) < 1e-9 * (high - low) && scale == plot::Scale::linear;
        made.ticks.push_back({at, plain_number(zero ? 0.0 : at, digits)});
    }
    return made;
}

}  // namespace

TimeUnit time_unit(const Preview& preview) {
    const double days = preview.times.back() * preview.days_per_year;
    const double per_year = preview.days_per_year;
    if (days <= 0.25) return {"minutes", 1440.0 * per_year, {1, 2, 5, 10, 15, 30, 60}};
    if (days <= 3.0) return {"hours", 24.0 * per_year, {1, 2, 3, 6, 12}};
    if (days <= 3.0 * per_year) return {"days", per_year, {1, 2, 5, 7, 10, 20, 30, 50, 100, 200}};
    return {"years", 1.0, {1, 2, 5, 10, 20}};
}

plot::Axis time_axis(const Preview& preview, const TimeUnit& unit) {
    const double end = preview.times.back() * unit.per_year;
    return axis(0.0, end, plot::Scale::linear,
                plot::multiples(0.0, end, unit.steps, most_time_ticks));
}

plot::Axis quantity_axis(const Preview& preview, std::size_t f, int ticks) {
    const preview::Fan& fan = preview.fans[f];
    const double scale = preview::info(fan.quantity).scale;
    double low = fan.quantile[0].front().value, high = low;
    const auto include = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (const risk::Estimate& e : fan.quantile[0]) include(e.value);
    for (const risk::Estimate& e : fan.quantile[preview::fan_size - 1]) include(e.value);
    for (const preview::Sample& sample : preview.samples)
        for (const float value : sample.values[f]) include(value);
    for (const float value : preview.lowest.values[f]) include(value);
    low *= scale;
    high *= scale;
    if (fan.quantity == preview::Quantity::spot && low > 0.0 && high > widest_linear * low) {
        const double pad = std::pow(high / low, margin);
        return axis(low / pad, high * pad, plot::Scale::logarithmic,
                    plot::round_values_of_log(low / pad, high * pad));
    }
    const bool from_zero =
        fan.quantity != preview::Quantity::spot && low >= 0.0 && low < 0.5 * high;
    if (from_zero) low = 0.0;
    // A quantity that never changes stands in the middle.
    double pad = margin * (high - low);
    if (!(pad > 0.0)) pad = high == 0.0 ? 1.0 : 0.25 * std::abs(high);
    const double bottom = from_zero ? 0.0 : low - pad;
    return axis(bottom, high + pad, plot::Scale::linear,
                plot::round_values(bottom, high + pad, ticks));
}

}  // namespace hedgestorm::cli
