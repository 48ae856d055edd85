// SPDX-License-Identifier: Apache-2.0

#include "host/cli/tune_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "host/cli/picture_axis.hpp"
#include "host/cli/show_text.hpp"
#include "host/cli/tuning_view.hpp"
#include "host/plot/axis.hpp"
#include "host/plot/labels.hpp"
#include "host/support/build_info.hpp"
#include "host/support/escape.hpp"
#include "host/tune/labels.hpp"

namespace hedgestorm::cli {
namespace {

using plot::Align;
using plot::Colour;
using plot::Weight;
using result::Labelled;

// One blue, one orange, greys: told apart with any kind of colour vision.
constexpr Colour front_colour = {0x0b5c7a};
constexpr Colour chosen_colour = {0xd55e00};
constexpr Colour other_colour = {0xb3bcc4};
constexpr Colour rival_colour = {0x566573};
constexpr Colour ink = {0x22303c};
constexpr Colour faint = {0x6b7a86};

/// From the recommendation's own value (light) to the worst (dark).
constexpr Colour heat_colours[] = {{0xf3f8fa}, {0xd3e6ee}, {0xabcfde}, {0x7fb4ca},
                                   {0x5497b2}, {0x2f7898}, {0x0b5c7a}};

constexpr double title_size = 20.0;
constexpr double text_size = 12.0;
constexpr double label_size = 10.5;
constexpr double left_edge = 92.0;  // pixels
constexpr double right_edge = 1168.0;
constexpr double head = 84.0;
constexpr double gap = 84.0;
constexpr double foot = 62.0;
constexpr int widest_title = 84;

class Picture {
  public:
    explicit Picture(const Labelled& file) : file_(file), tuning_(file) {}

    plot::Page draw() {
        heading();
        const std::vector<std::size_t> numeric = numeric_parameters();
        std::vector<std::size_t> shown;
        for (const std::size_t a : numeric) {
            if (shown.size() < 3) shown.push_back(a);
        }
        const bool has_front = tuning_.objectives().size() > 1;
        const bool has_map = numeric.size() >= 2;
        const double top = page_.height - head;
        const double middle = has_front || has_map ? foot + 0.42 * (top - foot) : top;
        const double width = right_edge - left_edge;
        if (has_front && has_map) {
            front({left_edge, middle + 0.5 * gap, left_edge + 0.56 * width, top});
            heat({left_edge + 0.66 * width, middle + 0.5 * gap, right_edge, top}, numeric[0],
                 numeric[1]);
        } else if (has_front) {
            front({left_edge, middle + 0.5 * gap, right_edge, top});
        } else if (has_map) {
            heat({left_edge, middle + 0.5 * gap, right_edge, top}, numeric[0], numeric[1]);
        }
        const auto count = static_cast<double>(std::max<std::size_t>(shown.size(), 1));
        const double each = (width - (count - 1.0) * gap) / count;
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const double left = left_edge + static_cast<double>(i) * (each + gap);
            slice({left, foot, left + each, middle - 0.5 * gap * (middle < top ? 1.0 : 0.0)},
                  shown[i]);
        }
        return std::move(page_);
    }

  private:
    double x(double pixels) const { return pixels / page_.width; }
    double y(double pixels) const { return pixels / page_.height; }

    void text(double left, double middle, const std::string& what, double size, Colour colour,
              Align align = Align::left, Weight weight = Weight::normal) {
        page_.texts.push_back({x(left), y(middle), what, size, colour, align, weight});
    }

    void heading() {
        const double top = page_.height;
        text(40.0, top - 26.0, cut(escaped(file_.title), widest_title), title_size, ink,
             Align::left, Weight::bold);
        text(40.0, top - 50.0,
             fmt::format("{} of \"{}\" · {} paths · seed {} · hedgestorm {}",
                         counted(tuning_.candidates(), "candidate"),
                         cut(escaped(file_.attribute("policy")), 40), file_.attribute("paths"),
                         file_.attribute("seed"), build_info().version),
             text_size, faint);
        text(right_edge, top - 26.0,
             "thick orange: recommended · thin orange or blue below: not significantly worse",
             label_size, faint, Align::right);
        text(right_edge, top - 43.0, "upright bars: 95 % intervals on the same paths", label_size,
             faint, Align::right);
    }

