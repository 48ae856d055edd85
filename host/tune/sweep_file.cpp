// SPDX-License-Identifier: Apache-2.0

// A sweep as labelled numbers: a dimension for each axis, then policy, figure and statistic.

#include <fmt/format.h>

#include "host/tune/labels.hpp"
#include "host/tune/sweep.hpp"

namespace hedgestorm::tune {

result::Labelled labelled(const GridSweep& sweep) {
    const Swept& swept = sweep.swept;
    result::Labelled file;
    file.kind = "sweep";
    label_run(swept.base, swept.paths, file);
    std::vector<std::string> axes;
    for (const Axis& axis : sweep.grid.axes()) {
        axes.push_back(dimension_name(axis.key, file));
        const bool numbers = !axis.numbers.empty();
        file.dimensions.push_back({axes.back(),
                                   numbers ? std::vector<std::string>{} : axis.values,
                                   axis.numbers,
                                   {axis.key, "1"}});
    }
    label_figures(swept.policies, swept.statistics, file);

    std::vector<double> base;
    for (const risk::Estimate& estimate : swept.of_base) append(estimate, base);
    file.arrays.push_back({"base",
                           {"policy", "figure", "statistic"},
                           std::move(base),
                           {"figures of the scenario as it stands"}});
    std::vector<double> values;
    std::vector<double> differences;
    for (const SweptFigure& figure : swept.figures) {
        append(figure.value, values);
        append(figure.difference, differences);
    }
    std::vector<std::string> dimensions = axes;
    dimensions.insert(dimensions.end(), {"policy", "figure", "statistic"});
    file.arrays.push_back({"swept", dimensions, std::move(values), {"figures at each point"}});
    file.arrays.push_back({"difference",
                           dimensions,
                           std::move(differences),
                           {"figures at each point less those of the scenario as it stands, on "
                            "the same paths"}});
    std::string refusals;
    for (std::size_t p = 0; p < swept.refusals.size(); ++p) {
        if (swept.refusals[p].empty()) continue;
        std::string at;
        for (const std::string& text : sweep.grid.overrides(p))
            at += (at.empty() ? "" : ", ") + text;
        refusals += fmt::format("{}: {}\n", at, swept.refusals[p]);
    }
    if (!refusals.empty()) file.texts["refusals"] = refusals;
    return file;
}

}  // namespace hedgestorm::tune
