// SPDX-License-Identifier: Apache-2.0

#include "host/cli/show_labelled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "host/cli/page.hpp"
#include "host/cli/show_text.hpp"
#include "host/cli/show_tune.hpp"
#include "host/support/escape.hpp"
#include "host/tune/labels.hpp"

namespace hedgestorm::cli {
namespace {

using result::Labelled;
using result::LabelledDimension;
using tune::estimate_at;

/// More rows than a person reads; the file has them all.
constexpr std::size_t most_rows = 48;

std::string label(const LabelledDimension& dimension, std::size_t i) {
    return dimension.words.empty() ? plain_number(dimension.numbers[i])
                                   : escaped(dimension.words[i]);
}

/// half_width for policy["band"].half_width.
std::string short_key(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return escaped(dot == std::string::npos ? key : key.substr(dot + 1));
}

/// Keys and points are longer than the names of policies.
constexpr int widest_key = 44;

std::optional<std::string> cell(const risk::Estimate& estimate) {
    if (!std::isfinite(estimate.value)) return std::nullopt;
    return with_error(estimate);
}

void heading(const Labelled& file, const std::string& what, Page& page) {
    page.title(fmt::format("{}: {}", escaped(file.title), what));
    page.items({fmt::format("{} paths", file.attribute("paths")), "seed " + file.attribute("seed"),
                "the same paths at every point"});
}

void refusals(const Labelled& file, Page& page) {
    const auto found = file.texts.find("refusals");
    if (found == file.texts.end()) return;
    page.gap();
    std::size_t start = 0;
    for (std::size_t end; (end = found->second.find('\n', start)) != std::string::npos;
         start = end + 1)
        page.sentence("! ", "not a scenario at " + found->second.substr(start, end - start));
}

/// Whether any figure of a policy is anywhere another than as it stands.
bool changes(const Labelled& file, std::size_t policy) {
    const std::size_t policies = file.dimension("policy").size();
    const std::size_t figures = file.dimension("figure").size();
    const std::vector<double>& differences = file.array("difference").values;
    for (std::size_t cell = 0; 4 * cell < differences.size(); ++cell) {
        const double difference = differences[4 * cell];
        if (cell / figures % policies == policy && difference != 0.0 && !std::isnan(difference))
            return true;
    }
    return false;
}

void show_sweep(const Labelled& file, Page& page) {
    const auto& policies = file.dimension("policy");
    const auto& figures = file.dimension("figure");
    const std::vector<double>& values = file.array("swept").values;
    const std::vector<double>& differences = file.array("difference").values;
    std::vector<const LabelledDimension*> axes;
    std::size_t points = 1;
    for (const std::string& name : file.array("swept").dimensions) {
        if (name == "policy") break;
        axes.push_back(&file.dimension(name));
        points *= axes.back()->size();
    }
    std::vector<std::string> rows = {"as it stands"};
    for (std::size_t p = 0; p < std::min(points, most_rows); ++p) {
        std::string row;
        std::size_t rest = p;
        for (std::size_t a = axes.size(); a-- > 0; rest /= axes[a]->size()) {
            const std::string here = short_key(axes[a]->meaning.long_name) + " " +
                                     label(*axes[a], rest % axes[a]->size());
            row = row.empty() ? here : here + ", " + row;
        }
        rows.push_back(row);
    }
    heading(file, fmt::format("{} points", points), page);
    for (std::size_t a = 0; a < policies.size(); ++a) {
        page.gap();
        if (!changes(file, a)) {
            page.sentence("", policies.words[a] + ": the same at every point.");
            continue;
        }
        std::vector<TableColumn> columns;
        for (std::size_t f = 0; f < figures.size(); ++f) {
            TableColumn value{label(figures, f), {}};
            TableColumn difference{"change", {}};
            const std::size_t of_base = a * figures.size() + f;
            value.cells.push_back(cell(estimate_at(file.array("base").values, of_base)));
            difference.cells.push_back(std::nullopt);
            for (std::size_t p = 0; p + 1 < rows.size(); ++p) {
                const std::size_t at = (p * policies.size() + a) * figures.size() + f;
                value.cells.push_back(cell(estimate_at(values, at)));
                difference.cells.push_back(cell(estimate_at(differences, at)));
            }
            columns.push_back(std::move(value));
            columns.push_back(std::move(difference));
        }
        page.table(label(policies, a), rows, columns, widest_key);
    }
    if (points > most_rows)
        page.sentence("", fmt::format("{} more points are in the file.", points - most_rows));
    refusals(file, page);
}

void show_tornado(const Labelled& file, Page& page) {
    const auto& inputs = file.dimension("input");
    const auto& policies = file.dimension("policy");
    const auto& figures = file.dimension("figure");
    const std::vector<double>& differences = file.array("difference").values;
    const double share = std::strtod(file.attribute("share").c_str(), nullptr);
    heading(file, fmt::format("each input moved by {:g} %", 100.0 * share), page);
    const auto at = [&](std::size_t input, std::size_t move, std::size_t a, std::size_t f) {
        return ((input * 2 + move) * policies.size() + a) * figures.size() + f;
    };
    const auto swing = [&](std::size_t input, std::size_t a) {
        double most = 0.0;
        for (std::size_t move = 0; move < 2; ++move) {
            const double difference = std::abs(differences[4 * at(input, move, a, 0)]);
            if (difference > most) most = difference;
        }
        return most;
    };
    for (std::size_t a = 0; a < policies.size(); ++a) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (swing(i, a) > 0.0) order.push_back(i);
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return swing(left, a) > swing(right, a);
        });
        const std::size_t without = inputs.size() - order.size();
        const std::size_t more = order.size() - std::min(order.size(), most_rows);
        order.resize(std::min(order.size(), most_rows));
        std::vector<std::string> rows;
        std::vector<TableColumn> columns = {{"value", {}}};
        for (const std::size_t i : order) {
            rows.push_back(inputs.words[i]);
            columns[0].cells.push_back(plain_number(file.array("input_value").values[i]));
        }
        for (std::size_t f = 0; f < figures.size(); ++f) {
            for (std::size_t move = 0; move < 2; ++move) {
                TableColumn column{
                    fmt::format("{} {}", label(figures, f), move == 0 ? "down" : "up"), {}};
                for (const std::size_t i : order)
                    column.cells.push_back(cell(estimate_at(differences, at(i, move, a, f))));
                columns.push_back(std::move(column));
            }
        }
        page.gap();
        page.table(label(policies, a), rows, columns, widest_key);
        if (more > 0) page.sentence("", fmt::format("{} more inputs are in the file.", more));
        if (without > 0) page.sentence("", fmt::format("{} inputs change nothing.", without));
    }
    refusals(file, page);
}

