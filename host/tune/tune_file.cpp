// SPDX-License-Identifier: Apache-2.0

#include "host/tune/tune_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "host/scenario/keys.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/reader.hpp"
#include "host/scenario/text_file.hpp"
#include "host/support/error.hpp"
#include "host/tune/evaluate.hpp"

namespace hedgestorm::tune {
namespace {

using scenario::about;
using scenario::Field;
using scenario::Keys;
using scenario::Problems;
using scenario::Section;
using scenario::Word;

constexpr std::size_t longest_text = 1000;
constexpr std::size_t most_scenarios = 64;
constexpr std::size_t usual_points = 256;
constexpr std::size_t usual_start = 32;  ///< points that a search begins with
constexpr std::size_t usual_paths = 100'000;

constexpr Word<Across> across_words[] = {
    {"weighted", Across::weighted}, {"worst", Across::worst}, {"regret", Across::regret}};
constexpr Word<Search> search_words[] = {
    {"grid", Search::grid}, {"sobol", Search::sobol}, {"subplex", Search::subplex}};

struct ScenarioSection : Section {
    Field<std::string> file;
    Field<double> weight = 1.0;
    Field<std::vector<std::string>> set;
};

struct ParameterSection : Section {
    Field<std::string> key;
    Field<std::string> values;
};

struct ObjectiveSection : Section {
    Field<std::vector<std::string>> minimise;
    Field<std::vector<std::string>> subject_to;
    Field<Across> across = Across::weighted;
};

struct SearchSection : Section {
    Field<Search> method = Search::grid;
    Field<std::uint64_t> points = usual_points;
    Field<std::uint64_t> paths = usual_paths;
    Field<std::uint64_t> hold_out_paths;
    Field<bool> stop_when_stable;
};

struct TuneSection : Section {
    Field<std::uint64_t> schema;
    Field<std::string> name;
    Field<std::string> description = std::string();
    std::vector<ScenarioSection> scenarios;
    std::vector<ScenarioSection> hold_out;
    std::vector<ParameterSection> parameters;
    ObjectiveSection objective;
    SearchSection search;
};

void describe(Keys& k, ScenarioSection& s) {
    k.text("file", s.file, longest_text, about("Scenario file, relative to this one.").needed());
    k.number("weight", s.weight, scenario::above(0.0), about("Weight among the scenarios."));
    k.texts("set", s.set, {}, about("Keys overridden in it, as with --set."));
}

void describe(Keys& k, ParameterSection& s) {
    k.text("key", s.key, longest_text,
           about("policy.KEY of the tuned policy, or any key of the scenarios as --set takes it.")
               .needed());
    k.text("values", s.values, longest_text,
           about("from:to:count, from:to:count:log or [a, b, c].").needed());
}

void describe(Keys& k, ObjectiveSection& s) {
    k.texts("minimise", s.minimise, {}, about("Sums of statistics; several: a Pareto front."));
    k.texts("subject_to", s.subject_to, {}, about("Constraints, each with <= or >=."));
    k.choice("across", s.across, across_words, {},
             about("How several scenarios count: weighted, worst, regret."));
}

void describe(Keys& k, SearchSection& s) {
    k.choice("method", s.method, search_words, {},
             about("grid (every point), sobol (a design, halved while paths double), subplex (a "
                   "search without derivatives from the best of a small design)."));
    k.integer("points", s.points, fewest_candidates, most_candidates,
              about("Candidates of method sobol, or that subplex begins with."));
    k.integer("paths", s.paths, fewest_paths, most_paths, about("Per candidate and scenario."));
    k.integer("hold_out_paths", s.hold_out_paths, fewest_paths, most_paths,
              about("Fresh paths of the check; absent: as many as paths."));
    k.flag(
        "stop_when_stable", s.stop_when_stable,
        about("Stop, or take the finalists to all paths, once the recommendation has stood still "
              "while candidates or paths doubled twice; absent: true for sobol, false for "
              "grid."));
}

void describe(Keys& k, TuneSection& s) {
    k.integer("schema", s.schema, 1, 1, about("Version of the format: 1.").needed());
    k.text("name", s.name, longest_text, about("Name of the tuning; absent: the file's."));
    k.text("description", s.description, longest_text, about("A sentence for reports."));
    k.tables("scenario", s.scenarios, most_scenarios, about("A scenario that is tuned on."));
    k.tables("hold_out", s.hold_out, most_scenarios, about("A scenario kept for the check."));
    k.tables("parameter", s.parameters, most_axes, about("A key that is varied."));
    k.table("objective", s.objective, about("What is sought."));
    k.table("search", s.search, about("How it is sought."));
}

/// Calls read(); a UsageError becomes a problem at `place`.
template <class Read>
void at(const scenario::Place& place, const std::string& key, Problems& problems,
        const Read& read) {
    try {
        read();
    } catch (const UsageError& error) {
        problems.add(place, key, error.what());
    }
}

/// The name of a policy of the tune file; a problem where it has none.
std::string name_of(const scenario::Node& policy, const std::string& key, Problems& problems) {
    const scenario::Node* name = policy.find("name");
    const std::string* text = name == nullptr ? nullptr : name->as<std::string>();
    if (text != nullptr && !text->empty()) return *text;
    problems.add(name == nullptr ? policy.place : name->place, key + ".name",
                 name == nullptr ? "is missing" : "must be a text of at least one character",
                 "name = \"tuned band\"");
    return {};
}

/// Takes [[rival]] out of the document, for the same reason.
scenario::Array take_rivals(scenario::Node& document, const TuneFile& file, Problems& problems) {
    scenario::Table& root = *document.as<scenario::Table>();
    const auto found = root.find("rival");
    if (found == root.end()) return {};
    scenario::Node list = std::move(found->second);
    root.erase(found);
    scenario::Array* rivals = list.as<scenario::Array>();
    const bool are_tables =
        rivals != nullptr && std::all_of(rivals->begin(), rivals->end(), [](const auto& rival) {
            return rival.template as<scenario::Table>() != nullptr;
        });
    if (!are_tables) {
        problems.add(list.place, "rival", "must be tables, as a scenario's [[policy]]",
                     "[[rival]] with name, rule and its other keys");
        return {};
    }
    std::set<std::string> names = {file.policy};
    for (std::size_t i = 0; i < rivals->size(); ++i) {
        const std::string key = fmt::format("rival[{}]", i);
        const std::string name = name_of((*rivals)[i], key, problems);
        if (!name.empty() && !names.insert(name).second)
            problems.add(
                (*rivals)[i].place, key + ".name",
                fmt::format("is \"{}\", which another policy of this file is called", name),
                "give each a name of its own");
    }
    return std::move(*rivals);
}

/// Takes [policy] out of the document: its keys are those of a scenario, which knows them.
std::optional<scenario::Node> take_policy(scenario::Node& document, TuneFile& file,
                                          Problems& problems) {
    scenario::Table& root = *document.as<scenario::Table>();
    const auto found = root.find("policy");
    if (found == root.end() || found->second.as<scenario::Table>() == nullptr) {
        problems.add(document.place, "policy", "is missing: the table of the policy that is tuned",
                     "[policy] with name, rule and its other keys, as in a scenario's [[policy]]");
        root.erase("policy");
        return std::nullopt;
    }
    scenario::Node policy = std::move(found->second);
    root.erase(found);
    file.policy = name_of(policy, "policy", problems);
    return policy;
}

TuneScenario scenario_of(const ScenarioSection& section, const std::filesystem::path& folder) {
    TuneScenario scenario;
    scenario.file = (folder / *section.file).lexically_normal();
    scenario.weight = *section.weight;
    if (section.set.has()) scenario.set = *section.set;
    return scenario;
}

/// policy.half_width as policy["tuned"].half_width.
std::string full_key(const std::string& key, const std::string& policy) {
    const std::string own = "policy.";
    return key.starts_with(own) ? fmt::format("policy[\"{}\"].{}", policy, key.substr(own.size()))
                                : key;
}

void take_parameters(const TuneSection& spec, TuneFile& file, Problems& problems) {
    for (const ParameterSection& parameter : spec.parameters) {
        if (!parameter.key.has() || !parameter.values.has()) continue;
        at(parameter.values.place, parameter.path + ".values", problems, [&] {
            file.parameters.push_back(
                parse_axis(full_key(*parameter.key, file.policy) + "=" + *parameter.values));
        });
    }
    if (spec.parameters.empty()) {
        problems.add(spec.place, "parameter", "is missing: a tuning varies at least one key",
                     "[[parameter]] with key = \"policy.half_width\" and values = "
                     "\"0.01:0.2:12:log\"");
    }
}

void take_objective(const TuneSection& spec, TuneFile& file, Problems& problems) {
    const ObjectiveSection& objective = spec.objective;
    if (!objective.minimise.has()) {
        if (!objective.minimise.typed)
            problems.add(spec.place, "objective.minimise", "is missing",
                         "[objective] with minimise = [\"mean(total_cost)\", \"es_99(pnl)\"]");
        return;
    }
    if (objective.minimise.value->empty())
        problems.add(objective.minimise.place, "objective.minimise", "names nothing to minimise");
    for (const std::string& text : *objective.minimise) {
        at(objective.minimise.place, "objective.minimise", problems,
           [&] { file.objectives.push_back(parse_expression(text, file.statistics)); });
    }
    if (objective.subject_to.has()) {
        for (const std::string& text : *objective.subject_to) {
            at(objective.subject_to.place, "objective.subject_to", problems,
               [&] { file.constraints.push_back(parse_constraint(text, file.statistics)); });
        }
    }
    if (objective.across.has()) file.across = *objective.across;
}

/// A search without derivatives knows one figure of numbers in ranges.
void require_continuous(const SearchSection& search, const TuneFile& file, Problems& problems) {
    const bool ranges = std::all_of(file.parameters.begin(), file.parameters.end(),
                                    [](const Axis& axis) { return axis.is_range; });
    if (!ranges)
        problems.add(search.method.place, "search.method",
                     "subplex wants parameters that are ranges, and one is a list",
                     "use grid or sobol");
    if (file.objectives.size() > 1)
        problems.add(search.method.place, "search.method",
                     "subplex wants one objective, and there are several",
                     "add them to one sum, or use grid or sobol");
    if (file.across == Across::regret)
        problems.add(search.method.place, "search.method",
                     "subplex cannot search by regret, which depends on what else was looked at",
                     "use grid or sobol");
}

void take_search(const TuneSection& spec, TuneFile& file, Problems& problems) {
    const SearchSection& search = spec.search;
    if (search.method.has()) file.search = *search.method;
    if (search.points.has()) file.points = *search.points;
    if (search.paths.has()) file.paths = *search.paths;
    file.hold_out_paths = search.hold_out_paths.has() ? *search.hold_out_paths : file.paths;
    if (file.search == Search::subplex && !search.points.typed) file.points = usual_start;
    if (search.points.typed && file.search == Search::grid)
        problems.add(search.points.place, "search.points",
                     "goes with method = \"sobol\" or \"subplex\"; a grid has the points of its "
                     "parameters");
    file.stop_when_stable =
        search.stop_when_stable.has() ? *search.stop_when_stable : file.search == Search::sobol;
    if (search.stop_when_stable.typed && file.search == Search::subplex)
        problems.add(search.stop_when_stable.place, "search.stop_when_stable",
                     "goes with method = \"grid\" or \"sobol\"; subplex ends where its steps are "
                     "a thousandth of the ranges");
    if (file.search == Search::subplex) require_continuous(search, file, problems);
    if (!problems.empty()) return;
    at(spec.place, "parameter", problems, [&] {
        const Grid grid(file.parameters);
        if (file.search == Search::grid && grid.size() > most_candidates) {
            throw UsageError(
                fmt::format("the grid has {} points, more than {} (use method = "
                            "\"sobol\", or fewer values)",
                            grid.size(), most_candidates));
        }
    });
}

}  // namespace

TuneFile load_tune_file(const std::filesystem::path& path) {
    Problems problems;
    const auto source =
        std::make_shared<scenario::Source>(scenario::Source{path.string(), path.parent_path()});
    const auto text = scenario::read_text(path, source, problems);
    problems.raise_if_any();
    scenario::Node document = scenario::parse(*text, source, problems);
    problems.raise_if_any();

    TuneFile file;
    file.text = *text;
    file.path = path;
    auto policy = take_policy(document, file, problems);
    scenario::Array policies = take_rivals(document, file, problems);
    TuneSection spec;
    spec.place = document.place;
    scenario::Reader reader(document, problems);
    describe(reader, spec);
    reader.finish();
    file.name = spec.name.has() ? *spec.name : path.stem().string();
    file.description = spec.description.has() ? *spec.description : "";
    if (spec.scenarios.empty())
        problems.add(document.place, "scenario", "is missing: a tuning needs at least one",
                     "[[scenario]] with file = \"black-thursday-2020.toml\"");
    for (const ScenarioSection& section : spec.scenarios) {
        if (section.file.has()) file.scenarios.push_back(scenario_of(section, path.parent_path()));
    }
    for (const ScenarioSection& section : spec.hold_out) {
        if (section.file.has()) file.hold_out.push_back(scenario_of(section, path.parent_path()));
    }
    take_parameters(spec, file, problems);
    take_objective(spec, file, problems);
    take_search(spec, file, problems);
    problems.raise_if_any();

    policies.insert(policies.begin(), std::move(*policy));
    scenario::Table overlay;
    overlay.emplace("policy", scenario::Node{document.place, std::move(policies)});
    file.overlay = {document.place, std::move(overlay)};
    return file;
}

}  // namespace hedgestorm::tune
