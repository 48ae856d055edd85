// SPDX-License-Identifier: Apache-2.0
#include "host/plot/labels.hpp"

#include <algorithm>
#include <cstddef>

namespace hedgestorm::plot {
namespace {

/// Measured on the names of the shipped scenarios' stresses, with a little to spare.
constexpr double ems_per_character = 0.6;

}  // namespace

double text_width(std::string_view text, double size) {
    // Bytes that continue a character of UTF-8 add nothing.
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    });
    return ems_per_character * size * static_cast<double>(characters);
}

std::vector<int> flag_rows(const std::vector<Flag>& flags, int rows) {
    std::vector<int> row(flags.size(), -1);
    // From the right: a flag flies over the poles to its right, which are lower.
    for (std::size_t i = flags.size(); i-- > 0;) {
        int lowest = 0;
        for (std::size_t j = i + 1; j < flags.size() && flags[j].x <= flags[i].x + flags[i].width;
             ++j)
            lowest = std::max(lowest, row[j] + 1);
        if (lowest < rows) row[i] = lowest;
    }
    return row;
}

std::vector<double> spread_apart(std::vector<double> places, double gap, double low, double high) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double least = i == 0 ? low : places[i - 1] + gap;
        places[i] = std::max(places[i], least);
    }
    double most = high;
    for (std::size_t i = places.size(); i-- > 0;) {
        places[i] = std::min(places[i], most);
        most = places[i] - gap;
    }
    return places;
}

double LabelShelf::place(double left, double width, double middle) {
    const double half = 0.5 * height_;
    const auto in_the_way = [&](const Box& box) {
        return left < box.right && box.left < left + width && middle - half < box.top &&
               box.bottom < middle + half;
    };
    for (auto box = std::find_if(taken_.begin(), taken_.end(), in_the_way); box != taken_.end();
         box = std::find_if(taken_.begin(), taken_.end(), in_the_way))
        middle = box->top + half;
    taken_.push_back({left, middle - half, left + width, middle + half});
    return middle;
}

}  // namespace hedgestorm::plot