void show_reverse(const Labelled& file, Page& page) {
    const auto& policies = file.dimension("policy");
    const std::string key = escaped(file.attribute("key"));
    const std::string figure = escaped(file.attribute("figure"));
    const std::string limit = plain_number(std::strtod(file.attribute("limit").c_str(), nullptr));
    const auto& scan = file.array("scan");
    const LabelledDimension& along = file.dimension(scan.dimensions[1]);
    heading(file, fmt::format("the smallest {} at which {} is above {}", key, figure, limit), page);
    page.gap();
    std::vector<TableColumn> columns = {{short_key(file.attribute("key")), {}},
                                        {"95 % interval", {}},
                                        {figure + " at " + label(along, 0), {}},
                                        {"at " + label(along, along.size() - 1), {}}};
    std::vector<std::string> rows;
    for (std::size_t a = 0; a < policies.size(); ++a) {
        rows.push_back(policies.words[a]);
        const risk::Estimate at = estimate_at(file.array("crossing").values, a);
        const double breach = file.array("breach").values[a];
        columns[0].cells.push_back(breach == 0.0   ? std::string("not in the range")
                                   : breach == 1.0 ? std::string("breached at its low end")
                                                   : plain_number(at.value));
        const auto end = [](double x, const char* beyond) {
            return std::isfinite(x) ? plain_number(x) : std::string(beyond);
        };
        columns[1].cells.push_back(fmt::format("[{}, {}]",
                                               end(at.low, at.low > 0 ? "above" : "below"),
                                               end(at.high, at.high > 0 ? "above" : "below")));
        const std::size_t first = a * along.size();
        columns[2].cells.push_back(cell(estimate_at(scan.values, first)));
        columns[3].cells.push_back(cell(estimate_at(scan.values, first + along.size() - 1)));
    }
    page.table("policy", rows, columns);
}

}  // namespace

std::string show_labelled(const Labelled& file, const TableStyle& style) {
    Page page(style);
    if (file.kind == "tornado") {
        show_tornado(file, page);
    } else if (file.kind == "reverse") {
        show_reverse(file, page);
    } else if (file.kind == "tune") {
        show_tune(file, page);
    } else {
        show_sweep(file, page);
    }
    return page.take();
}

}  // namespace hedgestorm::cli