    std::vector<std::size_t> numeric_parameters() const {
        std::vector<std::size_t> numeric;
        for (std::size_t a = 0; a < tuning_.parameters().size(); ++a) {
            std::set<double> values;
            for (std::size_t c = 0; c < tuning_.candidates(); ++c) {
                if (std::isfinite(tuning_.number(c, a))) values.insert(tuning_.number(c, a));
            }
            if (values.size() >= 3) numeric.push_back(a);
        }
        return numeric;
    }

    plot::Panel panel(const plot::Box& box, plot::Axis across, plot::Axis up,
                      const std::string& title, const std::string& under) {
        plot::Panel panel;
        panel.box = {x(box.left), y(box.bottom), x(box.right), y(box.top)};
        panel.x = std::move(across);
        panel.y = std::move(up);
        for (const plot::Tick& tick : panel.x.ticks)
            text(panel.page_x(tick.at) * page_.width, box.bottom - 14.0, tick.text, label_size, ink,
                 Align::centre);
        for (const plot::Tick& tick : panel.y.ticks)
            text(box.left - 8.0, panel.page_y(tick.at) * page_.height, tick.text, label_size, ink,
                 Align::right);
        text(box.left, box.top + 14.0, title, text_size, ink, Align::left, Weight::bold);
        text(box.right, box.bottom - 32.0, under, label_size, faint, Align::right);
        for (plot::Axis* axis : {&panel.x, &panel.y}) {
            for (plot::Tick& tick : axis->ticks) tick.text.clear();
        }
        return panel;
    }

    /// A value and its 95 % interval: a short bar through a dot.
    static void mark(plot::Panel& panel, double at, const risk::Estimate& value, Colour colour,
                     double size) {
        panel.curves.push_back({{at, at}, {value.low, value.high}, {colour, 0.6 * size}});
        const double half = 0.003 * size;
        const auto moved = [&](const plot::Axis& axis, double from, double by) {
            if (axis.scale == plot::Scale::logarithmic)
                return from * std::pow(axis.high / axis.low, by);
            return from + (axis.high - axis.low) * by;
        };
        panel.curves.push_back({{moved(panel.x, at, -half), moved(panel.x, at, half)},
                                {value.value, value.value},
                                {colour, 1.2 * size}});
    }

