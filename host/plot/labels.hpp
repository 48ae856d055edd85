// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where labels go so that none covers another.

#include <string_view>
#include <vector>

#include "host/plot/page.hpp"

namespace hedgestorm::plot {

/// About how wide a text is at a size, both in pixels: DejaVu Sans, on average.
double text_width(std::string_view text, double size);

/// A label to the right of a pole that stands at x; both in the same unit.
struct Flag {
    double x;
    double width;
};

/// The row of each flag (given by ascending x), 0 the lowest, so that neither flags nor the poles
/// of others, which reach up to their rows, meet; -1 where `rows` are not enough.
std::vector<int> flag_rows(const std::vector<Flag>& flags, int rows);

/// The places (ascending), moved up until there is `gap` between neighbours, and down again where
/// that leaves [low, high].
std::vector<double> spread_apart(std::vector<double> places, double gap, double low, double high);

/// Places labels of one height one after the other, the more important and then the lower ones
/// first: each gives way upwards.
class LabelShelf {
  public:
    explicit LabelShelf(double height) : height_(height) {}

    /// Room that no label may cover.
    void take(const Box& box) { taken_.push_back(box); }

    /// The lowest free middle, from `middle` on, of a label from `left` over `width`; takes the
    /// room.
    double place(double left, double width, double middle);

  private:
    double height_;
    std::vector<Box> taken_;
};

}  // namespace hedgestorm::plot
