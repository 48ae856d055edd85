// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/places.hpp"

#include <fmt/format.h>

#include <utility>

#include "host/scenario/document.hpp"

namespace hedgestorm::scenario {

Places::Places(const Node& document) {
    if (document.place.source) document_ = document.place.source->name;
    collect(document, "");
}

void Places::collect(const Node& node, const std::string& key) {
    if (!key.empty() && node.place.source)
        known_[key] = {node.place.source->name, node.place.line, node.place.column};
    if (const Table* table = node.as<Table>()) {
        for (const auto& [name, child] : *table)
            collect(child, key.empty() ? name : fmt::format("{}.{}", key, name));
    } else if (const Array* items = node.as<Array>(); items != nullptr && key != "book.option") {
        for (std::size_t i = 0; i < items->size(); ++i) {
            const Node& item = (*items)[i];
            if (item.as<Table>() == nullptr) return;  // numbers or words
            collect(item, fmt::format("{}[{}]", key, i));
            const Node* name = item.find("name");
            if (name != nullptr && name->as<std::string>() != nullptr)
                collect(item, fmt::format("{}[\"{}\"]", key, *name->as<std::string>()));
        }
    }
}

Problem Places::problem(std::string key, std::string message, std::string hint) const {
    Problem problem{document_, 0, 0, std::move(key), std::move(message), std::move(hint)};
    for (std::string at = problem.key; !at.empty();) {
        const auto found = known_.find(at);
        if (found != known_.end()) {
            problem.file = found->second.file;
            problem.line = found->second.line;
            problem.column = found->second.column;
            return problem;
        }
        const std::size_t dot = at.rfind('.');
        at.resize(dot == std::string::npos ? 0 : dot);
    }
    return problem;
}

}  // namespace hedgestorm::scenario
