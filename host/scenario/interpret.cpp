// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/interpret.hpp"

#include "host/scenario/reader.hpp"
#include "host/scenario/sections.hpp"

namespace hedgestorm::scenario {

ScenarioSpec interpret(const Node& document, Problems& problems) {
    ScenarioSpec spec;
    spec.place = document.place;
    Reader reader(document, problems);
    describe(reader, spec);
    reader.finish();
    if (spec.hedges.empty()) {
        spec.hedges.emplace_back();
        spec.hedges.back().path = "hedge[0]";
    }
    // A price that is not displaced is what a scenario without the key says, to the letter.
    if (spec.market.displacement.has() && *spec.market.displacement == 0.0)
        spec.market.displacement = {};
    for (PolicySpec& policy : spec.policies)
        if (!policy.hedge.typed) policy.hedge.value = spec.hedges.front().name.value;
    return spec;
}

std::vector<std::string> option_keys() {
    const Node empty = {{}, Table{}};
    Problems ignored;
    Reader reader(empty, ignored);
    OptionSpec option;
    describe(reader, option);
    return reader.known();
}

}  // namespace hedgestorm::scenario
