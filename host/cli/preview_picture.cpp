// SPDX-License-Identifier: Apache-2.0
#include "host/cli/preview_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "host/cli/preview_axes.hpp"
#include "host/cli/preview_text.hpp"
#include "host/cli/show_text.hpp"
#include "host/plot/labels.hpp"
#include "host/support/build_info.hpp"
#include "host/support/escape.hpp"

namespace hedgestorm::cli {
namespace {

using plot::Align;
using plot::Colour;
using plot::Weight;
using preview::Preview;

// One hue from light to dark and an orange tell apart with any kind of colour vision.
constexpr Colour band_colours[] = {{0xdfedf3}, {0xb9d9e6}, {0x86bbd0}};
constexpr const char* band_names[] = {"1 to 99 %", "5 to 95 %", "25 to 75 %"};
constexpr Colour median_colour = {0x0b5c7a};
constexpr Colour sample_colour = {0x566573};
constexpr Colour lowest_colour = {0xd55e00};
constexpr Colour stress_colour = {0xab9fb8};
constexpr Colour closed_colour = {0xf6f2ea};
constexpr Colour ink = {0x22303c};
constexpr Colour faint = {0x6b7a86};

// Pixels.
constexpr double title_size = 20.0;
constexpr double text_size = 12.0;
constexpr double label_size = 10.5;
constexpr double flag_row = 15.0;
constexpr int most_flag_rows = 5;
constexpr double left_edge = 78.0;
constexpr double right_edge = 1022.0;  ///< what the fans end in stands to the right of it
constexpr double head = 72.0;          ///< title and the lines below it
constexpr double foot = 78.0;          ///< ticks, unit of time and legend
constexpr double panel_title = 26.0;

constexpr double widest_bold = 1.1;  ///< bold text in widths of plain
constexpr double price_share = 2.4;  ///< height of the price's panel in those of the others

constexpr int widest_title = 84;
constexpr int widest_flag = 30;
constexpr std::size_t most_closed = 150;  ///< more windows would be a pattern, not a shade

class Picture {
  public:
    explicit Picture(const Preview& preview)
        : preview_(preview), unit_(time_unit(preview)), time_(time_axis(preview, unit_)) {
        for (std::size_t i = 0; i < preview.times.size(); ++i) {
            times_.push_back(preview.times[i] * unit_.per_year);
            closed_until_.push_back(i > 0 && is_closed_until(i));
        }
    }

    plot::Page draw() {
        heading();
        const double flags = flag_row * flag_rows();
        const auto others = static_cast<double>(preview_.fans.size() - 1);
        const double room = page_.height - head - flags - foot -
                            panel_title * static_cast<double>(preview_.fans.size());
        const double unit = room / (price_share + others);
        double top = page_.height - head - flags;
        for (std::size_t f = 0; f < preview_.fans.size(); ++f) {
            top -= panel_title;
            const double bottom = top - unit * (f == 0 ? price_share : 1.0);
            panel(f, {left_edge, bottom, right_edge, top});
            if (f == 0) raise_flags(top);
            top = bottom;
        }
        for (const plot::Tick& tick : time_.ticks) {
            text(left_edge + (right_edge - left_edge) * time_.share(tick.at), foot - 14.0,
                 tick.text, 11.0, ink, Align::centre);
        }
        text(right_edge + 18.0, foot - 14.0, unit_.name + " from the start", label_size, faint);
        legend();
        return std::move(page_);
    }

  private:
    double x(double pixels) const { return pixels / page_.width; }
    double y(double pixels) const { return pixels / page_.height; }

    void text(double left, double middle, const std::string& what, double size, Colour colour,
              Align align = Align::left, Weight weight = Weight::normal) {
        page_.texts.push_back({x(left), y(middle), what, size, colour, align, weight});
    }
    void line(double from_x, double from_y, double to_x, double to_y, plot::Stroke stroke) {
        page_.lines.push_back({x(from_x), y(from_y), x(to_x), y(to_y), stroke});
    }

    void heading() {
        const double top = page_.height;
        text(left_edge - 50.0, top - 26.0, cut(escaped(preview_.name), widest_title), title_size,
             ink, Align::left, Weight::bold);
        std::string below = fmt::format(
            "{} of {} · seed {} · {} · hedgestorm {}", counted(preview_.paths, "path"),
            preview_.model, preview_.seed, counted(preview_.steps, "step"), build_info().version);
        if (preview_.flagged > 0)
            below += fmt::format(" · {} left out, not a number", counted(preview_.flagged, "path"));
        if (preview_.displacement != 0.0) below += " · " + displaced_fractions(preview_);
        text(left_edge - 50.0, top - 50.0, below, text_size, faint);
        if (preview_.unscheduled.empty()) return;
        std::string names = "stress when a path meets it: ";
        for (const std::string& name : preview_.unscheduled)
            names += (&name == &preview_.unscheduled.front() ? "" : ", ") + escaped(name);
        text(left_edge - 50.0, top - 67.0, cut(names, 2 * widest_title), text_size, faint);
    }

