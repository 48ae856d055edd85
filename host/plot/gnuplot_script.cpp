// SPDX-License-Identifier: Apache-2.0
#include "host/plot/gnuplot_script.hpp"

#include <fmt/format.h>

#include <iterator>

#include "hedgestorm/contract.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::plot {
namespace {

constexpr const char* font = "DejaVu Sans";
constexpr Colour axis_colour = {0x8795a1};
constexpr Colour grid_colour = {0xe9edf0};
constexpr Colour ink = {0x22303c};
constexpr double tick_size = 11.0;

bool is_plain(unsigned char c) {
    // Not digits: gnuplot would read one as part of the octal number before it.
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
}

std::string colour(Colour c) {
    return fmt::format("rgb 0x{:06x}", c.rgb);
}

std::string stroke(const Stroke& s) {
    return fmt::format("lw {:.3g} lc {}", s.width, colour(s.colour));
}

std::string font_of(double size, Weight weight) {
    return fmt::format("font '{}{},{:.3g}'", font, weight == Weight::bold ? ":Bold" : "", size);
}

/// A text that gnuplot takes for a format of numbers, as it does with that of a tick.
std::string as_format(const std::string& text) {
    std::string format;
    for (const char c : text) format += c == '%' ? std::string("%%") : std::string(1, c);
    return format;
}

/// Writes a script: data first, then what is drawn from them, so that a panel is one command.
class Script {
  public:
    std::string take() { return fmt::to_string(out_); }

    template <class... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
        out_.push_back('\n');
    }

    void terminal(const Page& page, Format format) {
        line("set encoding utf8");
        if (format == Format::svg) {
            line(
                "set terminal svg size {},{} fixed background rgb 'white' noenhanced rounded "
                "font '{},{}'",
                page.width, page.height, font, tick_size);
        } else {
            // A point of pngcairo is 4/3 of a pixel.
            line(
                "set terminal pngcairo size {},{} background rgb 'white' noenhanced rounded "
                "fontscale 0.75 font '{},{}'",
                page.width, page.height, font, tick_size);
        }
        line("unset key");
        line("set multiplot");
    }

    void panel(const Panel& panel) {
        margins(panel.box);
        line("set border 3 lw 0.8 lc {}", colour(axis_colour));
        line("set grid xtics ytics back lw 0.8 lt 1 lc {}, lw 0.8 lt 1 lc {}", colour(grid_colour),
             colour(grid_colour));
        axis("x", panel.x);
        axis("y", panel.y);
        std::string drawn;
        for (const Span& span : panel.spans) {
            const double low = panel.y.low, high = panel.y.high;
            drawn += filled({span.from, span.to}, {low, low}, {high, high}, span.colour);
        }
        for (const Band& band : panel.bands)
            drawn += filled(band.x, band.low, band.high, band.colour);
        for (const Upright& upright : panel.uprights)
            drawn += curve({upright.x, upright.x}, {panel.y.low, panel.y.high}, upright.stroke);
        for (const Curve& c : panel.curves) drawn += curve(c.x, c.y, c.stroke);
        draw(drawn);
    }

    /// What is on the page around the panels: an empty panel as large as the page.
    void surroundings(const Page& page) {
        margins({0.0, 0.0, 1.0, 1.0});
        line("unset border");
        line("unset grid");
        line("unset xtics");
        line("unset ytics");
        line("unset logscale");
        line("set xrange [0:1]");
        line("set yrange [0:1]");
        for (const FilledBox& b : page.boxes) {
            line(
                "set object rectangle from screen {:.6g},{:.6g} to screen {:.6g},{:.6g} front "
                "fillstyle solid noborder fillcolor {}",
                b.box.left, b.box.bottom, b.box.right, b.box.top, colour(b.colour));
        }
        for (const Line& l : page.lines) {
            line("set arrow from screen {:.6g},{:.6g} to screen {:.6g},{:.6g} nohead front {}",
                 l.from_x, l.from_y, l.to_x, l.to_y, stroke(l.stroke));
        }
        for (const Text& t : page.texts) {
            const char* align = t.align == Align::left     ? "left"
                                : t.align == Align::centre ? "center"
                                                           : "right";
            line("set label {} at screen {:.6g},{:.6g} {} front noenhanced textcolor {} {}",
                 quoted(t.text), t.x, t.y, align, colour(t.colour), font_of(t.size, t.weight));
        }
        draw("");
        line("unset multiplot");
        line("unset output");
    }

  private:
    void margins(const Box& box) {
        line("set lmargin at screen {:.6g}", box.left);
        line("set rmargin at screen {:.6g}", box.right);
        line("set bmargin at screen {:.6g}", box.bottom);
        line("set tmargin at screen {:.6g}", box.top);
    }

    void axis(const char* name, const Axis& axis) {
        HS_EXPECT(axis.low < axis.high);
        const bool log = axis.scale == Scale::logarithmic;
        line("{} logscale {}", log ? "set" : "unset", name);
        line("set {}range [{:.9g}:{:.9g}]", name, axis.low, axis.high);
        std::string ticks;
        for (const Tick& tick : axis.ticks) {
            ticks += fmt::format("{}{} {:.9g}", ticks.empty() ? "" : ", ",
                                 quoted(as_format(tick.text)), tick.at);
        }
        line("unset m{}tics", name);
        line("set {}tics nomirror out scale 0.5 noenhanced textcolor {} {} ({})", name, colour(ink),
             font_of(tick_size, Weight::normal), ticks);
    }

    /// Keeps numbers for the next drawing; returns their name.
    std::string data(const std::vector<const std::vector<double>*>& columns) {
        const std::string name = fmt::format("$d{}", blocks_++);
        line("{} << END", name);
        for (std::size_t i = 0; i < columns[0]->size(); ++i) {
            for (const auto* column : columns)
                fmt::format_to(std::back_inserter(out_), "{:.7g} ", (*column)[i]);
            out_.push_back('\n');
        }
        line("END");
        return name;
    }

    std::string filled(const std::vector<double>& x, const std::vector<double>& low,
                       const std::vector<double>& high, Colour c) {
        return fmt::format(
            "{} using 1:2:3 with filledcurves fillstyle solid noborder fillcolor {}, ",
            data({&x, &low, &high}), colour(c));
    }

    std::string curve(const std::vector<double>& x, const std::vector<double>& y, const Stroke& s) {
        return fmt::format("{} using 1:2 with lines {}, ", data({&x, &y}), stroke(s));
    }

    /// One plot command; its last element draws nothing, and stands for all where there is none.
    void draw(const std::string& elements) { line("plot {}NaN with lines", elements); }

    fmt::memory_buffer out_;
    int blocks_ = 0;
};

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) {
            out += "\\077";
            text.remove_prefix(1);
            continue;
        }
        for (const char c : text.substr(0, length)) {
            const auto byte = static_cast<unsigned char>(c);
            const bool control = byte < 0x20 || byte == 0x7f;
            out += control          ? " "
                   : is_plain(byte) ? std::string(1, c)
                                    : fmt::format("\\{:03o}", static_cast<unsigned>(byte));
        }
        text.remove_prefix(length);
    }
    return out + "\"";
}

std::string gnuplot_script(const Page& page, Format format) {
    Script script;
    script.terminal(page, format);
    for (const Panel& panel : page.panels) script.panel(panel);
    script.surroundings(page);
    return script.take();
}

}  // namespace hedgestorm::plot
