// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/load.hpp"

#include <memory>
#include <utility>

#include "host/scenario/document.hpp"
#include "host/scenario/extends.hpp"
#include "host/scenario/funding_file.hpp"
#include "host/scenario/interpret.hpp"
#include "host/scenario/merge.hpp"
#include "host/scenario/override.hpp"
#include "host/scenario/positions.hpp"
#include "host/scenario/problems.hpp"
#include "host/scenario/resolved.hpp"
#include "host/scenario/root.hpp"
#include "host/scenario/series_file.hpp"
#include "host/scenario/text_file.hpp"
#include "host/scenario/validate.hpp"
#include "host/support/sha256.hpp"

namespace hedgestorm::scenario {

namespace {

SourcePtr source_of(const std::filesystem::path& path) {
    return std::make_shared<Source>(Source{path.string(), path.parent_path()});
}

Scenario assemble(const std::string& text, const std::filesystem::path& path, const Node* overlay,
                  const std::vector<std::string>& overrides) {
    Problems problems;
    const Root root(path);
    Node document = parse(text, source_of(path), problems);
    problems.raise_if_any();  // without a tree there is nothing more to find
    document = follow_extends(std::move(document), path, root, problems);
    if (overlay != nullptr) merge(document, *overlay, problems);
    problems.raise_if_any();
    for (const std::string& override_text : overrides)
        apply_override(document, override_text, path.parent_path(), problems);
    include_positions(document, root, problems);
    include_series(document, root, problems);
    include_funding(document, root, problems);

    ScenarioSpec spec = interpret(document, problems);
    if (!spec.name.typed) spec.name.value = path.stem().string();
    Scenario scenario = validate(spec, problems);
    problems.raise_if_any();

    scenario.source_path = path.string();
    scenario.places = Places(document);
    scenario.source_text = text;
    scenario.resolved_text = resolved_text(spec);
    scenario.sha256 = sha256(resolved_text(spec, PathRange::left_out));
    return scenario;
}

std::string text_of(const std::filesystem::path& path) {
    Problems problems;
    const auto text = read_text(path, source_of(path), problems);
    problems.raise_if_any();
    return *text;
}

}  // namespace

Scenario load_text(const std::string& text, const std::filesystem::path& path,
                   const std::vector<std::string>& overrides) {
    return assemble(text, path, nullptr, overrides);
}

Scenario load_overlaid(const std::filesystem::path& path, const Node& overlay,
                       const std::vector<std::string>& overrides) {
    return assemble(text_of(path), path, &overlay, overrides);
}

Scenario load(const std::filesystem::path& path, const std::vector<std::string>& overrides) {
    return assemble(text_of(path), path, nullptr, overrides);
}

}  // namespace hedgestorm::scenario