    double pixel_of(double time) const {
        return left_edge + (right_edge - left_edge) * time_.share(time * unit_.per_year);
    }

    static std::string flag_of(const preview::StressMark& mark) {
        return cut(escaped(mark.name), widest_flag);
    }

    int flag_rows() {
        std::vector<plot::Flag> flags;
        for (const preview::StressMark& mark : preview_.stresses)
            flags.push_back({pixel_of(mark.at), plot::text_width(flag_of(mark), label_size) + 8.0});
        rows_ = plot::flag_rows(flags, most_flag_rows);
        return rows_.empty() ? 0 : std::max(*std::max_element(rows_.begin(), rows_.end()), 0) + 1;
    }

    /// The names of stresses above the first panel, each on a pole from its time.
    void raise_flags(double top) {
        const double base = top + panel_title;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (rows_[i] < 0 || preview_.stresses[i].name.empty()) continue;
            const double at = pixel_of(preview_.stresses[i].at);
            const double middle = base + flag_row * (rows_[i] + 0.5) - 4.0;
            line(at, top, at, middle + 5.0, {stress_colour, 0.8});
            text(at + 4.0, middle, flag_of(preview_.stresses[i]), label_size, {0x6f5f80});
        }
    }

    void panel(std::size_t f, const plot::Box& pixels) {
        const preview::Fan& fan = preview_.fans[f];
        const auto& info = preview::info(fan.quantity);
        plot::Panel made;
        made.box = {x(pixels.left), y(pixels.bottom), x(pixels.right), y(pixels.top)};
        made.x = time_;
        for (plot::Tick& tick : made.x.ticks) tick.text.clear();
        made.y = quantity_axis(preview_, f, f == 0 ? 6 : 3);
        if (preview_.closed.size() <= most_closed) {
            for (const preview::Span& span : preview_.closed)
                made.spans.push_back(
                    {span.from * unit_.per_year, span.to * unit_.per_year, closed_colour});
        }
        for (const preview::StressMark& mark : preview_.stresses)
            made.uprights.push_back({mark.at * unit_.per_year, {stress_colour, 0.8}});
        if (!fan.is_certain()) {
            for (std::size_t band = 0; band < std::size(band_colours); ++band) {
                const plot::Curve low = held(fan, quantile(fan, band));
                const plot::Curve high = held(fan, quantile(fan, preview::fan_size - 1 - band));
                made.bands.push_back({low.x, low.y, high.y, band_colours[band]});
            }
            const auto path = [&](const preview::Sample& sample, plot::Stroke stroke) {
                const std::vector<float>& values = sample.values[f];
                made.curves.push_back(held(fan, {values.begin(), values.end()}, stroke));
            };
            for (const preview::Sample& sample : preview_.samples)
                path(sample, {sample_colour, 0.7});
            path(preview_.lowest, {lowest_colour, 1.2});
        }
        made.curves.push_back(held(fan, quantile(fan, preview::median), {median_colour, 2.2}));
        text(pixels.left - 50.0, pixels.top + 11.0,
             info.unit.empty() ? info.title : info.title + ", " + info.unit, text_size, ink,
             Align::left, Weight::bold);
        horizon(fan, info.scale, made, f == 0, pixels);
        page_.panels.push_back(std::move(made));
    }

    static std::vector<double> quantile(const preview::Fan& fan, std::size_t k) {
        std::vector<double> values;
        for (const risk::Estimate& e : fan.quantile[k]) values.push_back(e.value);
        return values;
    }

    /// Whether the market was closed from a time of the preview to the next one.
    bool is_closed_until(std::size_t time) const {
        const double from = preview_.times[time - 1], to = preview_.times[time];
        const double slack = 1e-6 * (to - from);
        const auto after =
            std::upper_bound(preview_.closed.begin(), preview_.closed.end(), from + slack,
                             [](double t, const preview::Span& span) { return t < span.from; });
        return after != preview_.closed.begin() && to <= std::prev(after)->to + slack;
    }