    void front(const plot::Box& box) {
        Extent across, up;
        std::vector<std::size_t> members, others;
        for (std::size_t c = 0; c < tuning_.candidates(); ++c) {
            if (!tuning_.is_compared(c)) continue;
            (tuning_.is_on_front(c) ? members : others).push_back(c);
            across.take(tuning_.objective(c, 0).value);
            up.take(tuning_.objective(c, 1).low);
            up.take(tuning_.objective(c, 1).high);
        }
        reach_rivals(across, 0);
        reach_rivals(up, 1);
        std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
            return tuning_.objective(a, 0).value < tuning_.objective(b, 0).value;
        });
        const std::string first = escaped(tuning_.objectives()[0]);
        const std::string second = escaped(tuning_.objectives()[1]);
        plot::Panel drawn =
            panel(box, axis_of(across, false, 6), axis_of(up, false, 6), "Front: " + second, first);
        for (const std::size_t c : others)
            mark(drawn, tuning_.objective(c, 0).value, tuning_.objective(c, 1), other_colour, 1.2);
        plot::Curve curve;
        curve.stroke = {front_colour, 1.0};
        for (const std::size_t c : members) {
            curve.x.push_back(tuning_.objective(c, 0).value);
            curve.y.push_back(tuning_.objective(c, 1).value);
        }
        drawn.curves.push_back(curve);
        for (const std::size_t c : members)
            mark(drawn, tuning_.objective(c, 0).value, tuning_.objective(c, 1), front_colour, 1.6);
        plot::LabelShelf shelf(label_size + 1.0);
        const std::vector<std::size_t> shown = rivals_on(drawn);
        for (const std::size_t r : shown) {
            mark(drawn, rival(r, 0).value, rival(r, 1), rival_colour, 2.0);
            const double left = drawn.page_x(rival(r, 0).value) * page_.width;
            const double middle = drawn.page_y(rival(r, 1).value) * page_.height;
            shelf.take({left - 8.0, middle - 3.0, left + 8.0, middle + 3.0});
        }
        if (tuning_.recommended()) {
            const std::size_t best = *tuning_.recommended();
            mark(drawn, tuning_.objective(best, 0).value, tuning_.objective(best, 1), chosen_colour,
                 3.0);
            label(drawn, tuning_.objective(best, 0).value, tuning_.objective(best, 1).value,
                  tuning_.name(best), chosen_colour, shelf);
        }
        const auto& names = file_.dimension("rival").words;
        for (const std::size_t r : shown)
            label(drawn, rival(r, 0).value, rival(r, 1).value, cut(escaped(names[r]), 28),
                  rival_colour, shelf);
        page_.panels.push_back(std::move(drawn));
    }

    void label(const plot::Panel& panel, double at, double value, const std::string& what,
               Colour colour, plot::LabelShelf& shelf) {
        const double share = panel.x.share(at);
        const bool is_right = share > 0.6;
        const double x = panel.page_x(at) * page_.width + (is_right ? -10.0 : 10.0);
        const double width = plot::text_width(what, label_size);
        const double middle =
            shelf.place(is_right ? x - width : x, width, panel.page_y(value) * page_.height + 11.0);
        text(x, middle, what, label_size, colour, is_right ? Align::right : Align::left);
    }

    /// On the tuning paths.
    risk::Estimate rival(std::size_t r, std::size_t k) const {
        return tune::estimate_at(file_.array("rival_objectives").values,
                                 r * tuning_.objectives().size() + k);
    }
    std::size_t rivals_known() const {
        const auto& values = file_.array("rival_objectives").values;
        return std::min(file_.dimension("rival").size(),
                        values.size() / (4 * tuning_.objectives().size()));
    }

    /// Widens an axis for rivals that do not lie too far out to be told from the candidates then.
    void reach_rivals(Extent& extent, std::size_t k) const {
        const Extent candidates = extent;
        const double reach = 0.5 * (candidates.high - candidates.low);
        for (std::size_t r = 0; r < rivals_known(); ++r) {
            const double value = rival(r, k).value;
            if (candidates.low - reach <= value && value <= candidates.high + reach)
                extent.take(value);
        }
    }

    /// Policies that the scenarios and the tune file bring along, where they are on the page; the
    /// lowest first.
    std::vector<std::size_t> rivals_on(const plot::Panel& panel) const {
        std::vector<std::size_t> shown;
        for (std::size_t r = 0; r < rivals_known(); ++r) {
            const double x = rival(r, 0).value;
            const double y = rival(r, 1).value;
            if (panel.x.low <= x && x <= panel.x.high && panel.y.low <= y && y <= panel.y.high)
                shown.push_back(r);
        }
        std::sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
            return rival(a, 1).value < rival(b, 1).value;
        });
        return shown;
    }

    /// Candidates that differ from the recommendation in this parameter alone; all where there are
    /// too few of them.
    std::vector<std::size_t> along(std::size_t parameter) const {
        std::vector<std::size_t> all, slice;
        for (std::size_t c = 0; c < tuning_.candidates(); ++c) {
            if (!tuning_.is_compared(c)) continue;
            all.push_back(c);
            bool same = tuning_.recommended().has_value();
            for (std::size_t a = 0; same && a < tuning_.parameters().size(); ++a)
                same = a == parameter ||
                       tuning_.values(c)[a] == tuning_.values(*tuning_.recommended())[a];
            if (same) slice.push_back(c);
        }
        return slice.size() >= 3 ? slice : all;
    }

    void slice(const plot::Box& box, std::size_t parameter) {
        const std::vector<std::size_t> members = along(parameter);
        Extent across, up;
        std::vector<double> numbers;
        for (const std::size_t c : members) {
            numbers.push_back(tuning_.number(c, parameter));
            across.take(numbers.back());
            up.take(tuning_.excess(c).low);
            up.take(tuning_.excess(c).high);
        }
        up.take(0.0);
        const std::string what = tuning_.objectives().size() == 1
                                     ? escaped(tuning_.objectives()[0])
                                     : std::string("sum of scaled objectives");
        plot::Panel drawn = panel(box, axis_of(across, is_logarithmic(numbers), 6),
                                  axis_of(up, false, 5), cut(what, 44) + ", above the best",
                                  TuningView::short_key(tuning_.parameters()[parameter]));
        drawn.curves.push_back({{drawn.x.low, drawn.x.high}, {0.0, 0.0}, {other_colour, 1.0}});
        for (const std::size_t c : members)
            mark(drawn, tuning_.number(c, parameter), tuning_.excess(c),
                 tuning_.recommended() == c ? chosen_colour
                 : tuning_.is_in_region(c)  ? front_colour
                                            : rival_colour,
                 tuning_.recommended() == c ? 3.0 : 1.6);
        page_.panels.push_back(std::move(drawn));
    }

    /// The excess over two parameters: a cell for each pair of values, the least over the others.
    void heat(const plot::Box& box, std::size_t first, std::size_t second) {
        std::map<std::pair<double, double>, std::size_t> least;
        std::set<double> columns, rows;
        double most = 0.0;
        for (std::size_t c = 0; c < tuning_.candidates(); ++c) {
            if (!tuning_.is_compared(c)) continue;
            const auto at = std::make_pair(tuning_.number(c, first), tuning_.number(c, second));
            if (!std::isfinite(at.first) || !std::isfinite(at.second)) continue;
            columns.insert(at.first);
            rows.insert(at.second);
            const auto known = least.find(at);
            if (known == least.end() ||
                tuning_.excess(c).value < tuning_.excess(known->second).value)
                least[at] = c;
        }
        for (const auto& [at, c] : least) most = std::max(most, tuning_.excess(c).value);
        // A design has each value once: its points are not a grid of cells.
        if (columns.size() > 60 || rows.size() > 60) return;
        const auto index = [](const std::set<double>& values, double value) {
            return static_cast<double>(std::distance(values.begin(), values.find(value)));
        };
        const auto cells_of = [&](const std::set<double>& values) {
            plot::Axis axis;
            axis.low = -0.5;
            axis.high = static_cast<double>(values.size()) - 0.5;
            const std::size_t every = values.size() / 8 + 1;
            std::size_t i = 0;
            for (const double value : values) {
                if (i % every == 0)
                    axis.ticks.push_back({static_cast<double>(i), plain_number(value, 3)});
                ++i;
            }
            return axis;
        };
        plot::Panel drawn =
            panel(box, cells_of(columns), cells_of(rows),
                  TuningView::short_key(tuning_.parameters()[second]) + ": darker is worse",
                  TuningView::short_key(tuning_.parameters()[first]));
        for (const auto& [at, c] : least) {
            const double column = index(columns, at.first);
            const double row = index(rows, at.second);
            const double share = most > 0.0 ? std::max(tuning_.excess(c).value, 0.0) / most : 0.0;
            const auto shade = static_cast<std::size_t>(std::min(
                std::sqrt(share) * std::size(heat_colours), std::size(heat_colours) - 1.0));
            drawn.bands.push_back({{column - 0.5, column + 0.5},
                                   {row - 0.5, row - 0.5},
                                   {row + 0.5, row + 0.5},
                                   heat_colours[shade]});
            const bool is_best = tuning_.recommended() == c;
            if (is_best || tuning_.is_in_region(c))
                drawn.curves.push_back({{column - 0.2, column + 0.2},
                                        {row, row},
                                        {chosen_colour, is_best ? 6.0 : 2.5}});
        }
        page_.panels.push_back(std::move(drawn));
    }

    const Labelled& file_;
    TuningView tuning_;
    plot::Page page_;
};

}  // namespace

plot::Page tune_picture(const Labelled& file) {
    return Picture(file).draw();
}

}  // namespace hedgestorm::cli
