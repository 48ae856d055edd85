// SPDX-License-Identifier: Apache-2.0

#include "host/tune/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <set>

namespace hedgestorm::tune {
namespace {

using Values = std::vector<std::string>;

/// 0 ... size - 1 by the bits of a counter read backwards.
std::vector<std::size_t> spread_order(std::size_t size) {
    int bits = 0;
    while ((std::size_t{1} << bits) < size) ++bits;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < std::size_t{1} << bits; ++i) {
        std::size_t reversed = 0;
        for (int b = 0; b < bits; ++b) reversed |= (i >> b & 1u) << (bits - 1 - b);
        if (reversed < size) order.push_back(reversed);
    }
    return order;
}

std::vector<Values> grid_design(const TuneFile& file) {
    const Grid grid(file.parameters);
    std::vector<Values> all;
    for (const std::size_t point : spread_order(grid.size())) {
        const std::vector<std::size_t> index = grid.at(point);
        Values& values = all.emplace_back();
        for (std::size_t a = 0; a < index.size(); ++a)
            values.push_back(grid.axes()[a].values[index[a]]);
    }
    return all;
}

std::vector<Values> sobol_design(const TuneFile& file) {
    boost::random::sobol sequence(file.parameters.size());
    const double most = static_cast<double>(boost::random::sobol::max()) + 1.0;
    std::vector<Values> all;
    std::set<Values> known;
    // Lists of words have few different points; beyond these the sequence repeats itself.
    const std::size_t patience = 64 * file.points;
    for (std::size_t i = 0; i < patience && all.size() < file.points; ++i) {
        Values values;
        for (const Axis& axis : file.parameters)
            values.push_back(value_at(axis, static_cast<double>(sequence()) / most));
        if (known.insert(values).second) all.push_back(std::move(values));
    }
    return all;
}

}  // namespace

std::vector<std::vector<std::string>> design(const TuneFile& file) {
    return file.search == Search::grid ? grid_design(file) : sobol_design(file);
}

std::string value_at(const Axis& axis, double u) {
    const bool is_range = axis.is_range;
    if (!is_range) {
        const auto count = static_cast<double>(axis.values.size());
        return axis.values[static_cast<std::size_t>(std::min(u * count, count - 1.0))];
    }
    const double low = axis.numbers.front();
    const double high = axis.numbers.back();
    const double x = axis.logarithmic ? low * std::pow(high / low, u) : low + (high - low) * u;
    return fmt::format("{:.9g}", x);
}

double share_of(const Axis& axis, const std::string& value) {
    const double low = axis.numbers.front();
    const double high = axis.numbers.back();
    const double x = std::strtod(value.c_str(), nullptr);
    const double share =
        axis.logarithmic ? std::log(x / low) / std::log(high / low) : (x - low) / (high - low);
    return std::clamp(share, 0.0, 1.0);
}

}  // namespace hedgestorm::tune