    /// Native values at the times of a fan as a curve. While the market is closed nobody sees it
    /// move: it opens where it then is.
    plot::Curve held(const preview::Fan& fan, const std::vector<double>& values,
                     plot::Stroke stroke = {}) const {
        plot::Curve curve;
        curve.stroke = stroke;
        const double scale = preview::info(fan.quantity).scale;
        const auto point = [&](std::size_t time, double value) {
            curve.x.push_back(times_[time]);
            curve.y.push_back(value * scale);
        };
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t time = fan.first + i;
            if (i > 0 && closed_until_[time]) point(time, values[i - 1]);
            point(time, values[i]);
        }
        return curve;
    }

    /// What the fan ends in, beside its end: quantiles with their 95 % intervals.
    void horizon(const preview::Fan& fan, double scale, const plot::Panel& panel, bool roomy,
                 const plot::Box& pixels) {
        std::vector<std::size_t> shown = {0, preview::median, preview::fan_size - 1};
        if (roomy) shown = {0, 1, 2, 3, 4, 5, 6};
        if (fan.is_certain()) shown = {preview::median};
        const auto height = [&](double value) {
            return std::clamp(panel.page_y(value), panel.box.bottom, panel.box.top) * page_.height;
        };
        std::vector<double> places(shown.size());
        std::transform(shown.begin(), shown.end(), places.begin(),
                       [&](std::size_t k) { return height(fan.quantile[k].back().value * scale); });
        const std::vector<double> middles =
            plot::spread_apart(places, label_size + 2.5, pixels.bottom, pixels.top);
        double size = label_size;
        for (const std::size_t k : shown) {
            const double needs = widest_bold * plot::text_width(label(fan, k, scale), label_size);
            size = std::min(size, label_size * (page_.width - pixels.right - 25.0) / needs);
        }
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const risk::Estimate& e = fan.quantile[shown[i]].back();
            const Colour colour = shown[i] == preview::median ? median_colour : ink;
            const double bar = pixels.right + 7.0;
            line(bar - 3.0, places[i], bar + 3.0, places[i], {colour, 1.4});
            line(bar, height(e.low * scale), bar, height(e.high * scale), {colour, 1.4});
            line(bar + 4.0, places[i], bar + 13.0, middles[i], {{0xc3cad0}, 0.7});
            text(bar + 16.0, middles[i], label(fan, shown[i], scale), size, colour, Align::left,
                 shown[i] == preview::median ? Weight::bold : Weight::normal);
        }
    }

    static std::string label(const preview::Fan& fan, std::size_t k, double scale) {
        const risk::Estimate& e = fan.quantile[k].back();
        if (fan.is_certain()) return plain_number(e.value * scale, 4) + " on every path";
        const double half = 0.5 * (e.high - e.low) * scale;
        return fmt::format("{:g} %  {}", 100.0 * preview::fan_probabilities[k].value(),
                           with_error({e.value * scale, half, e.low * scale, e.high * scale}));
    }

    void legend() {
        const double middle = 22.0;
        double at = left_edge - 50.0;
        const auto entry = [&](const std::string& what, const auto& draw) {
            draw(at);
            text(at + 28.0, middle, what, label_size, ink);
            at += 28.0 + plot::text_width(what, label_size) + 16.0;
        };
        const auto box = [&](Colour colour) {
            return [this, colour, middle](double from) {
                page_.boxes.push_back(
                    {{x(from), y(middle - 6.0), x(from + 22.0), y(middle + 6.0)}, colour});
            };
        };
        const auto stroke = [&](plot::Stroke how) {
            return
                [this, how, middle](double from) { line(from, middle, from + 22.0, middle, how); };
        };
        for (std::size_t band = 0; band < std::size(band_colours); ++band)
            entry(band_names[band], box(band_colours[band]));
        entry("median", stroke({median_colour, 2.2}));
        if (!preview_.samples.empty())
            entry(counted(preview_.samples.size(), "path"), stroke({sample_colour, 0.7}));
        entry(fmt::format("path {}, which ends lowest", preview_.lowest.path),
              stroke({lowest_colour, 1.2}));
        if (!preview_.closed.empty()) entry("closed", box(closed_colour));
        text(page_.width - 20.0, middle, "± and bars: 95 % intervals at the end", label_size, faint,
             Align::right);
    }

    const Preview& preview_;
    TimeUnit unit_;
    plot::Axis time_;
    std::vector<double> times_;
    std::vector<bool> closed_until_;  ///< by time
    std::vector<int> rows_;
    plot::Page page_;
};

}  // namespace

plot::Page preview_picture(const Preview& preview) {
    return Picture(preview).draw();
}

}  // namespace hedgestorm::cli
