// SPDX-License-Identifier: Apache-2.0

#include "host/cli/show_tune.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <sstream>

#include "host/cli/show_text.hpp"
#include "host/cli/tuning_view.hpp"
#include "host/risk/intervals.hpp"
#include "host/support/escape.hpp"
#include "host/tune/labels.hpp"

namespace hedgestorm::cli {
namespace {

using result::Labelled;
using tune::estimate_at;

/// Members of the front that are shown; the file has all.
constexpr std::size_t most_members = 20;

std::optional<std::string> cell(const risk::Estimate& estimate) {
    if (!std::isfinite(estimate.value)) return std::nullopt;
    return with_error(estimate);
}

void show_recommendation(const TuningView& tuning, const Labelled& file, Page& page) {
    const auto recommended = tuning.recommended();
    if (!recommended) {
        const bool constrained = file.texts.contains("constraints");
        page.sentence("", constrained ? "No candidate keeps every constraint in every scenario: "
                                        "nothing is recommended."
                                      : "No candidate has every figure: nothing is recommended.");
        return;
    }
    page.title(fmt::format("recommended: {}", tuning.name(*recommended)));
    std::vector<std::string> items;
    for (std::size_t k = 0; k < tuning.objectives().size(); ++k)
        items.push_back(fmt::format("{} {}", escaped(tuning.objectives()[k]),
                                    with_error(tuning.objective(*recommended, k))));
    const auto constraints = file.texts.find("constraints");
    if (constraints != file.texts.end()) {
        std::istringstream lines(constraints->second);
        for (std::string line; std::getline(lines, line);)
            items.push_back("keeps " + escaped(line));
    }
    page.items(items);
}

/// The candidates that are not significantly worse, parameter by parameter.
void show_region(const TuningView& tuning, Page& page) {
    if (!tuning.recommended()) return;
    std::size_t compared = 0;
    std::vector<std::size_t> region;
    for (std::size_t c = 0; c < tuning.candidates(); ++c) {
        if (tuning.is_compared(c)) ++compared;
        if (tuning.is_in_region(c)) region.push_back(c);
    }
    std::vector<std::string> extents;
    for (std::size_t a = 0; a < tuning.parameters().size(); ++a) {
        std::set<std::string> words;
        double low = 0.0, high = 0.0;
        bool numbers = true;
        for (const std::size_t c : region) {
            const double x = tuning.number(c, a);
            numbers = numbers && std::isfinite(x);
            low = words.empty() ? x : std::min(low, x);
            high = words.empty() ? x : std::max(high, x);
            words.insert(escaped(tuning.values(c)[a]));
        }
        const std::string key = TuningView::short_key(tuning.parameters()[a]);
        if (numbers) {
            extents.push_back(low == high ? fmt::format("{} {}", key, plain_number(low, 4))
                                          : fmt::format("{} {} to {}", key, plain_number(low, 4),
                                                        plain_number(high, 4)));
        } else {
            std::string all;
            for (const std::string& word : words) all += (all.empty() ? "" : " or ") + word;
            extents.push_back(fmt::format("{} {}", key, all));
        }
    }
    std::string where;
    for (const std::string& extent : extents) where += (where.empty() ? "" : ", ") + extent;
    if (region.size() == compared) {
        page.sentence("", fmt::format("The optimum is flat: none of the {} candidates compared is "
                                      "significantly worse (5 %, paired, Holm).",
                                      compared));
    } else if (region.size() == 1) {
        page.sentence("", fmt::format("All {} other candidates compared are significantly worse "
                                      "(5 %, paired, Holm).",
                                      compared - 1));
    } else {
        page.sentence("", fmt::format("{} of {} candidates compared are not significantly worse "
                                      "(5 %, paired, Holm): {}.",
                                      region.size(), compared, where));
    }
}

void show_front(const TuningView& tuning, Page& page) {
    std::vector<std::size_t> front;
    for (std::size_t c = 0; c < tuning.candidates(); ++c) {
        if (tuning.is_on_front(c)) front.push_back(c);
    }
    if (front.empty()) return;
    std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) {
        return tuning.objective(a, 0).value < tuning.objective(b, 0).value;
    });
    const std::size_t all = front.size();
    // Every so many, the ends included.
    std::vector<std::size_t> shown;
    const std::size_t count = std::min(all, most_members);
    for (std::size_t i = 0; i < count; ++i)
        shown.push_back(front[count == 1 ? 0 : i * (all - 1) / (count - 1)]);
    std::vector<std::string> rows;
    std::vector<TableColumn> columns;
    for (const std::string& objective : tuning.objectives())
        columns.push_back({escaped(objective), {}});
    columns.push_back({"P(on front)", {}});
    for (const std::size_t c : shown) {
        const bool is_recommended = tuning.recommended() == c;
        rows.push_back((is_recommended ? "* " : "  ") + tuning.name(c));
        for (std::size_t k = 0; k < tuning.objectives().size(); ++k)
            columns[k].cells.push_back(cell(tuning.objective(c, k)));
        columns.back().cells.push_back(fmt::format("{:.2f}", tuning.of("on_front", c)));
    }
    page.gap();
    constexpr int widest_candidate = 48;
    page.table(tuning.objectives().size() > 1 ? "front (* recommended)" : "best (* recommended)",
               rows, columns, widest_candidate);
    if (all > count)
        page.sentence("",
                      fmt::format("{} of {} members of the front; the file has all.", count, all));
}

