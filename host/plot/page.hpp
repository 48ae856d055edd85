// SPDX-License-Identifier: Apache-2.0
#pragma once

// A picture as data: panels with axes, and what is drawn in and around them. Nothing here knows
// what draws it (draw.hpp), nor what the numbers mean.
//
// Lengths on the page are fractions of its width and height from the lower left corner; pixels are
// those of a page at its given size.

#include <cstdint>
#include <string>
#include <vector>

namespace hedgestorm::plot {

struct Colour {
    std::uint32_t rgb = 0;  ///< 0xRRGGBB
};

struct Stroke {
    Colour colour;
    double width = 1.0;  ///< [pixels]
};

enum class Align { left, centre, right };
enum class Weight { normal, bold };

struct Text {
    double x = 0.0;
    double y = 0.0;  ///< of the middle of the line
    std::string text;
    double size = 11.0;  ///< [pixels]
    Colour colour;
    Align align = Align::left;
    Weight weight = Weight::normal;
};

struct Line {
    double from_x, from_y, to_x, to_y;
    Stroke stroke;
};

struct Box {
    double left, bottom, right, top;
};

struct FilledBox {
    Box box;
    Colour colour;
};

enum class Scale { linear, logarithmic };

struct Tick {
    double at;
    std::string text;  ///< may be empty
};

/// What a panel shows of a quantity, low < high; logarithmic: low > 0.
struct Axis {
    double low = 0.0;
    double high = 1.0;
    Scale scale = Scale::linear;
    std::vector<Tick> ticks;

    /// Where `value` is between low (0) and high (1).
    double share(double value) const;
};

struct Curve {
    std::vector<double> x;
    std::vector<double> y;
    Stroke stroke;
};

/// Filled between two curves.
struct Band {
    std::vector<double> x;
    std::vector<double> low;
    std::vector<double> high;
    Colour colour;
};

/// A vertical line across the panel.
struct Upright {
    double x;
    Stroke stroke;
};

/// Filled from x to x across the panel.
struct Span {
    double from;
    double to;
    Colour colour;
};

/// Drawn in the order of its members; what lies outside the axes is cut off.
struct Panel {
    Box box;
    Axis x;
    Axis y;
    std::vector<Span> spans;
    std::vector<Band> bands;
    std::vector<Upright> uprights;
    std::vector<Curve> curves;

    /// Where a value of an axis is on the page.
    double page_x(double value) const { return box.left + (box.right - box.left) * x.share(value); }
    double page_y(double value) const {
        return box.bottom + (box.top - box.bottom) * y.share(value);
    }
};

struct Page {
    int width = 1200;  ///< [pixels]
    int height = 900;  ///< [pixels]
    std::vector<Panel> panels;
    std::vector<FilledBox> boxes;
    std::vector<Line> lines;
    std::vector<Text> texts;
};

}  // namespace hedgestorm::plot
