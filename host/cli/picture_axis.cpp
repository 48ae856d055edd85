// SPDX-License-Identifier: Apache-2.0

#include "host/cli/picture_axis.hpp"

#include <algorithm>
#include <cmath>

#include "host/cli/show_text.hpp"

namespace hedgestorm::cli {

plot::Axis axis_of(Extent extent, bool logarithmic, int ticks) {
    plot::Axis axis;
    if (extent.is_empty()) return axis;
    if (logarithmic && extent.low > 0.0) {
        axis.scale = plot::Scale::logarithmic;
        const double margin = std::pow(extent.high / extent.low, 0.04);
        axis.low = extent.low / std::max(margin, 1.001);
        axis.high = extent.high * std::max(margin, 1.001);
        for (const double at : plot::round_values_of_log(axis.low, axis.high))
            axis.ticks.push_back({at, plain_number(at, 3)});
        return axis;
    }
    const double margin =
        0.05 * std::max(extent.high - extent.low, 1e-9 * std::max(std::abs(extent.high), 1e-30));
    axis.low = extent.low - margin;
    axis.high = extent.high + margin;
    for (const double at : plot::round_values(axis.low, axis.high, ticks))
        axis.ticks.push_back({at, plain_number(at, 4)});
    return axis;
}

bool is_logarithmic(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.size() < 3 || !(values.front() > 0.0)) return false;
    const double middle = values[values.size() / 2];
    return values.back() / values.front() > 8.0 && middle < 0.35 * (values.front() + values.back());
}

}  // namespace hedgestorm::cli