/// How the recommendation does where it was chosen, and where it was not; each rival beside it.
void show_rivals(const TuningView& tuning, const Labelled& file, Page& page) {
    if (!tuning.recommended()) return;
    const auto& places = file.dimension("place");
    const auto& rivals = file.dimension("rival");
    const std::size_t objectives = tuning.objectives().size();
    const auto& recommendation = file.array("recommendation").values;
    for (std::size_t k = 0; k < objectives; ++k) {
        std::vector<std::string> rows = {"recommended"};
        for (const std::string& rival : rivals.words) rows.push_back(rival + ", less that");
        std::vector<TableColumn> columns;
        for (std::size_t p = 0; p < places.size(); ++p) {
            TableColumn column{escaped(places.words[p]), {}};
            column.cells.push_back(cell(estimate_at(recommendation, p * objectives + k)));
            for (std::size_t r = 0; r < rivals.size(); ++r) {
                const std::size_t at = (p * rivals.size() + r) * objectives + k;
                const auto excess = estimate_at(file.array("rival_excess").values, at);
                auto text = cell(excess);
                if (text && (excess.low > 0.0 || excess.high < 0.0)) *text += " *";
                column.cells.push_back(text);
            }
            columns.push_back(std::move(column));
        }
        page.gap();
        page.table(escaped(tuning.objectives()[k]), rows, columns, 40);
    }
    if (rivals.size() > 0)
        page.sentence("",
                      "A rival's excess is positive where it is worse; * where its 95 % interval "
                      "excludes 0.");
}

void show_shrinkage(const TuningView& tuning, const Labelled& file, Page& page) {
    const auto& places = file.dimension("place");
    if (!tuning.recommended() || places.size() < 2) return;
    const std::size_t objectives = tuning.objectives().size();
    const auto& recommendation = file.array("recommendation").values;
    std::vector<std::string> items;
    for (std::size_t k = 0; k < objectives; ++k) {
        const risk::Estimate tuned = estimate_at(recommendation, k);
        const risk::Estimate fresh = estimate_at(recommendation, objectives + k);
        const double se = std::hypot(tuned.se, fresh.se);  // other paths, so independent
        const double shrinkage = fresh.value - tuned.value;
        items.push_back(fmt::format("{} {}", escaped(tuning.objectives()[k]),
                                    with_error({shrinkage, se, shrinkage - risk::normal_975 * se,
                                                shrinkage + risk::normal_975 * se})));
    }
    page.gap();
    page.title("shrinkage: fresh paths less tuning paths");
    page.items(items);
    const auto& kept = file.array("keeps_constraints").values;
    for (std::size_t p = 1; p < kept.size(); ++p) {
        if (kept[p] == 0.0)
            page.sentence("! ", "the recommendation breaks a constraint: " + places.words[p]);
    }
}

}  // namespace

void show_tune(const Labelled& file, Page& page) {
    const TuningView tuning(file);
    std::size_t done = 0;
    for (std::size_t c = 0; c < tuning.candidates(); ++c)
        done += tuning.of("candidate_paths", c) > 0.0 ? 1 : 0;
    page.title(fmt::format("{}: {} candidates for \"{}\"", escaped(file.title), done,
                           escaped(file.attribute("policy"))));
    const std::size_t scenarios = file.dimension("scenario").size();
    page.items({scenarios == 1 ? escaped(file.dimension("scenario").words[0])
                               : fmt::format("{} scenarios", scenarios),
                file.attribute("paths") + " paths each", "seed " + file.attribute("seed"),
                file.attribute("seconds") + " s"});
    const std::string ending = file.attribute("ending");
    if (ending == "stable") {
        page.sentence("", fmt::format("Stopped when the recommendation stood still: {} of {} "
                                      "candidates were worked out.",
                                      done, tuning.candidates()));
    } else if (ending != "finished") {
        page.sentence("! ", fmt::format("{} before the end: {} of {} candidates were worked out",
                                        ending == "budget" ? "the budget was spent" : "interrupted",
                                        done, tuning.candidates()));
    }
    page.gap();
    show_recommendation(tuning, file, page);
    show_region(tuning, page);
    show_front(tuning, page);
    show_rivals(tuning, file, page);
    show_shrinkage(tuning, file, page);
    const auto impossible = file.texts.find("impossible");
    if (impossible != file.texts.end()) {
        page.gap();
        std::istringstream lines(impossible->second);
        for (std::string line; std::getline(lines, line);) page.sentence("! ", line);
    }
    const auto refused = file.texts.find("refusals");
    if (refused == file.texts.end()) return;
    page.gap();
    const auto count = std::count(refused->second.begin(), refused->second.end(), '\n');
    page.sentence("! ", fmt::format("{} candidates are no scenario; the first: {}", count,
                                    refused->second.substr(0, refused->second.find('\n'))));
}

}  // namespace hedgestorm::cli
